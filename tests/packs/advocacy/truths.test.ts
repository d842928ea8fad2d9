import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, EngineApi } from '../../../src/engine/api.ts';
import type { MeasureRequest } from '../../../src/metrics/request.ts';
import { contextOf, measure, nodeEngine, packNamed, sharedFiles } from '../../support/engine.ts';

const files = sharedFiles('solace', ['patients.csv', 'advocates.csv', 'cases.csv', 'interactions.csv', 'case_events.csv', 'patient_feedback.csv']);
const pack = packNamed('advocacy');

describe.skipIf(files === null)('the real advocacy files (../shared/data/solace; skipped where missing)', () => {
	let engine: EngineApi;
	let dataset: Dataset;
	const ask = async (request: MeasureRequest) => measure(engine, contextOf(pack, dataset), request);
	const value = async (id: string) => (await ask({ measure: id }))[0];

	beforeAll(async () => {
		engine = nodeEngine();
		await engine.load({ pack: 'advocacy', files: files ?? [], asOf: null });
		dataset = await engine.asOf('2026-03-08T13:18:00');
	});

	it('[S0-F22] every row that was read is loaded, quarantined or skipped', () => {
		expect(dataset.accounts.map(({ table, read }) => [table, read])).toEqual([['patients', 1200], ['advocates', 30], ['cases', 1500], ['interactions', 8171], ['case_events', 7085], ['patient_feedback', 1258]]);
		for (const account of dataset.accounts) expect(account.loaded + account.quarantined + account.skipped).toBe(account.read);
	});

	it('four cases resolved before they were created are set aside, ten resolved before their first response are warned about', () => {
		const count = (model: string, rule: string) => dataset.quality.find((result) => result.model === model && result.rule === rule)?.count;
		expect(count('stg_cases', 'resolved_before_created')).toBe(4);
		expect(count('stg_cases', 'resolved_before_first_response')).toBe(10);
		expect(dataset.accounts.find((account) => account.table === 'cases')?.quarantined).toBe(4);
	});

	it('[S0-F1] active cases include the reopened: 330, split by type', async () => {
		expect((await value('active_cases'))?.value).toBe(330);
		const byType = await ask({ measure: 'active_cases', by: ['case_type'] });
		expect(Object.fromEntries(byType.map((row) => [row.keys[0], row.value]))).toEqual({ billing_dispute: 69, care_coordination: 46, claim_denial: 84, prior_authorization: 78, provider_search: 53 });
	});

	it('[S0-F2] resolution is the Kaplan–Meier median 9.5574 days, beside the mean of resolved cases 8.8065', async () => {
		expect((await value('resolution_days'))?.value).toBeCloseTo(9.5574, 4);
		const mean = await value('resolution_days_mean');
		expect(mean?.value).toBeCloseTo(8.8065, 4);
		expect(mean?.n).toBe(1254);
		expect((await value('open_at_sla'))?.value).toBeCloseTo(0.72139, 5);
	});

	it('[S0-F3] 1,076 of 1,492 cases with a known outcome broke the promise', async () => {
		const breach = await value('sla_breach_rate');
		expect([breach?.parts.num, breach?.parts.den]).toEqual([1076, 1492]);
	});

	it('[S0-F5] 325 active cases are stale', async () => {
		expect((await value('stale_cases'))?.value).toBe(325);
		expect((await value('stale_rate'))?.parts).toMatchObject({ num: 325, den: 330 });
	});

	it('[S0-F36] 88 of 1,254 resolved cases were reopened', async () => {
		expect((await value('reopen_rate'))?.parts).toMatchObject({ num: 88, den: 1254 });
		expect((await value('cases_resolved'))?.value).toBe(1254);
		expect((await value('cases_opened'))?.value).toBe(1496);
	});
});
