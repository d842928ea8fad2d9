import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readParquet } from '../../../src/import/formats/parquet.ts';
import { sharedData } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';
import { collect, fileOf, readOrRefused, refusal, type Row } from './collect.ts';

let folder = '';
let duck: DuckDBConnection;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'parquet-'));
	duck = await (await DuckDBInstance.create(':memory:')).connect();
	await duck.run(`set timezone = 'UTC'`);
});

afterAll(() => {
	duck.closeSync();
	rmSync(folder, { recursive: true });
});

/** A file that native DuckDB writes. */
async function written(sql: string, options = ''): Promise<Uint8Array> {
	const path = join(folder, 'x.parquet');
	await duck.run(`copy (${sql}) to '${path}' (format parquet ${options})`);
	return new Uint8Array(readFileSync(path));
}

const readRows = async (bytes: Uint8Array): Promise<Row[]> => (await collect(readParquet, fileOf(bytes, 'x'))).rows.x ?? [];

describe('types to text', () => {
	test.each([
		['true', 'true'],
		['9223372036854775807::bigint', '9223372036854775807'],
		['(-9223372036854775808)::bigint', '-9223372036854775808'],
		['18446744073709551615::ubigint', '18446744073709551615'],
		['4294967295::uinteger', '4294967295'],
		['255::utinyint', '255'],
		['(-128)::tinyint', '-128'],
		['65535::usmallint', '65535'],
		['1.10::decimal(4, 2)', '1.10'],
		['(-0.05)::decimal(9, 2)', '-0.05'],
		['1234567890123456.78::decimal(18, 2)', '1234567890123456.78'],
		['(-12345678901234567890123456789012345.678)::decimal(38, 3)', '-12345678901234567890123456789012345.678'],
		['0.1::float', '0.1'],
		['16777216::float', '16777216'],
		['0.1::double + 0.2::double', '0.30000000000000004'],
		['1e21::double', '1000000000000000000000'],
		['1e-7::double', '0.0000001'],
		[`'NaN'::double`, 'NaN'],
		[`date '2024-02-29'`, '2024-02-29'],
		[`date '1899-12-31'`, '1899-12-31'],
		[`time '23:59:59.000001'`, '23:59:59.000001'],
		[`timestamp '2020-01-02 03:04:05'`, '2020-01-02T03:04:05'],
		[`timestamp '2020-01-02 03:04:05.120'`, '2020-01-02T03:04:05.120'],
		[`timestamp '1969-12-31 23:59:59.999999'`, '1969-12-31T23:59:59.999999'],
		[`timestamp_s '2020-01-02 03:04:05'`, '2020-01-02T03:04:05'],
		[`timestamp_ms '2020-01-02 03:04:05.678'`, '2020-01-02T03:04:05.678'],
		[`timestamp_ns '2020-01-02 03:04:05.123456789'`, '2020-01-02T03:04:05.123456789'],
		[`timestamptz '2020-01-02 03:04:05+02'`, '2020-01-02T01:04:05Z'],
		[`'é😀'`, 'é😀'],
		[`''`, ''],
		[`'x'::enum('x', 'y')`, 'x'],
		[`'6f1a2b3c-0000-4000-8000-0123456789ab'::uuid`, '6f1a2b3c-0000-4000-8000-0123456789ab'],
		[`'\\xAA\\x00'::blob`, '0xaa00'],
		[`'plain'::blob`, 'plain'],
		[`interval '14 months 3 days 1.5 seconds'`, 'P14M3DT1.5S'],
		['null::integer', null],
		['null::varchar', null],
		['[1, null, 3]', '[1,null,3]'],
		[`['a"b', null]`, '["a\\"b",null]'],
		[`{'a': 1.10::decimal(4, 2), 'b': {'c': date '2020-01-02', 'd': null::integer}}`, '{"a":1.10,"b":{"c":"2020-01-02","d":null}}'],
		[`[{'a': 9007199254740993, 'b': ['x']}]`, '[{"a":9007199254740993,"b":["x"]}]'],
		[`map {'k': 1, 'm': 2}`, '{"k":1,"m":2}'],
		['[]::integer[]', '[]'],
		['null::integer[]', null],
		[`null::struct(a integer)`, null],
	])('%s is %s', async (sql, text) => {
		expect(await readRows(await written(`select ${sql} as v`))).toEqual([{ v: text }]);
	});

	test('bytes that are no text, and what holds other values, are noted', async () => {
		const { sources } = await collect(readParquet, fileOf(await written(`select * from (values ('\\xAA'::blob, [1]), ('b'::blob, [2])) t(b, l)`), 'x'));
		expect(sources[0]?.notes).toEqual([{ code: 'parquet.bytes', column: 'b', cells: 1 }, { code: 'parquet.nested', column: 'l' }]);
	});
});

describe('whole files', () => {
	const many = `select i as id, case when i % 7 = 0 then null else 'text ' || (i % 1000) end as word, i * 1.5 as d, i % 3 = 0 as flag, timestamp '2020-01-01' + to_microseconds(i) as t, case when i % 5 = 0 then null else [i, i + 1] end as l from range(60000) r(i)`;
	test.each(['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw'])('%s, several row groups, many rows, nulls and lists: every cell is DuckDB’s', async (codec) => {
		const bytes = await written(many, `, compression '${codec}', row_group_size 20480`);
		const { rows, batches, lines } = await collect(readParquet, fileOf(bytes, 'x'));
		expect(rows.x?.length).toBe(60_000);
		expect(batches.x).toBeGreaterThan(2);
		expect(lines.x?.every((line, i) => line === i + 1)).toBe(true);
		const wrong = rows.x?.findIndex((row, i) => {
			const micros = String(i).padStart(6, '0');
			const t = i === 0 ? '2020-01-01T00:00:00' : `2020-01-01T00:00:00.${micros.endsWith('000') ? micros.slice(0, 3) : micros}`;
			return row.id !== String(i) || row.word !== (i % 7 === 0 ? null : `text ${String(i % 1000)}`) || row.d !== `${(i * 1.5).toFixed(1)}` || row.flag !== String(i % 3 === 0) || row.t !== t || row.l !== (i % 5 === 0 ? null : `[${String(i)},${String(i + 1)}]`);
		});
		expect(wrong === -1 ? null : rows.x?.[wrong ?? 0]).toBe(null);
	});

	test('a row group of more rows than a batch comes in several', async () => {
		const { rows, batches } = await collect(readParquet, fileOf(await written('select i from range(60000) r(i)'), 'x'));
		expect(batches.x).toBe(2);
		expect(rows.x?.every(({ i: text }, i) => text === String(i))).toBe(true);
	});

	test('the newer page format with its encodings is read too', async () => {
		const bytes = await written(many, `, parquet_version v2, row_group_size 20480`);
		const { rows } = await collect(readParquet, fileOf(bytes, 'x'));
		expect(rows.x?.at(-1)).toEqual({ id: '59999', word: 'text 999', d: '89998.5', flag: 'false', t: '2020-01-01T00:00:00.059999', l: '[59999,60000]' });
		expect(rows.x?.every(({ id }, i) => id === String(i))).toBe(true);
	});

	const receipt = new URL('event-logs/receipt.parquet', sharedData);
	test.skipIf(!existsSync(receipt))('receipt holds the 8,577 events and 1,434 cases of TRUTHS.md, cell by cell as DuckDB reads it', async () => {
		const { rows, sources } = await collect(readParquet, fileOf(new Uint8Array(readFileSync(receipt)), 'x'));
		expect(sources[0]?.rows).toBe(8577);
		expect(new Set(rows.x?.map((row) => row['case:concept:name'])).size).toBe(1434);
		const columns = sources[0]?.columns.map((name) => `("${name}")::varchar as "${name}"`).join(', ') ?? '';
		const result = await duck.runAndReadAll(`select ${columns} from '${receipt.pathname}'`);
		const plain = (text: string | null): string | null => text?.replace(/^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+?)?0*$/, '$1 $2$3') ?? null;
		expect(rows.x?.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])))).toEqual((result.getRowObjects() as Row[]).map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)]))));
	});
});

describe('limits', () => {
	test('no rows, or more than there is room for, are refused', async () => {
		expect((await refusal(readParquet, fileOf(await written('select 1 as a where false'), 'x'))).code).toBe('files.no-records');
		expect((await refusal(readParquet, fileOf(await written('select i, i::varchar as s from range(100000) r(i)'), 'x'), { memory: 1 << 20 })).code).toBe('files.too-large');
	});

	test('texts and what is cut off are refused as no Parquet', async () => {
		for (const bytes of [new Uint8Array(0), new TextEncoder().encode('PAR1'), (await written('select 1 as a')).slice(0, -9)]) {
			expect((await refusal(readParquet, fileOf(bytes, 'x'))).code).toBe('files.malformed');
		}
	});

	test.each(['snappy', 'uncompressed', 'zstd'])('changed bytes (%s) are read or refused within a second, nothing else', async (codec) => {
		const rows = `select i as a, 'w' || i % 3 as b, case when i % 2 = 0 then i / 2.0 end as c, i % 2 = 0 as d, [i, i] as e from range(200) r(i)`;
		const files = [await written(rows, `, compression '${codec}'`), await written(rows, `, compression '${codec}', parquet_version v2`)];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...files), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }), async (file, changes) => {
				const changed = file.slice();
				for (const [at, byte] of changes) changed[at % file.length] = byte;
				const before = performance.now();
				await readOrRefused(readParquet, changed);
				expect(performance.now() - before).toBeLessThan(1000);
			}),
			replayable(600),
		);
	});
});
