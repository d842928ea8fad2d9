import type { TileResult } from '../../metrics/tiles/index.ts';
import type { Tile } from '../../pack/types.ts';
import { pictureOf } from '../pictures.ts';

export type ExportFormat = 'csv' | 'xlsx' | 'png' | 'svg' | 'copy';

/** Pictures only where the tile has one. */
export function formatsOf(tile: Tile, result: TileResult): ExportFormat[] {
	return pictureOf(tile, result) ? ['csv', 'xlsx', 'png', 'svg', 'copy'] : ['csv', 'xlsx', 'copy'];
}
