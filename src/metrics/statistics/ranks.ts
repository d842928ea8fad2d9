import { normalTwoSided } from './distributions.ts';

export interface RankSum {
	/** Null where every value is the same, or one side is empty. */
	z: number | null;
	p: number | null;
	/** Cliff's delta: P(group > rest) − P(group < rest). */
	delta: number | null;
}

/**
 * Wilcoxon rank-sum of a group of n among `total`, from the sum of its mid-ranks and Σ(t³−t) over ties:
 * normal approximation with continuity correction (as R's wilcox.test with exact = FALSE).
 */
export function rankSumZ(rankSum: number, n: number, total: number, tieTerm: number): RankSum {
	const rest = total - n;
	if (n < 1 || rest < 1) return { z: null, p: null, delta: null };
	const excess = rankSum - (n * (total + 1)) / 2;
	const delta = (2 * excess) / (n * rest);
	const variance = ((n * rest) / 12) * (total + 1 - tieTerm / (total * (total - 1)));
	if (variance <= 0) return { z: null, p: null, delta };
	const z = (Math.sign(excess) * Math.max(0, Math.abs(excess) - 0.5)) / Math.sqrt(variance);
	return { z, p: normalTwoSided(z), delta };
}
