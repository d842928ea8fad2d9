import { DuckDBInstance } from '@duckdb/node-api';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { tableFromIPC, tableToIPC } from '@uwdata/flechette';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build, createServer } from 'vite';
import { slicersAt, statements } from '../../bench/rivals/questions.mjs';
import { npm, root } from '../install.mjs';
import { serve } from '../serve.mjs';
import { quantile } from './page.mjs';

const home = join(root, 'bench');
const contenders = ['throughline', 'mosaic', 'perspective', 'crossfilter'];
/** Copies of the standard size's cases: 30 thousand rows and a million, with the same marginals. */
const sizes = { '30 thousand': 1, '1 million': 34 };

/** Files with the cases of the standard demo data as Arrow IPC streams, one for each size. */
async function rowsOf(folder) {
	const vite = await createServer({ server: { middlewareMode: true, watch: null, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
	try {
		const load = (path) => vite.ssrLoadModule(path);
		const [{ createEngine }, { bootInNode }, { generate }, { packs }] = await Promise.all(['/src/engine/engine.ts', '/src/engine/duckdb-node.ts', '/src/packs/generators.ts', '/src/packs/index.ts'].map(load));
		const pack = Object.values(packs)[0];
		const { tables } = await generate(pack.id, { seed: 42, size: 'standard', scenario: Object.keys(pack.scenarios)[0] });
		let duck;
		const engine = createEngine(async () => (duck = await bootInNode()), () => 0);
		await engine.open({ pack: pack.id, tables, asOf: null });
		const files = {};
		for (const [name, copies] of Object.entries(sizes)) {
			const path = join(folder, `${name.replace(' ', '-')}.arrow`);
			const sql = `select case_type::varchar as case_type, urgency::varchar as urgency, insurance_type::varchar as insurance, epoch_ms(date_trunc('week', created_at))::double as week, (epoch(resolved_at - created_at) / 86400.0)::double as days, (resolved_at is null or resolved_at > created_at + interval 7 day)::integer::double as broken from marts.fct_case_lifecycle, range(${copies})`;
			writeFileSync(path, tableToIPC(tableFromIPC(duck.bytes(sql)), { format: 'stream' }));
			files[name] = path;
		}
		return files;
	} finally {
		await vite.close();
	}
}

async function native(path, threads, changes) {
	const arrow = tableFromIPC(readFileSync(path), { useProxy: false });
	const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
	const connection = await instance.connect();
	await connection.run('create table cases (case_type varchar, urgency varchar, insurance varchar, week double, days double, broken double)');
	const appender = await connection.createAppender('cases');
	const columns = arrow.schema.fields.map(({ name }) => arrow.getChild(name).toArray());
	for (let row = 0; row < arrow.numRows; row++) {
		columns.forEach((cells, i) => (cells[row] === null ? appender.appendNull() : i < 3 ? appender.appendVarchar(cells[row]) : appender.appendDouble(cells[row])));
		appender.endRow();
	}
	appender.closeSync();
	const right = {};
	for (const [question, sql] of Object.entries(statements(slicersAt(1)))) right[question] = (await connection.runAndReadAll(sql)).getRows().map(([key, value]) => ({ key, value }));
	const times = [];
	for (let i = 0; i < changes; i++) {
		const begun = performance.now();
		for (const sql of Object.values(statements(slicersAt(i)))) await connection.runAndReadAll(sql);
		times.push(performance.now() - begun);
	}
	connection.closeSync();
	instance.closeSync();
	return { rows: arrow.numRows, times, right };
}

/** Resident memory of the browser's page processes, bytes; null where the system does not say. */
function residentOf(browserServerPid) {
	try {
		const all = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,args='], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n').map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter(Boolean);
		const below = new Set([browserServerPid]);
		for (let grown = true; grown; ) {
			grown = false;
			for (const [, pid, parent] of all) if (below.has(Number(parent)) && !below.has(Number(pid))) { below.add(Number(pid)); grown = true; }
		}
		return Math.max(...all.filter(([, pid, , , args]) => below.has(Number(pid)) && args.includes('--type=renderer')).map(([, , , rss]) => Number(rss) * 1024));
	} catch {
		return null;
	}
}

const near = (a, b) => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));

/** The names of questions to which an answer differs from the one given. */
function differing(answers, right) {
	return Object.keys(right).filter((question) => {
		const given = new Map(answers[question].map(({ key, value }) => [String(key instanceof Date ? key.getTime() : key), value]));
		return right[question].some(({ key, value }) => value !== null && !near(Number(given.get(String(key)) ?? NaN), Number(value)));
	});
}

async function buildPage(folder) {
	await build({
		configFile: false, root: join(home, 'rivals'), base: './', publicDir: folder, logLevel: 'error', plugins: [svelte({ configFile: join(root, 'svelte.config.js') })],
		resolve: { alias: { '@duckdb/duckdb-wasm/blocking': join(root, 'node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs') } },
		build: { outDir: join(home, 'dist'), emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 9000, rolldownOptions: { checks: { eval: false } } },
	});
}

/** Lines [size, contender, first, p50, p95, memory, transfer, differing] for all sizes and contenders, natives first. */
export async function raceRivals({ launch, changes }) {
	if (!existsSync(join(home, 'node_modules')) && npm(['ci', '--no-audit', '--no-fund', '--prefix', home]) !== 0) throw new Error('What it is raced against could not be installed: see its message above.');
	const folder = mkdtempSync(join(tmpdir(), 'throughline-rivals-'));
	const files = await rowsOf(folder);
	await buildPage(folder);
	const server = await serve({ root: join(home, 'dist'), port: 4373, tries: 100, zip: true });
	const lines = [];
	try {
		// The server compresses each file once, on the first request for it.
		for (const file of readdirSync(join(home, 'dist', 'assets'))) await (await fetch(`${server.url}assets/${file}`, { headers: { 'Accept-Encoding': 'gzip' } })).arrayBuffer();
		for (const [size, path] of Object.entries(files)) {
			let right;
			for (const threads of [1, 2]) {
				const { rows, times, right: answers } = await native(path, threads, changes);
				right ??= answers;
				lines.push({ size, rows, contender: `DuckDB native, ${threads} thread${threads > 1 ? 's' : ''}, queries only`, p50: quantile(times, 0.5), p95: quantile(times, 0.95) });
			}
			for (const contender of contenders) {
				const { browser, pid } = await launch();
				try {
					const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
					page.setDefaultTimeout(300_000);
					let transfer = 0;
					page.on('response', (response) => (transfer += response.url().endsWith('.arrow') ? 0 : Number(response.headers()['content-length'] ?? 0)));
					await page.goto(server.url);
					await page.waitForFunction(() => window.race !== undefined);
					const run = await page.evaluate(([name, data, count]) => window.race(name, data, count), [contender, `./${basename(path)}`, changes]);
						lines.push({ size, contender, first: run.first, p50: quantile(run.changes, 0.5), p95: quantile(run.changes, 0.95), memory: residentOf(pid), transfer, differing: differing(run.answers, right) });
				} catch (error) {
					lines.push({ size, contender, failed: error.message.split('\n')[0] });
				} finally {
					await browser.close();
				}
				console.log(JSON.stringify(lines.at(-1)));
			}
		}
	} finally {
		await server.close();
		rmSync(folder, { recursive: true, force: true });
	}
	return { lines };
}
