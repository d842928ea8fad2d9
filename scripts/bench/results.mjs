import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../install.mjs';

const path = join(root, 'bench', 'RESULTS.md');
const ms = (value) => (value === undefined ? '–' : value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`);
const mb = (value) => (value === undefined || value === null ? '–' : `${(value / 1e6).toFixed(1)} MB`);
const versionOf = (name, home = root) => JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8')).version;

const names = {
	throughline: () => `Throughline’s engine and charts, DuckDB-Wasm ${versionOf('@duckdb/duckdb-wasm')}`,
	mosaic: () => `Mosaic vgplot ${versionOf('@uwdata/vgplot', join(root, 'bench'))}, the same DuckDB-Wasm`,
	perspective: () => `Perspective ${versionOf('@perspective-dev/client', join(root, 'bench'))}, drawn with Throughline’s charts`,
	crossfilter: () => `crossfilter2 ${versionOf('crossfilter2', join(root, 'bench'))} with dc ${versionOf('dc', join(root, 'bench'))}`,
};

const table = (head, rows) => [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

function raceTables(lines) {
	return [...new Set(lines.map(({ size }) => size))].map((size) => {
		const own = lines.find((line) => line.size === size && line.contender === 'throughline');
		const rows = lines.filter((line) => line.size === size).map(({ contender, failed, first, p50, p95, memory, transfer, differing }) => [
			names[contender]?.() ?? contender,
			failed ? `failed: ${failed}` : ms(first),
			ms(p50),
			ms(p95),
			p50 === undefined || !own?.p50 ? '–' : `${(p50 / own.p50).toFixed(1)} ×`,
			mb(memory),
			mb(transfer),
			differing === undefined ? '–' : differing.length === 0 ? 'as native' : `differ in ${differing.join(', ')}`,
		]);
		return `### ${size} rows\n\n${table(['', 'start and first picture', 'change, p50', 'p95', '÷ Throughline', 'memory of the page', 'fetched, gzip', 'answers'], rows)}`;
	});
}

/** Writes bench/RESULTS.md: the app's own lines ([what, value, budget]) and, if it was run, the race. */
export function writeResults({ date, machine, load, browser, own, race }) {
	const budgets = own.map((rows) => table(['', 'measured', 'budget'], rows.filter(([what]) => what !== '')));
	const text = [
		'# What was measured',
		`Written by \`npm run bench\` on ${date}: ${machine}; load of the machine when it began ${load}; ${browser}; Node ${process.version}. Such machines are noisy: compare numbers of one run with each other.`,
		'## The app',
		...budgets,
		...(race
			? [
					'## Against native DuckDB and what else there is',
					'The same rows (the cases of the demo data, once and 34 times over), the same two slicers, the same four questions: cases by type, cases by week, mean days by urgency, share of broken promises by insurance. Each in a fresh browser, from the change until its picture is painted. Throughline runs here on the wasm as the package ships it, without its views, intervals and tests, on the page’s own thread, and keeps columns and masks that it has once evaluated, as the app does; native DuckDB answers the queries and draws nothing. Memory is that of the page’s process.',
					...raceTables(race.lines),
				]
			: ['The race against others was not run: `npm run bench -- --against`.']),
		'',
	].join('\n\n');
	writeFileSync(path, `${text.trimEnd()}\n`);
	return path;
}
