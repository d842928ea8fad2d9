import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** Standard normal quantile: the z below which a share p of the distribution lies. */
export function normalQuantile(p: number): number {
	return normalQuantileOf(p, 0, 1);
}

/** Half-width, in standard errors, of a two-sided normal interval. */
export function normalMargin(level: number): number {
	return normalQuantile(0.5 + level / 2);
}

/** Half-width, in standard errors, of a two-sided t interval. */
export function tMargin(level: number, df: number): number {
	return tQuantileOf(0.5 + level / 2, df);
}

/** Two-sided p of a standard normal statistic. */
export function normalTwoSided(z: number): number {
	return 2 * normalCdf(-Math.abs(z), 0, 1);
}

/** Two-sided p of a t statistic. */
export function tTwoSided(t: number, df: number): number {
	return 2 * tCdf(-Math.abs(t), df);
}
