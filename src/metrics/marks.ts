import type { Tile } from '../pack/types.ts';
import type { Filters } from './request.ts';

/** The value that charts and addresses write for a missing one. */
const missing = '(none)';
const valueOf = (key: string): string | null => (key === missing ? null : key);

/** How a mark is called that stands for these values, in the order of its dimensions. */
export const markKey = (...values: (string | null)[]): string => values.map((value) => value ?? missing).join('|');
/** How a mark is called that stands for one value of one of several dimensions. */
export const valueKey = (dimension: string, value: string | null): string => `${dimension}=${markKey(value)}`;

function valueNamed(key: string): Record<string, string | null> | null {
	const at = key.indexOf('=');
	return at < 0 ? null : { [key.slice(0, at)]: valueOf(key.slice(at + 1)) };
}

/** Dimensions that a tile's marks choose, in the order of the parts of their keys; null where marks are no values. */
export function pickedBy(tile: Tile): readonly string[] | null {
	switch (tile.kind) {
		case 'groups':
		case 'trend-by':
		case 'matrix':
		case 'survival':
		case 'steps':
			return [tile.by];
		case 'grid':
			return [tile.rows, tile.columns];
		case 'drivers':
			return tile.drivers;
		case 'changes':
			return tile.by;
		case 'funnel':
		case 'landmark':
			return tile.milestones === undefined ? null : [tile.milestones];
		case 'panel':
			return tile.by === undefined ? null : [tile.by];
		default:
			return null;
	}
}

/** A mark's key as values by dimension. */
export function keysOfMark(tile: Tile, key: string): Record<string, string | null> | null {
	switch (tile.kind) {
		case 'grid': {
			const [row = '', column = ''] = key.split('|');
			return { [tile.rows]: valueOf(row), [tile.columns]: valueOf(column) };
		}
		case 'drivers':
			return valueNamed(key);
		case 'changes': {
			const [, named = ''] = key.split('|');
			return valueNamed(named);
		}
		default: {
			const [dimension] = pickedBy(tile) ?? [];
			return dimension === undefined ? null : { [dimension]: valueOf(key) };
		}
	}
}

/** Keys among a tile's marks that its own picks have chosen. */
export function chosenMarks(tile: Tile, keys: readonly string[], filters: Filters, picked: Readonly<Record<string, string>>): string[] {
	return keys.filter((key) => {
		const values = Object.entries(keysOfMark(tile, key) ?? {});
		return values.length > 0 && values.every(([dimension, value]) => picked[dimension] === tile.id && (filters[dimension] ?? []).includes(value));
	});
}
