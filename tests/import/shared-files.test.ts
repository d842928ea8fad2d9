import { describe, expect, test } from 'vitest';
import { decode } from '../../src/engine/duckdb.ts';
import type { Dataset, EngineApi, Inspection } from '../../src/engine/api.ts';
import { open } from '../../src/import/infer/index.ts';
import { quickPack } from '../../src/import/quick/pack.ts';
import type { Recipe, SourceRecipe } from '../../src/import/types.ts';
import { contextOf, measure, nodeEngine, sharedFiles } from '../support/engine.ts';
import type { Pack } from '../../src/pack/types.ts';

/** The way of a person: files are read, what they ask is answered, and they are opened. Numbers of TRUTHS.md. */

const asked = ({ sources }: Inspection): string[] => sources.flatMap(({ readings }) => open(readings, {}).map(({ id }) => id));
const rows = async (engine: EngineApi, sql: string) => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? []);
const accountOf = ({ accounts }: Dataset, table: string) => accounts.find((account) => account.table === table);
const adds = ({ accounts }: Dataset) => {
	for (const { read, loaded, quarantined, skipped } of accounts) expect(read).toBe(loaded + quarantined + skipped);
};

async function ownTable(engine: EngineApi, files: Parameters<EngineApi['read']>[0]['files'], seen: Inspection, answers: Readonly<Record<string, string>> = {}): Promise<{ pack: Pack; dataset: Dataset }> {
	const [first] = seen.sources;
	if (!first) throw new Error('no source');
	const recipe: SourceRecipe = { dialect: {}, answers, conversions: {}, privacy: {}, left: false };
	const plan = await engine.quick(first.source.id, recipe);
	const whole: Recipe = { version: 1, pack: null, plan, sources: { [first.source.id]: recipe }, tables: { records: [{ source: first.source.id, columns: Object.fromEntries(plan.columns.map(({ name, column }) => [name, { from: [column] }])), extra: [], once: [] }] } };
	return { pack: quickPack(plan), dataset: await engine.load({ pack: 'advocacy', files, read: seen.id, recipe: whole, asOf: null }) };
}

describe('the tracker files, other names and all', () => {
	const files = sharedFiles('tracker', ['cases_analysis_ready.csv', 'interactions_analysis_ready.csv', 'backlog_by_advocate_raw.csv']);

	test.skipIf(!files)('open to 34 cases, 6 set aside for a shared id, and the summary’s claim of 21 open cases is set against the 10 that are here', async () => {
		const engine = nodeEngine();
		const seen = await engine.read({ pack: 'advocacy', files: files ?? [] });
		expect(asked(seen)).toEqual([]);
		expect(seen.comparisons).toMatchObject([{ source: 'backlog_by_advocate_raw.csv', claim: 21, here: 10 }]);
		const dataset = await engine.load({ pack: 'advocacy', files: files ?? [], read: seen.id, recipe: seen.proposal.recipe, asOf: null });
		adds(dataset);
		expect(accountOf(dataset, 'cases')).toMatchObject({ read: 40, loaded: 34, quarantined: 6, skipped: 0 });
		expect(accountOf(dataset, 'interactions')).toMatchObject({ read: 157 });
		expect(await rows(engine, "select distinct case_id from quarantine.stg_cases where rule = 'conflicting_key' order by 1")).toEqual([{ case_id: 'C-1002' }, { case_id: 'C-1003' }, { case_id: 'C-1004' }]);
	});
});

describe('the call centre’s copy with mixed dates and 0 for no answer', () => {
	const files = sharedFiles('call-center', ['Call Center (mixed dates, csat 0).csv']);

	test.skipIf(!files)('asks about its 13,055 dashed dates and its zeros, builds nothing before, and answered is the clean copy', async () => {
		const engine = nodeEngine();
		const seen = await engine.read({ pack: 'advocacy', files: files ?? [] });
		const questions = seen.sources.flatMap(({ readings }) => open(readings, {}));
		expect(questions.map(({ kind, column, cells }) => [kind, column, cells])).toEqual(expect.arrayContaining([['mixed-forms', 'call_timestamp', 13_055], ['missing-value', 'csat_score', 20_670]]));
		expect(questions).toHaveLength(2);
		await expect(ownTable(engine, files ?? [], seen)).rejects.toMatchObject({ code: 'files.questions' });
		const answers = Object.fromEntries(questions.map(({ id, kind, options }) => [id, kind === 'missing-value' ? 'missing' : (options[0]?.value ?? '')]));
		const { dataset } = await ownTable(engine, files ?? [], seen, answers);
		adds(dataset);
		expect(dataset.rows).toBe(32_941);
		expect(await rows(engine, "select count(csat_score)::integer as n, round(avg(csat_score), 4)::double as mean, sum(call_duration_in_minutes)::double as minutes, count(*) filter (where call_timestamp::date = date '2020-10-31')::integer as last_day, min(call_timestamp)::date::varchar as first_day from marts.fct_records")).toEqual([
			{ n: 12_271, mean: 5.5484, minutes: 824_222, last_day: 1, first_day: '2020-10-01' },
		]);
	});
});

describe('one log in four forms', () => {
	test.each([
		['running-example.csv'],
		['running_example_notebook_semicolon.csv'],
		['running-example.xes'],
		['running-example.parquet'],
	])('%s opens to 42 events, 6 cases, 8 activities and 6 variants', async (name) => {
		const files = sharedFiles('event-logs', [name]);
		if (!files) return;
		const engine = nodeEngine();
		const seen = await engine.read({ pack: 'advocacy', files });
		const answers = Object.fromEntries(seen.sources.flatMap(({ readings }) => open(readings, {}).map(({ id, options }) => [id, options[0]?.value ?? ''] as const)));
		const { pack, dataset } = await ownTable(engine, files, seen, answers);
		adds(dataset);
		expect(accountOf(dataset, 'records')).toMatchObject({ read: 42, loaded: 42 });
		expect(Object.keys(pack.marts)).toEqual(expect.arrayContaining(['fct_events', 'fct_cases']));
		const [found] = await rows(engine, 'select count(*)::integer as cases, count(distinct case__variant)::integer as variants from marts.fct_cases');
		expect(found).toEqual({ cases: 6, variants: 6 });
	});
});

describe('public files of other domains', () => {
	test.each([
		['hospital', 'nhs_ae_attendances.csv', 12_765],
		['hospital', 'patients_raw.csv', 5_442],
		['complaints', 'cfpb_consumer_complaints_elvus.csv', 268],
		['complaints', 'cfpb_consumer_complaints_bkreis.csv', 349],
		['event-logs', 'receipt.csv', 8_577],
	])('%s/%s opens with every row accounted for', async (folder, name, count) => {
		const files = sharedFiles(folder, [name]);
		if (!files) return;
		const engine = nodeEngine();
		const seen = await engine.read({ pack: 'advocacy', files });
		const answers = Object.fromEntries(seen.sources.flatMap(({ readings }) => open(readings, {}).map(({ id, options }) => [id, options[0]?.value ?? ''] as const)));
		const { pack, dataset } = await ownTable(engine, files, seen, answers);
		adds(dataset);
		expect(accountOf(dataset, 'records')).toMatchObject({ read: count });
		const counted = Object.entries(pack.measures).find(([, { kind }]) => kind === 'count')?.[0] ?? '';
		const [all] = await measure(engine, contextOf(pack, dataset), { measure: counted });
		expect(all?.value).toBeGreaterThan(0);
	});
});
