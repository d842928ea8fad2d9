/** One segment in two periods: how many, and their sum (hits of a share, total of a mean). */
export interface SegmentChange {
	n0: number;
	sum0: number;
	n1: number;
	sum1: number;
}

export interface Decomposition {
	before: number;
	after: number;
	/** after − before = rate + mix, exactly. */
	change: number;
	/** What the segments' own values explain. */
	rate: number;
	/** What the shift of shares between segments explains. */
	mix: number;
	/** In the order given; mix is measured against the overall value, so it reads per segment. */
	segments: { rate: number; mix: number }[];
}

/**
 * Kitagawa (1955), midpoint weights, no interaction term. A segment absent from one period keeps its one known value there,
 * so all it contributes is mix. Null when a period is empty.
 */
export function kitagawa(segments: readonly SegmentChange[]): Decomposition | null {
	const n0 = segments.reduce((sum, s) => sum + s.n0, 0);
	const n1 = segments.reduce((sum, s) => sum + s.n1, 0);
	if (n0 <= 0 || n1 <= 0) return null;
	const before = segments.reduce((sum, s) => sum + s.sum0, 0) / n0;
	const after = segments.reduce((sum, s) => sum + s.sum1, 0) / n1;
	const parts = segments.map((s) => {
		if (s.n0 <= 0 && s.n1 <= 0) return { rate: 0, mix: 0 };
		const rate0 = s.n0 > 0 ? s.sum0 / s.n0 : s.sum1 / s.n1;
		const rate1 = s.n1 > 0 ? s.sum1 / s.n1 : rate0;
		const [share0, share1] = [s.n0 / n0, s.n1 / n1];
		return {
			rate: ((share0 + share1) / 2) * (rate1 - rate0),
			mix: ((rate0 - before + rate1 - after) / 2) * (share1 - share0),
		};
	});
	return {
		before,
		after,
		change: after - before,
		rate: parts.reduce((sum, part) => sum + part.rate, 0),
		mix: parts.reduce((sum, part) => sum + part.mix, 0),
		segments: parts,
	};
}
