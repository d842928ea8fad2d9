import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { rowEvidence } from '../../../src/import/map/evidence.ts';
import type { Proposal } from '../../../src/import/map/proposal.ts';
import { proposeRecipe } from '../../../src/import/map/propose.ts';
import { packs } from '../../../src/packs/index.ts';
import { sharedData } from '../../support/engine.ts';
import { importDuck, land, landCsv, type Landed } from '../../support/landed.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await importDuck();
});

const here = existsSync(sharedData);
const files = (folder: string, ...names: string[]): Landed[] => names.map((name) => landCsv(duck, folder, name));
const propose = (landed: readonly Landed[], open?: string): Proposal =>
	proposeRecipe(packs, landed, { rows: rowEvidence(duck, Object.fromEntries(landed.map((one) => [one.source.id, one.landed]))), ...(open === undefined ? {} : { open }) });
/** Contract column → source column of one feed. */
const mapped = (proposal: Proposal, table: string, at = 0): Record<string, string> =>
	Object.fromEntries(Object.entries(proposal.recipe.tables[table]?.[at]?.columns ?? {}).map(([column, { from }]) => [column, from.join(' + ')]));
const feeds = (proposal: Proposal): string[] => proposal.tables.map(({ table, source, once }) => `${table} ← ${source}${once.length > 0 ? ` once by ${once.join()}` : ''}`).sort();

const trackerCases = {
	id: 'case_id', patient_id: 'patient_id', advocate_id: 'advocate_id', case_type: 'issue_type', urgency: 'priority', status: 'status',
	created_at: 'opened_at', resolved_at: 'closed_at', reopen_flag: 'reopen_count',
};

describe.skipIf(!here)('real files (skipped where ../shared/data is missing)', () => {
	test('six files with the names of the contract feed its six tables, every column by its own name, all of it sure', () => {
		const names = ['patients', 'advocates', 'cases', 'interactions', 'case_events', 'patient_feedback'];
		const proposal = propose(files('solace', ...names.map((name) => `${name}.csv`)));
		expect(feeds(proposal)).toEqual(names.map((name) => `${name} ← ${name}.csv`).sort());
		for (const { columns } of proposal.tables) for (const { column, from, sure } of columns) expect([from, sure]).toEqual([[column], true]);
		expect([proposal.recipe.pack, proposal.confident, proposal.empty, proposal.unused]).toEqual(['advocacy', true, [], []]);
	});

	test('other column names are found by synonym, closed becomes resolved and urgent high, and the advocate at the time is told from that of the case', () => {
		const proposal = propose(files('tracker', 'cases_analysis_ready.csv', 'interactions_analysis_ready.csv'));
		expect(mapped(proposal, 'cases')).toEqual(trackerCases);
		expect(proposal.recipe.tables.cases?.[0]?.columns.status?.values).toEqual({ closed: 'resolved' });
		expect(proposal.recipe.tables.cases?.[0]?.columns.urgency?.values).toEqual({ urgent: 'high' });
		expect(mapped(proposal, 'interactions')).toMatchObject({ id: 'interaction_id', case_id: 'case_id', created_at: 'timestamp', advocate_id: 'advocate_id_at_time' });
	});

	test('tables that no file has are derived from the ids in others, and all else about them stays missing', () => {
		const proposal = propose(files('tracker', 'cases_analysis_ready.csv', 'interactions_analysis_ready.csv'));
		expect(feeds(proposal)).toEqual([
			'advocates ← cases_analysis_ready.csv once by id',
			'advocates ← interactions_analysis_ready.csv once by id',
			'cases ← cases_analysis_ready.csv',
			'interactions ← interactions_analysis_ready.csv',
			'patients ← cases_analysis_ready.csv once by id',
		]);
		expect(mapped(proposal, 'patients')).toEqual({ id: 'patient_id' });
		expect(proposal.empty).toEqual(['case_events', 'patient_feedback']);
		const missing = proposal.tables.find(({ table }) => table === 'patients')?.columns.filter(({ from }) => from.length === 0).map(({ column }) => column);
		expect(missing).toEqual(['insurance_type', 'preferred_channel', 'state', 'risk_score', 'created_at']);
	});

	test('what could as well be another column is unsure and stands before what is sure', () => {
		const [first] = propose(files('tracker', 'interactions_analysis_ready.csv')).tables.filter(({ table }) => table === 'interactions').flatMap(({ columns }) => columns);
		expect(first).toMatchObject({ column: 'type', from: ['interaction_type'], sure: false });
		expect(first?.others[0]?.from).toEqual(['channel']);
	});

	test('one flat file feeds interactions row by row and cases once by key', () => {
		const proposal = propose(files('tracker', 'interactions_analysis_ready.csv'));
		expect(feeds(proposal)).toContain('cases ← interactions_analysis_ready.csv once by id');
		expect(mapped(proposal, 'cases')).toEqual(trackerCases);
	});

	test('of two files with the same cases and other columns the fuller one is taken, and the other is left with the reason', () => {
		const proposal = propose(files('tracker', 'cases_analysis_ready.csv', 'case_metrics_raw.csv'));
		expect(feeds(proposal)).toContain('cases ← case_metrics_raw.csv');
		expect(proposal.unused).toEqual([{ source: 'cases_analysis_ready.csv', because: expect.stringMatching(/^100 % of its ids stand in case_metrics_raw.csv too/) as string }]);
	});

	test('a summary feeds nothing and is called a summary', () => {
		const proposal = propose(files('tracker', 'cases_analysis_ready.csv', 'backlog_by_advocate_raw.csv'));
		expect(proposal.unused).toEqual([{ source: 'backlog_by_advocate_raw.csv', because: 'one row per advocate_id with a count: a summary, not rows' }]);
	});

	test('nested records: the cases from theirs, the interactions from those within them, though three ids stand twice', () => {
		type Nested = Record<string, string | number | null> & { interactions: Record<string, string>[] };
		const cases = JSON.parse(readFileSync(new URL('tracker/initial_advocacy_cases.json', sharedData), 'utf8')) as Nested[];
		const columns = Object.keys(cases[0] ?? {}).filter((name) => name !== 'interactions');
		const inner = Object.keys(cases[0]?.interactions[0] ?? {});
		const cells = (one: Nested): (string | null)[] => columns.map((name) => (one[name] === null || one[name] === undefined ? null : String(one[name])));
		const outer = land(duck, 'initial_advocacy_cases.json', columns, cases.map(cells));
		const within = land(duck, 'initial_advocacy_cases.json#interactions', [...inner, ...columns], cases.flatMap((one) => one.interactions.map((each) => [...inner.map((name) => each[name] ?? null), ...cells(one)])), 'interactions');
		const proposal = propose([outer, within]);
		expect(proposal.confident).toBe(true);
		expect(proposal.tables.map(({ table, source }) => `${table} ← ${source}`)).toEqual(expect.arrayContaining(['cases ← initial_advocacy_cases.json', 'interactions ← initial_advocacy_cases.json#interactions']));
		expect(mapped(proposal, 'interactions')).toMatchObject({ id: 'interaction_id', created_at: 'timestamp', advocate_id: 'advocate_id_at_time' });
	});

	test.each([
		['call-center', 'Call Center.csv'],
		['hospital', 'patients_raw.csv'],
		['hospital', 'nhs_ae_attendances.csv'],
		['event-logs', 'receipt.csv'],
		['event-logs', 'running-example.csv'],
		['complaints', 'cfpb_consumer_complaints_elvus.csv'],
	])('%s/%s belongs to no pack here: nothing is proposed with confidence', (folder, name) => {
		const proposal = propose(files(folder, name), 'advocacy');
		expect([proposal.confident, proposal.recipe.pack, proposal.recipe.tables]).toEqual([false, null, {}]);
		expect(proposal.unused.map(({ source }) => source)).toEqual([name]);
	});

	test('one file of a table is enough where its pack is open', () => {
		const feedback = files('solace', 'patient_feedback.csv');
		expect(propose(feedback).recipe.pack).toBe(null);
		expect(feeds(propose(feedback, 'advocacy'))).toContain('patient_feedback ← patient_feedback.csv');
	});
});

describe('files made here', () => {
	test('no file, no column, no row and columns of any name are answered, never an error', () => {
		const hostile = ['__proto__', 'constructor', 'toString', 'x'.repeat(300), '表', '🙂', '', '"; drop', 'created_at created_at'];
		expect(propose([])).toMatchObject({ confident: false, says: 'These files are those of no pack.' });
		expect(propose([land(duck, 'nothing.csv', [], [])]).confident).toBe(false);
		expect(propose([land(duck, 'no-rows.csv', ['id', 'case_id'], [])]).confident).toBe(false);
		const named = hostile.filter((name) => name !== '');
		const proposal = propose([land(duck, 'hostile.csv', named, [named])]);
		expect([proposal.confident, ({} as Record<string, unknown>).keep]).toEqual([false, undefined]);
	});

	const cases = ['case_id', 'patient_id', 'category', 'opened_at', 'closed_at'];
	const row = (i: number): string[] => [`C${String(i)}`, `P${String(i % 7)}`, 'billing', `2025-01-0${String(1 + (i % 9))} 10:00:00`, ''];

	test('files with the same header are added one after another', () => {
		const january = land(duck, 'cases-01.csv', cases, Array.from({ length: 20 }, (_, i) => row(i)));
		const february = land(duck, 'cases-02.csv', [...cases].reverse(), Array.from({ length: 20 }, (_, i) => row(i + 20).reverse()));
		expect(propose([january, february]).recipe.tables.cases?.map(({ source }) => source)).toEqual(['cases-01.csv', 'cases-02.csv']);
	});

	test('a needed column that is missing is the first thing shown, and nothing is confident without it', () => {
		const described = land(duck, 'no-type.csv', ['case_id', 'patient_id', 'urgency', 'status', 'created_at', 'resolved_at'], Array.from({ length: 20 }, (_, i) => [`C${String(i)}`, `P${String(i)}`, 'high', 'open', '2025-01-01', '']));
		expect(propose([described])).toMatchObject({ confident: false, says: 'Advocacy cases comes closest, and it lacks case_type.' });
		const forced = proposeRecipe(packs, [described], { pack: 'advocacy' });
		expect(forced.tables.find(({ table }) => table === 'cases')?.columns[0]).toMatchObject({ column: 'case_type', from: [], weight: 'needed' });
	});

	test('a date and a time in two columns become one moment', () => {
		const described = land(duck, 'two.csv', ['Case No.', 'Patient', 'Issue Type', 'Opened Date', 'Opened Time', 'Closed Date'], Array.from({ length: 12 }, (_, i) => [`C${String(i)}`, `P${String(i)}`, 'billing', '2025-01-02', '9:30 PM', '']));
		const proposal = proposeRecipe(packs, [described], { pack: 'advocacy' });
		expect(proposal.recipe.tables.cases?.[0]?.columns.created_at?.from).toEqual(['Opened Date', 'Opened Time']);
	});

	test('rows that nothing names are numbered, and that is said; a table that others refer to is never numbered', () => {
		const log = land(duck, 'log.csv', ['case_id', 'activity', 'timestamp'], Array.from({ length: 30 }, (_, i) => [`C${String(i % 5)}`, ['opened', 'assigned', 'resolved'][i % 3] ?? '', '2025-01-01 10:00:00']));
		const proposal = propose([log], 'advocacy');
		const events = proposeRecipe(packs, [log], { pack: 'advocacy' }).tables.find(({ table }) => table === 'case_events');
		expect(events?.columns.find(({ column }) => column === 'id')).toMatchObject({ numbered: true, sure: false, because: expect.stringContaining('numbered') as string });
		expect(proposal.recipe.tables.cases).toBeUndefined();
	});

	test('what differs within one patient is not taken for the patient', () => {
		const columns = ['interaction_id', 'case_id', 'interaction_type', 'timestamp', 'patient_id', 'issue_type', 'opened_at', 'insurance', 'contact_preference'];
		const rows = Array.from({ length: 60 }, (_, i) => [`I${String(i)}`, `C${String(i % 20)}`, 'call', `2025-02-${String(10 + (i % 18))} 10:00:00`, `P${String(i % 10)}`, 'billing', `2025-01-${String(10 + (i % 20))} 09:00:00`, `plan ${String(i % 10)}`, ['phone', 'email', 'sms'][i % 3] ?? '']);
		const proposal = propose([land(duck, 'flat.csv', columns, rows)]);
		expect(mapped(proposal, 'patients')).toEqual({ id: 'patient_id', insurance_type: 'insurance' });
		expect(proposal.recipe.tables.interactions?.[0]?.extra).toEqual(['contact_preference']);
	});
});
