import type { Pack, Tile, View } from '../../pack/types.ts';
import type { Context, Reading } from '../request.ts';
import { changesPlan, type ChangesResult } from './changes.ts';
import { driversPlan, type DriversResult } from './drivers.ts';
import { flowPlan, type FlowResult } from './flow.ts';
import { funnelPlan, type FunnelResult } from './funnel.ts';
import { gridPlan, type GridResult } from './grid.ts';
import { groupsPlan, type GroupsResult } from './groups.ts';
import { kpisPlan, type KpisResult } from './kpis.ts';
import { landmarkPlan, type LandmarkResult } from './landmark.ts';
import { listPlan, type ListResult } from './list.ts';
import { matrixPlan, type MatrixResult } from './matrix.ts';
import { panelPlan, type PanelResult } from './panel.ts';
import type { Plan } from './plan.ts';
import { stepsPlan, type StepsResult } from './steps.ts';
import { survivalPlan, type SurvivalResult } from './survival.ts';
import { trendByPlan, type TrendByResult } from './trend-by.ts';

export type TileResult =
	| ChangesResult | DriversResult | FlowResult | FunnelResult | GridResult | GroupsResult | KpisResult | LandmarkResult
	| ListResult | MatrixResult | PanelResult | StepsResult | SurvivalResult | TrendByResult;

/** What a tile asks; null for tiles that are made of other tiles' findings. */
export function planTile(context: Context, tile: Tile, reading: Reading): Plan<TileResult> | null {
	switch (tile.kind) {
		case 'kpis': return kpisPlan(context, tile, reading);
		case 'flow': return flowPlan(context, tile, reading);
		case 'groups': return groupsPlan(context, tile);
		case 'trend-by': return trendByPlan(context, tile);
		case 'grid': return gridPlan(context, tile);
		case 'matrix': return matrixPlan(context, tile);
		case 'survival': return survivalPlan(context, tile);
		case 'list': return listPlan(context, tile);
		case 'drivers': return driversPlan(context, tile);
		case 'steps': return stepsPlan(context, tile);
		case 'changes': return changesPlan(context, tile);
		case 'landmark': return landmarkPlan(context, tile);
		case 'funnel': return funnelPlan(context, tile);
		case 'panel': return panelPlan(context, tile);
		case 'insights':
		case 'actions': return null;
	}
}

export function tileCalled(pack: Pack, id: string): Tile | undefined {
	return pack.views.flatMap((view) => view.tiles).find((tile) => tile.id === id);
}

/** The tiles whose answers this one shows: itself, or those that its sentences come from. */
export function restsOn(tile: Tile): readonly string[] {
	if (tile.kind === 'insights') return tile.evidence;
	return tile.kind === 'actions' ? tile.actions.map((action) => action.evidence) : [tile.id];
}

/** Needed tiles in the order in which they are asked: those in sight (or the first of the view), those that sentences in sight rest on, the rest of the view, the others. */
export function inTurn(view: View, needed: readonly Tile[], inSight: readonly string[]): Tile[][] {
	const seen = view.tiles.filter((tile) => inSight.includes(tile.id));
	const shown = seen.length > 0 ? seen : view.tiles.slice(0, 1);
	const under = new Set(shown.flatMap(restsOn));
	const turnOf = (tile: Tile): number => (shown.includes(tile) ? 0 : under.has(tile.id) ? 1 : view.tiles.includes(tile) ? 2 : 3);
	return [0, 1, 2, 3].map((turn) => needed.filter((tile) => turnOf(tile) === turn)).filter((tiles) => tiles.length > 0);
}

/** The view's own tiles, and those of other views that its sentences rest on. */
export function tilesNeeded(pack: Pack, view: View): Tile[] {
	const evidence = view.tiles.flatMap(restsOn);
	const others = [...evidence, ...view.briefing].filter((id) => !view.tiles.some((tile) => tile.id === id));
	return [...view.tiles, ...[...new Set(others)].flatMap((id) => tileCalled(pack, id) ?? [])];
}
