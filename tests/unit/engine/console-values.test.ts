import { beforeAll, expect, it } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { decode } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

let engine: EngineApi;

beforeAll(async () => {
	engine = nodeEngine();
	await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
});

it.each([
	['select [1, null, 3]::bigint[] as a', [{ a: '[1, NULL, 3]' }]],
	["select {'n': 5::bigint, 't': 'x'} as a", [{ a: "{'n': 5, 't': x}" }]],
	["select map {'k': 7::bigint} as a, 1::integer as b", [{ a: '{k=7}', b: 1 }]],
	["select 'b'::enum('a', 'b') as a", [{ a: 'b' }]],
	["select (case i % 2 when 0 then 'x' end)::enum('x', 'y') as a, i::integer as i from range(4000) as r(i) order by i desc limit 2", [{ a: null, i: 3999 }, { a: 'x', i: 3998 }]],
	["select interval '1 day' as a", [{ a: '1 day' }]],
	["select 'x'::blob as a", [{ a: 'x' }]],
	["select time '10:00:01' as a", [{ a: '10:00:01' }]],
	['select 1::integer as a, [2] as a', [{ a: 1, a_1: '[2]' }]],
	['select [i] as a from range(3) as r(i) order by i desc', [{ a: '[2]' }, { a: '[1]' }, { a: '[0]' }]],
	["select 5::bigint as a, 6::hugeint as b, 1.5::decimal(8, 2) as c, true as d, null as e, '' as f", [{ a: 5, b: 6, c: 1.5, d: true, e: null, f: '' }]],
	["select timestamp '2026-02-03 04:05:06' as a, date '2026-02-03' as b", [{ a: Date.UTC(2026, 1, 3, 4, 5, 6), b: Date.UTC(2026, 1, 3) }]],
])('%s comes as it is in DuckDB', async (text, expected) => {
	expect(decode((await engine.sql(text, 10)).table).map((row) => ({ ...row }))).toEqual(expected);
});
