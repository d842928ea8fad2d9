import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { proofPlan, reaggregate, type Cell } from '../../src/metrics/proof.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed, run } from '../support/engine.ts';
import { replayable } from '../support/property.ts';

const pack = packNamed('advocacy');
const measures = Object.entries(pack.measures);

describe('the proof of a number', () => {
	let engine: EngineApi;
	let dataset: Dataset;

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, 'advocacy', { seed: 3, size: 'small', scenario: 'planted' }));
	});

	const anyState = fc.record({
		measure: fc.constantFrom(...measures.map(([id]) => id)),
		grain: fc.option(fc.constantFrom('week' as const, 'month' as const), { nil: undefined }),
		caseTypes: fc.subarray(['claim_denial', 'billing_dispute', 'prior_authorization', 'provider_search', 'care_coordination']),
		urgency: fc.subarray(['high', 'low']),
		from: fc.option(fc.constantFrom('2026-03-01', '2026-04-15', '2026-06-01'), { nil: undefined }),
		pick: fc.nat(1000),
	});

	test('the listed rows add up to the shown number, for any measure, group, bucket and slicers', async () => {
		await fc.assert(
			fc.asyncProperty(anyState, async ({ measure: id, grain, caseTypes, urgency, from, pick }) => {
				const declared = pack.measures[id];
				if (!declared || declared.kind === 'expression') throw new Error(id);
				const context = contextOf(pack, dataset, { case_type: caseTypes, urgency }, from === undefined ? {} : { from });
				const dimensions = pack.marts[declared.mart]?.dimensions ?? [];
				const by = pick % 3 === 0 ? undefined : dimensions[pick % dimensions.length];
				const bucketed = grain !== undefined && declared.time !== undefined ? grain : undefined;
				const shown = await measure(engine, context, { measure: id, ...(by === undefined ? {} : { by: [by] }), ...(bucketed === undefined ? {} : { grain: bucketed }) });
				const row = shown[pick % Math.max(1, shown.length)];
				if (!row) return;
				const cell: Cell = { measure: id, ...(by === undefined ? {} : { keys: { [by]: row.keys[0] ?? null } }), ...(bucketed === undefined || row.t === null ? {} : { bucket: { grain: bucketed, t: row.t } }) };
				const proof = await run(engine, proofPlan(context, cell, 1_000_000));
				expect(proof.rows.length).toBe(proof.count);
				const again = reaggregate(declared, proof.rows);
				if (row.value === null) expect(again).toBeNull();
				else expect(again).toBeCloseTo(row.value, 8);
			}),
			replayable(120),
		);
	});
});
