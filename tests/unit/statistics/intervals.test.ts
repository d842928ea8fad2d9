import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	clopperPearson,
	meanInterval,
	poisson,
	quantileRanks,
	ratioInterval,
	survivalInterval,
	wilson,
	type Bounds,
} from '../../../src/metrics/statistics/intervals.ts';

const counts = fc.integer({ min: 1, max: 5000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

function expectBounds(bounds: Bounds, lo: number, hi: number, digits = 7): void {
	expect(bounds.lo).toBeCloseTo(lo, digits);
	expect(bounds.hi).toBeCloseTo(hi, digits);
}

function encloses({ lo, hi }: Bounds, value: number): boolean {
	return lo !== null && hi !== null && lo <= value + 1e-12 && hi >= value - 1e-12;
}

describe('published values', () => {
	test('Wilson: 15 of 148 (Newcombe 1998)', () => expectBounds(wilson(15, 148), 0.0623864, 0.1604872));
	test('Clopper–Pearson: 7 of 50 (R binom.test)', () => expectBounds(clopperPearson(7, 50), 0.0581917, 0.267396));
	test('Garwood: counts of 0, 1, 10, 1,000 and a million', () => {
		expectBounds(poisson(0), 0, 3.6888794541);
		expectBounds(poisson(1), 0.025317808, 5.5716433909);
		expectBounds(poisson(10), 4.7953886961, 18.390356042);
		expectBounds(poisson(1000), 938.973, 1063.952, 2);
		expectBounds(poisson(1_000_000), 998040.98334, 1001961.91195, 3);
	});
	test('t: 10 ± 2.262 × 2/√10', () => expectBounds(meanInterval(10, 2, 10), 10 - 1.430714, 10 + 1.430714, 6));
	test('ranks for a median of 6, 10, 20 (tables of the sign test); of 5 there are none', () => {
		expect(quantileRanks(6, 0.5)).toEqual({ lo: 1, hi: 6 });
		expect(quantileRanks(10, 0.5)).toEqual({ lo: 2, hi: 9 });
		expect(quantileRanks(20, 0.5)).toEqual({ lo: 6, hi: 15 });
		expect(quantileRanks(5, 0.5)).toEqual({ lo: null, hi: null });
		expect(quantileRanks(400_000, 0.5)).toEqual({ lo: 199_380, hi: 200_621 });
	});
	test('log–log band of lung at 365 days', () => {
		const s = 0.4092416245;
		expectBounds(survivalInterval(s, (0.0358236384 / s) ** 2), 0.3388, 0.4783, 3);
	});
});

describe('laws', () => {
	test('an interval of a share encloses it, lies in 0–1, and the exact one is nowhere narrower than a point', () => {
		fc.assert(
			fc.property(counts, ([k, n]) => {
				for (const bounds of [wilson(k, n), clopperPearson(k, n)]) {
					expect(encloses(bounds, k / n)).toBe(true);
					expect(bounds.lo).toBeGreaterThanOrEqual(0);
					expect(bounds.hi).toBeLessThanOrEqual(1);
				}
			}),
			{ numRuns: 60 },
		);
	});
	test('Wilson mirrors: the interval of the misses is one minus that of the hits', () => {
		fc.assert(
			fc.property(counts, ([k, n]) => {
				const [hits, misses] = [wilson(k, n), wilson(n - k, n)];
				expect(misses.lo).toBeCloseTo(1 - (hits.hi ?? NaN), 10);
				expect(misses.hi).toBeCloseTo(1 - (hits.lo ?? NaN), 10);
			}),
		);
	});
	test('a count lies in its Poisson interval, and a higher level is wider', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 20_000 }), (count) => {
				const [usual, wide] = [poisson(count), poisson(count, 0.998)];
				expect(encloses(usual, count)).toBe(true);
				expect(wide.lo).toBeLessThanOrEqual(usual.lo);
				expect(wide.hi).toBeGreaterThan(usual.hi);
			}),
			{ numRuns: 60 },
		);
	});
	test('a survival interval encloses the share and stays inside 0–1', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 0.001, max: 0.999, noNaN: true }),
				fc.double({ min: 1e-6, max: 2, noNaN: true }),
				(s, g) => {
					const bounds = survivalInterval(s, g);
					expect(encloses(bounds, s)).toBe(true);
					expect(bounds.lo).toBeGreaterThanOrEqual(0);
					expect(bounds.hi).toBeLessThanOrEqual(1);
				},
			),
		);
	});
	test('the ranks cover the quantile at least as often as promised, by the binomial written out', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0.05, max: 0.95, noNaN: true }), (n, q) => {
				const { lo, hi } = quantileRanks(n, q);
				if (lo === null || hi === null) return;
				let covered = 0;
				for (let x = lo; x < hi; x++) {
					let pmf = q ** x * (1 - q) ** (n - x);
					for (let i = 1; i <= x; i++) pmf *= (n - x + i) / i;
					covered += pmf;
				}
				expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-12);
			}),
		);
	});
	test('a ratio whose denominator is one per row is a mean', () => {
		const y = [3, 4, 8, 1, 7, 7];
		const sums = { n: 6, sumY: 30, sumX: 6, sumYY: y.reduce((sum, v) => sum + v * v, 0), sumXX: 6, sumXY: 30 };
		const sd = Math.sqrt((sums.sumYY - 150) / 5);
		const { lo, hi } = meanInterval(5, sd, 6);
		expectBounds(ratioInterval(sums), lo ?? NaN, hi ?? NaN, 10);
	});
	test('where the rows allow no interval the bounds are null', () => {
		const none = { lo: null, hi: null };
		expect(wilson(0, 0)).toEqual(none);
		expect(clopperPearson(0, 0)).toEqual(none);
		expect(meanInterval(4, 0, 1)).toEqual(none);
		expect(survivalInterval(0, Infinity)).toEqual(none);
		expect(survivalInterval(1, 0)).toEqual(none);
		expect(ratioInterval({ n: 4, sumY: 0, sumX: 0, sumYY: 0, sumXX: 0, sumXY: 0 })).toEqual(none);
		expect(quantileRanks(0, 0.5)).toEqual(none);
	});
});
