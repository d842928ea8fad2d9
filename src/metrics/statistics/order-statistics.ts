const z95 = 1.959963984540054;

/** A quantile of ascending values by linear interpolation, with the order statistics that bound it (normal approximation to the binomial ranks). */
export function orderStatistics(x: Float64Array, q: number): { n: number | null; value: number | null; lo: number | null; hi: number | null } {
	const n = x.length;
	if (n === 0) return { n: null, value: null, lo: null, hi: null };
	const spread = z95 * Math.sqrt(n * q * (1 - q));
	const at = (n - 1) * q;
	const [below, above] = [x[Math.floor(at)] ?? 0, x[Math.ceil(at)] ?? 0];
	const [lo, hi] = [Math.max(1, Math.floor(n * q - spread)), Math.min(n, Math.ceil(n * q + spread) + 1)];
	return { n, value: below + (above - below) * (at - Math.floor(at)), lo: x[lo - 1] ?? null, hi: x[hi - 1] ?? null };
}

/** The sum of the mid-ranks that ascending values have among all, also ascending, of which they are a part. */
export function rankSum(x: Float64Array, all: Float64Array): number {
	let [sum, from] = [0, 0];
	for (let i = 0; i < x.length;) {
		const value = x[i] ?? 0;
		while ((all[from] ?? Infinity) < value) from++;
		let to = from;
		while (all[to] === value) to++;
		let own = 0;
		for (; x[i] === value; i++) own++;
		sum += own * (from + 1 + (to - from - 1) / 2);
		from = to;
	}
	return sum;
}
