import { bucketEnd, toMs } from '../../lib/dates.ts';
import type { Grain, Measure } from '../../pack/types.ts';
import { comparisonOf, grainFor, type Comparison } from '../periods.ts';
import { applicable, measureCalled } from '../relation.ts';
import { segmentOf } from '../relation.ts';
import { timed, valueLabel } from '../labels.ts';
import type { Context, MeasureRow, Reading } from '../request.ts';
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
	/** What the change is against, where it is against the rest: the segment's name. */
	segment: string | null;
	grain: Grain;
	finding: Finding;
}

export function trendOf(measure: Measure, rows: readonly MeasureRow[], grain: Grain, asOf: string): TrendPoint[] {
	const known = toMs(asOf) - (measure.maturityHours ?? 0) * 3_600_000;
	return rows.flatMap((row) => (row.t === null ? [] : [{ t: row.t, value: row.value, n: row.n, unfinished: bucketEnd(grain, row.t) > known }]));
}

/** Another time, or the rows of a segment against all others; `none` says why there is neither. */
type Against = { period: Comparison } | { segment: Reading['segment'] } | { none: string };

function against(context: Context, reading: Reading): Against {
	if (reading.compare === 'segment') return { segment: reading.segment };
	const period = comparisonOf(context, reading.compare);
	return 'none' in period ? period : { period };
}

export function segmentName(context: Context, segment: Reading['segment']): string {
	return Object.entries(segment).map(([dimension, values]) => values.map((value) => valueLabel(context.pack, dimension, value)).join(' or ')).join(', ');
}

export function kpisPlan(context: Context, tile: TileOf<'kpis'>, reading: Reading): Plan<KpisResult> {
	const other = against(context, reading);
	const grain = reading.grain ?? grainFor(context);
	const plans = tile.measures.map((id) => kpiPlan(context, id, other, grain));
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
			comparison: 'period' in other ? other.period : null,
			segment: 'segment' in other ? segmentName(context, other.segment) : null,
			grain,
			finding: judged.every((kpi) => kpi.row.n === 0) ? noRows() : {
				text: moved.length > 0 ? `Beyond noise: ${moved.map((kpi) => kpi.measure.label.toLowerCase()).join(', ')}.` : 'No change beyond noise.',
				claim: moved.length > 0,
				words: {},
				named: moved.map((kpi) => kpi.id),
			},
		};
	});
}

/** What is asked for the two sides of the change, and why there is none. */
function sides(context: Context, id: string, measure: Measure, other: Against): { requests: Plan<MeasureRow[]>[]; none: string } {
	const few = `too few ${context.pack.entity[1]} to compare`;
	if ('none' in other) return { requests: [], none: timed(context.pack) ? other.none : '' };
	if ('segment' in other) {
		const { segment } = other;
		if (measure.kind === 'count' || measure.kind === 'balance' || measure.kind === 'sum') return { requests: [], none: 'a count grows with the part' };
		if (segmentOf(context.pack, measure.mart, { filters: segment, rest: false }) === null) return { requests: [], none: 'not known by segment' };
		return { requests: [false, true].map((rest) => measurePlan(context, { measure: id, segment: { filters: segment, rest } })), none: few };
	}
	if (!timed(context.pack)) return { requests: [], none: '' };
	if (measure.presentOnly === true) return { requests: [], none: 'not comparable over time' };
	const { period } = other;
	// A stock has no period of its own: without a date range it is simply then against now.
	const cut = (range: Comparison['current']['range']): Comparison['current']['range'] => (measure.kind === 'balance' && period.trailing ? {} : range);
	return { requests: [period.current, period.previous].map(({ range, asOf }) => measurePlan(context, { measure: id, range: cut(range), asOf })), none: few };
}

function kpiPlan(context: Context, id: string, other: Against, grain: Grain): Plan<{ kpi: Kpi; p: number | null }> {
	const measure = measureCalled(context.pack, id);
	const { requests: compared, none } = sides(context, id, measure, other);
	const trended = measure.time !== undefined;
	const requests = [measurePlan(context, { measure: id }), ...(trended ? [measurePlan(context, { measure: id, grain })] : []), ...compared];
	const { ignored } = applicable(context.pack, measure.mart, context.filters);
	return together(requests, (results) => {
		const row = results[0]?.[0] ?? { keys: [], t: null, value: null, n: 0, lo: null, hi: null, parts: {} };
		const [now, then] = trended ? results.slice(2) : results.slice(1);
		const { change, p } = compared.length > 0 && row.n > 0 ? changeOf(measure, now?.[0], then?.[0]) : { change: null, p: null };
		const kpi: Kpi = { id, measure, row, change, unchanged: none, trend: trended ? trendOf(measure, results[1] ?? [], grain, context.asOf) : [], ignored };
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
