import { differenceText, spokenText } from '../../lib/format.ts';
import type { Measure } from '../../pack/types.ts';
import { inOrder } from '../labels.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { weightedSlope, type Slope } from '../statistics/regression.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows, nothingFound } from './says.ts';

export interface TrendByResult {
	kind: 'trend-by';
	measure: Measure;
	points: (MeasureRow & { label: string; small: boolean })[];
	slope: Slope | null;
	finding: Finding;
}

/** Placeholders: {slope} change per step, signed; {size} without sign; {direction} lower/higher; {lo} {hi} of the slope; {first} the value at the lowest step. */
export function trendByPlan(context: Context, tile: TileOf<'trend-by'>): Plan<TrendByResult> {
	return together([measurePlan(context, { measure: tile.measure, by: [tile.by] })], ([rows = []]): TrendByResult => {
		const measure = measureCalled(context.pack, tile.measure);
		const points = inOrder(context.pack, tile.by, rows).map((row) => ({ ...row, label: row.keys[0] ?? 'not recorded', small: row.n < (measure.minN ?? 30) }));
		const usable = points.flatMap((point) => {
			const x = Number(point.keys[0]);
			return point.keys[0] !== null && Number.isFinite(x) && point.n > 0 && point.value !== null ? [{ x, n: point.n, mean: point.value, sd: point.parts.sd ?? 0 }] : [];
		});
		const slope = usable.length >= 2 ? weightedSlope(usable) : null;
		if (points.length === 0) return { kind: 'trend-by', measure, points, slope, finding: noRows() };
		if (slope?.p == null || slope.lo === null || slope.hi === null || slope.slope === null || slope.p > claimLevel(context.pack)) return { kind: 'trend-by', measure, points, slope, finding: nothingFound(tile.says) };
		const words = {
			slope: differenceText(measure.format, slope.slope),
			size: spokenText(measure.format, Math.abs(slope.slope)),
			direction: slope.slope < 0 ? 'lower' : 'higher',
			lo: differenceText(measure.format, slope.lo),
			hi: differenceText(measure.format, slope.hi),
			first: spokenText(measure.format, usable[0]?.mean ?? null),
		};
		return { kind: 'trend-by', measure, points, slope, finding: { text: fill(tile.says.claim, words), claim: true, words, named: [] } };
	});
}
