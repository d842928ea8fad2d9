import { describe, expect, test } from 'vitest';
import { mappingFromJson, mappingToJson } from '../../../src/import/map/recipe-json.ts';
import type { QuickEdit } from '../../../src/import/quick/edit.ts';
import type { Recipe } from '../../../src/import/types.ts';
import { packs } from '../../../src/packs/index.ts';

/** One of each kind, so that a kind that is added does not compile without its example. */
const each: { [K in QuickEdit['kind']]: QuickEdit & { kind: K } } = {
	time: { kind: 'time', column: 'sold_on' },
	key: { kind: 'key', column: null },
	dimension: { kind: 'dimension', column: 'shop' },
	number: { kind: 'number', column: 'units' },
	rate: { kind: 'rate', column: 'paid' },
	leave: { kind: 'leave', column: 'product' },
	'not-dimension': { kind: 'not-dimension', column: 'shop' },
	'not-number': { kind: 'not-number', column: 'units' },
	'not-rate': { kind: 'not-rate', column: 'paid' },
	use: { kind: 'use', column: 'units', use: 'median' },
	label: { kind: 'label', column: 'units', label: 'Units “sold”' },
	name: { kind: 'name', label: 'Sales', entity: ['sale', 'sales'] },
	span: { kind: 'span', start: 'a', end: 'b', open: true },
	limit: { kind: 'limit', start: 'a', end: 'b', days: 2.5 },
	'not-span': { kind: 'not-span', start: 'a', end: 'b' },
	ratio: { kind: 'ratio', part: 'x', whole: 'y' },
	'not-ratio': { kind: 'not-ratio', part: 'x', whole: 'y' },
	'event-log': { kind: 'event-log', case: 'id', activity: 'step', lifecycle: null },
	'not-event-log': { kind: 'not-event-log' },
};
const own: Recipe = { version: 1, pack: null, sources: { 'sales.csv': { dialect: {}, answers: {}, conversions: {}, privacy: {}, left: false } }, tables: { records: [{ source: 'sales.csv', columns: { shop: { from: ['Shop'] } }, extra: [], once: [] }] } };

describe('a mapping file of a table of its own', () => {
	test('holds every kind of change to what was inferred, and not the plan', () => {
		const edits = Object.values(each);
		const json = mappingToJson({ ...own, plan: { id: 'quick' } as never }, edits);
		expect(json).not.toContain('"plan"');
		expect(mappingFromJson(json, packs)).toEqual({ recipe: own, edits });
		expect(mappingFromJson(mappingToJson(own, []), packs)).toEqual({ recipe: own, edits: [] });
	});

	test.each<[string, unknown, RegExp]>([
		['is of no known kind', { kind: 'explode', column: 'x' }, /edits\[0\]\.kind/],
		['lacks its column', { kind: 'leave' }, /edits\[0\] lacks column/],
		['has a column that is no text', { kind: 'leave', column: 7 }, /column is no text/],
		['has a limit below 0', { kind: 'limit', start: 'a', end: 'b', days: -1 }, /days is no number above 0/],
		['has one name for one and several', { kind: 'name', label: 'x', entity: ['one'] }, /entity is not one name/],
		['has more than is known', { kind: 'leave', column: 'x', run: 'y' }, /field run/],
		['is no record', 'leave', /kind/],
	])('is refused, naming the change, where one %s', (_, edit, message) => {
		expect(() => mappingFromJson(JSON.stringify({ ...own, edits: [edit] }), packs)).toThrow(message);
	});

	test('changes nothing of an installed pack', () => {
		expect(() => mappingFromJson(JSON.stringify({ ...own, pack: Object.keys(packs)[0], tables: {}, edits: [each.leave] }), packs)).toThrow(/table of its own/);
	});
});
