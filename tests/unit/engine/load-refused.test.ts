import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi, InputFile } from '../../../src/engine/api.ts';
import { decode } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { bytesOf, filesWith, small } from './small-files.ts';

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

const latin = Uint8Array.from([...bytesOf(small.patients ?? '')].map((byte) => (byte === 0x54 ? 0xe9 : byte)));

describe('files that cannot be the data are refused, and what was open still answers', () => {
	const cases: [string, InputFile[], string, RegExp][] = [
		['a table that is missing is named', filesWith({ interactions: null, cases: null, case_events: null, patient_feedback: null }), 'files.missing', /cases \(one case on each row\)/],
		['a column that every row needs is named', filesWith({ cases: (small.cases ?? '').replace('created_at', 'quux') }), 'files.columns', /cases\.created_at/],
		['a file without a byte', filesWith({ patients: '' }), 'files.empty', /patients\.csv/],
		['a file of blank lines', filesWith({ patients: '\n \n' }), 'files.no-records', /patients\.csv/],
		['a file that is no table of the pack', [...filesWith(), { name: 'menu.csv', blob: new Blob(['dish,price\nsoup,4\npie,7\n']) }], 'files.unknown', /menu\.csv/],
		['a header and nothing under it', filesWith({ patients: `${(small.patients ?? '').split('\n')[0] ?? ''}\n` }), 'files.no-records', /patients\.csv .*header/],
		['a header without a line end', filesWith({ patients: (small.patients ?? '').split('\n')[0] ?? '' }), 'files.no-records', /patients\.csv .*header/],
		['a damaged archive', filesWith({ patients: Uint8Array.from([80, 75, 3, 4, 0, 0, 0, 0]) }), 'read.archive', /patients\.csv/],
		['letters that can be read in more than one way', filesWith({ patients: latin }), 'files.questions', /the letters of patients\.csv/],
		['a web page under the name of a table', filesWith({ patients: '<!doctype html>\n<html><head><title>Sign in, please</title></head>\n</html>\n' }), 'read.kind', /patients\.csv is a web page/],
		['a column that is mostly unreadable', filesWith({ interactions: (small.interactions ?? '').replaceAll('2025-02-0', 'Someday ') }), 'files.cells', /interactions\.csv, column created_at: 3 of 3/],
		['dates that no row decides', filesWith({ interactions: (small.interactions ?? '').replaceAll(/2025-02-0(\d)T/g, '0$1/02/2025 ') }), 'files.questions', /created_at \(interactions\.csv\)/],
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
