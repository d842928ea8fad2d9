import { describe, expect, test } from 'vitest';
import { claimLevel, type TileOf } from '../../../src/metrics/tiles/plan.ts';
import { beyondNoise, fill, someOf } from '../../../src/metrics/tiles/says.ts';
import { trendOf } from '../../../src/metrics/tiles/kpis.ts';
import type { MeasureRow } from '../../../src/metrics/request.ts';
import { packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');

describe('sentences', () => {
	test('placeholders are filled, and one without a word stays visible', () => {
		expect(fill('{group} takes {value}, {nobody} knows', { group: 'Claims', value: '9 days' })).toBe('Claims takes 9 days, {nobody} knows');
	});

	test.each([
		[[], ''],
		[['A'], 'A'],
		[['A', 'B'], 'A and B'],
		[['A', 'B', 'C'], 'A, B and C'],
		[['A', 'B', 'C', 'D'], 'A, B and 2 more'],
	])('a list of %j reads “%s”', (labels, text) => expect(someOf(labels)).toBe(text));
});

describe('what is beyond noise', () => {
	test('is decided over all that was tried: alone a z of 3 passes, among a hundred it does not', () => {
		expect(beyondNoise([3], 0.01)).toEqual([true]);
		expect(beyondNoise([3, ...Array.from({ length: 99 }, () => 0)], 0.01)[0]).toBe(false);
	});

	test('leaves out what was not tested', () => {
		expect(beyondNoise([null, 5, undefined], 0.01)).toEqual([false, true, false]);
	});

	test('has a level that all testing tiles of a pack share', () => {
		const tile: TileOf<'groups'> = { kind: 'groups', id: 'a', title: 'A', span: 4, features: ['X'], note: 'n', measure: 'm', by: 'd', chart: 'bars', says: { claim: '', none: '' } };
		const packOf = (count: number) => ({ views: [{ id: 'v', label: '', question: '', about: '', briefing: [], tiles: Array.from({ length: count }, () => tile) }] });
		expect(claimLevel(packOf(10))).toBeCloseTo(claimLevel(packOf(1)) / 10, 12);
		expect(claimLevel(pack)).toBeLessThan(0.001);
	});
});

describe('a trend', () => {
	const week = (day: string): MeasureRow => ({ keys: [], t: Date.parse(`${day}T00:00:00Z`), value: 1, n: 1, lo: null, hi: null, parts: {} });
	const points = (id: string) => trendOf(pack.measures[id] ?? (() => { throw new Error(id); })(), [week('2026-06-08'), week('2026-06-15'), week('2026-06-22'), week('2026-06-29')], 'week', '2026-06-30T17:00:00').map((point) => point.unfinished);

	test('marks the week that is not over', () => expect(points('cases_opened')).toEqual([false, false, false, true]));
	test('marks weeks whose outcomes can still change', () => expect(points('sla_breach_rate')).toEqual([false, false, true, true]));
});
