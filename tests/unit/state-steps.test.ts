import { describe, expect, test } from 'vitest';
import { packs } from '../../src/packs/index.ts';
import { defaultState } from '../../src/state/location.ts';
import { apart, carrying, dropped, emptied, filtered, marked, renamed, sorted, swappedIn, unfiltered } from '../../src/state/steps.ts';

const state = defaultState(packs);
const own = { label: 'Late', mart: 'fct_case_lifecycle', expr: 'count(*)', format: 'integer', better: 'lower' } as const;

describe('a mark', () => {
	test('chosen alone takes the place of others of its dimension, with add stands beside them, and chosen again lets only itself go', () => {
		const one = marked(state, 'bars', { team: 'a' }, false);
		expect([one.filters, one.picked]).toEqual([{ team: ['a'] }, { team: 'bars' }]);
		expect(marked(one, 'bars', { team: 'b' }, false).filters).toEqual({ team: ['b'] });
		const both = marked(one, 'bars', { team: 'b' }, true);
		expect(both.filters).toEqual({ team: ['a', 'b'] });
		expect(marked(both, 'bars', { team: 'a' }, false).filters).toEqual({ team: ['b'] });
		expect(marked(one, 'bars', { team: 'a' }, false)).toEqual(state);
	});

	test('of two dimensions sets and lets go of both; the tile that chose last is the last of the picked', () => {
		const cell = marked(marked(state, 'bars', { state: 'NY' }, false), 'grid', { team: 'a', urgency: null }, false);
		expect(cell.filters).toEqual({ state: ['NY'], team: ['a'], urgency: [null] });
		expect(Object.keys(cell.picked)).toEqual(['state', 'team', 'urgency']);
		expect(marked(cell, 'grid', { team: 'a', urgency: null }, false).filters).toEqual({ state: ['NY'] });
	});
});

describe('the other steps', () => {
	test('a dimension without values is not filtered and nobody’s pick', () => {
		const one = marked(state, 'bars', { team: 'a' }, false);
		expect(filtered(one, { ...one.filters, team: [] })).toEqual(state);
		expect(unfiltered({ ...one, range: { from: '2026-01-01' } })).toEqual(state);
	});

	test('the filters become the part, and other data lets all of it go', () => {
		const part = apart(marked(state, 'bars', { team: 'a' }, false));
		expect(part).toMatchObject({ compare: 'segment', segment: { team: ['a'] }, filters: {}, picked: {} });
		expect(emptied({ ...part, asOf: '2026-01-01T00:00:00', open: '1' })).toEqual(state);
	});

	test('a sorting and a measure are put in and taken out again', () => {
		expect(sorted(sorted(state, 'cases', { column: 'age_days', down: true }), 'cases', null)).toEqual(state);
		expect(swappedIn(swappedIn(state, 'bars', 'csat_mean'), 'bars', null)).toEqual(state);
	});

	test('a measure of the reader’s travels only where it is used, keeps its place under another id, and leaves none when it is dropped', () => {
		const shown = swappedIn(state, 'bars', 'own_late');
		expect(carrying(shown, { own_late: own, own_other: own }).own).toEqual({ own_late: own });
		expect(carrying({ ...state, own: { own_linked: own } }, { own_late: own }).own).toEqual({ own_linked: own });
		expect(renamed({ ...shown, own: { own_late: own }, measure: 'own_late' }, 'own_late', 'own_later')).toMatchObject({ swaps: { bars: 'own_later' }, own: {}, measure: 'own_later' });
		expect(dropped({ ...shown, own: { own_late: own }, measure: 'own_late' }, 'own_late')).toEqual(state);
	});
});
