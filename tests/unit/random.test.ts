import { describe, expect, test } from 'vitest';
import { choice, exponential, gamma, integer, lognormal, normal, poisson, randomStream, shuffle, weighted } from '../../src/lib/random.ts';
import type { Random } from '../../src/lib/random.ts';

const DRAWS = 40_000;

function sample(draw: (random: Random) => number): number[] {
	const random = randomStream(1, 'sample');
	return Array.from({ length: DRAWS }, () => draw(random));
}

function moments(values: readonly number[]): { mean: number; variance: number } {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

describe('random', () => {
	test('a seed and a name give the same numbers, another name others', () => {
		const first = (seed: number, name: string) => Array.from({ length: 5 }, randomStream(seed, name));
		expect(first(1, 'a')).toEqual(first(1, 'a'));
		expect(first(1, 'a')).not.toEqual(first(1, 'b'));
		expect(first(1, 'a')).not.toEqual(first(2, 'a'));
		expect(randomStream(1, 'a')()).toBe(0.43536364077590406);
	});

	const cases: [string, (random: Random) => number, number, number][] = [
		['exponential', (random) => exponential(random, 3), 3, 9],
		['normal', (random) => normal(random, 5, 2), 5, 4],
		['lognormal', (random) => lognormal(random, 2, 0.5), 2 * Math.exp(0.125), 4 * Math.exp(0.25) * (Math.exp(0.25) - 1)],
		['gamma with a large shape', (random) => gamma(random, 4, 1.5), 6, 9],
		['gamma with a small shape', (random) => gamma(random, 0.5, 2), 1, 2],
		['poisson with a small mean', (random) => poisson(random, 2.5), 2.5, 2.5],
		['poisson with a large mean', (random) => poisson(random, 75), 75, 75],
	];
	test.each(cases)('%s has its mean and variance', (_, draw, mean, variance) => {
		const found = moments(sample(draw));
		expect(Math.abs(found.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / DRAWS));
		expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.08);
	});

	test('whole numbers reach both ends, each as often', () => {
		const values = sample((random) => integer(random, 2, 5));
		for (const value of [2, 3, 4, 5]) expect(Math.abs(values.filter((v) => v === value).length / DRAWS - 0.25)).toBeLessThan(0.012);
		expect(new Set(values).size).toBe(4);
	});

	test('a weighted index comes in proportion to its weight, and never with weight 0', () => {
		const values = sample((random) => weighted(random, [1, 0, 3]));
		expect(values.filter((v) => v === 1)).toHaveLength(0);
		expect(Math.abs(values.filter((v) => v === 2).length / DRAWS - 0.75)).toBeLessThan(0.012);
	});

	test('shuffling keeps every value', () => {
		const values = Array.from({ length: 50 }, (_, i) => i);
		const shuffled = shuffle(randomStream(1, 'shuffle'), [...values]);
		expect(shuffled).not.toEqual(values);
		expect(shuffled.sort((a, b) => a - b)).toEqual(values);
	});

	test('choosing from nothing is an error', () => {
		expect(() => choice(randomStream(1, 'x'), [])).toThrow('no values');
	});
});
