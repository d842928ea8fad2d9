import type { Measure } from '../pack/types.ts';
import type { Compiled } from './compile.ts';
import type { MeasureRow } from './request.ts';
import { jackknifeInterval, meanInterval, poisson, ratioInterval, survivalInterval, wilson } from './statistics/intervals.ts';
import { square } from './statistics/exact.ts';

export type ResultRow = Readonly<Record<string, unknown>>;

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : typeof value === 'bigint' ? Number(value) : null);
const orZero = (value: unknown): number => number(value) ?? 0;

interface Finished {
	value: number | null;
	n: number;
	lo: number | null;
	hi: number | null;
	parts: MeasureRow['parts'];
}

function finishOne(measure: Measure, row: ResultRow, limit: number): Finished {
	switch (measure.kind) {
		case 'count':
		case 'balance': {
			const n = orZero(row.n);
			return { value: n, n, ...poisson(n), parts: {} };
		}
		case 'sum': {
			const value = number(row.total);
			const half = 1.959963984540054 * Math.sqrt(orZero(row.squares));
			return { value: value ?? 0, n: orZero(row.n), lo: (value ?? 0) - half, hi: (value ?? 0) + half, parts: {} };
		}
		case 'mean': {
			const [n, mean, sd] = [orZero(row.n), number(row.mean), number(row.sd)];
			const interval = mean === null || sd === null ? { lo: null, hi: null } : meanInterval(mean, sd, n);
			return { value: mean, n, ...interval, parts: { mean: mean ?? 0, sd: sd ?? 0 } };
		}
		case 'share': {
			const [num, den] = [orZero(row.num), orZero(row.den)];
			return { value: den > 0 ? num / den : null, n: den, ...(den > 0 ? wilson(num, den) : { lo: null, hi: null }), parts: { num, den } };
		}
		case 'ratio': {
			const sums = { n: orZero(row.n), sumY: orZero(row.sy), sumX: orZero(row.sx), sumYY: orZero(row.syy), sumXX: orZero(row.sxx), sumXY: orZero(row.sxy) };
			const value = sums.sumX === 0 ? null : sums.sumY / sums.sumX;
			return { value, n: sums.n, ...(value === null ? { lo: null, hi: null } : ratioInterval(sums)), parts: { num: sums.sumY, den: sums.sumX } };
		}
		case 'expression':
			return { value: number(row.value), n: orZero(row.n), ...jackknifeInterval(number(row.value), number(row.spread), orZero(row.parts)), parts: {} };
		case 'quantile':
			return { value: number(row.value), n: orZero(row.n), lo: number(row.lo), hi: number(row.hi), parts: {} };
		case 'survival': {
			const [n, events] = [orZero(row.n), orZero(row.events)];
			if (measure.stat === 'median') return { value: number(row.value), n, lo: number(row.lo), hi: number(row.hi), parts: { events } };
			const s = number(row[`s${String(limit)}`]);
			return { value: s, n, ...(s === null ? { lo: null, hi: null } : survivalInterval(s, orZero(row[`g${String(limit)}`]))), parts: { events } };
		}
	}
}

/** Rows of the engine → measure rows with n and 95 % interval; with `tested`, each group's z against all others. */
export function finish(measure: Measure, compiled: Pick<Compiled, 'dimensions' | 'bucketed' | 'limit'>, rows: readonly ResultRow[], tested = false): MeasureRow[] {
	const finished = rows.map((row): MeasureRow => ({
		keys: keysOf(row, compiled.dimensions),
		t: compiled.bucketed ? number(row.t) : null,
		...finishOne(measure, row, compiled.limit ?? 0),
	}));
	finished.sort((a, b) => (a.t ?? 0) - (b.t ?? 0) || compareKeys(a.keys, b.keys));
	if (!tested) return finished;
	const z = oneAgainstRest(measure, finished, new Map(rows.map((row) => [keysOf(row, compiled.dimensions).join('\u0000'), row])), compiled.limit ?? 0);
	return finished.map((row, i) => ({ ...row, z: z[i] ?? null }));
}

function keysOf(row: ResultRow, dimensions: number): (string | null)[] {
	return Array.from({ length: dimensions }, (_, i) => {
		const key = row[`d${String(i)}`];
		return typeof key === 'string' ? key : null;
	});
}

function compareKeys(a: readonly (string | null)[], b: readonly (string | null)[]): number {
	for (let i = 0; i < a.length; i++) {
		const [x, y] = [a[i] ?? '\uffff', b[i] ?? '\uffff'];
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Kaplan–Meier shares at one time: each group's against the mean of the others weighted by their n, variances by Greenwood. A share
 * of 0 or 1 has none there; it takes that of a binomial share half a case away from the edge.
 */
function shareAgainstRest(groups: readonly MeasureRow[], greenwood: (group: MeasureRow) => number): (number | null)[] {
	const known = groups.filter((group) => group.value !== null && group.n > 0);
	const variance = (group: MeasureRow): number => {
		const s = group.value ?? 0;
		const p = (s * group.n + 0.5) / (group.n + 1);
		return s > 0 && s < 1 ? s * s * greenwood(group) : (p * (1 - p)) / group.n;
	};
	return groups.map((group) => {
		const rest = known.filter((each) => each !== group);
		const n = sum(rest.map((each) => each.n));
		if (group.value === null || group.n === 0 || n === 0) return null;
		const share = sum(rest.map((each) => each.n * (each.value ?? 0))) / n;
		const se = Math.sqrt(variance(group) + sum(rest.map((each) => square(each.n / n) * variance(each))));
		return se > 0 ? (group.value - share) / se : null;
	});
}

/** Standard normal statistics of each group against all the others together, from the groups' own sums. */
function oneAgainstRest(measure: Measure, groups: readonly MeasureRow[], raw: ReadonlyMap<string, ResultRow>, limit: number): (number | null)[] {
	const of = (group: MeasureRow, column: string): number => orZero(raw.get(group.keys.join('\u0000'))?.[column]);
	const total = sum(groups.map((group) => group.n));
	switch (measure.kind) {
		case 'share': {
			const num = sum(groups.map((group) => group.parts.num ?? 0));
			return groups.map((group) => {
				const [k, n, k0, n0] = [group.parts.num ?? 0, group.n, num - (group.parts.num ?? 0), total - group.n];
				const p = num / total;
				const se = Math.sqrt(p * (1 - p) * (1 / n + 1 / n0));
				return n > 0 && n0 > 0 && se > 0 ? (k / n - k0 / n0) / se : null;
			});
		}
		case 'mean': {
			const all = groups.map((group) => ({ n: group.n, mean: group.parts.mean ?? 0, squares: square(group.parts.sd ?? 0) * Math.max(0, group.n - 1) + group.n * square(group.parts.mean ?? 0) }));
			const [s1, s2] = [sum(all.map((group) => group.n * group.mean)), sum(all.map((group) => group.squares))];
			return all.map((group) => {
				const n0 = total - group.n;
				if (group.n < 2 || n0 < 2) return null;
				const mean0 = (s1 - group.n * group.mean) / n0;
				const [v, v0] = [(group.squares - group.n * square(group.mean)) / (group.n - 1), (s2 - group.squares - n0 * square(mean0)) / (n0 - 1)];
				const se = Math.sqrt(Math.max(0, v) / group.n + Math.max(0, v0) / n0);
				return se > 0 ? (group.mean - mean0) / se : null;
			});
		}
		case 'quantile':
			return groups.map((group) => {
				const [n, n0] = [group.n, total - group.n];
				const variance = (n * n0 * (total + 1)) / 12;
				return variance > 0 ? (of(group, 'ranks') - (n * (total + 1)) / 2) / Math.sqrt(variance) : null;
			});
		case 'survival': {
			if (measure.stat === 'open_at') return shareAgainstRest(groups, (group) => of(group, `g${String(limit)}`));
			const squares = sum(groups.map((group) => of(group, 'squares')));
			return groups.map((group) => {
				const [n, n0] = [group.n, total - group.n];
				const variance = (squares * n * n0) / (total * Math.max(1, total - 1));
				// A positive score is more events than expected: shorter, so the sign is turned to "longer".
				return variance > 0 ? -of(group, 'score') / Math.sqrt(variance) : null;
			});
		}
		default:
			return groups.map(() => null);
	}
}
