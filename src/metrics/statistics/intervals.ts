import gammaQuantile from '@stdlib/stats-base-dists-gamma-quantile';
import { binomialMass, lowerTail, upperTail } from './binomial.ts';
import { normalMargin, normalQuantile, tMargin } from './distributions.ts';
import { exp, ln, power, square } from './exact.ts';

export interface Interval {
	lo: number;
	hi: number;
}

/** An interval that the data may not allow: a null bound is "not estimable". */
export interface Bounds {
	lo: number | null;
	hi: number | null;
}

export const LEVEL = 0.95;
export const UNKNOWN: Readonly<Bounds> = { lo: null, hi: null };

/** A share k/n by Wilson's score method (1927), without continuity correction. */
export function wilson(k: number, n: number, level = LEVEL): Bounds {
	if (n <= 0) return { ...UNKNOWN };
	const z2 = square(normalMargin(level));
	const share = k / n;
	const centre = share + z2 / (2 * n);
	const half = Math.sqrt(z2 * ((share * (1 - share)) / n + z2 / (4 * n * n)));
	const scale = 1 + z2 / n;
	return {
		lo: k === 0 ? 0 : Math.max(0, (centre - half) / scale),
		hi: k === n ? 1 : Math.min(1, (centre + half) / scale),
	};
}

/** A share k/n by the exact method of Clopper and Pearson (1934); k and n whole numbers. */
export function clopperPearson(k: number, n: number, level = LEVEL): Bounds {
	if (n <= 0) return { ...UNKNOWN };
	const tail = (1 - level) / 2;
	return {
		lo: k === 0 ? 0 : bisect((p) => upperTail(binomialMass(n, p), k) > tail),
		hi: k === n ? 1 : bisect((p) => lowerTail(binomialMass(n, p), k) <= tail),
	};
}

/** The share in 0–1 from which on a condition holds. */
function bisect(holds: (p: number) => boolean): number {
	let lo = 0;
	let hi = 1;
	for (let i = 0; i < 52; i++) {
		const mid = (lo + hi) / 2;
		if (holds(mid)) hi = mid;
		else lo = mid;
	}
	return (lo + hi) / 2;
}

/** A mean by Student's t; sd has the n − 1 denominator. */
export function meanInterval(mean: number, sd: number, n: number, level = LEVEL): Bounds {
	if (n < 2) return { ...UNKNOWN };
	const half = (tMargin(level, n - 1) * sd) / Math.sqrt(n);
	return { lo: mean - half, hi: mean + half };
}

/** The expected value behind a count, exact (Garwood 1936). */
export function poisson(count: number, level = LEVEL): Interval {
	if (level !== LEVEL) return garwood(count, level);
	const known = usual.get(count);
	if (known) return known;
	const interval = garwood(count, level);
	if (usual.size < 20_000) usual.set(count, interval);
	return interval;
}

/** Each takes some 20 microseconds, and trends ask for the same small counts again and again. */
const usual = new Map<number, Interval>();

function garwood(count: number, level: number): Interval {
	const tail = (1 - level) / 2;
	return {
		lo: count === 0 ? 0 : unitGammaQuantile(tail, count),
		hi: unitGammaQuantile(1 - tail, count + 1),
	};
}

// @stdlib's upper gamma quantiles are off by 0.02 % from shapes near 1,000 on; Wilson & Hilferty (1931) by 0.0002 %.
function unitGammaQuantile(p: number, shape: number): number {
	if (shape < 500) return gammaQuantile(p, shape, 1);
	const spread = 1 / (9 * shape);
	const root = 1 - spread + normalQuantile(p) * Math.sqrt(spread);
	return shape * root * root * root;
}

export interface RatioSums {
	n: number;
	sumY: number;
	sumX: number;
	sumYY: number;
	sumXX: number;
	sumXY: number;
}

/** Σy/Σx over n independent rows: linearised variance (Cochran, Sampling Techniques, 2.11), t with n − 1. */
export function ratioInterval(sums: RatioSums, level = LEVEL): Bounds {
	const { n, sumY, sumX, sumYY, sumXX, sumXY } = sums;
	if (n < 2 || sumX === 0) return { ...UNKNOWN };
	const ratio = sumY / sumX;
	const residual = Math.max(0, sumYY - 2 * ratio * sumXY + ratio * ratio * sumXX);
	const se = Math.sqrt((n / (n - 1)) * residual) / Math.abs(sumX);
	const half = tMargin(level, n - 1) * se;
	return { lo: ratio - half, hi: ratio + half };
}

/**
 * A survival share on the log(−log) scale. `greenwood` is Σ d/(n(n−d)), without the factor s².
 * At s = 0 and s = 1 that sum says nothing, so the bounds are null.
 */
export function survivalInterval(s: number, greenwood: number, level = LEVEL): Bounds {
	if (s <= 0 || s >= 1) return { ...UNKNOWN };
	const spread = exp((normalMargin(level) * Math.sqrt(greenwood)) / -ln(s));
	return { lo: power(s, spread), hi: power(s, 1 / spread) };
}

/**
 * The 1-based ranks whose order statistics enclose the q-quantile with exact coverage of at least `level`,
 * at most half the rest on either side (David & Nagaraja, Order Statistics, 7.1). Null where n is too small.
 */
export function quantileRanks(n: number, q: number, level = LEVEL): Bounds {
	if (n < 1) return { ...UNKNOWN };
	const tail = (1 - level) / 2;
	const { first, pmf } = binomialMass(n, q);
	let lo = first;
	for (let i = 0, sum = 0; i < pmf.length; i++) {
		sum += pmf[i] ?? 0;
		if (sum > tail) break;
		lo = first + i + 1;
	}
	let hi = first + pmf.length;
	for (let i = pmf.length - 1, sum = 0; i >= 0; i--) {
		sum += pmf[i] ?? 0;
		if (sum > tail) break;
		hi = first + i;
	}
	return { lo: lo < 1 ? null : lo, hi: hi > n ? null : hi };
}

/**
 * Any statistic by the delete-a-group jackknife (Quenouille 1949, Tukey 1958; Shao & Tu 1995, ch. 1): `spread` is the variance, n
 * denominator, of its values with one of the parts left out; t with parts − 1 degrees of freedom.
 */
export function jackknifeInterval(value: number | null, spread: number | null, parts: number, level = LEVEL): Bounds {
	if (value === null || spread === null || parts < 2) return { ...UNKNOWN };
	const half = tMargin(level, parts - 1) * Math.sqrt((parts - 1) * spread);
	return { lo: value - half, hi: value + half };
}
