import { describe, expect, test } from 'vitest';
import { swappable, swapped } from '../../../src/metrics/tiles/swap.ts';
import { besides, usesOf } from '../../../src/metrics/uses.ts';
import { packs } from '../../../src/packs/index.ts';
import type { Pack } from '../../../src/pack/types.ts';
import { packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');

/** Every text in a tile that is the id of a measure. */
function namedIn(value: unknown, ids: ReadonlySet<string>): string[] {
	if (typeof value === 'string') return ids.has(value) ? [value] : [];
	return typeof value === 'object' && value !== null ? Object.values(value).flatMap((inner) => namedIn(inner, ids)) : [];
}

describe.each(Object.values(packs).map((each): [string, Pack] => [each.id, each]))('where measures are used in %s', (_, each) => {
	test('every measure that a tile names is used there, and no other', () => {
		const ids = new Set(Object.keys(each.measures));
		for (const tile of each.views.flatMap((view) => view.tiles)) {
			if (tile.kind === 'panel' || tile.kind === 'insights' || tile.kind === 'actions' || tile.kind === 'list') continue;
			const used = [...ids].filter((id) => usesOf(each, id).some((use) => use.tile === tile.id));
			expect(used.sort(), tile.id).toEqual([...new Set(namedIn(tile, ids))].sort());
		}
	});
});

test('a tile that repeats the finding of another names the measure that is tested there', () => {
	expect(usesOf(pack, 'escalation_rate').map(({ tile, roles }) => [tile, roles])).toEqual([
		['kpis', ['shown']],
		['kpis-by-type', ['shown']],
		['insights', ['said']],
		['escalations-by-type', ['shown', 'tested']],
	]);
	expect(usesOf(pack, 'active_rate').map(({ tile, roles }) => [tile, roles])).toEqual([['backlog-by-type', ['tested']], ['open-by-urgency', ['tested']]]);
});

test('a measure put in the place of another is used there, and the other no more', () => {
	const tileAs = (tile: Parameters<typeof swapped>[1]) => (tile.id === 'escalations-by-type' ? swapped(pack, tile, 'csat_mean') : tile);
	expect(usesOf(pack, 'csat_mean', tileAs).find((use) => use.tile === 'escalations-by-type')).toMatchObject({ title: 'Satisfaction, by case type', roles: ['shown', 'tested'] });
	expect(usesOf(pack, 'escalation_rate', tileAs).some((use) => use.tile === 'escalations-by-type')).toBe(false);
});

test('measures stand beside those over the same rows', () => {
	expect(besides(pack, 'utilisation')).toEqual(['weighted_utilisation', 'overloaded_advocates', 'free_capacity']);
	expect(besides(pack, 'nothing_called_so')).toEqual([]);
});

test('a tile in which a measure is put says that nothing was tested where nothing was', () => {
	const tile = pack.views.flatMap((view) => view.tiles).find(({ id }) => id === 'escalations-by-type');
	if (!tile) throw new Error('no such tile');
	for (const id of swappable(pack, tile)) {
		if (id === 'escalation_rate') continue;
		const shown = swapped(pack, tile, id);
		const none = 'says' in shown ? shown.says.none : '';
		expect(/not tested$/.test(none), id).toBe(['count', 'sum', 'balance', 'ratio', 'expression'].includes(pack.measures[id]?.kind ?? ''));
	}
});
