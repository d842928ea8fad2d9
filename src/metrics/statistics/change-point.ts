import { tTwoSided } from './distributions.ts';
import { square } from './exact.ts';

export interface MeanShift {
	/** Index of the first value after the shift. */
	at: number;
	before: number;
	after: number;
	/** Residual sums of squares around one mean and around two. */
	rssOne: number;
	rssTwo: number;
	/** Null where either side of the split does not vary at all. */
	f: number | null;
	p: number | null;
}

/**
 * The single split in two means that leaves the least squares, for independent values.
 * p is that of F(1, n−2), Bonferroni over the splits tried: an upper bound, conservative for long series. Null when too short.
 */
export function meanShift(values: readonly number[], minSegment = 5): MeanShift | null {
	const n = values.length;
	const least = Math.max(1, minSegment);
	const splits = n - 2 * least + 1;
	if (splits < 1 || n < 3) return null;
	const mean = values.reduce((sum, value) => sum + value, 0) / n;
	const rssOne = values.reduce((sum, value) => sum + square(value - mean), 0);
	let best = { at: least, gain: -1, left: 0 };
	let left = 0;
	for (let at = 1; at <= n - least; at++) {
		left += (values[at - 1] ?? 0) - mean;
		const gain = (left * left * n) / (at * (n - at));
		if (at >= least && gain > best.gain) best = { at, gain, left };
	}
	const rssTwo = Math.max(0, rssOne - best.gain);
	const f = rssTwo > rssOne * 1e-12 ? best.gain / (rssTwo / (n - 2)) : null;
	return {
		at: best.at,
		before: mean + best.left / best.at,
		after: mean - best.left / (n - best.at),
		rssOne,
		rssTwo,
		f,
		p: f === null ? null : Math.min(1, splits * tTwoSided(Math.sqrt(f), n - 2)),
	};
}
