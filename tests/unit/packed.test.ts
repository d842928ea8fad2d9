import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packed, unpacked } from '../../src/lib/packed.ts';
import { compared } from '../../src/lib/sameness.ts';

/** Through the text that stands in the page. */
const there = (json: unknown): unknown => JSON.parse(JSON.stringify(json));

const name = fc.oneof(fc.string(), fc.constantFrom('$', 'of', '__proto__', 'constructor', 't', 'value'));
const leaf = fc.oneof(
	fc.double(),
	fc.constantFrom(NaN, Infinity, -Infinity, -0, undefined, null, true, false),
	fc.bigInt(),
	fc.string({ unit: 'binary' }),
	fc.float64Array({ maxLength: 5 }),
	fc.int32Array({ maxLength: 5 }),
	fc.uint8Array({ maxLength: 5 }),
);
const { value: anything } = fc.letrec<{ value: unknown; object: unknown; rows: unknown }>((tie) => ({
	value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, fc.array(tie('value'), { maxLength: 4 }), tie('object'), tie('rows')),
	object: fc.array(fc.tuple(name, tie('value')), { maxLength: 5 }).map(Object.fromEntries),
	// Rows that share their names are written as columns.
	rows: fc.uniqueArray(name, { minLength: 1, maxLength: 4 }).chain((names) => fc.array(fc.tuple(...names.map(() => leaf)), { minLength: 1, maxLength: 6 }).map((rows) => rows.map((row) => Object.fromEntries(names.map((each, i) => [each, row[i]]))))),
}));

describe('packed values', () => {
	test('whatever is packed comes back exactly, through JSON: NaN, infinities, −0, undefined, bigint, typed arrays, any name', () => {
		fc.assert(
			fc.property(anything, (value) => {
				const back = unpacked(there(packed([value])));
				expect(isDeepStrictEqual(back, value)).toBe(true);
				expect(compared(value, back).differs).toBeNull();
			}),
			{ numRuns: 500 },
		);
	});

	test('readings that differ in texts alone are told apart again, each by its place', () => {
		const words = fc.array(fc.record({ label: fc.string(), n: fc.double(), same: fc.constant('as it is') }, { noNullPrototype: true }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(words, fc.array(fc.string(), { minLength: 3, maxLength: 3 }), (rows, prefixes) => {
				const readings = prefixes.map((prefix) => ({ rows: rows.map((row) => ({ ...row, label: prefix + row.label })) }));
				const json = there(packed(readings));
				expect(readings.map((_, i) => unpacked(json, i))).toStrictEqual(readings);
			}),
		);
		expect(() => packed([{ rows: [{ n: 1 }] }, { rows: [{ n: 2 }] }])).toThrow('rows[0].n cannot be packed: its readings differ in more than texts');
		expect(() => packed([{ a: 'x' }, { a: null }])).toThrow('differ in more than texts');
	});

	test('objects that both sides know come back as the same objects', () => {
		const known = { label: 'Cases' };
		const json = there(packed([{ measure: known, rows: [{ m: known }, { m: known }, { m: known }] }], new Map([[known, 'cases']])));
		const mine = { label: 'Cases, with a target of my own' };
		const back = unpacked(json, 0, (id) => (id === 'cases' ? mine : undefined)) as { measure: unknown; rows: { m: unknown }[] };
		expect([back.measure, ...back.rows.map(({ m }) => m)].every((each) => each === mine)).toBe(true);
	});

	test('what has no text is refused by its place', () => {
		expect(() => packed([{ a: [() => 1] }])).toThrow('.a[0] cannot be packed: it is a function');
		expect(() => packed([{ a: new Map() }])).toThrow('.a cannot be packed: it is no plain object');
	});
});

describe('sameness', () => {
	test('one changed number, text or name anywhere is found, and said where', () => {
		expect(compared({ kpis: [{ row: { value: 1 } }] }, { kpis: [{ row: { value: 1 + Number.EPSILON } }] }).differs).toEqual({ at: 'kpis[0].row.value', a: '1', b: '1.0000000000000002' });
		expect(compared([0], [-0]).differs).toEqual({ at: '[0]', a: '0', b: '-0' });
		expect(compared({ a: 1 }, { a: 1, b: undefined }).differs?.at).toBe('');
		expect(compared(Float64Array.of(1, 2), Float64Array.of(1, 3)).differs?.at).toBe('[1]');
		expect(compared(Float64Array.of(1), [1]).differs).not.toBeNull();
		expect(compared({ a: [NaN, 'x', 1n, null], b: 'y' }, { a: [NaN, 'x', 1n, null], b: 'y' })).toEqual({ numbers: 2, texts: 2, differs: null });
	});

	test('a value compared with a copy in which one leaf was changed is never called the same', () => {
		const tree = fc.array(fc.record({ n: fc.double(), text: fc.string(), list: fc.array(fc.integer(), { minLength: 1 }) }), { minLength: 1 });
		fc.assert(
			fc.property(tree, fc.nat(), fc.constantFrom('n' as const, 'text' as const, 'list' as const), (rows, at, part) => {
				const copy = structuredClone(rows);
				const row = copy[at % copy.length];
				if (!row) return;
				if (part === 'n') row.n = Object.is(row.n, 1) ? 2 : 1;
				if (part === 'text') row.text += '.';
				if (part === 'list') row.list.push(0);
				expect(compared(rows, copy).differs).not.toBeNull();
				expect(compared(rows, structuredClone(rows)).differs).toBeNull();
			}),
		);
	});
});
