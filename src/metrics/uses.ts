import type { Pack, Tile } from '../pack/types.ts';

/** What a measure does in a tile: it is shown, it is what is tested, or the tile's sentences come from a tile that it is in. */
export type Role = 'shown' | 'tested' | 'said';

export interface Use {
	view: string;
	viewLabel: string;
	tile: string;
	title: string;
	roles: Role[];
}

function rolesIn(tile: Tile, measure: string): Role[] {
	const shown = (...ids: readonly string[]): Role[] => (ids.includes(measure) ? ['shown'] : []);
	switch (tile.kind) {
		case 'kpis':
			return shown(...tile.measures);
		case 'flow':
			return shown(tile.opened, tile.resolved, tile.stock);
		case 'groups':
			return [...shown(tile.measure), ...((tile.tested ?? tile.measure) === measure ? (['tested'] as const) : [])];
		case 'matrix':
			return [...shown(...tile.measures), ...(tile.about === measure ? (['tested'] as const) : [])];
		case 'trend-by':
		case 'grid':
		case 'survival':
			return tile.measure === measure ? ['shown', 'tested'] : [];
		case 'steps':
			return shown(tile.measure);
		default:
			return [];
	}
}

function evidenceOf(tile: Tile): readonly string[] {
	if (tile.kind === 'insights') return tile.evidence;
	return tile.kind === 'actions' ? tile.actions.map((action) => action.evidence) : [];
}

/** Every tile in which a measure stands, with what a reader put in the place of others, and the tiles that repeat what those find. */
export function usesOf(pack: Pack, measure: string, tileAs: (tile: Tile) => Tile = (tile) => tile): Use[] {
	const placed = pack.views.flatMap((view) => view.tiles.map((tile) => ({ view, tile, roles: rolesIn(tileAs(tile), measure) })));
	const found = placed.filter(({ roles }) => roles.includes('tested')).map(({ tile }) => tile.id);
	return placed.flatMap(({ view, tile, roles }) => {
		const said: Role[] = evidenceOf(tile).some((id) => found.includes(id)) ? ['said'] : [];
		const all = [...roles, ...said];
		return all.length === 0 ? [] : [{ view: view.id, viewLabel: view.label, tile: tile.id, title: tileAs(tile).title, roles: all }];
	});
}

/** The measures over the same rows. */
export function besides(pack: Pack, measure: string): string[] {
	const mart = pack.measures[measure]?.mart;
	return Object.keys(pack.measures).filter((id) => id !== measure && pack.measures[id]?.mart === mart);
}
