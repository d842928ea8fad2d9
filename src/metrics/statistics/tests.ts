import { binomialTwoSided } from './binomial.ts';
import { normalMargin, normalTwoSided, tMargin, tTwoSided } from './distributions.ts';
import { clopperPearson, LEVEL, wilson, type Bounds } from './intervals.ts';
import { square } from './exact.ts';

export { normalTwoSided };

export interface Sample {
	mean: number;
	/** With the n − 1 denominator. */
	sd: number;
	n: number;
}

/** First minus second; null wherever the data allow no answer. */
export interface Comparison extends Bounds {
	diff: number | null;
	p: number | null;
}

/** Adjusted p-values (Benjamini & Hochberg 1995) in the order given; a null was not tested and does not count. */
export function benjaminiHochberg(p: readonly (number | null)[]): (number | null)[] {
	const tested = p.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
	tested.sort((a, b) => b.value - a.value);
	const q: (number | null)[] = p.map(() => null);
	let least = 1;
	tested.forEach(({ value, index }, i) => {
		least = Math.min(least, value * (tested.length / (tested.length - i)));
		q[index] = least;
	});
	return q;
}

/** Difference of two independent shares: Newcombe's hybrid score interval (1998, method 10), p of the pooled z. */
export function twoShares(
	k1: number,
	n1: number,
	k2: number,
	n2: number,
	level = LEVEL,
): Comparison & { z: number | null } {
	if (n1 <= 0 || n2 <= 0) return { diff: null, lo: null, hi: null, z: null, p: null };
	const interval = difference(
		{ value: k1 / n1, ...wilson(k1, n1, level) },
		{ value: k2 / n2, ...wilson(k2, n2, level) },
		level,
	);
	const diff = k1 / n1 - k2 / n2;
	const pooled = (k1 + k2) / (n1 + n2);
	const se = Math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2));
	const z = diff === 0 ? 0 : diff / se;
	return { ...interval, z, p: normalTwoSided(z) };
}

/** Difference of two means without assuming equal variances (Welch 1947). Null where neither sample varies. */
export function twoMeans(a: Sample, b: Sample, level = LEVEL): Comparison {
	const known = a.n > 0 && b.n > 0;
	const diff = known ? a.mean - b.mean : null;
	const va = square(a.sd) / a.n;
	const vb = square(b.sd) / b.n;
	if (diff === null || a.n < 2 || b.n < 2 || va + vb === 0) return { diff, lo: null, hi: null, p: null };
	const se = Math.sqrt(va + vb);
	const df = square(va + vb) / (square(va) / (a.n - 1) + square(vb) / (b.n - 1));
	const half = tMargin(level, df) * se;
	return { diff, lo: diff - half, hi: diff + half, p: tTwoSided(diff / se, df) };
}

/**
 * Difference of two independent estimates from their own intervals (MOVER: Zou & Donner 2008).
 * p takes the standard error of the side that faces zero; `level` is that of the intervals given.
 */
export function difference(
	a: { value: number } & Bounds,
	b: { value: number } & Bounds,
	level = LEVEL,
): Comparison & { diff: number } {
	const diff = a.value - b.value;
	const down = combine(a.value, a.lo, b.value, b.hi);
	const up = combine(a.value, a.hi, b.value, b.lo);
	const facing = diff > 0 ? down : up;
	return {
		diff,
		lo: down === null ? null : diff - down,
		hi: up === null ? null : diff + up,
		p: facing === null || facing === 0 ? null : normalTwoSided((diff / facing) * normalMargin(level)),
	};
}

function combine(a: number, aBound: number | null, b: number, bBound: number | null): number | null {
	return aBound === null || bBound === null ? null : Math.sqrt(square(a - aBound) + square(b - bBound));
}

/** Ratio of two rates k/time: exact, conditional on the sum of the counts (as R's poisson.test). */
export function rateRatio(
	k1: number,
	time1: number,
	k2: number,
	time2: number,
	level = LEVEL,
): { ratio: number | null; p: number | null } & Bounds {
	if (k1 + k2 === 0 || time1 <= 0 || time2 <= 0) return { ratio: null, lo: null, hi: null, p: null };
	const { lo, hi } = clopperPearson(k1, k1 + k2, level);
	const ratioOf = (share: number | null) =>
		share === null || share >= 1 ? null : ((share / (1 - share)) * time2) / time1;
	return {
		ratio: k2 === 0 ? null : k1 / time1 / (k2 / time2),
		lo: ratioOf(lo),
		hi: ratioOf(hi),
		p: binomialTwoSided(k1, k1 + k2, time1 / (time1 + time2)),
	};
}
