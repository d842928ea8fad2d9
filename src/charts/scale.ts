export type Scale = (value: number) => number;

export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
	const span = domain[1] - domain[0] || 1;
	return (value) => range[0] + ((value - domain[0]) / span) * (range[1] - range[0]);
}

/** Two numbers that differ by rounding alone are one; steps between them would have no end. */
export function apart(lo: number, hi: number): boolean {
	return hi - lo > 1e-9 * Math.max(Math.abs(lo), Math.abs(hi));
}

function stepFor(span: number, count: number): number {
	const rough = span / Math.max(1, count);
	const power = 10 ** Math.floor(Math.log10(rough));
	const error = rough / power;
	return power * (error >= 7.07 ? 10 : error >= 3.16 ? 5 : error >= 1.42 ? 2 : 1);
}

/** Round numbers within lo–hi, about `count` of them. */
export function ticks(lo: number, hi: number, count: number): number[] {
	if (!apart(lo, hi)) return [lo];
	const step = stepFor(hi - lo, count);
	const values: number[] = [];
	for (let index = Math.ceil(lo / step - 1e-9); index * step <= hi + step * 1e-9; index++)
		values.push(Number((index * step).toPrecision(12)));
	return values;
}

/** The domain widened to round numbers, so that the first and last tick are its ends. */
export function niceDomain(lo: number, hi: number, count: number): [number, number] {
	if (!apart(lo, hi)) {
		const pad = Math.abs(lo) * 0.1 || 1;
		return [lo - pad, lo + pad];
	}
	const step = stepFor(hi - lo, count);
	return [
		Number((Math.floor(lo / step + 1e-9) * step).toPrecision(12)),
		Number((Math.ceil(hi / step - 1e-9) * step).toPrecision(12)),
	];
}

/** Smallest and largest of the numbers that are there. */
export function extent(values: Iterable<number | null | undefined>): [number, number] | null {
	let lo = Infinity;
	let hi = -Infinity;
	for (const value of values) {
		if (value === null || value === undefined || !Number.isFinite(value)) continue;
		lo = Math.min(lo, value);
		hi = Math.max(hi, value);
	}
	return lo <= hi ? [lo, hi] : null;
}

/** Ticks whose texts differ: rounding in the format must not write one number twice. */
export function distinctTicks(lo: number, hi: number, count: number, format: (value: number) => string): number[] {
	for (let wanted = count; wanted > 1; wanted--) {
		const values = ticks(lo, hi, wanted);
		if (new Set(values.map(format)).size === values.length) return values;
	}
	return ticks(lo, hi, 1);
}
