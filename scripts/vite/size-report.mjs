import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, posix, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

export const budgets = { file: 25 * 1024 * 1024, firstView: 8_500_000, pageScripts: 300_000 };

const packable = /\.(css|html|js|json|svg|webmanifest)$/;
/** What the first view fetches though no other file imports it: the demo data's maker, and the letters of English in both types. */
const alsoFirst = [/^assets\/generate-/, /-latin-wght-normal-[^/]*\.woff2$/];

const groups = [
	['page: scripts', (file) => file.endsWith('.js')],
	['page: styles', (file) => file.endsWith('.css')],
	['page: document, icon', (file) => /\.(html|svg)$/.test(file)],
	['type', (file) => file.endsWith('.woff2')],
	['engine', (file) => file.includes('.wasm')],
];

function filesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

const matches = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1]);
const quoted = '["\'`](\\.{1,2}/[^"\'`]+)["\'`]';
const imported = new RegExp(`\\b(?:import|from)\\s*${quoted}`, 'g');
const addressed = new RegExp(`new URL\\(\\s*["'\`]([^"'\`]+)["'\`],\\s*import\\.meta\\.url`, 'g');

/** The files that a script needs before it runs, and the workers that it starts. */
function neededBy(file, text) {
	const beside = (name) => posix.join(posix.dirname(file), name);
	if (!file.endsWith('.js')) return file.endsWith('.html') ? matches(text, /(?:src|href)="\.\/([^"?#]+)"/g) : [];
	return [...matches(text, imported), ...matches(text, addressed).filter((name) => /worker|\.wasm/.test(name))].map(beside);
}

/** Every file of a built folder that the first view fetches, each with the file that asked for it first. */
export function firstView(folder) {
	const files = filesIn(folder);
	const asked = new Map([['index.html', '']]);
	for (const [file] of asked) {
		const text = packable.test(file) ? readFileSync(join(folder, file), 'utf8') : '';
		for (const needed of neededBy(file, text)) if (files.includes(needed) && !asked.has(needed)) asked.set(needed, file);
		if (file === 'index.html') for (const also of files.filter((name) => alsoFirst.some((pattern) => pattern.test(name)))) asked.set(also, 'a worker');
	}
	return asked;
}

const isOfWorker = (file, asked) => /worker/.test(basename(file)) || file.includes('/generate-') || (asked.get(file) !== '' && asked.has(asked.get(file)) && isOfWorker(asked.get(file), asked));

/** Bytes as they travel: text gzipped as hosts do, the rest as it is. */
export function travelling(path) {
	return packable.test(path) ? gzipSync(readFileSync(path), { level: 6 }).length : statSync(path).size;
}

/** The sizes of a built folder, and what is over budget in words. */
export function measure(folder) {
	const asked = firstView(folder);
	const rows = [...asked.keys()].map((file) => {
		const bytes = travelling(join(folder, file));
		const group = file.endsWith('.js') && isOfWorker(file, asked) ? 'workers: scripts' : (groups.find(([, holds]) => holds(file))?.[0] ?? 'other');
		return { file, bytes, group };
	});
	const sums = new Map();
	for (const { group, bytes } of rows) sums.set(group, (sums.get(group) ?? 0) + bytes);
	const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
	const [largest, bytes] = filesIn(folder).map((file) => [file, statSync(join(folder, file)).size]).sort((a, b) => b[1] - a[1])[0];
	const over = [
		[bytes > budgets.file, `${largest} has ${bytes} bytes; some hosts take ${budgets.file} at most.`],
		[total > budgets.firstView, `The first view takes ${total} bytes of ${budgets.firstView}.`],
		[(sums.get('page: scripts') ?? 0) > budgets.pageScripts, `The page's scripts take ${sums.get('page: scripts')} bytes of ${budgets.pageScripts}.`],
	].flatMap(([is, words]) => (is ? [words] : []));
	return { sums, total, largest: { file: largest, bytes }, over, rows };
}

const kilobytes = (bytes) => `${(bytes / 1000).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} KB`.padStart(12);

export function table({ sums, total, largest }) {
	const line = (what, bytes, limit) => `  ${what.padEnd(32)}${kilobytes(bytes)}${limit === undefined ? '' : `   of ${kilobytes(limit).trim()}`}`;
	return [
		'First view, as it travels:',
		...[...sums].sort((a, b) => b[1] - a[1]).map(([group, bytes]) => line(group, bytes, group === 'page: scripts' ? budgets.pageScripts : undefined)),
		line('together', total, budgets.firstView),
		line(`largest file: ${basename(largest.file)}`.slice(0, 31), largest.bytes, budgets.file),
	].join('\n');
}

/** Prints the sizes of what was written, and fails the build when one is over budget. */
export function sizeReport() {
	return {
		name: 'size-report',
		apply: 'build',
		writeBundle: {
			order: 'post',
			sequential: true,
			handler({ dir }) {
				const report = measure(dir);
				console.log(`\n${table(report)}\n`);
				if (report.over.length > 0) this.error(report.over.join(' '));
			},
		},
	};
}
