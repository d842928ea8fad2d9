import type { Tile } from '../pack/types.ts';

/** The value that charts and addresses write for a missing one. */
const missing = '(none)';
const valueOf = (key: string): string | null => (key === missing ? null : key);

/** Dimensions that a tile's marks choose, in the order of the parts of their keys; null where marks are no values. */
export function pickedBy(tile: Tile): readonly string[] | null {
	switch (tile.kind) {
		case 'groups':
		case 'trend-by':
		case 'matrix':
		case 'survival':
			return [tile.by];
		case 'grid':
			return [tile.rows, tile.columns];
		case 'drivers':
			return tile.drivers;
		default:
			return null;
	}
}

/** A mark's key as values by dimension. */
export function keysOfMark(tile: Tile, key: string): Record<string, string | null> | null {
	switch (tile.kind) {
		case 'groups':
		case 'trend-by':
		case 'matrix':
		case 'survival':
			return { [tile.by]: valueOf(key) };
		case 'grid': {
			const [row = '', column = ''] = key.split('|');
			return { [tile.rows]: valueOf(row), [tile.columns]: valueOf(column) };
		}
		case 'drivers': {
			const at = key.indexOf('=');
			return at < 0 ? null : { [key.slice(0, at)]: valueOf(key.slice(at + 1)) };
		}
		default:
			return null;
	}
}

/** Keys of a tile's marks that its own picks have chosen. */
export function chosenMarks(tile: Tile, filters: Readonly<Record<string, readonly (string | null)[]>>, picked: Readonly<Record<string, string>>): string[] {
	const own = (dimension: string): readonly string[] => (picked[dimension] === tile.id ? (filters[dimension] ?? []).map((value) => value ?? missing) : []);
	switch (tile.kind) {
		case 'grid':
			return own(tile.rows).flatMap((row) => own(tile.columns).map((column) => `${row}|${column}`));
		case 'drivers':
			return tile.drivers.flatMap((dimension) => own(dimension).map((value) => `${dimension}=${value}`));
		default:
			return (pickedBy(tile) ?? []).flatMap(own);
	}
}
