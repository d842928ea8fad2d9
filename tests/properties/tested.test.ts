import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { dayMs, toMs } from '../../src/lib/dates.ts';
import type { MeasureRow } from '../../src/metrics/request.ts';
import { logRank, logRankTable } from '../../src/metrics/statistics/log-rank.ts';
import { kaplanMeier, survivalAt } from '../../src/metrics/statistics/survival.ts';
import { twoShares } from '../../src/metrics/statistics/tests.ts';
import { casesAt, type CaseAt } from '../support/advocacy-as-of.ts';
import { cleanRows, groupBy } from '../support/advocacy-facts.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed } from '../support/engine.ts';

const pack = packNamed('advocacy');
let engine: EngineApi;
let dataset: Dataset;
let cases: CaseAt[];

beforeAll(async () => {
	engine = nodeEngine();
	const opened = await openDemo(engine, 'advocacy', { seed: 14, size: 'small', scenario: 'planted' });
	dataset = opened.dataset;
	cases = casesAt(cleanRows(opened.generated), toMs(dataset.asOf));
});

const ask = (id: string, by: string): Promise<MeasureRow[]> => measure(engine, contextOf(pack, dataset), { measure: id, by: [by], tested: true });
const split = (by: string, key: string | null | undefined): [CaseAt[], CaseAt[]] => [cases.filter((each) => each.dimensions[by] === key), cases.filter((each) => each.dimensions[by] !== key)];
const hours = (each: CaseAt): number[] => (each.responded === null ? [] : [(each.responded - each.created) / 3_600_000]);
const scores = (each: CaseAt): number[] => (each.score === null ? [] : [each.score]);
const waits = (some: readonly CaseAt[]) => some.map((each) => ({ time: ((each.resolved ?? toMs(dataset.asOf)) - each.created) / dayMs, event: each.resolved !== null }));

function moments(values: readonly number[]): { mean: number; error: number } {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	return { mean, error: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length };
}

/** Of the rank sum without correction for continuity; ranks of ties are shared. */
function wilcoxon(group: readonly number[], rest: readonly number[]): number {
	let above = 0;
	for (const a of group) for (const b of rest) above += a > b ? 1 : a === b ? 0.5 : 0;
	const [n, m] = [group.length, rest.length];
	return (above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

describe.each(['case_type', 'team', 'escalated', 'preferred_channel'])('each group by %s against the rest, from the sums that the engine returns', (by) => {
	test('shares: the pooled z', async () => {
		for (const row of await ask('escalation_rate', by === 'escalated' ? 'urgency' : by)) {
			const [own, rest] = split(by === 'escalated' ? 'urgency' : by, row.keys[0]);
			const k = (some: readonly CaseAt[]): number => some.filter((each) => each.escalated).length;
			expect(row.z).toBeCloseTo(twoShares(k(own), own.length, k(rest), rest.length).z ?? NaN, 8);
		}
	});

	test('means: Welch’s statistic', async () => {
		for (const row of await ask('csat_mean', by)) {
			const [own, rest] = split(by, row.keys[0]).map((some) => moments(some.flatMap(scores)));
			expect(row.z).toBeCloseTo(((own?.mean ?? NaN) - (rest?.mean ?? NaN)) / Math.sqrt((own?.error ?? NaN) + (rest?.error ?? NaN)), 8);
		}
	});

	test('medians: the rank sum', async () => {
		for (const row of await ask('first_response_hours', by)) {
			const [own, rest] = split(by, row.keys[0]);
			expect(row.z).toBeCloseTo(wilcoxon(own.flatMap(hours), rest.flatMap(hours)), 6);
		}
	});

	test('survival: the log-rank statistic, turned so that longer is positive; the variance is that of a permutation, which tells where groups differ much', async () => {
		for (const row of await ask('resolution_days', by)) {
			const [own, rest] = split(by, row.keys[0]);
			const table = logRankTable([...waits(own).map((wait) => ({ ...wait, group: 'own' })), ...waits(rest).map((wait) => ({ ...wait, group: 'rest' }))]);
			const z = -(logRank(table.find(({ group }) => group === 'own') ?? { observed: 0, expected: 0, variance: 0 }).z ?? NaN);
			if (Math.abs(z) < 3) expect(Math.abs((row.z ?? NaN) - z)).toBeLessThan(0.2);
			else expect((row.z ?? NaN) / z).toSatisfy((ratio: number) => ratio > 0.75 && ratio < 1.25);
		}
	});

	test('the share still open at the promise: the difference of two Kaplan–Meier shares at that time by its Greenwood error', async () => {
		for (const row of await ask('open_at_sla', by)) {
			const [own, rest] = split(by, row.keys[0]).map((some) => {
				const curve = kaplanMeier(waits(some));
				return survivalAt(curve.steps, 7, curve.followUp);
			});
			const error = (at: typeof own): number => (at?.value ?? NaN) ** 2 * (at?.greenwood ?? NaN);
			const z = ((own?.value ?? NaN) - (rest?.value ?? NaN)) / Math.sqrt(error(own) + error(rest));
			if (Math.abs(z) < 3) expect(Math.abs((row.z ?? NaN) - z)).toBeLessThan(0.15);
			else expect((row.z ?? NaN) / z).toSatisfy((ratio: number) => ratio > 0.85 && ratio < 1.15);
		}
	});

	test('the Kaplan–Meier median and share, with their intervals', async () => {
		const [medians, shares] = [await ask('resolution_days', by), await ask('open_at_sla', by)];
		for (const [key, own] of groupBy(cases, (each) => each.dimensions[by] ?? null)) {
			const curve = kaplanMeier(waits(own));
			const at = survivalAt(curve.steps, 7, curve.followUp);
			const found = [medians, shares].map((rows) => rows.find((row) => (row.keys[0] ?? null) === key));
			for (const part of ['value', 'lo', 'hi'] as const) {
				expect(found[0]?.[part] ?? NaN, `median ${part} of ${String(key)}`).toBeCloseTo(curve.median[part] ?? NaN, 8);
				expect(found[1]?.[part] ?? NaN, `share ${part} of ${String(key)}`).toBeCloseTo(at[part] ?? NaN, 8);
			}
		}
	});
});
