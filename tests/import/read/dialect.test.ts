import { describe, expect, test } from 'vitest';
import { previewDelimited } from '../../../src/import/read/delimited.ts';
import type { Dialect } from '../../../src/import/types.ts';
import { fileOf, rowsOf, taken } from './support.ts';

const body = Array.from({ length: 12 }, (_, i) => `C-${String(i)},2026-01-${String(i + 10)},${String(i * 3)}`).join('\n');
const read = (text: string, dialect: Partial<Dialect> = {}): ReturnType<typeof taken> => taken(fileOf(text), { dialect });
const skips = ({ source }: Awaited<ReturnType<typeof taken>>): unknown[] => source.skippedLines.map(({ line, code }) => [line, code]);

describe('before the table', () => {
	test('titles, dates and blank lines are skipped with their lines', async () => {
		const done = await read(`Case report\nExported: 2026-02-01\n\ncase,opened,days\n${body}\n`);
		expect(done.columns).toEqual(['case', 'opened', 'days']);
		expect(done.source).toMatchObject({ rows: 12, skipped: 2, dialect: { preamble: { value: 3, sure: false }, headers: { value: 1 } } });
		expect(skips(done)).toEqual([[1, 'preamble'], [2, 'preamble']]);
		expect(done.lines[0]).toBe(5);
	});

	test('comment lines are skipped before the table and in it', async () => {
		const done = await read(`# made by the export job\n# second line\ncase,opened,days\n${body}\n# end of part 1\n${body}\n`);
		expect(done.source.rows).toBe(24);
		expect(skips(done)).toEqual([[1, 'preamble'], [2, 'preamble'], [16, 'comment']]);
	});

	test('a header that begins with # is a header', async () => {
		expect((await read(`#case,opened,days\n${body}`)).columns).toEqual(['#case', 'opened', 'days']);
	});

	test('the first line of Excel that names the delimiter is obeyed', async () => {
		const done = await read('sep=;\r\na;b\r\n1,5;2\r\n3,5;4\r\n');
		expect(done.rows).toEqual([['1,5', '2'], ['3,5', '4']]);
		expect(done.source.dialect).toMatchObject({ delimiter: { value: ';', sure: true }, preamble: { value: 1, sure: true } });
		expect(done.lines).toEqual([3, 4]);
	});
});

describe('headers', () => {
	test('a group header over the columns is joined to their names, each group carried over its columns', async () => {
		const done = await read(`,Opened,,Closed,\nteam,2024,2025,2024,2025\nnorth,12,14,11,9\nsouth,8,7,8,6\neast,3,5,2,4\n`);
		expect(done.source.dialect?.headers).toMatchObject({ value: 2, sure: false });
		expect(done.columns).toEqual(['team', 'Opened 2024', 'Opened 2025', 'Closed 2024', 'Closed 2025']);
		expect(done.source.rows).toBe(3);
	});

	test('years over numbers are names', async () => {
		expect((await read('team,2023,2024,2025\nnorth,12,14,11\nsouth,8,7,8\n')).columns).toEqual(['team', '2023', '2024', '2025']);
	});

	test('data without names keeps its first record', async () => {
		const done = await read(body);
		expect(done.source).toMatchObject({ rows: 12, header: [], columns: ['column 1', 'column 2', 'column 3'], dialect: { headers: { value: 0, sure: true } } });
	});

	test('names that are empty or stand twice become unique, also where case is not told apart, and are noted', async () => {
		const done = await read('id,,Name,name,name (2),_line\n1,2,3,4,5,6\n');
		expect(done.columns).toEqual(['id', 'column 2', 'Name', 'name (3)', 'name (2)', '_line (2)']);
		expect(done.source.header).toEqual(['id', '', 'Name', 'name', 'name (2)', '_line']);
		expect(done.source.notes.map((note) => note.code)).toEqual(['empty-names', 'repeated-names']);
	});

	test('a header without a name for the numbered first column, as R writes it, is not shifted', async () => {
		const done = await read('"case","days"\n"1","C-1",3\n"2","C-2",5\n"3","C-3",8\n');
		expect(done.columns).toEqual(['column 1', 'case', 'days']);
		expect(done.source.notes).toContainEqual({ code: 'header-short', names: 2, cells: 3, shifted: true });
	});

	test('a header repeated in the data, as joined exports have it, is skipped and the rows after it are kept', async () => {
		const other = body.replaceAll('C-', 'D-');
		const done = await read(`case,opened,days\n${body}\ncase,opened,days\n${other}\n`);
		expect(done.source.rows).toBe(24);
		expect(skips(done)).toEqual([[14, 'repeated-header']]);
	});
});

describe('after the table', () => {
	test('totals, sources and closing lines are skipped with their lines', async () => {
		const done = await read(`case,opened,days\n${body}\n,,\nTotal,,198\n\nSource: case system\n-- end --\n`);
		expect(done.source).toMatchObject({ rows: 12, dialect: { footer: { value: 3, sure: false, others: [0] } } });
		expect(skips(done)).toEqual([[14, 'empty-record'], [15, 'footer'], [17, 'footer'], [18, 'footer']]);
	});

	test('a person may say how many records at the end are no data, and that none is', async () => {
		const text = `case,opened,days\n${body}\nTotal,,198\n`;
		expect((await read(text, { footer: 0 })).source.rows).toBe(13);
		expect((await read(text, { footer: 2 })).source.rows).toBe(11);
	});

	test('blank lines at the end are nothing', async () => {
		expect((await read(`case,opened,days\n${body}\n\n\n\r\n`)).source).toMatchObject({ rows: 12, skipped: 0 });
	});

	test('another table under the first is skipped line by line', async () => {
		const done = await read(`case,opened,days\n${body}\n\nteam,cases\nnorth,7\nsouth,5\n`);
		expect(done.source.rows).toBe(12);
		expect(done.source.skippedLines.map(({ line }) => line)).toEqual([15, 16, 17]);
	});
});

describe('rows that do not fit', () => {
	test('cells missing at the end are filled, further empty ones left out, both noted by line', async () => {
		const done = await read(`case,opened,days\n${body}\nC-90,2026-02-01\nC-91,2026-02-01,4,,\n${body}\n`);
		expect(done.source).toMatchObject({ rows: 26, skipped: 0 });
		expect(done.rows[12]).toEqual(['C-90', '2026-02-01', null]);
		expect(done.rows[13]).toEqual(['C-91', '2026-02-01', '4']);
		expect(done.source.notes).toEqual([{ code: 'short-rows', count: 1, lines: [14] }, { code: 'extra-empty-cells', count: 1, lines: [15] }]);
	});

	test('a row in which a cell slipped into another column is skipped, never shifted', async () => {
		const done = await read(`case,opened,days\n${body}\nC-90,7\nC-91,a,2026-02-01,4\nC-92,b,2026-02-01,\n${body}\n`);
		expect(done.source.rows).toBe(24);
		expect(skips(done)).toEqual([[14, 'too-few-cells'], [15, 'too-many-cells'], [16, 'too-many-cells']]);
	});

	test('the pieces of a record that a line break cut are skipped together', async () => {
		const done = await read(`case,opened,days,note,by\nC-0,2026-01-02,4,fine,ann\n${Array.from({ length: 12 }, (_, i) => `C-${String(i + 1)},2026-01-02,4,fine,bob`).join('\n')}\nC-20,2026-01-03,5,called\nagain,ann\nC-21,2026-01-04,6,fine,ann\n`);
		expect(done.source.rows).toBe(14);
		expect(skips(done)).toEqual([[15, 'broken-line'], [16, 'broken-line']]);
		expect(done.source.notes).toEqual([]);
	});

	test('a quote that never closes costs its own line only', async () => {
		const done = await read(`case,note\nC-1,"fine"\nC-2,"never closed\nC-3,"fine, too"\nC-4,"two\nlines"\n`);
		expect(done.rows).toEqual([['C-1', 'fine'], ['C-3', 'fine, too'], ['C-4', 'two\nlines']]);
		expect(done.source.skippedLines).toEqual([{ line: 3, code: 'quotes-unclear', text: 'C-2,"never closed' }]);
	});

	test('a hundred thousand lines with quotes that never close do not take long', async () => {
		const text = `a,b\n1,2\n${'"x,1\n'.repeat(100_000)}`;
		const done = await read(text, { delimiter: ',', quote: '"', escape: '"', headers: 1 });
		expect(done.source.rows + done.source.skipped).toBeGreaterThan(50_000);
		const loose = await read(`a,b\n1,2\n${'"x y,1\n'.repeat(100_000)}`, { delimiter: ',', quote: '"', escape: '', headers: 1 });
		expect(loose.source.rows + loose.source.skipped).toBe(100_001);
	});

	test('forty thousand columns are columns', async () => {
		const names = Array.from({ length: 40_000 }, (_, i) => `measure_${String(i)}`);
		const done = await read(`${names.join(',')}\n${names.map((_, i) => String(i)).join(',')}\n`);
		expect(done.columns).toEqual(names);
		expect(done.rows[0]?.[39_999]).toBe('39999');
	});

	test('a line of 20 MB is skipped and the next one read', async () => {
		const done = await read(`a,b\n1,2\n${'x'.repeat(20_000_000)},3\n4,5\n`);
		expect(done.rows).toEqual([['1', '2'], ['4', '5']]);
		expect(done.source.skippedLines).toMatchObject([{ line: 3, code: 'too-long' }]);
	});
});

describe('a person', () => {
	test('may choose every part of the dialect, and the choice is said to be theirs', async () => {
		const done = await read(`x\nx\na|b\n'1|5'|2\n`, { encoding: 'utf-8', delimiter: '|', quote: "'", escape: "'", preamble: 2, headers: 1, footer: 0 });
		expect(done.columns).toEqual(['a', 'b']);
		expect(done.rows).toEqual([['1|5', '2']]);
		expect(Object.values(done.source.dialect ?? {}).every((choice) => choice.sure && choice.because === 'you chose it')).toBe(true);
	});

	test('may choose what cannot be read so, and is told', async () => {
		await expect(read(body, { encoding: 'klingon' })).rejects.toMatchObject({ code: 'request.invalid' });
		await expect(read(body, { quote: '„' })).rejects.toMatchObject({ code: 'request.invalid' });
	});

	test('sees the first rows without the whole file being read', async () => {
		const lines = Array.from({ length: 300_000 }, (_, i) => `C-${String(i)},2026-01-01,${String(i)}`);
		const file = fileOf(`case,opened,days\n${lines.join('\n')}\n`);
		const { source, batch } = await previewDelimited(file, {}, 50);
		expect(source).toMatchObject({ columns: ['case', 'opened', 'days'], rows: 50, dialect: { delimiter: { value: ',' } } });
		expect(rowsOf(batch)[49]).toEqual(['C-49', '2026-01-01', '49']);
		expect(batch.lines[49]).toBe(51);
	});

	test('can stop the reading, and hears how far it is', async () => {
		const file = fileOf(`case,opened,days\n${Array.from({ length: 400_000 }, (_, i) => `C-${String(i)},2026-01-01,${String(i)}`).join('\n')}\n`);
		const heard: number[] = [];
		const stop = new AbortController();
		await expect(taken(file, { signal: stop.signal, progress: (bytes) => (heard.push(bytes), stop.abort()) })).rejects.toMatchObject({ code: 'files.stopped' });
		expect(heard).toHaveLength(1);
		const all: number[] = [];
		await taken(file, { progress: (bytes) => all.push(bytes) });
		expect(all.at(-1)).toBe(file.blob.size);
	});
});
