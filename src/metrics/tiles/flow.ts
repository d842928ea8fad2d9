import { toMs } from '../../lib/dates.ts';
import { countText, dayText } from '../../lib/format.ts';
import type { Grain, Measure } from '../../pack/types.ts';
import { comparisonOf, grainFor } from '../periods.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow, Reading } from '../request.ts';
import { difference } from '../statistics/tests.ts';
import { trendOf, type TrendPoint } from './kpis.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows } from './says.ts';

export interface FlowResult {
	kind: 'flow';
	grain: Grain;
	/** What is said of one in the stock. */
	lasting: string;
	series: { id: string; measure: Measure; points: TrendPoint[] }[];
	finding: Finding;
}

/** Placeholders: {diff} cases more or fewer (no sign), {direction} grown/shrunk, {since} the earlier day, {now}, {then}. */
export function flowPlan(context: Context, tile: TileOf<'flow'>, reading: Pick<Reading, 'grain'>): Plan<FlowResult> {
	const grain = reading.grain ?? grainFor(context);
	const ids = [tile.opened, tile.resolved, tile.stock];
	const comparison = comparisonOf(context, 'previous');
	const earlier = 'none' in comparison ? null : comparison;
	const before = earlier === null ? [] : [measurePlan(context, { measure: tile.stock, range: {}, asOf: earlier.previous.asOf })];
	const plans = [...ids.map((measure) => measurePlan(context, { measure, grain, clock: 'own' })), measurePlan(context, { measure: tile.stock, range: {} }), ...before];
	return together(plans, (results): FlowResult => {
		const series = ids.map((id, i) => {
			const measure = measureCalled(context.pack, id);
			return { id, measure, points: trendOf({ ...measure, maturityHours: 0 }, results[i] ?? [], grain, context.asOf) };
		});
		const times = series[2]?.points ?? [];
		const whole = series.map((one) => (one.measure.kind === 'count' ? { ...one, points: withZeros(one.points, times) } : one));
		return { kind: 'flow', grain, lasting: tile.lasting ?? 'open', series: whole, finding: results[0]?.length ? sentence(context, tile, results[3]?.[0], results[4]?.[0], earlier?.previous.asOf) : noRows() };
	});
}

/** A bucket that no row falls in has counted none; the stock, which has them all, says which there are. */
function withZeros(points: readonly TrendPoint[], stock: readonly TrendPoint[]): TrendPoint[] {
	const known = new Map(points.map((point) => [point.t, point]));
	const none = stock.filter(({ t }) => !known.has(t)).map(({ t, unfinished }): TrendPoint => ({ t, value: 0, n: 0, unfinished }));
	return none.length === 0 ? [...points] : [...points, ...none].sort((a, b) => a.t - b.t);
}

function sentence(context: Context, tile: TileOf<'flow'>, now: MeasureRow | undefined, then: MeasureRow | undefined, since: string | undefined): Finding {
	const words: Record<string, string> = { now: countText(now?.n ?? 0) };
	if (!now || !then || since === undefined || now.lo === null || now.hi === null || then.lo === null || then.hi === null) return { text: fill(tile.says.none, words), claim: false, words, named: [] };
	const d = difference({ value: now.n, lo: now.lo, hi: now.hi }, { value: then.n, lo: then.lo, hi: then.hi });
	const claim = d.p !== null && d.p <= claimLevel(context.pack);
	Object.assign(words, { diff: countText(Math.abs(d.diff)), direction: d.diff > 0 ? 'grown' : 'shrunk', since: dayText(toMs(since)), then: countText(then.n) });
	return { text: fill(claim ? tile.says.claim : tile.says.none, words), claim, words, named: [] };
}
