import fc from 'fast-check';
import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import { logRank, logRankTable } from '../../../src/metrics/statistics/log-rank.ts';
import { kaplanMeier, restrictedMean, survivalAt, survivalQuantile } from '../../../src/metrics/statistics/survival.ts';
import { LUNG, MAINTAINED, NONMAINTAINED } from './data.ts';

const someRows = fc.array(fc.record({ time: fc.integer({ min: 1, max: 40 }), event: fc.boolean() }), {
	minLength: 1,
	maxLength: 80,
});

describe('R survival: lung', () => {
	const { n, events, followUp, steps, median } = kaplanMeier(LUNG);
	test('228 rows with 165 events', () => expect([n, events, followUp]).toEqual([228, 165, 1022]));
	test.each([
		[100, 0.8639689676],
		[200, 0.6802728622],
		[365, 0.4092416245],
	])('survival at %i', (t, s) => expect(survivalAt(steps, t).value).toBeCloseTo(s, 9));
	test('Greenwood standard error at 365', () => {
		const { value, greenwood } = survivalAt(steps, 365);
		expect((value ?? NaN) * Math.sqrt(greenwood ?? NaN)).toBeCloseTo(0.0358236384, 9);
	});
	test('median 310: 285–363 on the log scale (the default of survfit), 284–361 on log–log (ours)', () => {
		expect(survivalQuantile(steps, 0.5, 0.95, 'log')).toEqual({ value: 310, lo: 285, hi: 363 });
		expect(median).toEqual({ value: 310, lo: 284, hi: 361 });
	});
	test('quartiles 170 and 550', () => {
		expect(survivalQuantile(steps, 0.25).value).toBe(170);
		expect(survivalQuantile(steps, 0.75).value).toBe(550);
	});
	test.each([
		[365, 263.2218665, 7.798859086],
		[500, 310.3344367, 11.2460096],
		[1022, 376.2747461, 19.7077914],
	])('restricted mean up to %i', (tau, mean, se) => {
		const estimate = restrictedMean(steps, tau, followUp);
		expect(estimate.mean).toBeCloseTo(mean, 6);
		expect(estimate.se).toBeCloseTo(se, 6);
	});
	test('log-rank by sex: χ² 10.3267, p .001311, 91.58 deaths of men expected', () => {
		const [men, women] = logRankTable(LUNG);
		if (men === undefined || women === undefined) throw new Error('two groups');
		expect(men.expected).toBeCloseTo(91.5817, 4);
		const { z, p } = logRank(men);
		expect((z ?? NaN) ** 2).toBeCloseTo(10.3267, 4);
		expect(z).toBeGreaterThan(0);
		expect(p).toBeCloseTo(0.001311, 6);
		expect(logRank(women).z).toBeCloseTo(-(z ?? NaN), 10);
	});
});

describe('R survival: aml', () => {
	test('every step of the maintained arm', () => {
		const { steps, median } = kaplanMeier(MAINTAINED);
		const s = [0.909091, 0.818182, 0.715909, 0.613636, 0.490909, 0.368182, 0.184091];
		expect(steps.map((step) => step.t)).toEqual([9, 13, 18, 23, 31, 34, 48]);
		steps.forEach((step, i) => expect(step.survival).toBeCloseTo(s[i] ?? NaN, 6));
		expect(median.value).toBe(31);
	});
	test('restricted means', () => {
		const maintained = restrictedMean(kaplanMeier(MAINTAINED).steps, 161);
		expect(maintained.mean).toBeCloseTo(52.64545, 5);
		expect(maintained.se).toBeCloseTo(19.8286, 4);
		const { steps, median } = kaplanMeier(NONMAINTAINED);
		expect(median.value).toBe(23);
		expect(restrictedMean(steps, 45).mean).toBeCloseTo(22.70833, 5);
		expect(restrictedMean(steps, 45).se).toBeCloseTo(4.180942, 6);
	});
	test('log-rank between the arms: χ² 3.396, p .0653', () => {
		const [arm] = logRankTable([...MAINTAINED, ...NONMAINTAINED]);
		if (arm === undefined) throw new Error('two groups');
		const { z, p } = logRank(arm);
		expect((z ?? NaN) ** 2).toBeCloseTo(3.396, 3);
		expect(p).toBeCloseTo(0.0653, 4);
	});
});

describe('laws', () => {
	test('a curve never rises, starts at most at 1, and counts every event once', () => {
		fc.assert(
			fc.property(someRows, (rows) => {
				const { steps } = kaplanMeier(rows);
				steps.reduce((above, { survival }) => {
					expect(survival).toBeLessThanOrEqual(above);
					expect(survival).toBeGreaterThanOrEqual(0);
					return survival;
				}, 1);
				expect(steps.reduce((sum, step) => sum + step.events, 0)).toBe(rows.filter((row) => row.event).length);
			}),
		);
	});
	test('with nothing censored the curve is the plain share still open and its area the plain mean', () => {
		fc.assert(
			fc.property(someRows, fc.integer({ min: 0, max: 45 }), (rows, t) => {
				const closed = rows.map(({ time }) => ({ time, event: true }));
				const { steps, followUp } = kaplanMeier(closed);
				const open = closed.filter(({ time }) => time > t).length / closed.length;
				expect(survivalAt(steps, t, followUp).value).toBeCloseTo(open, 10);
				const mean = closed.reduce((sum, { time }) => sum + time, 0) / closed.length;
				expect(restrictedMean(steps, followUp, followUp).mean).toBeCloseTo(mean, 9);
			}),
		);
	});
	test('keeping cases open longer never shortens the median', () => {
		fc.assert(
			fc.property(someRows, (rows) => {
				const closed = kaplanMeier(rows.map(({ time }) => ({ time, event: true }))).median.value ?? Infinity;
				expect(kaplanMeier(rows).median.value ?? Infinity).toBeGreaterThanOrEqual(closed);
			}),
		);
	});
	test('the band encloses the median', () => {
		fc.assert(
			fc.property(someRows, (rows) => {
				const { value, lo, hi } = kaplanMeier(rows).median;
				if (value !== null) {
					expect(lo ?? -Infinity).toBeLessThanOrEqual(value);
					expect(hi ?? Infinity).toBeGreaterThanOrEqual(value);
				}
			}),
		);
	});
	test('log-rank sums balance: expected events add up to observed ones, over any number of groups', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean(), fc.nat(3))), (list) => {
				const sums = logRankTable(list.map(([time, event, group]) => ({ time, event, group })));
				const total = (key: 'observed' | 'expected') => sums.reduce((sum, group) => sum + group[key], 0);
				expect(total('expected')).toBeCloseTo(total('observed'), 9);
			}),
		);
	});
	test('nothing is said about times after the follow-up, or about a median not reached', () => {
		const { steps, followUp, median } = kaplanMeier([
			{ time: 3, event: true },
			{ time: 5, event: false },
			{ time: 8, event: false },
		]);
		expect(median).toEqual({ value: null, lo: 3, hi: null });
		expect(survivalAt(steps, 9, followUp)).toEqual({ value: null, lo: null, hi: null, greenwood: null });
		expect(restrictedMean(steps, 9, followUp)).toEqual({ mean: null, se: null, lo: null, hi: null });
		expect(kaplanMeier([])).toMatchObject({ n: 0, steps: [], median: { value: null, lo: null, hi: null } });
	});
	test('a hundred thousand exponential waits give the exponential curve', () => {
		const random = seedrandom.alea('curve');
		const rows = Array.from({ length: 100_000 }, () => ({ time: -9 * Math.log(random()), event: true }));
		const { steps } = kaplanMeier(rows);
		for (const t of [1, 5, 9, 20]) expect(survivalAt(steps, t).value).toBeCloseTo(Math.exp(-t / 9), 2);
	});
});
