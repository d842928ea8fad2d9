import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import { setAsideCounts, setAsideStatement, type SetAsideRequest } from '../../../src/views/data/set-aside.ts';
import { nodeEngine, openDemo, packNamed } from '../../support/engine.ts';
import { filesWith, small } from '../engine/small-files.ts';

const engine = nodeEngine();
const pack = packNamed('advocacy');
let dataset: Dataset;

const ask = async (sql: string): Promise<Row[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());
const rows = (request: Partial<SetAsideRequest> & { model: string }): Promise<Row[]> => ask(setAsideStatement(pack, dataset, { rule: null, limit: null, ...request }));

describe('of files with faults', () => {
	beforeAll(async () => {
		const cases = [
			'4,1,1,claim_denial,high,open,2025-02-30T09:00:00,,,,0,0,',
			'5,1,,,low,open,2025-02-03T09:00:00,,,,0,0,',
			'6,99,,claim_denial,low,open,2025-02-03T09:00:00,,,,0,0,',
			"7,1,,claim_denial,low,open,2025-02-03T09:00:00,,,2025-02-01T09:00:00,0,0,",
			'2,2,2,billing_dispute,low,resolved,2025-02-02T09:00:00,2025-02-02T10:00:00,,,0,0,',
		];
		const interactions = ['4,4,call,2025-02-05T09:00:00,20.5,2'];
		dataset = await engine.load({ pack: 'advocacy', files: filesWith({ cases: `${small.cases ?? ''}${cases.join('\n')}\n`, interactions: `${small.interactions ?? ''}${interactions.join('\n')}\n` }), asOf: null });
	});

	it('each row says its row number in the file, the file, the rule, what the rule says and the cell that broke it', async () => {
		const found = await rows({ model: 'stg_cases' });
		expect(found.map(({ row, file, rule, found: cell }) => [row, file, rule, cell])).toEqual([
			[2, 'cases.csv', 'conflicting_key', 'case_id = 2'],
			[4, 'cases.csv', 'unreadable_case_value', 'created_at = 2025-02-30T09:00:00'],
			[5, 'cases.csv', 'missing_case_type', 'case_type = nothing'],
			[6, 'cases.csv', 'unknown_patient', 'patient_id = 99'],
			[7, 'cases.csv', expect.stringContaining('resolved') as string, expect.stringMatching(/created_at = 2025-02-03 09:00:00.*resolved_at = 2025-02-01 09:00:00|resolved_at = 2025-02-01 09:00:00.*created_at = 2025-02-03 09:00:00/) as string],
			[8, 'cases.csv', 'conflicting_key', 'case_id = 2'],
		]);
		expect(found.find(({ row }) => row === 4)?.reason).toBe('A date or flag of the case cannot be read.');
		expect(found.every(({ reason }) => typeof reason === 'string' && reason !== '')).toBe(true);
	});

	it('a row that fell with its case says so', async () => {
		expect((await rows({ model: 'stg_interactions' })).map(({ row, rule, found, reason }) => ({ row, rule, found, reason }))).toContainEqual({ row: 4, rule: 'belongs_to_quarantined_stg_cases', found: 'case_id = 4', reason: 'Belongs to a row of stg_cases that was set aside.' });
	});

	it('one rule or all, some rows or all', async () => {
		expect((await rows({ model: 'stg_cases', rule: 'conflicting_key' })).map(({ row }) => row)).toEqual([2, 8]);
		expect((await rows({ model: 'stg_cases', limit: 1 })).map(({ row }) => row)).toEqual([2]);
	});
});

describe('of demo data', () => {
	beforeAll(async () => {
		({ dataset } = await openDemo(engine, 'advocacy', { seed: 42, size: 'small', scenario: 'planted' }));
	});

	it('what is listed under the rules is the account: every row set aside once, each with a reason and a culprit', async () => {
		const counts = await ask(setAsideCounts(Object.keys(pack.staging)));
		for (const [model, { source }] of Object.entries(pack.staging)) {
			const listed = await rows({ model });
			expect(listed.length, model).toBe(dataset.accounts.find(({ table }) => table === source)?.quarantined);
			expect(counts.filter((row) => row.model === model).reduce((sum, row) => sum + Number(row.rows), 0), model).toBe(listed.length);
			expect(listed.filter(({ reason, found }) => !reason || !found), model).toEqual([]);
		}
	});
});
