import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import type { ThroughlineError } from '../../../src/lib/errors.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

let engine: EngineApi;
const endless = 'select count(*) from range(1000000000000) as r(i) where i % 7 = 3';
const ask = async (text: string): Promise<Row[]> => decode((await engine.sql(text, 100)).table);
const ending = (text: string): Promise<string> => engine.sql(text, 10).then(() => 'answered', (error: unknown) => (error as ThroughlineError).code);
const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));
const cases = { selections: [{ name: 'sel_of_test', sql: 'select * from marts.fct_case_lifecycle' }], statements: ['select count(*)::integer as n from sel_of_test'] };

beforeAll(async () => {
	engine = nodeEngine();
	await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
});

describe('a statement of the console that would run for ever', () => {
	it.each([
		endless,
		'from range(1000000000000) as r(i) order by i % 11, i desc',
		'select sum(a.i * b.i) from range(3000000) as a(i), range(3000000) as b(i)',
		'with recursive a(x) as (select 1 union all select x + 1 from a where x < 1000000000) select max(x) from a',
		'explain analyze select max(i % 3) from range(1000000000000) as r(i)',
	])('is stopped, and the engine goes on: %s', async (text) => {
		const ended = ending(text);
		await wait(300);
		await engine.cancel();
		expect(await ended).toBe('sql.stopped');
		expect(await ask('select 42 as a')).toEqual([{ a: 42 }]);
		expect(decode((await engine.query(cases)).tables[0] ?? new Uint8Array())).toEqual([{ n: 3 }]);
	});

	it('lets the questions of the page through while it runs, those that make tables among them', async () => {
		const ended = ending(endless);
		await wait(150);
		for (const [i, expected] of [[0, 3], [1, 0]] as const) {
			const { tables } = await engine.query({ selections: [{ name: `sel_between_${String(i)}`, sql: `select * from marts.fct_case_lifecycle where ${String(i)} = 0` }], statements: [`select count(*)::integer as n from sel_between_${String(i)}`] });
			expect(decode(tables[0] ?? new Uint8Array())).toEqual([{ n: expected }]);
		}
		expect((await engine.models()).length).toBeGreaterThan(0);
		let over = false;
		void ended.then(() => (over = true));
		await wait(0);
		expect(over, 'it is still running').toBe(false);
		await engine.cancel();
		expect(await ended).toBe('sql.stopped');
	});

	it('gives the right answer although others worked in between', async () => {
		const answer = ask('select count(*)::integer as n, sum(a.i)::double as s from range(30000) as a(i) join range(30000) as b(i) on a.i % 10 = b.i % 10');
		await wait(20);
		for (let i = 0; i < 5; i++) {
			await engine.query({ selections: [], statements: [`select ${String(i)} as different`] });
			await wait(20);
		}
		expect(await answer).toEqual([{ n: 90_000_000, s: 3000 * ((30000 * 29999) / 2) }]);
	});

	it('ends when another as-of or other data comes, which then stands', async () => {
		const first = ending(endless);
		await wait(150);
		const dataset = await engine.asOf('2025-02-03T00:00:00');
		expect(await first).toBe('sql.stopped');
		expect(dataset.asOf).toBe('2025-02-03T00:00:00');
		const second = ending(endless);
		await wait(150);
		await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
		expect(await second).toBe('sql.stopped');
		expect(await ask('select count(*)::integer as n from raw.cases')).toEqual([{ n: 3 }]);
	});

	it('takes those with it that wait behind it; what is asked afterwards is answered', async () => {
		const both = [ending(endless), ending(endless)];
		await wait(150);
		await engine.cancel();
		const after = ask('select 1 as a');
		expect(await Promise.all(both)).toEqual(['sql.stopped', 'sql.stopped']);
		expect(await after).toEqual([{ a: 1 }]);
	});

	it('does not write, stopped or not', async () => {
		expect(await ending('rollback; drop table raw.cases')).toBe('sql.read-only');
		await engine.cancel();
		expect(await ask('select count(*)::integer as n from raw.cases')).toEqual([{ n: 3 }]);
	});
});

describe('two statements at once', () => {
	it('are answered one after the other', async () => {
		expect(await Promise.all([ask('select 1 as a'), ask('select 2 as a'), ask('select 3 as a')])).toEqual([[{ a: 1 }], [{ a: 2 }], [{ a: 3 }]]);
	});
});
