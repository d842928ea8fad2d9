import exp from '@stdlib/math-base-special-exp';
import ln from '@stdlib/math-base-special-ln';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import alea from 'seedrandom/lib/alea.js';

/** Draws a number in [0, 1), a multiple of 2⁻³². */
export type Random = () => number;

const HALF_STEP = 1 / 0x200000000;

/** Streams of one seed with different names are unrelated, so a draw more in one leaves the others as they were. */
export function randomStream(seed: number, name: string): Random {
	return alea(`${seed}/${name}`);
}

export function uniform(random: Random, low: number, high: number): number {
	return low + (high - low) * random();
}

/** A whole number from low to high, both included. */
export function integer(random: Random, low: number, high: number): number {
	return low + Math.floor(random() * (high - low + 1));
}

export function chance(random: Random, probability: number): boolean {
	return random() < probability;
}

export function exponential(random: Random, mean: number): number {
	return -mean * ln(1 - random());
}

export function normal(random: Random, mean: number, sd: number): number {
	return normalQuantile(random() + HALF_STEP, mean, sd);
}

/** `sigma` is the standard deviation of the logarithm. */
export function lognormal(random: Random, median: number, sigma: number): number {
	return median * exp(normal(random, 0, sigma));
}

/** Marsaglia and Tsang, "A simple method for generating gamma variables" (2000). Mean = shape × scale. */
export function gamma(random: Random, shape: number, scale: number): number {
	if (shape < 1) return gamma(random, shape + 1, scale) * exp(ln(1 - random()) / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const z = normal(random, 0, 1);
		const root = 1 + c * z;
		if (root <= 0) continue;
		const v = root * root * root;
		if (ln(1 - random()) < 0.5 * z * z + d - d * v + d * ln(v)) return scale * d * v;
	}
}

const POISSON_STEP = 30;

export function poisson(random: Random, mean: number): number {
	let count = 0;
	for (let left = mean; left > 0; left -= POISSON_STEP) {
		const floor = exp(-Math.min(left, POISSON_STEP));
		for (let product = random(); product > floor; product *= random()) count++;
	}
	return count;
}

export function choice<T>(random: Random, values: readonly T[]): T {
	if (values.length === 0) throw new RangeError('choice: no values');
	return values[Math.floor(random() * values.length)] as T;
}

/** An index into `weights`, in proportion to them; they need not sum to 1. */
export function weighted(random: Random, weights: readonly number[]): number {
	let left = random() * weights.reduce((sum, weight) => sum + weight, 0);
	for (let i = 0; i < weights.length - 1; i++) {
		left -= weights[i] ?? 0;
		if (left < 0) return i;
	}
	return weights.length - 1;
}

/** Reorders in place (Fisher–Yates) and returns the same array. */
export function shuffle<T>(random: Random, values: T[]): T[] {
	for (let i = values.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[values[i], values[j]] = [values[j] as T, values[i] as T];
	}
	return values;
}
