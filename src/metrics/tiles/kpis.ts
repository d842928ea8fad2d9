import { toMs } from '../../lib/dates.ts';
import type { Grain, Measure } from '../../pack/types.ts';
import { comparisonOf, type Compare, type Comparison } from '../periods.ts';
import { applicable, measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { benjaminiHochberg, difference } from '../statistics/tests.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { noRows } from './says.ts';

export interface TrendPoint {
	t: number;
	value: number | null;
	n: number;
	/** Not over at the as-of, or too young for its outcomes to be known. */
	unfinished: boolean;
}

export interface Change {
	diff: number;
	lo: number;
	hi: number;
	current: number;
	previous: number;
	/** The difference stays clear of zero after correction for everything the pack tests. */
	beyond: boolean;
	better: boolean | null;
}

export interface Kpi {
	id: string;
	measure: Measure;
	row: MeasureRow;
	change: Change | null;
	/** Why there is no change, where there is none. */
	unchanged: string;
	trend: TrendPoint[];
	/** Dimensions that are filtered and that this number knows nothing of. */
	ignored: string[];
}

export interface KpisResult {
	kind: 'kpis';
	kpis: Kpi[];
	comparison: Comparison | null;
	finding: Finding;
}

const bucketMs: Record<Grain, number> = { day: 86_400_000, week: 7 * 86_400_000, month: 31 * 86_400_000, quarter: 92 * 86_400_000 };

export function trendOf(measure: Measure, rows: readonly MeasureRow[], grain: Grain, asOf: string): TrendPoint[] {
	const known = toMs(asOf) - (measure.maturityHours ?? 0) * 3_600_000;
	return rows.flatMap((row) => (row.t === null ? [] : [{ t: row.t, value: row.value, n: row.n, unfinished: row.t + bucketMs[grain] > known }]));
}

export function kpisPlan(context: Context, tile: TileOf<'kpis'>, compare: Compare): Plan<KpisResult> {
	const comparison = comparisonOf(context, compare);
	const usable = 'none' in comparison ? null : comparison;
	const plans = tile.measures.map((id) => kpiPlan(context, id, usable, 'none' in comparison ? comparison.none : 'not comparable over time'));
	return together(plans, (kpis) => {
		const q = benjaminiHochberg(kpis.map(({ p }) => p));
		const level = claimLevel(context.pack);
		const judged = kpis.map(({ kpi }, i): Kpi => {
			if (!kpi.change) return kpi;
			const beyond = (q[i] ?? 1) <= level;
			return { ...kpi, change: { ...kpi.change, beyond } };
		});
		const moved = judged.filter((kpi) => kpi.change?.beyond);
		return {
			kind: 'kpis',
			kpis: judged,
			comparison: usable,
			finding: judged.every((kpi) => kpi.row.n === 0) ? noRows() : {
				text: moved.length > 0 ? `Beyond noise: ${moved.map((kpi) => kpi.measure.label.toLowerCase()).join(', ')}.` : 'No change beyond noise.',
				claim: moved.length > 0,
				words: {},
				named: moved.map((kpi) => kpi.id),
			},
		};
	});
}

function kpiPlan(context: Context, id: string, comparison: Comparison | null, none: string): Plan<{ kpi: Kpi; p: number | null }> {
	const measure = measureCalled(context.pack, id);
	const compared = comparison !== null && measure.presentOnly !== true;
	// A stock has no period of its own: without a date range it is simply then against now.
	const cut = (range: Comparison['current']['range']): Comparison['current']['range'] => (measure.kind === 'balance' && comparison?.trailing === true ? {} : range);
	const requests = [
		measurePlan(context, { measure: id }),
		...(measure.time === undefined ? [] : [measurePlan(context, { measure: id, grain: 'week' })]),
		...(compared
			? [
					measurePlan(context, { measure: id, range: cut(comparison.current.range), asOf: comparison.current.asOf }),
					measurePlan(context, { measure: id, range: cut(comparison.previous.range), asOf: comparison.previous.asOf }),
				]
			: []),
	];
	const { ignored } = applicable(context.pack, measure.mart, context.filters);
	return together(requests, (results) => {
		const trended = measure.time !== undefined;
		const row = results[0]?.[0] ?? { keys: [], t: null, value: null, n: 0, lo: null, hi: null, parts: {} };
		const [now, then] = [results[trended ? 2 : 1]?.[0], results[trended ? 3 : 2]?.[0]];
		const { change, p } = compared ? changeOf(measure, now, then) : { change: null, p: null };
		const kpi: Kpi = { id, measure, row, change, unchanged: compared ? 'too few cases to compare' : none, trend: trended ? trendOf(measure, results[1] ?? [], 'week', context.asOf) : [], ignored };
		return { kpi, p };
	});
}

function changeOf(measure: Measure, now: MeasureRow | undefined, then: MeasureRow | undefined): { change: Change | null; p: number | null } {
	const complete = (row: MeasureRow | undefined): { value: number; lo: number; hi: number } | null =>
		row === undefined || row.value === null || row.lo === null || row.hi === null || row.n < (measure.minN ?? 30) && measure.kind !== 'balance' && measure.kind !== 'count' ? null : { value: row.value, lo: row.lo, hi: row.hi };
	const [a, b] = [complete(now), complete(then)];
	if (!a || !b) return { change: null, p: null };
	const d = difference(a, b);
	if (d.lo === null || d.hi === null) return { change: null, p: null };
	const better = measure.better === 'neither' || d.diff === 0 ? null : measure.better === 'higher' === d.diff > 0;
	return { change: { diff: d.diff, lo: d.lo, hi: d.hi, current: a.value, previous: b.value, beyond: false, better }, p: d.p };
}
