import { describe, expect, it } from 'vitest';
import { notRead } from '../../../src/import/infer/convert.ts';
import type { Recipe, SourceRecipe } from '../../../src/import/types.ts';
import { answered, carried, converted, fed, guarded, left, mapped, personed, unfed, valued } from '../../../src/views/intake/edits.ts';
import { canMend, canonical, mended, mendedIn } from '../../../src/views/intake/mended.ts';
import { buildable, knownIn, rebased, renamed } from '../../../src/views/intake/rebased.ts';
import { forgotten, recalled, remembered } from '../../../src/views/intake/remembered.ts';
import { packNamed } from '../../support/engine.ts';

const source: SourceRecipe = { dialect: {}, answers: {}, conversions: {}, privacy: { Mail: 'drop' }, left: false };
const recipe: Recipe = {
	version: 1,
	pack: 'advocacy',
	sources: { 'a.csv': source, 'b.csv': source },
	tables: {
		cases: [{ source: 'a.csv', columns: { id: { from: ['Ticket'] }, urgency: { from: ['Priority'], values: { Urgent: 'high' } } }, extra: ['Note'], once: [] }],
		patients: [{ source: 'a.csv', columns: { id: { from: ['Member'] } }, extra: [], once: ['id'] }],
		interactions: [{ source: 'b.csv', columns: { id: { from: ['Contact'] } }, extra: [], once: [] }],
	},
};
const cases = { table: 'cases', at: 0 };
const columns = { a: ['Ticket', 'Priority', 'Note', 'Member', 'Mail', 'Opened'], b: ['Contact'] };
const sources = [
	{ id: 'a.csv', columns: columns.a },
	{ id: 'b.csv', columns: columns.b },
];

describe('each edit changes one thing and leaves the recipe that it began with', () => {
	it('an answer is given and changed; a conversion is chosen and taken back', () => {
		const before = structuredClone(recipe);
		const next = answered(answered(recipe, 'a.csv', 'q', 'one'), 'a.csv', 'q', 'other');
		expect(next.sources['a.csv']?.answers).toEqual({ q: 'other' });
		expect(next.sources['b.csv']).toBe(recipe.sources['b.csv']);
		const chosen = converted(next, 'a.csv', 'Opened', { kind: 'text', missing: [] });
		expect(chosen.sources['a.csv']?.conversions).toEqual({ Opened: { kind: 'text', missing: [] } });
		expect(converted(chosen, 'a.csv', 'Opened', null)).toEqual(next);
		expect(answered(recipe, 'no.csv', 'q', 'one')).toBe(recipe);
		expect(recipe).toEqual(before);
	});

	it('a column that is mapped comes along no more by itself, and one that tells rows apart takes that with it when it goes', () => {
		const next = mapped(recipe, cases, 'status', { from: ['Note'] });
		expect(next.tables.cases?.[0]).toMatchObject({ columns: { status: { from: ['Note'] } }, extra: [] });
		expect(mapped(recipe, { table: 'patients', at: 0 }, 'id', null).tables.patients?.[0]).toMatchObject({ columns: {}, once: [] });
		expect(mapped(recipe, cases, 'urgency', null).tables.cases?.[0]?.columns).toEqual({ id: { from: ['Ticket'] } });
	});

	it('a column that loses its place comes along with the rows of its file, unless it is dropped or stands elsewhere', () => {
		expect(mapped(recipe, cases, 'urgency', null).tables.cases?.[0]?.extra).toEqual(['Note', 'Priority']);
		expect(mapped(recipe, { table: 'patients', at: 0 }, 'id', null).tables.cases?.[0]?.extra).toEqual(['Note', 'Member']);
		expect(unfed(recipe, { table: 'patients', at: 0 }).tables.cases?.[0]?.extra).toEqual(['Note', 'Member']);
		const twice = mapped(recipe, cases, 'patient_id', { from: ['Member'] });
		expect(unfed(twice, { table: 'patients', at: 0 }).tables.cases?.[0]?.extra).toEqual(['Note']);
		expect(mapped(guarded(recipe, 'a.csv', 'Priority', 'drop'), cases, 'urgency', null).tables.cases?.[0]?.extra).toEqual(['Note']);
	});

	it('a text of a closed list becomes a value, or stays as it is', () => {
		const next = valued(recipe, cases, 'urgency', ' P9 ', 'low');
		expect(next.tables.cases?.[0]?.columns.urgency?.values).toEqual({ Urgent: 'high', P9: 'low' });
		expect(valued(recipe, cases, 'urgency', 'Urgent', null).tables.cases?.[0]?.columns.urgency).toEqual({ from: ['Priority'] });
	});

	it('what is dropped for privacy comes along nowhere, and comes back where its rows stand', () => {
		const gone = guarded(recipe, 'a.csv', 'Note', 'drop');
		expect(gone.tables.cases?.[0]?.extra).toEqual([]);
		expect(guarded(gone, 'a.csv', 'Note', 'keep').tables.cases?.[0]?.extra).toEqual(['Note']);
		expect(guarded(recipe, 'a.csv', 'Mail', 'surrogate').tables.cases?.[0]?.extra).toEqual(['Note', 'Mail']);
		expect(guarded(guarded(recipe, 'a.csv', 'Ticket', 'drop'), 'a.csv', 'Ticket', 'keep').tables).toEqual(recipe.tables);
	});

	it('a source that fills nothing any more is left out, and one that fills something is not', () => {
		expect(unfed(recipe, { table: 'interactions', at: 0 }).sources['b.csv']?.left).toBe(true);
		expect(unfed(recipe, { table: 'patients', at: 0 }).sources['a.csv']?.left).toBe(false);
		const out = left(recipe, 'b.csv', true);
		expect(fed(out, 'cases', { source: 'b.csv', columns: {}, extra: [], once: [] }).sources['b.csv']?.left).toBe(false);
		expect(Object.keys(buildable(out).tables)).toEqual(['cases', 'patients']);
	});

	it('columns come along or not, and dates have a person to be shifted by', () => {
		expect(carried(carried(recipe, cases, 'Opened', true), cases, 'Note', false).tables.cases?.[0]?.extra).toEqual(['Opened']);
		const by = personed(recipe, 'a.csv', { column: 'Member' });
		expect(by.sources['a.csv']?.person).toEqual({ column: 'Member' });
		expect(personed(by, 'a.csv', null)).toEqual(recipe);
	});
});

describe('cells that cannot be read are mended in place', () => {
	it('wherever their column goes alone, as they arrive and as they are marked', () => {
		const next = mended(recipe, 'a.csv', 'Ticket', 'soon', '2025-03-02');
		expect(next.tables.cases?.[0]?.columns.id?.values).toEqual({ soon: '2025-03-02', [`soon${notRead}`]: '2025-03-02' });
		expect(mendedIn(next, 'a.csv', 'Ticket')).toEqual({ soon: '2025-03-02' });
		expect(mendedIn(mended(next, 'a.csv', 'Ticket', 'soon', null), 'a.csv', 'Ticket')).toEqual({});
		expect(canMend(recipe, 'a.csv', 'Note')).toBe(false);
	});

	it.each([
		['number', '12.5', '12.5'],
		['number', '12,5', null],
		['boolean', 'Yes', 'true'],
		['timestamp', '2025-02-29', null],
		['timestamp', '2024-02-29T9:00', null],
		['timestamp', '2024-02-29T09:05', '2024-02-29 09:05:00'],
		['timestamp', '2025-13-01', null],
		['text', ' soon ', 'soon'],
		['timestamp', ' ', ''],
	] as const)('as a %s, %s is kept as %s', (kind, written, kept) => {
		expect(canonical(kind, written)).toBe(kept);
	});
});

describe('what was decided before is used where it fits', () => {
	const fresh: Recipe = { ...recipe, sources: { 'a.csv': { ...source, privacy: {} }, 'b.csv': { ...source, privacy: {} } }, tables: { cases: [{ source: 'a.csv', columns: {}, extra: [], once: [] }], interactions: [{ source: 'b.csv', columns: {}, extra: ['Contact'], once: [] }] } };

	it('a source that lacks a column keeps the proposal, the others what was decided', () => {
		const now = [{ id: 'a.csv', columns: columns.a }, { id: 'b.csv', columns: ['Call'] }];
		expect(knownIn(recipe, now)).toEqual(['a.csv']);
		const next = rebased(recipe, fresh, now);
		expect(next.tables.cases).toEqual(recipe.tables.cases);
		expect(next.tables.interactions).toEqual(fresh.tables.interactions);
		expect(next.sources['b.csv']?.privacy).toEqual({});
	});

	it('a person column that is not there shifts nothing', () => {
		expect(rebased(personed(recipe, 'b.csv', { column: 'Contact', through: { source: 'a.csv', key: 'Ticket', person: 'gone' } }), fresh, sources).sources['b.csv']?.person).toBeUndefined();
		expect(rebased(personed(recipe, 'b.csv', { column: 'Contact' }), fresh, sources).sources['b.csv']?.person).toEqual({ column: 'Contact' });
	});

	it('a mapping for a file of another name is for the only one that has its columns', () => {
		expect(Object.keys(renamed(recipe, [{ id: 'today.csv', columns: columns.a }, { id: 'b.csv', columns: columns.b }]).sources)).toEqual(['today.csv', 'b.csv']);
		const two = [{ id: 'x.csv', columns: columns.a }, { id: 'y.csv', columns: columns.a }];
		expect(Object.keys(renamed(recipe, two).sources)).toEqual(['a.csv', 'b.csv']);
	});
});

describe('what was decided is remembered by headers', () => {
	const packs = { advocacy: packNamed('advocacy') };
	const proposed: Recipe = { ...recipe, sources: { 'a.csv': source, 'b.csv': source } };
	const decided = answered(recipe, 'a.csv', 'q', 'one');

	it('for the sources that differ from what was proposed, and found again under another name and order of columns', () => {
		const kept = remembered({}, decided, proposed, sources);
		expect(Object.keys(kept)).toHaveLength(1);
		const again = recalled(kept, [{ id: 'other.csv', columns: [...columns.a].reverse() }], packs);
		expect(again?.recipe.sources['other.csv']?.answers).toEqual({ q: 'one' });
		expect(again?.recipe.tables.cases?.[0]).toEqual({ ...recipe.tables.cases?.[0], source: 'other.csv' });
		expect(recalled(kept, [{ id: 'a.csv', columns: ['Ticket'] }], packs)).toBeNull();
	});

	it('and no longer when it is decided as proposed, or forgotten', () => {
		const kept = remembered({}, decided, proposed, sources);
		expect(remembered(kept, proposed, proposed, sources)).toEqual({});
		expect(forgotten(kept, sources)).toEqual({});
	});

	it('what a store holds that is no mapping is not used', () => {
		const [key = ''] = Object.keys(remembered({}, decided, proposed, sources));
		const broken = { [key]: { pack: 'advocacy', source: { ...source, left: 'no' as unknown as boolean }, tables: {} } };
		expect(recalled(broken, sources, packs)).toBeNull();
	});

	it('sixty of them, the latest', () => {
		const many = Array.from({ length: 70 }, (_, i) => ({ id: 'a.csv', columns: [...columns.a, `more ${String(i)}`] }));
		const kept = many.reduce((all, one) => remembered(all, decided, proposed, [one]), {});
		expect(Object.keys(kept)).toHaveLength(60);
		expect(recalled(kept, many.slice(-1), packs)).not.toBeNull();
		expect(recalled(kept, many.slice(0, 1), packs)).toBeNull();
	});
});
