import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, EngineApi } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { changed, filesWith, small } from './small-files.ts';

let engine: EngineApi;
let plain: Row[];

beforeAll(async () => {
	engine = nodeEngine();
	await load();
	plain = await lifecycle();
});

const load = (changes: Readonly<Record<string, string | Uint8Array | null>> = {}) => engine.load({ pack: 'advocacy', files: filesWith(changes), asOf: null });
const rows = async (sql: string): Promise<Row[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());
const lifecycle = () => rows('select * from marts.fct_case_lifecycle order by case_id');
const accountOf = (dataset: Dataset, table: string) => dataset.accounts.find((account) => account.table === table);

function adds(dataset: Dataset): void {
	for (const { read, loaded, quarantined, skipped } of dataset.accounts) expect(loaded + quarantined + skipped).toBe(read);
	expect(dataset.rows).toBe(dataset.accounts.reduce((sum, { read }) => sum + read, 0));
}

describe('[S0-F22] loading CSV files', () => {
	it('says for each table what was read, and the latest date is the as-of', async () => {
		const dataset = await load();
		adds(dataset);
		expect(dataset.accounts.map(({ table, file, read, loaded }) => [table, file, read, loaded])).toEqual([
			['patients', 'patients.csv', 2, 2],
			['advocates', 'advocates.csv', 2, 2],
			['cases', 'cases.csv', 3, 3],
			['interactions', 'interactions.csv', 3, 3],
			['case_events', 'case_events.csv', 7, 7],
			['patient_feedback', 'patient_feedback.csv', 1, 1],
		]);
		expect([dataset.asOf, dataset.earliest]).toEqual(['2025-02-06T09:00:00', '2025-02-01T09:00:00']);
		expect(dataset.badCells).toEqual([]);
		expect(dataset.plausibleLatest).toBeNull();
	});

	it('a latest date more than a year after nearly all others stays the as-of, and the latest plausible one is named beside it', async () => {
		const dataset = await load(changed('patient_feedback', '2025-02-06', '2062-02-06'));
		expect(dataset.asOf).toBe('2062-02-06T09:00:00');
		expect(dataset.plausibleLatest).toBe('2025-02-05T09:00:00');
	});

	it.each([
		['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
		['a byte order mark', (text: string) => `\uFEFF${text}`],
		['no line end after the last record', (text: string) => text.trimEnd()],
		['blanks around the names of the header', (text: string) => text.replace(/^.*/, (header) => header.split(',').join(' , '))],
		['every cell in quotes', (text: string) => text.replace(/^[^"{\n]*$/gm, (line) => (line === '' ? '' : line.split(',').map((cell) => (cell === '' ? '' : `"${cell}"`)).join(',')))],
	])('%s change nothing', async (_, change) => {
		adds(await load(Object.fromEntries(Object.entries(small).map(([table, text]) => [table, change(text)]))));
		expect(await lifecycle()).toEqual(plain);
	});

	it('columns in another order, and more of them, change nothing', async () => {
		const lines = (small.advocates ?? '').trimEnd().split('\n').map((line, i) => [...line.split(',').reverse(), i === 0 ? 'Notes' : 'x, y']);
		const text = lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n');
		adds(await load({ advocates: text }));
		expect(await lifecycle()).toEqual(plain);
	});

	it('a quoted line break stays inside its cell, and doubled quotes are one', async () => {
		adds(await load(changed('advocates', 'Ada', '"Ada,\n""kind"""')));
		expect(await rows("select name from raw.advocates where id = '1'")).toEqual([{ name: 'Ada,\n"kind"' }]);
	});

	it('free text is left out unless it is kept on purpose', async () => {
		adds(await load({}));
		expect(await rows('select feedback_text from staging.stg_feedback')).toEqual([{ feedback_text: null }]);
	});

	it('optional columns may be missing', async () => {
		const text = (small.patient_feedback ?? '').replace(',feedback_text', '').replace('"Fast, kind",', '');
		adds(await load({ patient_feedback: text }));
		expect(await lifecycle()).toEqual(plain);
	});

	it('ids may be any text', async () => {
		const named = (text: string, pattern: RegExp) => text.replace(pattern, (_, before: string, id: string) => `${before}CASE-Ä/${id}`);
		await load({
			cases: named(small.cases ?? '', /^()(\d)(?=,)/gm),
			interactions: named(small.interactions ?? '', /^(\d,)(\d)(?=,)/gm),
			case_events: named(small.case_events ?? '', /^(\d,)(\d)(?=,)/gm),
			patient_feedback: named(small.patient_feedback ?? '', /^(\d,)(\d)(?=,)/gm),
		});
		expect(await lifecycle()).toEqual(plain.map((row) => ({ ...row, case_id: `CASE-Ä/${String(row.case_id)}` })));
	});

	it('a path before the name and capital letters in it do not matter', async () => {
		const files = filesWith().map((file) => ({ ...file, name: `export/2025/${file.name.toUpperCase()}` }));
		adds(await engine.load({ pack: 'advocacy', files, asOf: null }));
		expect(await lifecycle()).toEqual(plain);
	});

	it('the bytes that were given stay as they are', async () => {
		const files = filesWith();
		await engine.load({ pack: 'advocacy', files, asOf: null });
		expect(await Promise.all(files.map((file) => file.blob.text()))).toEqual(await Promise.all(filesWith().map((file) => file.blob.text())));
	});
});

describe('rows that are not right', () => {
	it('a few cells that cannot be read are listed by file, column and row, and their rows set aside', async () => {
		const dataset = await load(changed('interactions', '20.5', 'a while'));
		adds(dataset);
		expect(dataset.badCells).toEqual([{ table: 'interactions', file: 'interactions.csv', column: 'duration_minutes', count: 1, rows: [3], example: 'a while' }]);
		expect(accountOf(dataset, 'interactions')).toMatchObject({ read: 3, loaded: 2, quarantined: 1, skipped: 0 });
	});

	it('a line with too few cells lacks what is not there, one with too many is skipped and counted', async () => {
		const dataset = await load({ case_events: `${small.case_events ?? ''}8,3\n9,3,escalated,2025-02-04T09:00:00,more,and more\n10,3,escalated,2025-02-05T09:00:00\n` });
		adds(dataset);
		expect(accountOf(dataset, 'case_events')).toMatchObject({ read: 10, loaded: 8, quarantined: 1, skipped: 1 });
	});

	it('identical copies are skipped, rows that share an id and differ are set aside with all that hangs on them', async () => {
		const again = (small.cases ?? '').split('\n').find((line) => line.startsWith('2,')) ?? '';
		const other = (small.cases ?? '').split('\n').find((line) => line.startsWith('3,')) ?? '';
		const dataset = await load({ cases: `${small.cases ?? ''}${again}\n${other.replace('medium', 'low')}\n` });
		adds(dataset);
		expect(accountOf(dataset, 'cases')).toMatchObject({ read: 5, loaded: 2, quarantined: 2, skipped: 1 });
		expect(await rows('select rule from quarantine.stg_case_events')).toEqual([{ rule: 'belongs_to_quarantined_stg_cases' }]);
	});
});

describe('[S0-F23] JSON cells', () => {
	const metadata = (json: string) => changed('cases', '"{""intake_source"": ""phone"", ""complexity"": ""low"", ""handoff_count"": 1, ""missing_docs"": false}"', `"${json.replaceAll('"', '""')}"`);
	const first = async () => (await rows("select intake_source, complexity, handoff_count, has_missing_docs, barriers from staging.stg_cases where case_id = '1'"))[0];
	const unreadable = (dataset: Dataset) => dataset.quality.find((result) => result.rule === 'unreadable_metadata')?.count;

	it('an unknown key, even a nested one, loses nothing of the others', async () => {
		const dataset = await load(metadata('{"intake_source": "fax", "vip": {"since": [1, 2]}, "handoff_count": 2, "complexity": "high"}'));
		expect(await first()).toEqual({ intake_source: 'fax', complexity: 'high', handoff_count: 2, has_missing_docs: null, barriers: null });
		expect(unreadable(dataset)).toBe(0);
	});

	it('escapes are read as the characters they stand for', async () => {
		await load(metadata('{"intake_source": "caf\\u00e9 \\"x\\"", "complexity": "low"}'));
		expect(await first()).toMatchObject({ intake_source: 'café "x"', complexity: 'low' });
	});

	it('the raw text stays as it came', async () => {
		const text = '{"intake_source": "caf\\u00e9", "vip": 1}';
		await load(metadata(text));
		expect(await rows("select metadata_json from raw.cases where id = '1'")).toEqual([{ metadata_json: text }]);
	});

	it('text that is no JSON is counted as a warning, and its case stays', async () => {
		const dataset = await load(metadata('{"intake_source": "ph'));
		expect(unreadable(dataset)).toBe(1);
		expect(await first()).toMatchObject({ intake_source: null, complexity: null });
		expect(accountOf(dataset, 'cases')?.loaded).toBe(3);
	});

	it('lists come as lists', async () => {
		await load(metadata('{"barriers": ["no fax", "language"], "extra": true}'));
		expect(await rows("select array_to_string(barriers, '+') as barriers from staging.stg_cases where case_id = '1'")).toEqual([{ barriers: 'no fax+language' }]);
	});
});

it('text of few values is stored as a dictionary, and reads as text', async () => {
	const many = Array.from({ length: 400 }, (_, i) => `${String(i + 10)},1,${i % 2 ? 'call' : 'email'},2025-02-03T10:00:00,1,1`).join('\n');
	await engine.load({ pack: 'advocacy', files: filesWith({ interactions: `${small.interactions ?? ''}${many}\n` }), asOf: null });
	const typed =
		'select typeof(interaction_type) as type, interaction_type as plain, interaction_type::varchar as text, count(*)::integer as n from marts.fct_interactions group by all order by 2';
	expect(await rows(typed)).toEqual([
		{ type: "ENUM('call', 'email')", plain: 'call', text: 'call', n: 202 },
		{ type: "ENUM('call', 'email')", plain: 'email', text: 'email', n: 201 },
	]);
	expect(await rows("select count(*)::integer as n from marts.fct_interactions where interaction_type in ('fax', 'call')")).toEqual([{ n: 202 }]);
});
