import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kitagawa } from '../../../src/metrics/statistics/kitagawa.ts';
import { slopeTest, weightedSlope } from '../../../src/metrics/statistics/regression.ts';
import { mantelHaenszel, stratifiedMeanDifference } from '../../../src/metrics/statistics/stratified.ts';
import { twoMeans, twoShares } from '../../../src/metrics/statistics/tests.ts';
import { BERKELEY } from './data.ts';

const sample = fc.record({
	mean: fc.double({ min: -9, max: 9, noNaN: true }),
	sd: fc.double({ min: 0.1, max: 5, noNaN: true }),
	n: fc.integer({ min: 2, max: 400 }),
});
const table = fc.record({
	a: fc.integer({ min: 1, max: 300 }),
	b: fc.integer({ min: 1, max: 300 }),
	c: fc.integer({ min: 1, max: 300 }),
	d: fc.integer({ min: 1, max: 300 }),
});

describe('published values', () => {
	test('Berkeley: odds of admission 1.84 for men overall, .905 (.772–1.060) within departments', () => {
		const total = BERKELEY.reduce((x, y) => ({ a: x.a + y.a, b: x.b + y.b, c: x.c + y.c, d: x.d + y.d }));
		expect(mantelHaenszel([total]).oddsRatio.value).toBeCloseTo(1.84108, 5);
		const { oddsRatio, riskDifference, z, pCorrected, strata } = mantelHaenszel(BERKELEY);
		expect(oddsRatio.value).toBeCloseTo(0.9046968, 7);
		expect(oddsRatio.lo).toBeCloseTo(0.7719074, 7);
		expect(oddsRatio.hi).toBeCloseTo(1.0603298, 7);
		expect((z ?? NaN) ** 2).toBeCloseTo(1.524607, 6);
		expect(pCorrected).toBeCloseTo(0.2322635, 7);
		expect(mantelHaenszel([total]).riskDifference.value).toBeGreaterThan(0);
		expect(riskDifference.value).toBeLessThan(0);
		expect(strata).toBe(6);
	});
	test('Kitagawa: .16 to .276 is +.004 rate and +.112 mix', () => {
		const parts = kitagawa([
			{ n0: 800, sum0: 80, n1: 400, sum1: 48 },
			{ n0: 200, sum0: 80, n1: 600, sum1: 228 },
		]);
		expect(parts?.before).toBeCloseTo(0.16, 12);
		expect(parts?.after).toBeCloseTo(0.276, 12);
		expect(parts?.rate).toBeCloseTo(0.004, 12);
		expect(parts?.mix).toBeCloseTo(0.112, 12);
	});
	test('least squares on eight rows in four groups (scipy linregress)', () => {
		const groups = [
			{ x: 1, n: 2, mean: 2.5, sd: Math.sqrt(0.5) },
			{ x: 2, n: 3, mean: 4, sd: 1 },
			{ x: 3, n: 1, mean: 4, sd: null },
			{ x: 4, n: 2, mean: 7, sd: Math.sqrt(2) },
		];
		const { slope, lo, hi, p, n } = weightedSlope(groups);
		expect(n).toBe(8);
		expect(slope).toBeCloseTo(1.4050632911, 9);
		expect(lo).toBeCloseTo(0.6021366471, 6);
		expect(hi).toBeCloseTo(2.2079899351, 6);
		expect(p).toBeCloseTo(0.0051946726, 7);
	});
	test('Cochran–Armitage: smokers among patients in four studies (R prop.trend.test): χ² 8.2249, p .004132', () => {
		const k = [83, 90, 129, 70];
		const { z, p } = slopeTest([86, 93, 136, 82].map((n, i) => ({ x: i + 1, k: k[i] ?? 0, n })));
		expect((z ?? NaN) ** 2).toBeCloseTo(8.2249, 4);
		expect(p).toBeCloseTo(0.004132, 6);
	});
});

describe('laws', () => {
	test('one stratum is the plain test: Welch for means, the risk difference for shares', () => {
		fc.assert(
			fc.property(sample, sample, table, (exposed, other, { a, b, c, d }) => {
				const { strata, ...one } = stratifiedMeanDifference([{ exposed, other }]);
				const plain = twoMeans(exposed, other);
				expect(strata).toBe(1);
				for (const key of ['diff', 'lo', 'hi', 'p'] as const) expect(one[key]).toBeCloseTo(plain[key] ?? NaN, 8);
				const { oddsRatio, riskDifference } = mantelHaenszel([{ a, b, c, d }]);
				expect(oddsRatio.value).toBeCloseTo((a * d) / (b * c), 8);
				expect(riskDifference.value).toBeCloseTo(twoShares(a, a + b, c, c + d).diff ?? NaN, 10);
			}),
		);
	});
	test('adjusted estimates lie in their intervals, and swapping the exposed turns them over', () => {
		fc.assert(
			fc.property(fc.array(table, { minLength: 1, maxLength: 8 }), (strata) => {
				const there = mantelHaenszel(strata);
				const back = mantelHaenszel(strata.map(({ a, b, c, d }) => ({ a: c, b: d, c: a, d: b })));
				expect((back.oddsRatio.value ?? NaN) * (there.oddsRatio.value ?? NaN)).toBeCloseTo(1, 8);
				expect(back.riskDifference.value).toBeCloseTo(-(there.riskDifference.value ?? NaN), 10);
				expect(back.riskDifference.lo).toBeCloseTo(-(there.riskDifference.hi ?? NaN), 10);
				for (const { value, lo, hi } of [there.oddsRatio, there.riskDifference]) {
					expect(lo).toBeLessThanOrEqual(value ?? NaN);
					expect(hi).toBeGreaterThanOrEqual(value ?? NaN);
				}
			}),
		);
	});
	test('a stratum with only one kind changes nothing', () => {
		const alone = { a: 40, b: 9, c: 0, d: 0 };
		expect(mantelHaenszel([...BERKELEY, alone])).toEqual(mantelHaenszel(BERKELEY));
	});
	test('rate and mix add up to the change, segment by segment too', () => {
		const segment = fc.record({
			n0: fc.nat(500),
			sum0: fc.nat(500),
			n1: fc.nat(500),
			sum1: fc.nat(500),
		});
		fc.assert(
			fc.property(fc.array(segment, { minLength: 1, maxLength: 9 }), (list) => {
				const segments = list.map((s) => ({ ...s, sum0: s.n0 > 0 ? s.sum0 : 0, sum1: s.n1 > 0 ? s.sum1 : 0 }));
				const parts = kitagawa(segments);
				if (parts === null) return;
				const scale = 1 + Math.abs(parts.before) + Math.abs(parts.after);
				expect((parts.rate + parts.mix - parts.change) / scale).toBeCloseTo(0, 10);
			}),
		);
	});
	test('a slope does not depend on how rows with the same x are split into groups', () => {
		const whole = [
			{ x: 0, k: 3, n: 10 },
			{ x: 1, k: 9, n: 20 },
		];
		const split = [
			{ x: 0, k: 1, n: 4 },
			{ x: 0, k: 2, n: 6 },
			{ x: 1, k: 9, n: 20 },
		];
		expect(slopeTest(split).z).toBeCloseTo(slopeTest(whole).z ?? NaN, 12);
		expect(slopeTest(whole).slope).toBeCloseTo(0.15, 12);
		expect(slopeTest(whole).z).toBeCloseTo(twoShares(9, 20, 3, 10).z ?? NaN, 12);
	});
	test('one value of x has no slope, and rows without spread no p', () => {
		expect(weightedSlope([{ x: 2, n: 9, mean: 4, sd: 1 }])).toEqual({ slope: null, lo: null, hi: null, p: null, n: 9 });
		expect(slopeTest([]).slope).toBeNull();
		expect(
			slopeTest([
				{ x: 1, k: 0, n: 5 },
				{ x: 2, k: 0, n: 5 },
			]),
		).toMatchObject({ slope: 0, z: null, p: null });
		expect(kitagawa([{ n0: 0, sum0: 0, n1: 5, sum1: 2 }])).toBeNull();
		expect(stratifiedMeanDifference([]).diff).toBeNull();
	});
});
