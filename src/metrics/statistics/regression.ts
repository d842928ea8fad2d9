import { normalMargin, normalTwoSided, tMargin, tTwoSided } from './distributions.ts';
import { LEVEL, UNKNOWN, type Bounds } from './intervals.ts';
import { square } from './exact.ts';

export interface Slope extends Bounds {
	/** Change of y per unit of x; null with fewer than two values of x. */
	slope: number | null;
	p: number | null;
	n: number;
}

/** Least squares over the rows behind groups that share an x, from each group's n, mean and sd (null or 0 for one row). */
export function weightedSlope(
	groups: readonly { x: number; n: number; mean: number; sd: number | null }[],
	level = LEVEL,
): Slope {
	const used = groups.filter((group) => group.n > 0);
	const { n, xMean, xSquares } = spreadOfX(used);
	if (xSquares === 0) return { slope: null, ...UNKNOWN, p: null, n };
	const yMean = used.reduce((sum, group) => sum + group.n * group.mean, 0) / n;
	const products = used.reduce((sum, { x, mean, ...g }) => sum + g.n * (x - xMean) * (mean - yMean), 0);
	const slope = products / xSquares;
	const residual = used.reduce((sum, { x, mean, sd, ...g }) => {
		const off = mean - yMean - slope * (x - xMean);
		return sum + (g.n - 1) * square(sd ?? 0) + g.n * off * off;
	}, 0);
	const df = n - 2;
	const se = Math.sqrt(residual / df / xSquares);
	if (df < 1 || se === 0) return { slope, ...UNKNOWN, p: null, n };
	const half = tMargin(level, df) * se;
	return { slope, lo: slope - half, hi: slope + half, p: tTwoSided(slope / se, df), n };
}

/**
 * Trend of a share over an ordered x: z and p of Cochran (1954) and Armitage (1955); the slope is the change of
 * the share per unit of x, its interval from each group's own binomial variance.
 */
export function slopeTest(
	groups: readonly { x: number; k: number; n: number }[],
	level = LEVEL,
): Slope & { z: number | null } {
	const used = groups.filter((group) => group.n > 0);
	const { n, xMean, xSquares } = spreadOfX(used);
	if (xSquares === 0) return { slope: null, ...UNKNOWN, z: null, p: null, n };
	const share = used.reduce((sum, group) => sum + group.k, 0) / n;
	const products = used.reduce((sum, { x, k, ...g }) => sum + (x - xMean) * (k - g.n * share), 0);
	const slope = products / xSquares;
	const ownVariance = used.reduce((sum, { x, k, ...g }) => sum + (square(x - xMean) * k * (g.n - k)) / g.n, 0);
	const half = (normalMargin(level) * Math.sqrt(ownVariance)) / xSquares;
	const z = share === 0 || share === 1 ? null : products / Math.sqrt(share * (1 - share) * xSquares);
	const bounds = half === 0 ? UNKNOWN : { lo: slope - half, hi: slope + half };
	return { slope, ...bounds, z, p: z === null ? null : normalTwoSided(z), n };
}

function spreadOfX(groups: readonly { x: number; n: number }[]): { n: number; xMean: number; xSquares: number } {
	const n = groups.reduce((sum, group) => sum + group.n, 0);
	const xMean = groups.reduce((sum, group) => sum + group.n * group.x, 0) / n;
	const several = new Set(groups.map((group) => group.x)).size > 1;
	return { n, xMean, xSquares: several ? groups.reduce((sum, g) => sum + g.n * square(g.x - xMean), 0) : 0 };
}
