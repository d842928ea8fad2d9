import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { printOf, printSql } from '../../../src/engine/fingerprint.ts';
import { judge, toCode } from '../../../src/state/same-code.ts';
import { openDemo } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';

let duck: Duck;

beforeAll(async () => {
	duck = await bootInNode();
});

const columns = 'a integer, b double, c varchar, d timestamp';
type Cells = [number | null, number | null, string | null, number | null];

const cell = (value: string | number | null): string => (value === null ? 'null' : typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`);
const row = ([a, b, c, d]: Cells): string => `(${[cell(a), b === null ? 'null' : `${cell(b)}::double`, cell(c), d === null ? 'null' : `make_timestamp(${cell(d)}::bigint)`].join(', ')})`;

function printed(rows: readonly Cells[], shape = columns): string {
	duck.run(`create or replace table memory.main.t (${shape})`);
	if (rows.length > 0) duck.run(`insert into memory.main.t (a, b, c, d) values ${rows.map(row).join(', ')}`);
	return printOf(duck, 'memory.main.t').print;
}

const number = fc.option(fc.integer({ min: -1000, max: 1000 }));
const cells = fc.tuple(number, fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 })), fc.option(fc.string({ maxLength: 6 }).map((text) => text.replaceAll('\0', ''))), number) as fc.Arbitrary<Cells>;
const table = fc.array(cells, { minLength: 1, maxLength: 12 });

/** As the database sees it: -0 is 0. */
const known = (rows: readonly Cells[]): string => JSON.stringify(rows);

describe('the print of a table', () => {
	test('does not depend on the order of its rows, nor on that of its columns', () => {
		fc.assert(fc.property(table, fc.infiniteStream(fc.nat()), (rows, chance) => {
			const shuffled = [...rows].map((each) => ({ each, at: chance.next().value as number })).sort((x, y) => x.at - y.at).map(({ each }) => each);
			expect(printed(shuffled)).toBe(printed(rows));
			expect(printed(rows, 'd timestamp, c varchar, b double, a integer')).toBe(printed(rows));
		}), replayable(40));
	});

	test('changes when a row is there twice or is missing', () => {
		fc.assert(fc.property(table, fc.nat(), (rows, at) => {
			const one = rows[at % rows.length] as Cells;
			const print = printed(rows);
			expect(printed([...rows, one])).not.toBe(print);
			expect(printed([...rows, one, one])).not.toBe(print);
			expect(printed(rows.filter((_, i) => i !== at % rows.length))).not.toBe(print);
		}), replayable(40));
	});

	test('changes with any cell', () => {
		fc.assert(fc.property(table, fc.nat(), fc.nat(3), cells, (rows, at, column, other) => {
			const changed = rows.map((each, i) => (i === at % rows.length ? (each.map((value, k) => (k === column ? other[k] : value)) as Cells) : each));
			fc.pre(known(changed) !== known(rows));
			expect(printed(changed)).not.toBe(printed(rows));
		}), replayable(60));
	});

	test('changes when two rows swap one cell', () => {
		expect(printed([[1, 1, 'x', 0], [2, 2, 'y', 0]])).not.toBe(printed([[1, 2, 'x', 0], [2, 1, 'y', 0]]));
	});

	test('tells null, the empty text and zero apart, one column from the next, and a double from the next one', () => {
		const prints = [[null, null, null, null], [0, null, null, null], [null, 0, null, null], [null, null, '', null], [null, null, '0', null], [null, null, null, 0], [null, 0.1 + 0.2, null, null], [null, 0.3, null, null]].map((each) => printed([each as Cells]));
		expect(new Set(prints).size).toBe(prints.length);
		expect(printed([])).not.toBe(printed([[null, null, null, null]]));
		expect(printed([[1, 1, 'x', 1]], columns)).not.toBe(printed([[1, 1, 'x', 1]], `${columns}, e integer`));
	});

	test('does not depend on which other values a column of few texts holds', () => {
		duck.run("create or replace table memory.main.few as select v::enum('a', 'b', 'c') as v from (values ('b'), ('c')) t(v)");
		const few = printOf(duck, 'memory.main.few');
		duck.run("create or replace table memory.main.few as select v::enum('b', 'c') as v from (values ('c'), ('b')) t(v)");
		expect(printOf(duck, 'memory.main.few')).toEqual(few);
		duck.run("create or replace table memory.main.few as select v from (values ('b'), ('c')) t(v)");
		expect(printOf(duck, 'memory.main.few')).toEqual(few);
	});

	const rich = `select i as a, i * 0.1 as b, 'text é ' || (i % 7) as c, timestamp '2026-01-01' + to_days(i::integer) as d, i % 2 = 0 as e, date '2026-01-01' + i::integer as f, (i / 3)::decimal(9, 3) as g, case when i % 5 = 0 then null else i end as h, (i % 3)::text::enum('0', '1', '2') as k, [i, i + 1] as l, {'x': i, 'y': 'z'} as m from range(1000) t(i)`;

	test('is the same in native DuckDB of the same version: neither wasm nor the machine is in it', async () => {
		duck.run(`create or replace table memory.main.rich as ${rich}`);
		const described = duck.rows('select column_name as name, column_type as type from (describe memory.main.rich)').map(({ name, type }) => ({ name: String(name), type: String(type) }));
		const native = await (await DuckDBInstance.create(':memory:')).connect();
		await native.run(`create table rich as ${rich}`);
		const [found] = (await native.runAndReadAll(printSql('rich', described))).getRowObjects();
		native.closeSync();
		expect(found?.print).toBe(printOf(duck, 'memory.main.rich').print);
	});

	test('stays what links of this scheme carry: where this fails, another DuckDB hashes otherwise, and `scheme` in state/same-code.ts has to change', () => {
		expect(printed([[1, 0.5, 'x', 1_000_000], [null, null, null, null]])).toBe('721a21d29aa9b2a7');
	});
});

describe('the fingerprint of what is open', () => {
	test('is the same after a second building, after another as-of and back; the code tells which model differs first', async () => {
		const engine = createEngine(async () => duck, () => 0.5);
		const request = { seed: 3, size: 'small', scenario: 'planted' };
		const { dataset } = await openDemo(engine, 'advocacy', request);
		const first = await engine.fingerprint();
		expect(first.models.map(({ model }) => model)).toEqual((await engine.models()).filter(({ layer }) => layer === 'marts').map(({ name }) => name));
		expect(first.models.find(({ model }) => model === 'fct_case_lifecycle')?.rows).toBe(Number((dataset.timings.find(({ name }) => name === 'fct_case_lifecycle')?.rows)));
		await engine.asOf('2026-06-01T00:00:00');
		const earlier = await engine.fingerprint();
		expect(earlier.code).not.toBe(first.code);
		await engine.asOf(null);
		expect(await engine.fingerprint()).toEqual(first);
		await openDemo(engine, 'advocacy', request);
		expect(await engine.fingerprint()).toEqual(first);

		expect(judge(toCode(first), first)).toEqual({ is: 'identical', models: first.models.length });
		const at = first.models.findIndex(({ model }, i) => model !== '' && earlier.models[i]?.print !== first.models[i]?.print);
		expect(judge(toCode(first), earlier)).toEqual({ is: 'different', model: first.models[at]?.model, here: earlier.models[at]?.rows, there: first.models[at]?.rows });
		for (const [i, { model, rows }] of first.models.entries()) {
			const changed = { code: '0'.repeat(12), models: first.models.map((each, k) => (k === i ? { ...each, print: `${each.print.startsWith('0') ? '1' : '0'}${each.print.slice(1)}` } : each)) };
			expect(judge(toCode(first), changed)).toEqual({ is: 'different', model, here: rows, there: rows });
		}
	});

	test('a code that is cut off, of another version or invented is never called identical', () => {
		const here = { code: '0123456789ab', models: [{ model: 'm', rows: 35, print: 'abcdef0123456789' }] };
		expect(toCode(here)).toBe('1-0123456789ab-z.abcd');
		for (const said of ['', '1', '1-0123456789ab', '1-0123456789ab-z.abc', '2-0123456789ab-z.abcd', '1-0123456789ab-z.abcd-0.abcd', '1-0123456789AB-z.abcd', '<b>', '1-0123456789ab-1e99999999999.abcd']) expect(judge(said, here), said).toEqual({ is: 'other version' });
		expect(judge('1-0123456789ac-z.abcd', here)).toEqual({ is: 'different', model: null, here: 0, there: 0 });
	});
});
