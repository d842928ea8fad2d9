import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import { fits, headerFingerprint } from '../../../src/import/map/fingerprint.ts';
import { recipeFromJson, recipeToJson } from '../../../src/import/map/recipe-json.ts';
import type { Recipe } from '../../../src/import/types.ts';
import { packs } from '../../../src/packs/index.ts';
import { packNamed } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';

const name = fc.oneof(fc.constantFrom('a', 'constructor', 'hasOwnProperty', 'toString', 'a"b', '表', ''), fc.string({ unit: 'grapheme', maxLength: 12 })).filter((one) => one !== '__proto__');
const names = fc.uniqueArray(name, { maxLength: 3 });
const missing = names;
const conversion = fc.oneof(
	fc.record({ kind: fc.constant('text' as const), missing }),
	fc.record({ kind: fc.constant('number' as const), missing, decimal: fc.constantFrom('.' as const, ',' as const), group: fc.constantFrom('' as const, ',' as const, '.' as const, ' ' as const, "'" as const), percent: fc.boolean(), currency: name }),
	fc.record({ kind: fc.constant('timestamp' as const), missing, forms: names }),
	fc.record({ kind: fc.constant('timestamp-number' as const), missing, unit: fc.constantFrom('excel-day' as const, 'excel-day-1904' as const, 'epoch-second' as const, 'epoch-millisecond' as const, 'yyyymmdd' as const) }),
	fc.record({ kind: fc.constant('boolean' as const), missing, yes: names, no: names }),
);
const dialect = fc.record({ encoding: name, delimiter: name, quote: name, escape: name, preamble: fc.nat(9), headers: fc.nat(3), footer: fc.nat(9) }, { requiredKeys: [] });
const person = fc.oneof(fc.record({ column: name }), fc.record({ column: name, through: fc.record({ source: name, key: name, person: name }) }));
const source = fc.record(
	{ dialect, answers: fc.dictionary(name, name, { maxKeys: 3 }), conversions: fc.dictionary(name, conversion, { maxKeys: 3 }), privacy: fc.dictionary(name, fc.constantFrom('keep' as const, 'drop' as const, 'surrogate' as const, 'zip3' as const, 'year' as const, 'age-90' as const, 'shift' as const), { maxKeys: 3 }), left: fc.boolean(), person },
	{ requiredKeys: ['dialect', 'answers', 'conversions', 'privacy', 'left'] },
);
const column = fc.oneof(
	fc.record({ from: fc.array(name, { minLength: 1, maxLength: 2 }), values: fc.dictionary(name, name, { maxKeys: 3 }) }, { requiredKeys: ['from'] }),
	fc.constant({ from: [], numbered: true as const }),
);
const contracts = Object.entries(packNamed('advocacy').raw);
const recipe: fc.Arbitrary<Recipe> = fc.dictionary(name, source, { minKeys: 1, maxKeys: 3 }).chain((sources) => {
	const table = fc.constantFrom(...contracts).chain(([called, contract]) =>
		fc.subarray(Object.keys(contract.columns), { minLength: 1 }).chain((columns) =>
			fc.record({ source: fc.constantFrom(...Object.keys(sources)), columns: fc.tuple(...columns.map(() => column)).map((all) => Object.fromEntries(columns.map((each, i) => [each, all[i] ?? { from: ['a'] }]))), extra: names, once: fc.subarray(columns) }).map((one) => [called, [one]] as const),
		),
	);
	return fc.array(table, { maxLength: 4 }).map((tables): Recipe => ({ version: 1, pack: 'advocacy', sources, tables: Object.fromEntries(tables) }));
});

describe('a saved mapping', () => {
	test('read back is the same', () => {
		fc.assert(
			fc.property(recipe, (one) => {
				expect(recipeFromJson(recipeToJson(one), packs)).toEqual(one);
			}),
			replayable(300),
		);
	});

	const good: Recipe = { version: 1, pack: 'advocacy', sources: { 'a.csv': { dialect: {}, answers: {}, conversions: {}, privacy: {}, left: false } }, tables: { cases: [{ source: 'a.csv', columns: { id: { from: ['x'] } }, extra: [], once: [] }] } };
	const changed = (change: (value: Record<string, unknown>) => void): string => {
		const value = JSON.parse(recipeToJson(good)) as Record<string, unknown>;
		change(value);
		return JSON.stringify(value);
	};
	const table = (one: unknown) => changed((value) => (value.tables = { cases: [one] }));

	test.each([
		['no JSON', '{', 'it is no JSON'],
		['a list', '[]', 'it does not say its version'],
		['another version', changed((value) => (value.version = 2)), 'its version 2 is not known here'],
		['an unknown pack', changed((value) => (value.pack = 'toString')), 'there is no pack called toString'],
		['an unknown table', changed((value) => (value.tables = { nothing: [] })), 'Advocacy cases has no table nothing'],
		['an unknown column', table({ source: 'a.csv', columns: { constructor: { from: ['x'] } }, extra: [], once: [] }), 'cases has no column constructor'],
		['a source it says nothing of', table({ source: 'b.csv', columns: {}, extra: [], once: [] }), 'a table is fed by b.csv'],
		['three columns in one', table({ source: 'a.csv', columns: { id: { from: ['x', 'y', 'z'] } }, extra: [], once: [] }), 'it.tables.cases[0].columns.id.from has 3 columns'],
		['once by what is not mapped', table({ source: 'a.csv', columns: {}, extra: [], once: ['id'] }), 'it.tables.cases[0].once names id'],
		['an unknown action', changed((value) => (value.sources = { a: { dialect: {}, answers: {}, conversions: {}, privacy: { x: 'publish' }, left: false } })), 'it.sources.a.privacy.x is not one of "keep"'],
		['a field it does not know', changed((value) => (value.extra = 1)), 'it has a field extra'],
		['a prototype', recipeToJson(good).replace('"answers": {}', '"answers": {"__proto__": {"polluted": "yes"}}'), 'holds a name that is not taken'],
		['too long', `"${'x'.repeat(8_000_001)}"`, 'it is longer than any mapping'],
	])('with %s is refused, and the message says where', (_, json, reason) => {
		expect(() => recipeFromJson(json, packs)).toThrow(ThroughlineError);
		expect(() => recipeFromJson(json, packs)).toThrow(reason);
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});

	test('any JSON is read or refused, never anything else', () => {
		fc.assert(
			fc.property(fc.oneof(fc.json(), fc.string(), recipe.map((one) => recipeToJson(one).slice(0, -40))), (json) => {
				try {
					recipeFromJson(json, packs);
				} catch (error) {
					expect(error).toBeInstanceOf(ThroughlineError);
				}
			}),
			replayable(300),
		);
	});
});

describe('the fingerprint of a header', () => {
	test('is the same in any order, case and separators, differs where a column does, and says nothing of the rows', () => {
		const columns = ['case_id', 'Opened At', 'ürgency'];
		const first = headerFingerprint({ columns });
		expect(headerFingerprint({ columns: ['Urgency', 'CaseID', 'opened-at'] })).toBe(first);
		expect(headerFingerprint({ columns: [...columns, 'notes'] })).not.toBe(first);
		expect(headerFingerprint({ columns: ['case_id', 'Opened At', 'priority'] })).not.toBe(first);
		expect(headerFingerprint({ columns: ['表', '語'] })).not.toBe(headerFingerprint({ columns: ['表', '?'] }));
		expect(first).toMatch(/^3-[0-9a-f]{16}$/);
	});

	test('a recipe fits where every source it uses has all columns it asks for', () => {
		const one: Recipe = { version: 1, pack: 'advocacy', sources: {}, tables: { cases: [{ source: 'a', columns: { id: { from: ['x'] }, created_at: { from: ['d', 't'] } }, extra: ['e'], once: [] }] } };
		expect(fits(one, [{ id: 'a', columns: ['x', 'd', 't', 'e', 'more'] }])).toBe(true);
		expect(fits(one, [{ id: 'a', columns: ['x', 'd', 'e'] }])).toBe(false);
		expect(fits(one, [{ id: 'b', columns: ['x', 'd', 't', 'e'] }])).toBe(false);
	});
});
