import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi, InputFile } from '../../src/engine/api.ts';
import { nodeEngine } from '../support/engine.ts';

const file = (name: string, ...lines: string[]): InputFile => ({ name, blob: new Blob([[...lines, ''].join('\n')]) });

/** Five tickets of three members and two agents, one of them twice, one without an opening, and a line with too many cells. */
const tickets = file(
	'tickets.csv',
	'Ticket ID,Member ID,Assigned To,Issue Type,Priority,Status,Opened At,Closed At',
	'T1,M1,A1,claim_denial,high,closed,2025-03-01T08:00:00,2025-03-02T08:00:00',
	'T2,M1,A1,claim_denial,low,closed,2025-03-02T08:00:00,2025-03-03T08:00:00',
	'T3,M2,A2,billing_dispute,low,open,2025-03-03T08:00:00,',
	'T3,M2,A2,billing_dispute,low,open,2025-03-03T08:00:00,',
	'T4,M3,A2,billing_dispute,low,open,,',
	'T5,M3,A2,billing_dispute,low,open,2025-03-05T08:00:00,,too,many',
);
const answers = file('feedback.csv', 'feedback_id,case_id,csat_score,nps_bucket,submitted_at', 'F1,T1,4,passive,2025-03-04T00:00:00', 'F2,T2,5,promoter,2025-03-04T00:00:00', 'F3,T9,5,promoter,2025-03-04T00:00:00');

describe('what became of every row', () => {
	let engine: EngineApi;
	const load = async (files: InputFile[], leave: string[] = []): Promise<Dataset> => {
		const { proposal } = await engine.read({ pack: 'advocacy', files });
		const { recipe } = proposal;
		const tables = Object.fromEntries(Object.entries(recipe.tables).map(([table, feeds]) => [table, feeds.filter(({ source }) => !leave.includes(source))]));
		return engine.load({ pack: 'advocacy', files, asOf: null, recipe: { ...recipe, tables, sources: Object.fromEntries(Object.entries(recipe.sources).map(([id, own]) => [id, leave.includes(id) ? { ...own, left: true } : own])) } });
	};

	beforeAll(() => {
		engine = nodeEngine();
	});

	test('a file that gives rows to three tables is counted once; in each table its rows add up as well', async () => {
		const { files, accounts, rows } = await load([tickets]);
		expect(files).toEqual([{ file: 'tickets.csv', tables: expect.arrayContaining(['cases', 'patients', 'advocates']) as string[], read: 6, loaded: 3, quarantined: 1, skipped: 2, left: 0 }]);
		expect(rows).toBe(6);
		expect(accounts.filter(({ file: from }) => from === 'tickets.csv').length).toBe(3);
		for (const { read, loaded, quarantined, skipped } of [...accounts, ...files]) expect(loaded + quarantined + skipped).toBe(read);
	});

	test('each file has its own account, and one that is left out says so', async () => {
		const both = await load([tickets, answers]);
		expect(both.files.map(({ file: name, read, loaded }) => [name, read, loaded])).toEqual([['tickets.csv', 6, 3], ['feedback.csv', 3, 2]]);
		const one = await load([tickets, answers], ['feedback.csv']);
		expect(one.files[1]).toEqual({ file: 'feedback.csv', tables: [], read: 3, loaded: 0, quarantined: 0, skipped: 0, left: 3 });
	});

	test('the accounts of files stay when the as-of moves', async () => {
		const before = await load([tickets]);
		const { files, rows } = await engine.asOf('2025-03-02T12:00:00');
		expect({ files, rows }).toEqual({ files: before.files, rows: before.rows });
	});
});
