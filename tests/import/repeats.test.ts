import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi, InputFile } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import type { Recipe } from '../../src/import/types.ts';
import { withAlike } from '../../src/views/intake/alike.ts';
import { recipeFromJson, recipeToJson } from '../../src/import/map/recipe-json.ts';
import { packs } from '../../src/packs/index.ts';
import { nodeEngine } from '../support/engine.ts';

const head = 'Ticket ID,Member ID,Issue Type,Priority,Opened At,Closed At,Desk';
const day = (name: string, ...rows: string[]): InputFile => ({ name, blob: new Blob([[head, ...rows, ''].join('\n')]) });
const monday = day('monday.csv', 'T1,M1,claim_denial,high,2025-03-03T08:00:00,,north', 'T2,M2,claim_denial,low,2025-03-03T09:00:00,,south', 'T3,M3,billing_dispute,low,2025-03-03T10:00:00,,north');
const tuesday = day('tuesday.csv', 'T2,M2,claim_denial,low,2025-03-03T09:00:00,2025-03-04T09:00:00,south', 'T3,M3,billing_dispute,low,2025-03-03T10:00:00,,north', 'T4,M4,billing_dispute,low,2025-03-04T08:00:00,,north', 'T5,M5,billing_dispute,low,2025-03-04T08:00:00,,north', 'T5,M5,claim_denial,low,2025-03-04T08:00:00,,north');
const wednesday = day('wednesday.csv', 'T2,M2,claim_denial,high,2025-03-03T09:00:00,2025-03-05T09:00:00,south');

describe('a second file for the same table', () => {
	let engine: EngineApi;
	const load = async (files: InputFile[], repeats?: 'later'): Promise<Dataset> => {
		const { proposal } = await engine.read({ pack: 'advocacy', files });
		return engine.load({ pack: 'advocacy', files, asOf: null, recipe: { ...proposal.recipe, ...(repeats ? { repeats } : {}) } });
	};
	const cases = async (): Promise<unknown[]> => decode((await engine.query({ selections: [], statements: ['select case_id, urgency, resolved_at::varchar as ended from staging.stg_cases order by 1'] })).tables[0] ?? new Uint8Array());
	const ofCases = ({ accounts }: Dataset) => accounts.find(({ table }) => table === 'cases');

	beforeAll(() => {
		engine = nodeEngine();
	});

	test('appends; the same row again counts once; of rows with one key the later file’s stands, and in one file they are set aside', async () => {
		const dataset = await load([monday, tuesday, wednesday], 'later');
		expect(await cases()).toEqual([
			{ case_id: 'T1', urgency: 'high', ended: null },
			{ case_id: 'T2', urgency: 'high', ended: '2025-03-05 09:00:00' },
			{ case_id: 'T3', urgency: 'low', ended: null },
			{ case_id: 'T4', urgency: 'low', ended: null },
		]);
		expect(ofCases(dataset)).toMatchObject({ read: 9, loaded: 4, quarantined: 2, skipped: 3, replaced: 2 });
		expect(decode((await engine.query({ selections: [], statements: ['select count(*)::integer as rows, count(distinct _row)::integer as extra from raw.cases__extra'] })).tables[0] ?? new Uint8Array())).toEqual([{ rows: 6, extra: 6 }]);
	});

	test('without that rule rows that differ are all set aside, as within one file', async () => {
		const dataset = await load([monday, tuesday]);
		expect((await cases()).map((row) => (row as { case_id: string }).case_id)).toEqual(['T1', 'T3', 'T4']);
		expect(ofCases(dataset)).toEqual({ table: 'cases', file: expect.stringContaining('monday.csv') as string, read: 8, loaded: 3, quarantined: 4, skipped: 1 });
	});

	test('is read as the first one was, where it has the same columns, and stands after it', () => {
		const source = { dialect: {}, answers: { 'day-or-month:Opened At': 'day-first' }, conversions: {}, privacy: {}, left: false };
		const feed = (from: string) => ({ source: from, columns: { id: { from: ['Ticket ID'] } }, extra: [], once: [] });
		const recipe: Recipe = { version: 1, pack: 'advocacy', sources: { 'monday.csv': source }, tables: { cases: [feed('monday.csv')] } };
		const columns = head.split(',');
		expect(withAlike(recipe, [{ id: 'monday.csv', columns }, { id: 'tuesday.csv', columns }, { id: 'people.csv', columns: ['id'] }])).toEqual({ ...recipe, sources: { 'monday.csv': source, 'tuesday.csv': source }, tables: { cases: [feed('monday.csv'), feed('tuesday.csv')] } });
	});

	test('the rule is part of the mapping file', () => {
		const recipe: Recipe = { version: 1, pack: 'advocacy', sources: {}, tables: {}, repeats: 'later' };
		expect(recipeFromJson(recipeToJson(recipe), packs)).toEqual(recipe);
		expect(() => recipeFromJson(JSON.stringify({ ...recipe, repeats: 'first' }), packs)).toThrow(/repeats/);
	});
});
