import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { addDays, dayMs, toIso, toMs } from '../../src/lib/dates.ts';
import type { MeasureRow } from '../../src/metrics/request.ts';
import { casesAt } from '../support/advocacy-as-of.ts';
import { cleanRows, type CleanRows } from '../support/advocacy-facts.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters } from '../support/slicer-states.ts';

const pack = packNamed('advocacy');
const own = (mart: string) => pack.marts[mart]?.dimensions ?? [];
const measured = Object.entries(pack.measures);
const additive = measured.filter(([, { kind }]) => kind === 'count' || kind === 'balance' || kind === 'sum').map(([id]) => id);
const fractions = measured.filter(([, { kind }]) => kind === 'share' || kind === 'ratio').map(([id]) => id);
const total = (rows: readonly MeasureRow[], part: (row: MeasureRow) => number | null | undefined): number => rows.reduce((sum, row) => sum + (part(row) ?? 0), 0);

let engine: EngineApi;
let dataset: Dataset;
let rows: CleanRows;

beforeAll(async () => {
	engine = nodeEngine();
	const opened = await openDemo(engine, 'advocacy', { seed: 12, size: 'small', scenario: 'planted' });
	dataset = opened.dataset;
	rows = cleanRows(opened.generated);
});

describe('parts and the whole', () => {
	const states = (ids: readonly string[]) =>
		fc.constantFrom(...ids).chain((id) => {
			const dimensions = own(pack.measures[id]?.mart ?? '');
			return fc.record({ id: fc.constant(id), by: fc.subarray([...dimensions], { minLength: 1, maxLength: 2 }), filters: filters(dataset, dimensions), range: days(dataset) });
		});

	test('counts, sums and stocks over a partition add up to the total', async () => {
		await fc.assert(
			fc.asyncProperty(states(additive), async ({ id, by, filters, range }) => {
				const context = contextOf(pack, dataset, filters, range);
				const [parts, whole] = [await measure(engine, context, { measure: id, by }), await measure(engine, context, { measure: id })];
				expect(total(parts, (row) => row.value)).toBeCloseTo(whole[0]?.value ?? 0, 8);
				expect(total(parts, (row) => row.n)).toBe(whole[0]?.n ?? 0);
			}),
			replayable(60),
		);
	});

	test('numerators over denominators summed over a partition are the total share', async () => {
		await fc.assert(
			fc.asyncProperty(states(fractions), async ({ id, by, filters, range }) => {
				const context = contextOf(pack, dataset, filters, range);
				const [parts, whole] = [await measure(engine, context, { measure: id, by }), await measure(engine, context, { measure: id })];
				const [num, den] = [total(parts, (row) => row.parts.num), total(parts, (row) => row.parts.den)];
				if (den === 0) expect(whole[0]?.value ?? null).toBeNull();
				else expect(num / den).toBeCloseTo(whole[0]?.value ?? NaN, 10);
			}),
			replayable(60),
		);
	});

	test('weekly counts of a flow add up to its count', async () => {
		const context = contextOf(pack, dataset);
		for (const id of ['cases_opened', 'cases_resolved', 'interactions']) {
			const [weeks, whole] = [await measure(engine, context, { measure: id, grain: 'week' }), await measure(engine, context, { measure: id })];
			expect(total(weeks, (row) => row.n)).toBe(whole[0]?.n);
		}
	});
});

describe('the backlog and the time spent waiting (Little)', () => {
	const window = () => ({ from: addDays(dataset.earliest.slice(0, 10), 7), to: addDays(dataset.latest.slice(0, 10), -7) });
	const sojourns = (from: number, to: number) => casesAt(rows, toMs(dataset.asOf)).flatMap((each) => each.spans.map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to ?? Infinity, to) })));

	test('the backlog at the ends of days counts, over the window, every such end that a case waited through', async () => {
		const { from, to } = window();
		const daily = await measure(engine, contextOf(pack, dataset, {}, { from, to }), { measure: 'backlog', grain: 'day' });
		const ends = daily.map((row) => (row.t ?? 0) + dayMs);
		const waited = casesAt(rows, toMs(dataset.asOf)).flatMap(({ spans }) => spans);
		expect(daily).toHaveLength((toMs(to) - toMs(from)) / dayMs + 1);
		expect(total(daily, (row) => row.n)).toBe(waited.reduce((sum, span) => sum + ends.filter((end) => span.from < end && (span.to === null || span.to >= end)).length, 0));
	});

	test('the time-average of the backlog is the waiting clipped to the window ÷ its length', async () => {
		const [from, to] = [toMs(window().from), toMs(window().from) + 2 * dayMs];
		const inside = sojourns(from, to).filter((span) => span.to > span.from);
		const turns = [...new Set([from, to, ...inside.flatMap((span) => [span.from, span.to])])].sort((a, b) => a - b);
		let area = 0;
		for (const [i, at] of turns.slice(0, -1).entries()) {
			const [stock] = await measure(engine, contextOf(pack, dataset), { measure: 'active_cases', asOf: toIso(at) });
			area += (stock?.n ?? 0) * ((turns[i + 1] ?? at) - at);
		}
		expect(turns.length).toBeGreaterThan(20);
		expect(area / (to - from)).toBeCloseTo(inside.reduce((sum, span) => sum + span.to - span.from, 0) / (to - from), 9);
	});
});
