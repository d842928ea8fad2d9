import { normalMargin, normalTwoSided, tMargin, tTwoSided } from './distributions.ts';
import { LEVEL, UNKNOWN, type Bounds } from './intervals.ts';
import type { Comparison, Sample } from './tests.ts';
import { exp } from './exact.ts';

/** a, b: exposed with and without the outcome; c, d: the others with and without it. */
export interface TwoByTwo {
	a: number;
	b: number;
	c: number;
	d: number;
}

export interface MantelHaenszel {
	oddsRatio: { value: number | null } & Bounds;
	riskDifference: { value: number | null } & Bounds;
	/** Of the test without continuity correction; its square is the Mantel–Haenszel χ². */
	z: number | null;
	p: number | null;
	/** With the correction of ½, as R's mantelhaen.test prints. */
	pCorrected: number | null;
	/** Strata that hold both exposed and others: the rest carry no information. */
	strata: number;
}

/**
 * Association of exposure and outcome within strata (Mantel & Haenszel 1959). Intervals: odds ratio by
 * Robins, Breslow & Greenland (1986), risk difference by Sato (1989), which stands many small strata.
 */
export function mantelHaenszel(strata: readonly TwoByTwo[], level = LEVEL): MantelHaenszel {
	const used = strata.filter(({ a, b, c, d }) => a + b > 0 && c + d > 0);
	const margin = normalMargin(level);
	let excess = 0;
	let variance = 0;
	let weight = 0;
	let [r, s, pr, mixed, qs] = [0, 0, 0, 0, 0];
	let [slopeTerm, constant] = [0, 0];
	for (const { a, b, c, d } of used) {
		const [n1, n0] = [a + b, c + d];
		const n = n1 + n0;
		excess += a - (n1 * (a + c)) / n;
		variance += n > 1 ? (n1 * n0 * (a + c) * (b + d)) / (n * n * (n - 1)) : 0;
		weight += (n1 * n0) / n;
		const [ri, si, pi, qi] = [(a * d) / n, (b * c) / n, (a + d) / n, (b + c) / n];
		r += ri;
		s += si;
		pr += pi * ri;
		mixed += pi * si + qi * ri;
		qs += qi * si;
		slopeTerm += (c * n1 * n1 - a * n0 * n0 + (n1 * n0 * (n0 - n1)) / 2) / (n * n);
		constant += (a * d + c * b) / (2 * n);
	}
	const oddsRatio: MantelHaenszel['oddsRatio'] = { value: s > 0 ? r / s : null, ...UNKNOWN };
	if (r > 0 && s > 0) {
		const se = Math.sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s));
		oddsRatio.lo = (r / s) * exp(-margin * se);
		oddsRatio.hi = (r / s) * exp(margin * se);
	}
	const riskDifference: MantelHaenszel['riskDifference'] = { value: null, ...UNKNOWN };
	if (weight > 0) {
		const value = excess / weight;
		const half = (margin * Math.sqrt(Math.max(0, value * slopeTerm + constant))) / weight;
		riskDifference.value = value;
		if (half > 0) Object.assign(riskDifference, { lo: Math.max(-1, value - half), hi: Math.min(1, value + half) });
	}
	const z = variance > 0 ? excess / Math.sqrt(variance) : null;
	return {
		oddsRatio,
		riskDifference,
		z,
		p: z === null ? null : normalTwoSided(z),
		pCorrected: z === null ? null : normalTwoSided(Math.max(0, Math.abs(excess) - 0.5) / Math.sqrt(variance)),
		strata: used.length,
	};
}

/**
 * Difference of means within strata, exposed minus other, weighted n₁n₀/(n₁+n₀); Satterthwaite's degrees of freedom,
 * so that one stratum is Welch's test. Strata with fewer than two rows on either side are left out and not counted.
 */
export function stratifiedMeanDifference(
	strata: readonly { exposed: Sample; other: Sample }[],
	level = LEVEL,
): Comparison & { strata: number } {
	const used = strata.filter(({ exposed, other }) => exposed.n > 1 && other.n > 1);
	let weight = 0;
	let weighted = 0;
	let variance = 0;
	let dfTerm = 0;
	for (const { exposed, other } of used) {
		const w = (exposed.n * other.n) / (exposed.n + other.n);
		weight += w;
		weighted += w * (exposed.mean - other.mean);
		for (const { sd, n } of [exposed, other]) {
			const part = (w * w * sd * sd) / n;
			variance += part;
			dfTerm += (part * part) / (n - 1);
		}
	}
	const diff = weight > 0 ? weighted / weight : null;
	if (diff === null || variance === 0) return { diff, ...UNKNOWN, p: null, strata: used.length };
	const se = Math.sqrt(variance) / weight;
	const df = (variance * variance) / dfTerm;
	const half = tMargin(level, df) * se;
	return { diff, lo: diff - half, hi: diff + half, p: tTwoSided(diff / se, df), strata: used.length };
}
