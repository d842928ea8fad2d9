import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { budgets, firstView, measure } from '../scripts/vite/size-report.mjs';
import { namedIn, slimWasm } from '../scripts/vite/slim-wasm.mjs';
import { mvpGlue } from '../scripts/vite/without-mvp.mjs';
import { bootInNode } from '../src/engine/duckdb-node.ts';
import type { Duck } from '../src/engine/duckdb.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-weight-'));
afterAll(() => rmSync(folder, { recursive: true }));

const duckdb = dirname(createRequire(import.meta.url).resolve('@duckdb/duckdb-wasm/dist/duckdb-eh.wasm'));
const glue = readFileSync(join(duckdb, 'duckdb-browser-blocking.mjs'), 'utf8');

describe('the engine without the exports that nobody names', () => {
	const whole = readFileSync(join(duckdb, 'duckdb-eh.wasm'));
	const slim: Buffer = slimWasm(whole, namedIn(glue));
	const of = (bytes: Buffer) => new WebAssembly.Module(Uint8Array.from(bytes));

	test('is a fifth smaller, asks for the same imports, and exports all that its JavaScript calls', () => {
		expect(slim.length).toBeLessThan(whole.length * 0.8);
		const [before, after] = [of(whole), of(slim)];
		expect(WebAssembly.Module.imports(after)).toEqual(WebAssembly.Module.imports(before));
		const called = new Set([...glue.matchAll(/wasmExports\.(\w+)/g)].map((match) => match[1]));
		const there = new Set(WebAssembly.Module.exports(before).map(({ name }) => name));
		const kept = new Set(WebAssembly.Module.exports(after).map(({ name }) => name));
		expect(called.size).toBeGreaterThan(50);
		expect([...called].filter((name) => name && there.has(name) && !kept.has(name))).toEqual([]);
		expect(kept.size).toBeLessThan(1000);
	});

	test('keeps every export when all are wanted, byte for byte', () => {
		expect(slimWasm(whole, () => true).equals(whole)).toBe(true);
	});

	test('answers as the whole one does: values, texts, windows, errors, and what it is given', async () => {
		const path = join(folder, 'duckdb-eh.wasm');
		writeFileSync(path, slim);
		const statements = [
			"select i, i * 1.1 as x, 'ä' || i as t, md5(i::varchar) as m, hash(i)::varchar as h from range(2000) r(i)",
			"select i % 7 as k, median(i) as m, quantile_cont(i, 0.9) as q, stddev(i) as s, approx_count_distinct(i) as d from range(5000) r(i) group by all order by all",
			"select i, sum(i) over (order by i rows 3 preceding)::double as w, strftime(timestamp '2026-01-01' + interval (i) hour, '%d %b %H:%M') as t from range(500) r(i)",
			"select try_cast('{\"a\": 1, \"b\": \"x\"}' as struct(a integer, b varchar)) as s, regexp_extract('case-42', '(\\d+)', 1) as r, ln(2.5) as l, sin(1) as sine, pow(2, 0.5) as p",
			'select cast(1 as integer) / 0 as z, try_cast(\'x\' as integer) as t',
		];
		const wrong = ['select * from nowhere', "select cast('x' as integer)", "select error('said so')", "select * from read_csv('http://127.0.0.1:9/x')", "load json"];
		const say = (duck: Duck, sql: string): string => {
			try {
				duck.run(sql);
				return 'nothing';
			} catch (error) {
				return error instanceof Error ? error.message : '';
			}
		};
		const [one, other] = [await bootInNode(), await bootInNode(path)];
		for (const sql of statements) expect(other.bytes(sql), sql).toEqual(one.bytes(sql));
		for (const sql of wrong) {
			expect(say(other, sql), sql).toBe(say(one, sql));
			expect(say(other, sql)).not.toBe('nothing');
		}
	});
});

test('the code of the mvp build is found in the package as it is, and a package made otherwise is refused', () => {
	const { start, end } = mvpGlue(glue);
	const left = `${glue.slice(0, start)}null${glue.slice(end)}`;
	expect(end - start).toBeGreaterThan(500_000);
	expect(glue.slice(start, end)).toContain('duckdb-mvp.wasm');
	expect(left).toContain('duckdb-eh.wasm');
	expect(() => mvpGlue(left)).toThrow('not made as it was');
});

describe('the size report', () => {
	const put = (name: string, content: string | Buffer): void => {
		mkdirSync(dirname(join(folder, 'dist', name)), { recursive: true });
		writeFileSync(join(folder, 'dist', name), content);
	};
	/** Letters that gzip cannot make less of. */
	const noise = (bytes: number): Buffer => Buffer.from(Uint32Array.from({ length: bytes / 4 }, (_, i) => Math.imul(i + 1, 2654435761) ^ Math.imul(i + 7, 0x9e3779b1) * (i % 977)).buffer);

	beforeAll(() => {
		put('index.html', '<script src="./assets/index-1.js"></script><link rel="stylesheet" href="./assets/index-1.css">');
		put('assets/index-1.js', 'import{a}from"./shared-1.js";const w=new URL(`engine.worker-1.js`,import.meta.url);const later=()=>import("./later-1.js");');
		put('assets/shared-1.js', 'export const a=1');
		put('assets/later-1.js', 'export const b=2');
		put('assets/index-1.css', 'p{color:red}');
		put('assets/engine.worker-1.js', 'import"./part-1.js"');
		put('assets/part-1.js', '1');
		put('assets/generate-1.js', '2');
	});

	test('counts what the first view fetches and nothing that is loaded when it is needed', () => {
		expect([...firstView(join(folder, 'dist')).keys()].sort()).toEqual(['assets/engine.worker-1.js', 'assets/generate-1.js', 'assets/index-1.css', 'assets/index-1.js', 'assets/part-1.js', 'assets/shared-1.js', 'index.html']);
		const { rows, over } = measure(join(folder, 'dist'));
		expect(rows.filter(({ group }) => group === 'workers: scripts').map(({ file }) => file).sort()).toEqual(['assets/engine.worker-1.js', 'assets/generate-1.js', 'assets/part-1.js']);
		expect(over).toEqual([]);
	});

	test('says each budget that is not kept', () => {
		put('assets/shared-1.js', noise(budgets.pageScripts + 40_000));
		expect(measure(join(folder, 'dist')).over.join(' ')).toMatch(/^The page's scripts take \d+ bytes of 300000\.$/);
		put('assets/index-1.js', 'import"./engine-1.wasm.gz";new URL(`engine.wasm.gz`,import.meta.url)');
		put('assets/engine.wasm.gz', Buffer.alloc(budgets.file + 1));
		expect(measure(join(folder, 'dist')).over.join(' ')).toMatch(/^assets\/engine\.wasm\.gz has 26214401 bytes; some hosts take 26214400 at most\. The first view takes \d+ bytes of 8500000\.$/);
	});
});
