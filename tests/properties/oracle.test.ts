import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { toMs } from '../../src/lib/dates.ts';
import { cleanRows, type CleanRows } from '../support/advocacy-facts.ts';
import { caseMeasures, oracleAt, type Expected, type Selection } from '../support/advocacy-oracle.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed } from '../support/engine.ts';
import { expectSameRows } from '../support/measure-rows.ts';
import { replayable } from '../support/property.ts';
import { days, filters, instants } from '../support/slicer-states.ts';

const pack = packNamed('advocacy');
const dimensions = ['case_type', 'urgency', 'status', 'team', 'advocate', 'insurance_type', 'state', 'preferred_channel', 'intake_source', 'complexity', 'missing_docs', 'handoffs', 'escalated'] as const;

describe.each(['planted', 'null'])('every measure of the contract equals a plain reduction over the raw rows (%s)', (scenario) => {
	let engine: EngineApi;
	let latest: Dataset;
	let rows: CleanRows;

	beforeAll(async () => {
		engine = nodeEngine();
		const { dataset, generated } = await openDemo(engine, 'advocacy', { seed: 11, size: 'small', scenario });
		latest = dataset;
		rows = cleanRows(generated);
	});

	test('[S0-F24] [S0-F25] [S0-F26] [S0-F27] [S1-F6] [S1-F7] [S1-F8] [S1-F13] under random slicers, date ranges and as-ofs, alone and by a random dimension', async () => {
		const state = fc.record({ asOf: instants(latest), filters: filters(latest, dimensions), range: days(latest), by: fc.constantFrom(...dimensions), people: fc.constantFrom('team', 'advocate') });
		await fc.assert(
			fc.asyncProperty(state, async ({ asOf, by, people, ...selection }) => {
				const dataset = await engine.asOf(asOf);
				const oracle = oracleAt(rows, toMs(asOf));
				const context = contextOf(pack, dataset, selection.filters, selection.range);
				const check = async (id: string, split: readonly string[], expected: Expected[]) =>
					expectSameRows(await measure(engine, context, { measure: id, by: split }), expected, `${id} by ${split.join()}`);
				for (const split of [[], [by]]) for (const id of caseMeasures) await check(id, split, oracle.caseMeasure(id, selection, split));
				for (const split of [[], [people]]) for (const id of ['utilisation', 'overloaded_advocates'] as const) await check(id, split, oracle.advocateMeasure(id, selection, split));
				expectSameRows(await measure(engine, context, { measure: 'backlog', grain: 'week' }), oracle.backlogByWeek(selection), 'backlog by week');
			}),
			replayable(20),
		);
	});

	test('one case more or less, and the reduction no longer agrees', async () => {
		const dataset = await engine.asOf(null);
		const whole: Selection = { filters: {}, range: {} };
		const fewer = oracleAt({ ...rows, cases: rows.cases.slice(1) }, toMs(dataset.asOf));
		for (const id of ['cases_opened', 'resolution_days_mean', 'interactions_per_case']) {
			const found = await measure(engine, contextOf(pack, dataset), { measure: id });
			expect(() => expectSameRows(found, fewer.caseMeasure(id, whole, []), id)).toThrow(id);
		}
	});
});
