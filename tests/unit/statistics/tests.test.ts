import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wilson } from '../../../src/metrics/statistics/intervals.ts';
import { rankSumZ } from '../../../src/metrics/statistics/ranks.ts';
import {
	benjaminiHochberg,
	difference,
	normalTwoSided,
	rateRatio,
	twoMeans,
	twoShares,
} from '../../../src/metrics/statistics/tests.ts';

const share = fc.integer({ min: 1, max: 3000 }).chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
const estimate = fc
	.tuple(
		fc.double({ min: -50, max: 50, noNaN: true }),
		fc.double({ min: 0.01, max: 9, noNaN: true }),
		fc.double({ min: 0.01, max: 9, noNaN: true }),
	)
	.map(([value, down, up]) => ({ value, lo: value - down, hi: value + up }));

describe('published values', () => {
	test('Benjamini & Hochberg 1995: fifteen tests, four of them rejected at 5 %', () => {
		const p = [
			0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
		];
		const q = [
			0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486, 0.58118182, 0.714875,
			0.75323077, 0.81321429, 1,
		];
		const adjusted = benjaminiHochberg(p);
		adjusted.forEach((value, i) => expect(value).toBeCloseTo(q[i] ?? NaN, 8));
		expect(adjusted.filter((value) => value !== null && value <= 0.05)).toHaveLength(4);
	});
	test('Newcombe 1998, example (a): 56 of 70 against 48 of 80', () => {
		const { diff, lo, hi } = twoShares(56, 70, 48, 80);
		expect(diff).toBeCloseTo(0.2, 12);
		expect(lo).toBeCloseTo(0.0524, 4);
		expect(hi).toBeCloseTo(0.3339, 4);
	});
	test('Welch: two small samples (scipy ttest_ind, equal_var=False)', () => {
		const { diff, lo, hi, p } = twoMeans(
			{ mean: 4.4, sd: Math.sqrt(8.8), n: 5 },
			{ mean: 8, sd: Math.sqrt(2 / 3), n: 4 },
		);
		expect(diff).toBeCloseTo(-3.6, 12);
		expect(lo).toBeCloseTo(-7.228543761, 6);
		expect(hi).toBeCloseTo(0.028543761, 6);
		expect(p).toBeCloseTo(0.05121767144, 8);
	});
	test('Poisson rates: 11 in 800 against 21 in 3,011 (R poisson.test)', () => {
		const { ratio, lo, hi, p } = rateRatio(11, 800, 21, 3011);
		expect(ratio).toBeCloseTo(1.971488, 6);
		expect(lo).toBeCloseTo(0.8584264, 6);
		expect(hi).toBeCloseTo(4.2772659, 6);
		expect(p).toBeCloseTo(0.0796686, 7);
	});
	test('Wilcoxon: permeability of membranes (Hollander & Wolfe): W = 35, delta .4, approximate p .2446', () => {
		const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
		const early = [1.15, 0.88, 0.9, 0.74, 1.21];
		const order = [...term, ...early].sort((a, b) => a - b);
		const rankSum = term.reduce((sum, value) => sum + order.indexOf(value) + 1, 0);
		expect(rankSum - 55).toBe(35);
		const { p, delta } = rankSumZ(rankSum, 10, 15, 0);
		expect(delta).toBeCloseTo(0.4, 12);
		expect(p).toBeCloseTo(0.24462360512698333, 7);
	});
	test('Wilcoxon with ties: 1 2 2 3 5 5 against 2 3 4 4 5 6 7 (scipy mannwhitneyu)', () => {
		const threeTwos = 24;
		const twoThrees = 6;
		const twoFours = 6;
		const threeFives = 24;
		const tieTerm = threeTwos + twoThrees + twoFours + threeFives;
		expect(rankSumZ(11.5 + 21, 6, 13, tieTerm).p).toBeCloseTo(0.1923196455754388, 7);
	});
	test('1.96 standard errors leave 5 % outside, and the far tail keeps its digits', () => {
		expect(normalTwoSided(1.959963984540054)).toBeCloseTo(0.05, 14);
		expect(normalTwoSided(-10) / 1.523970604832107e-23).toBeCloseTo(1, 8);
	});
});

describe('laws', () => {
	test('adjusted p-values keep the order of the p-values and are never smaller; untested ones pass through', () => {
		fc.assert(
			fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 60 }), (p) => {
				const q = benjaminiHochberg(p);
				p.forEach((a, i) => {
					const qa = q[i] ?? null;
					if (a === null) return expect(qa).toBeNull();
					expect(qa).toBeGreaterThanOrEqual(a);
					p.forEach((b, j) => {
						if (b !== null && a < b) expect(qa).toBeLessThanOrEqual(q[j] ?? NaN);
					});
				});
				expect(benjaminiHochberg(p.filter((value) => value !== null))).toEqual(q.filter((value) => value !== null));
			}),
		);
	});
	test('swapping the groups changes the sign of a difference and nothing else', () => {
		fc.assert(
			fc.property(share, share, estimate, estimate, ([k1, n1], [k2, n2], a, b) => {
				const pairs = [
					[twoShares(k1, n1, k2, n2), twoShares(k2, n2, k1, n1)],
					[difference(a, b), difference(b, a)],
					[
						twoMeans({ mean: a.value, sd: a.hi - a.value, n: n1 + 1 }, { mean: b.value, sd: 1, n: n2 + 1 }),
						twoMeans({ mean: b.value, sd: 1, n: n2 + 1 }, { mean: a.value, sd: a.hi - a.value, n: n1 + 1 }),
					],
				] as const;
				for (const [there, back] of pairs) {
					expect(back.diff).toBeCloseTo(-(there.diff ?? NaN), 9);
					expect(back.lo).toBeCloseTo(-(there.hi ?? NaN), 9);
					expect(back.hi).toBeCloseTo(-(there.lo ?? NaN), 9);
					expect(back.p).toBeCloseTo(there.p ?? NaN, 9);
				}
			}),
		);
	});
	test('the interval of a difference encloses it, and leaves zero exactly when p is below 5 %', () => {
		fc.assert(
			fc.property(estimate, estimate, (a, b) => {
				const { diff, lo, hi, p } = difference(a, b);
				if (lo === null || hi === null || p === null) throw new Error('bounds were given');
				expect(lo <= diff && diff <= hi).toBe(true);
				if (Math.abs(p - 0.05) > 1e-9) expect(lo > 0 || hi < 0).toBe(p < 0.05);
			}),
		);
	});
	test('two shares differ as their Wilson intervals combine', () => {
		fc.assert(
			fc.property(share, share, ([k1, n1], [k2, n2]) => {
				const mover = difference({ value: k1 / n1, ...wilson(k1, n1) }, { value: k2 / n2, ...wilson(k2, n2) });
				const { lo, hi } = twoShares(k1, n1, k2, n2);
				expect([lo, hi]).toEqual([mover.lo, mover.hi]);
			}),
		);
	});
	test('equal shares, equal means and equal estimates have p = 1', () => {
		expect(twoShares(5, 10, 50, 100).p).toBe(1);
		expect(twoShares(0, 10, 0, 100).p).toBe(1);
		expect(twoMeans({ mean: 3, sd: 1, n: 9 }, { mean: 3, sd: 2, n: 5 }).p).toBeCloseTo(1, 12);
		expect(difference({ value: 3, lo: 2, hi: 5 }, { value: 3, lo: 1, hi: 4 }).p).toBe(1);
	});
	test('what the rows cannot answer is null, never zero', () => {
		expect(twoShares(0, 0, 3, 9)).toEqual({ diff: null, lo: null, hi: null, z: null, p: null });
		expect(twoMeans({ mean: 3, sd: 0, n: 1 }, { mean: 4, sd: 1, n: 9 })).toEqual({
			diff: -1,
			lo: null,
			hi: null,
			p: null,
		});
		expect(difference({ value: 3, lo: null, hi: 4 }, { value: 1, lo: 0, hi: 2 })).toMatchObject({
			diff: 2,
			lo: null,
			p: null,
		});
		expect(rankSumZ(0, 0, 9, 0).p).toBeNull();
		expect(rankSumZ(15, 3, 9, 720).p).toBeNull();
		expect(rateRatio(0, 5, 0, 5).p).toBeNull();
	});
});
