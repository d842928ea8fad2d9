import type { Dataset, QueryBatch } from '../engine/api.ts';
import type { Context, Reading } from '../metrics/request.ts';
import { batchOf } from '../metrics/tiles/batch.ts';
import { planTile } from '../metrics/tiles/index.ts';
import type { Plan } from '../metrics/tiles/plan.ts';
import type { Tile } from '../pack/types.ts';

/**
 * What the first use of a slicer would ask by kernels, its commonest value chosen: asked once while nobody waits, so that
 * columns that all choices need are there, and the code that adds them up has been compiled. The answers are not looked at.
 */
export function rehearsal(context: Context, tiles: readonly Tile[], reading: Reading, values: Dataset['values']): QueryBatch | null {
	const dimension = Object.entries(context.pack.dimensions).find(([id, { slicer }]) => slicer === true && (values[id]?.length ?? 0) > 1)?.[0];
	const value = dimension === undefined ? undefined : values[dimension]?.[0]?.value;
	if (dimension === undefined || value === undefined) return null;
	const chosen = { ...context, filters: { ...context.filters, [dimension]: [value] } };
	const plans = tiles.flatMap((tile) => planOf(() => planTile(chosen, tile, reading))).filter((plan) => plan.kernels !== undefined);
	const { kernels } = batchOf(plans);
	const statements = Object.keys(kernels);
	return statements.length > 0 ? { selections: [], statements, kernels } : null;
}

/** A tile that cannot be asked says so where it stands. */
function planOf(make: () => Plan<unknown> | null): Plan<unknown>[] {
	try {
		return [make()].filter((plan) => plan !== null);
	} catch {
		return [];
	}
}
