import type { EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import type { Compare } from '../../src/metrics/periods.ts';
import type { Context } from '../../src/metrics/request.ts';
import { batchOf } from '../../src/metrics/tiles/batch.ts';
import { planTile, type TileResult } from '../../src/metrics/tiles/index.ts';

/** What every tile of every view of the context's pack says, by the tile's id; asked in one batch, as a page asks. */
export async function tileResults(engine: EngineApi, context: Context, compare: Compare = 'previous'): Promise<Map<string, TileResult>> {
	const tiles = context.pack.views.flatMap((view) => view.tiles);
	const planned = tiles.flatMap((tile) => {
		const plan = planTile(context, tile, { compare, segment: {}, grain: null });
		return plan ? [{ id: tile.id, plan }] : [];
	});
	const { selections, statements, kernels, answersTo } = batchOf(planned.map(({ plan }) => plan));
	const answers = (await engine.query({ selections, statements, kernels })).tables.map((table) => () => decode(table));
	return new Map(planned.map(({ id, plan }) => [id, plan.read(answersTo(plan, answers))]));
}

/** Everything a tile marks as more than noise, whether its sentence mentions it or not. */
export function claimsOf(id: string, result: TileResult): string[] {
	const marked = (what: string, beyond: boolean | undefined): string[] => (beyond === true ? [`${id}: ${what}`] : []);
	const name = (keys: readonly (string | null)[]): string => keys.map(String).join(' × ');
	const parts = (): string[] => {
		switch (result.kind) {
			case 'kpis':
				return result.kpis.flatMap((kpi) => marked(kpi.id, kpi.change?.beyond));
			case 'groups':
				return result.groups.flatMap((group) => marked(name(group.keys), group.beyond));
			case 'survival':
				return result.curves.flatMap((curve) => marked(name(curve.keys), curve.beyond));
			case 'grid':
				return result.cells.flatMap((cell) => marked(name(cell.keys), cell.beyond));
			case 'matrix':
				return result.rows.flatMap((row) => row.cells.flatMap((cell, i) => marked(`${result.columns[i]?.id ?? ''} of ${String(row.key)}`, cell?.beyond)));
			case 'drivers':
				return result.drivers.flatMap((driver) => marked(`${driver.dimension}=${String(driver.value)}`, driver.beyond));
			case 'changes':
				return result.changes.flatMap((change) => marked(`${change.step} for ${change.dimension}=${String(change.value)}`, change.beyond));
			default:
				return [];
		}
	};
	return [...marked(result.finding.text, result.finding.claim), ...parts()];
}
