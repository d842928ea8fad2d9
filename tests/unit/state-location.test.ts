import { describe, expect, test } from 'vitest';
import { packs } from '../../src/packs/index.ts';
import { defaultState, fromQuery, toQuery, type AppState } from '../../src/state/location.ts';

const pack = Object.values(packs)[0];
if (!pack) throw new Error('no pack');

describe('the state in the address', () => {
	test('what is written is read back the same, and the defaults are written as nothing', () => {
		const state: AppState = {
			...defaultState(packs),
			view: pack.views[1]?.id ?? '',
			source: { kind: 'demo', seed: 7, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[1] ?? '' },
			asOf: '2026-03-08T13:18:00.123456',
			range: { from: '2026-01-01', to: '2026-02-28' },
			filters: { case_type: ['claim_denial', 'a,b', '50 % & more'], advocate: [null, 'Zoë “Z” O’Neil'] },
			picked: { case_type: 'backlog-by-type' },
			grain: 'month',
			compare: 'segment',
			segment: { team: [null, 'intake'], milestone: ['resolved'] },
			sorts: { cases: { column: 'age_days', down: true }, 'stale-list': { column: 'case_id', down: false } },
			swaps: { 'backlog-by-type': 'own_late', 'interactions-by-type': 'csat_mean' },
			own: { own_late: { label: 'Late | 100 %', mart: 'fct_case_lifecycle', expr: "count(*) filter (where age_days > 7 and state = 'a+b') / count(*)", format: 'percent', better: 'lower' } },
			open: 'C-10/1',
		};
		const { state: read, ignored } = fromQuery(toQuery(state, packs), packs);
		expect(ignored).toEqual([]);
		expect({ ...read, filters: Object.fromEntries(Object.entries(read.filters).map(([dimension, values]) => [dimension, [...values].sort()])) }).toEqual({
			...state,
			filters: Object.fromEntries(Object.entries(state.filters).map(([dimension, values]) => [dimension, [...values].sort()])),
		});
		expect(toQuery(defaultState(packs), packs)).toBe('');
	});

	test('what cannot be understood falls back to its default and is named; nothing throws', () => {
		for (const [query, named] of [
			['?f.case_type=%25ZZ', 'f.case_type=%ZZ'],
			['?pack=constructor', 'pack=constructor'],
			['?f.constructor=x', 'f.constructor=x'],
			['?asof=garbage', 'asof=garbage'],
			['?view=nope', 'view=nope'],
			['?seed=-1', 'seed=-1'],
			['?size=vast', 'size=vast'],
			['?from=0001-01-01', 'from=0001-01-01'],
			['?to=2026-02-30', 'to=2026-02-30'],
			['?grain=year', 'grain=year'],
			['?compare=segment&c.colour=red', 'c.colour=red'],
			['?s.nowhere=x', 's.nowhere=x'],
			['?m.flow=happiness', 'm.flow=happiness'],
			['?o.late=x|y', 'o.late=x|y'],
			['?o.own_late=x|no_mart|percent|lower|count(*)', 'o.own_late=x|no_mart|percent|lower|count(*)'],
		] as const) {
			const { state, ignored } = fromQuery(query, packs);
			expect(ignored, query).toEqual([named]);
			expect(state, query).toEqual(defaultState(packs));
		}
	});
});
