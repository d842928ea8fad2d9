import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi, InputFile } from '../../../src/engine/api.ts';
import { decode } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { bytesOf, changed, filesWith, small } from './small-files.ts';

let engine: EngineApi;
let before: unknown;
const numbers = async () => {
	const { tables } = await engine.query({ selections: [], statements: ['select * from marts.fct_case_lifecycle order by case_id', 'select * from marts.mart_ops_kpis order by case_type'] });
	return tables.map((table) => decode(table));
};

beforeAll(async () => {
	engine = nodeEngine();
	await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
	before = await numbers();
});

const without = (column: string): string => (small.patients ?? '').replace(column, 'other');
const renamed = (from: string, to: string): InputFile[] => filesWith().map((file) => (file.name === from ? { ...file, name: to } : file));
const latin = Uint8Array.from([...bytesOf(small.patients ?? '')].map((byte) => (byte === 0x54 ? 0xe9 : byte)));

describe('files that cannot be the data are refused, and what was open still answers', () => {
	const cases: [string, InputFile[], string, RegExp][] = [
		['a missing file is named', filesWith({ interactions: null, cases: null }), 'files.missing', /cases\.csv, interactions\.csv/],
		['a missing column is named with the header that was read', filesWith({ patients: without('state') }), 'files.columns', /patients\.csv lacks the column state\. .*insurance_type/],
		['several missing columns are all named', filesWith({ patients: without('state').replace('insurance_type', 'x') }), 'files.columns', /columns insurance_type, state/],
		['a file without a byte', filesWith({ patients: '' }), 'files.empty', /patients\.csv/],
		['a file of blank lines', filesWith({ patients: '\n \n' }), 'files.empty', /patients\.csv/],
		['a header and nothing under it', filesWith({ patients: `${(small.patients ?? '').split('\n')[0] ?? ''}\n` }), 'files.empty', /patients\.csv .*header/],
		['a header without a line end', filesWith({ patients: (small.patients ?? '').split('\n')[0] ?? '' }), 'files.empty', /patients\.csv .*header/],
		['a binary file', filesWith({ patients: Uint8Array.from([80, 75, 3, 4, 0, 0, 0, 0]) }), 'files.not-text', /patients\.csv .*binary/],
		['text that is not UTF-8', filesWith({ patients: latin }), 'files.not-text', /patients\.csv .*UTF-8/],
		['a web page under the name of a table', filesWith({ patients: '<!doctype html>\n<html><head><title>Sign in, please</title></head>\n</html>\n' }), 'files.not-text', /patients\.csv .*web page/],
		['JSON under the name of a table', filesWith({ patients: '[{"id": 1, "state": "TX"},\n{"id": 2, "state": "OH"}]' }), 'files.not-text', /patients\.csv .*JSON/],
		['the same table twice', [...filesWith(), { name: 'export/patients.CSV', blob: new Blob([small.patients ?? '']) }], 'files.twice', /patients\.csv, export\/patients\.CSV/],
		['a column twice', filesWith(changed('patients', 'risk_score', 'state')), 'files.duplicate-columns', /patients\.csv .*state/],
		['a file that no table is called like', renamed('cases.csv', 'tickets.csv'), 'files.unknown', /tickets\.csv/],
		['a column that is mostly unreadable', filesWith({ interactions: (small.interactions ?? '').replaceAll('2025-02-0', 'Feb ') }), 'files.cells', /interactions\.csv, column created_at: 3 of 3 .*"Feb 1T11:00:00" in row 1/],
		['no line that fits the header', filesWith({ patients: `${(small.patients ?? '').split('\n')[0] ?? ''}\n1,2\n3,4\n` }), 'files.empty', /patients\.csv .*2 lines/],
		['no row with a readable date', filesWith({ patients: 'id,insurance_type,preferred_channel,state,risk_score,created_at\n9,a,b,TX,1,2025-01-01\n' }), 'files.empty', /date/],
	];

	it.each(cases)('%s', async (_, files, code, message) => {
		const error: unknown = await engine.load({ pack: 'advocacy', files, asOf: null }).then(() => null, (thrown: unknown) => thrown);
		expect(error).toMatchObject({ name: 'ThroughlineError', code, message: expect.stringMatching(message) as string });
		expect((error as { next: string }).next).not.toBe('');
		expect(await numbers()).toEqual(before);
	});

	it('an as-of that is no instant is refused as well', async () => {
		await expect(engine.load({ pack: 'advocacy', files: filesWith(), asOf: 'yesterday' })).rejects.toMatchObject({ name: 'ThroughlineError' });
		expect(await numbers()).toEqual(before);
	});
});
