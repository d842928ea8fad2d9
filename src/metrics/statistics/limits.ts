import { binomialMass } from './binomial.ts';
import { normalMargin } from './distributions.ts';
import type { Interval } from './intervals.ts';

/** Where a unit of this size lies by chance alone, 95 and 99.8 times in a hundred (Spiegelhalter 2005). */
export interface FunnelLimits {
	p95: Interval;
	p998: Interval;
}

/** For a share with the given centre: exact binomial quantiles, interpolated; n a whole number ≥ 1. */
export function shareLimits(centre: number, n: number): FunnelLimits {
	const { first, pmf } = binomialMass(n, centre);
	const quantile = (p: number): number => {
		let sum = 0;
		for (let i = 0; i < pmf.length; i++) {
			const mass = pmf[i] ?? 0;
			sum += mass;
			if (sum >= p) return Math.max(0, Math.min(1, (first + i - (sum - p) / mass) / n));
		}
		return 1;
	};
	// Interpolated quantiles can pass the centre where almost all the mass is on one count.
	const limits = (tail: number): Interval => ({
		lo: Math.min(centre, quantile(tail)),
		hi: Math.max(centre, quantile(1 - tail)),
	});
	return { p95: limits(0.025), p998: limits(0.001) };
}

/** For a mean with the given centre and the standard deviation of single rows; n ≥ 1. */
export function meanLimits(centre: number, sd: number, n: number): FunnelLimits {
	const limits = (level: number): Interval => {
		const half = (normalMargin(level) * sd) / Math.sqrt(n);
		return { lo: centre - half, hi: centre + half };
	};
	return { p95: limits(0.95), p998: limits(0.998) };
}

export interface XmrLimits extends Interval {
	centre: number;
	/** Mean of the absolute differences of neighbours. */
	movingRange: number;
	/** Upper limit of the moving range. */
	rangeHi: number;
}

const D2 = 1.128;
const D4 = 3.267;

/** Individuals and moving range (NIST e-Handbook 6.3.2.2): centre ± 3·mR̄/1.128. Null with fewer than two values. */
export function xmr(values: readonly number[]): XmrLimits | null {
	if (values.length < 2) return null;
	const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
	const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] ?? value)));
	const movingRange = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
	const half = (3 * movingRange) / D2;
	return { centre, movingRange, lo: centre - half, hi: centre + half, rangeHi: D4 * movingRange };
}
