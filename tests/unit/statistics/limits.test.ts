import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { binomialMass, lowerTail, upperTail } from '../../../src/metrics/statistics/binomial.ts';
import { meanShift } from '../../../src/metrics/statistics/change-point.ts';
import { normalQuantile } from '../../../src/metrics/statistics/distributions.ts';
import { meanLimits, shareLimits, xmr } from '../../../src/metrics/statistics/limits.ts';
import { FLOW, NILE } from './data.ts';

describe('published values', () => {
	test('NIST flow rates: 50.81, limits 45.8159 and 55.8041', () => {
		const limits = xmr(FLOW);
		expect(limits?.centre).toBeCloseTo(50.81, 10);
		expect(limits?.movingRange).toBeCloseTo(1.8778, 4);
		expect(limits?.lo).toBeCloseTo(45.8159, 4);
		expect(limits?.hi).toBeCloseTo(55.8041, 4);
	});
	test('Nile: the flow falls after 1898, residual squares 2,835,156.75 to 1,597,457.194', () => {
		const shift = meanShift(NILE);
		expect(shift?.at).toBe(28);
		expect(shift?.rssOne).toBeCloseTo(2_835_156.75, 2);
		expect(shift?.rssTwo).toBeCloseTo(1_597_457.194, 3);
		expect(shift?.before).toBeCloseTo(1097.75, 6);
		expect(shift?.after).toBeCloseTo(849.9722, 4);
		expect(shift?.f).toBeCloseTo(75.93, 2);
		expect(shift?.p).toBeLessThan(1e-10);
	});
	test('binomial(100, .9): tails as in R pbinom', () => {
		const mass = binomialMass(100, 0.9);
		expect(lowerTail(mass, 82)).toBeCloseTo(0.01000728, 7);
		expect(lowerTail(mass, 95)).toBeCloseTo(0.97628892, 7);
		expect(upperTail(mass, 97)).toBeCloseTo(1 - 0.99216351, 7);
	});
});

describe('laws', () => {
	test('the wider limits hold the narrower, both hold the centre, and more rows tighten them', () => {
		fc.assert(
			fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.integer({ min: 1, max: 2000 }), (centre, n) => {
				for (const { p95, p998 } of [shareLimits(centre, n), meanLimits(centre, 0.3, n)]) {
					expect(p998.lo).toBeLessThanOrEqual(p95.lo);
					expect(p998.hi).toBeGreaterThanOrEqual(p95.hi);
					expect(p95.lo <= centre && centre <= p95.hi).toBe(true);
				}
				const [small, large] = [shareLimits(centre, n).p998, shareLimits(centre, n * 100).p998];
				expect(large.hi - large.lo).toBeLessThan(small.hi - small.lo);
			}),
			{ numRuns: 50 },
		);
	});
	test('with many rows the limits of a share are those of the normal curve', () => {
		const { p95, p998 } = shareLimits(0.3, 40_000);
		const se = Math.sqrt((0.3 * 0.7) / 40_000);
		expect(p95.lo).toBeCloseTo(0.3 - 1.96 * se, 4);
		expect(p998.hi).toBeCloseTo(0.3 + normalQuantile(0.999) * se, 4);
	});
	test('a series that only swings finds a shift in at most 5 of 100, a planted one is found where it is', () => {
		const random = seedrandom.alea('shift');
		const series = (jump: number) =>
			Array.from({ length: 60 }, (_, i) => normalQuantile(random() * 0.999998 + 1e-6) + (i < 20 ? 0 : jump));
		const alarms = Array.from({ length: 400 }, () => meanShift(series(0))?.p ?? 1).filter((p) => p < 0.05);
		expect(alarms.length).toBeLessThanOrEqual(20);
		const planted = meanShift(series(3));
		expect(Math.abs((planted?.at ?? NaN) - 20)).toBeLessThanOrEqual(1);
		expect(planted?.p).toBeLessThan(1e-6);
	});
	test('the best split by prefix sums is the best split by trying them all', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 10, maxLength: 40 }), (values) => {
				const shift = meanShift(values, 3);
				const squares = (part: number[]) => {
					const mean = part.reduce((sum, v) => sum + v, 0) / part.length;
					return part.reduce((sum, v) => sum + (v - mean) ** 2, 0);
				};
				const tried = values
					.slice(3, values.length - 2)
					.map((_, i) => squares(values.slice(0, i + 3)) + squares(values.slice(i + 3)));
				expect(shift?.rssTwo).toBeCloseTo(Math.min(...tried), 6);
			}),
		);
	});
	test('too little to judge gives nothing', () => {
		expect(xmr([4])).toBeNull();
		expect(meanShift([1, 2, 3, 9, 9, 9])).toBeNull();
		expect(meanShift([1, 1, 1, 5, 5, 5], 3)).toMatchObject({ at: 3, before: 1, after: 5, f: null, p: null });
	});
});
