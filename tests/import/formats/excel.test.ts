import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import readWithOther from 'read-excel-file/universal';
import writeXlsx, { type SheetData } from 'write-excel-file/node';
import { readExcel } from '../../../src/import/formats/excel.ts';
import { replayable } from '../../support/property.ts';
import { collect, fileOf, readOrRefused, refusal, type Row } from './collect.ts';
import { parts, rowsXml, workbook, zipped, type MadeBook } from './workbook.ts';

const read = (book: MadeBook, options = {}): ReturnType<typeof collect> => collect(readExcel, fileOf(workbook(book), 'b.xlsx'), options);
const rowsOf = async (book: MadeBook): Promise<Row[]> => (await read(book)).rows['b.xlsx'] ?? [];
const table = (rows: Parameters<typeof rowsXml>[0]): string => rowsXml(rows);

/** One column `v` of cells written as XML; a second column keeps every row. */
const cells = (...xml: string[]): string => `<row r="1"><c r="A1" t="inlineStr"><is><t>v</t></is></c><c r="B1" t="inlineStr"><is><t>n</t></is></c></row>${xml.map((one, i) => `<row r="${String(i + 2)}">${one}<c r="B${String(i + 2)}"><v>${String(i)}</v></c></row>`).join('')}`;
const column = async (book: Omit<MadeBook, 'sheets'>, ...xml: string[]): Promise<(string | null | undefined)[]> => (await rowsOf({ ...book, sheets: [{ name: 'S', rows: cells(...xml) }] })).map(({ v }) => v);
const number = (value: string, style?: number): string => `<c ${style === undefined ? '' : `s="${String(style)}"`}><v>${value}</v></c>`;

describe('cells', () => {
	test('numbers are digits without the noise of binary fractions', async () => {
		expect(await column({}, ...['0.30000000000000004', '1E+21', '12345678901234567', '5', '5.0', '-0', '1.1000000000000001', '1E-7', '-2.5E-2', '0.1', '100', '45000.5'].map((value) => number(value)))).toEqual(['0.3', '1000000000000000000000', '12345678901234567', '5', '5', '0', '1.1', '0.0000001', '-0.025', '0.1', '100', '45000.5']);
	});

	test('texts keep leading zeros, spaces, escapes, entities, runs of formatting, and not their phonetic reading', async () => {
		const strings = ['<si><t>007</t></si>', '<si><t xml:space="preserve"> a </t></si>', '<si><t>x_x000D_y_x005F_x0041_</t></si>', '<si><r><rPr><b/></rPr><t>bo</t></r><r><t>ld</t></r><rPh sb="0" eb="1"><t>ruby</t></rPh></si>', '<si><t>&lt;&#233;&amp;</t></si>', '<si><t/></si>'];
		expect(await column({ strings }, ...strings.map((_, i) => `<c t="s"><v>${String(i)}</v></c>`))).toEqual(['007', ' a ', 'x\ry_x0041_', 'bold', '<é&', null]);
	});

	test('booleans, errors, results of formulas and ISO dates', async () => {
		const { rows, sources } = await read({ sheets: [{ name: 'S', rows: cells('<c t="b"><v>1</v></c>', '<c t="b"><v>0</v></c>', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', '<c t="e"><v>#N/A</v></c>', '<c t="str"><f>A1</f><v>made</v></c>', '<c><f>1+1</f><v>2</v></c>', '<c t="str"><f>""</f><v></v></c>', '<c t="d"><v>2024-01-02T03:04:05</v></c>', '<c><f>A1</f></c>') }] });
		expect(rows['b.xlsx']?.map(({ v }) => v)).toEqual(['true', 'false', '#DIV/0!', '#N/A', 'made', '2', null, '2024-01-02T03:04:05', null]);
		expect(sources[0]?.notes).toContainEqual({ code: 'excel.error', column: 'v', cells: 2 });
	});

	const formats = [14, 22, 'h:mm', '[h]:mm', 'yyyy\\-mm\\-dd hh:mm:ss.000', '0.00" days"', '[$-409]mmm d, yyyy;@', '#,##0 "h"', 'General', '[Red]0.00', 'mm/dd/yy', 'm:ss', '_-* #,##0.00\\ _d'];
	test.each<[string, number, string | null, string | null]>([
		['45292', 1, '2024-01-01', '2028-01-02'],
		['45292.5', 1, '2024-01-01T12:00:00', '2028-01-02T12:00:00'],
		['45292', 2, '2024-01-01T00:00:00', '2028-01-02T00:00:00'],
		['45292.4375', 2, '2024-01-01T10:30:00', '2028-01-02T10:30:00'],
		['45292.437499999996', 2, '2024-01-01T10:30:00', '2028-01-02T10:30:00'],
		['0.4375', 3, '10:30:00', '10:30:00'],
		['45292.4375', 3, '2024-01-01T10:30:00', '2028-01-02T10:30:00'],
		['1.5', 4, '36:00:00', '36:00:00'],
		['45292.000011574', 5, '2024-01-01T00:00:01', '2028-01-02T00:00:01'],
		['45292.0000144', 5, '2024-01-01T00:00:01.244', '2028-01-02T00:00:01.244'],
		['45292', 6, '45292', '45292'],
		['45292', 7, '2024-01-01', '2028-01-02'],
		['45292', 8, '45292', '45292'],
		['45292', 9, '45292', '45292'],
		['45292', 10, '45292', '45292'],
		['45292', 11, '2024-01-01', '2028-01-02'],
		['45292', 13, '45292', '45292'],
		['45292', 0, '45292', '45292'],
		['1', 1, '1900-01-01', '1904-01-02'],
		['59', 1, '1900-02-28', '1904-02-29'],
		['60', 1, '60', '1904-03-01'],
		['61', 1, '1900-03-01', '1904-03-02'],
		['0', 1, '0', '1904-01-01'],
		['-3', 1, '-3', '-3'],
		['2958465', 1, '9999-12-31', '+010004-01-01'],
		['1e300', 1, '1e+300', '1e+300'],
	])('%s in format %i is %s, and %s where days count from 1904', async (value, style, from1900, from1904) => {
		expect(await column({ formats }, number(value, style))).toEqual([from1900]);
		for (const flag of ['1', 'true']) expect(await column({ formats, from1904: flag }, number(value, style))).toEqual([from1904]);
		expect(await column({ formats, from1904: '0' }, number(value, style))).toEqual([from1900]);
	});

	test('a date format on what is no date is noted, and the number kept', async () => {
		const { sources } = await read({ formats, sheets: [{ name: 'S', rows: cells(number('-3', 1), number('1.5', 4)) }] });
		expect(sources[0]?.notes).toEqual(expect.arrayContaining([{ code: 'excel.no-date', column: 'v', cells: 1 }, { code: 'excel.elapsed', column: 'v', cells: 1 }]));
	});

	test('cells and rows without addresses follow each other; prefixes of names do not matter', async () => {
		const rows = '<x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row>';
		expect(await rowsOf({ prefix: 'x', sheets: [{ name: 'S', rows }] })).toEqual([{ a: '1', b: '2' }]);
	});
});

describe('any table', () => {
	const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((one) => one.trim() !== '' && !/[\u0000-\u001f\ufffe\uffff]|_x/.test(one));
	// write-excel-file 4.1.1 finds what every object has where such a text should be.
	const safe = text.filter((one) => !(one in {}));
	const value = fc.oneof(safe, fc.integer(), fc.integer().map((one) => one / 1000), fc.boolean(), fc.constant(null));
	const asText = (one: string | number | boolean | null): string | null => (one === null ? null : String(one));

	test('written by write-excel-file is read as it was', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(fc.stringMatching(/^[a-zé]{1,8}$/), { minLength: 2, maxLength: 5 }).chain((names) => fc.tuple(fc.constant(names), fc.array(fc.tuple(fc.integer(), ...names.slice(1).map(() => value)), { minLength: 1, maxLength: 15 }))), async ([names, rows]) => {
				const data = [names.map((name) => ({ value: name, type: String })), ...rows.map((row) => row.map((one) => (one === null ? null : { value: one, type: typeof one === 'number' ? Number : typeof one === 'boolean' ? Boolean : String })))];
				const bytes = new Uint8Array(await writeXlsx(data as SheetData).toBuffer());
				const { rows: found, lines } = await collect(readExcel, fileOf(bytes, 'b.xlsx'));
				expect(found['b.xlsx']).toEqual(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, asText(row[i] ?? null)]))));
				expect(lines['b.xlsx']).toEqual(rows.map((_, i) => i + 2));
			}),
			replayable(60),
		);
	});

	test('agrees with read-excel-file where that keeps what stands there', async () => {
		const bytes = workbook({ formats: [14, 22], sheets: [{ name: 'One', rows: cells(...[number('1.25'), number('45292', 1), number('45292.75', 2), '<c t="b"><v>1</v></c>', '<c t="inlineStr"><is><t>x</t></is></c>'].map((xml, i) => xml.replace('<c ', `<c r="A${String(i + 2)}" `))) }] });
		const [other] = await readWithOther(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer);
		const ours = (await collect(readExcel, fileOf(bytes, 'b.xlsx'))).rows['b.xlsx']?.map(({ v }) => v);
		const theirs = other?.data.slice(1).map(([one]) => ((one as unknown) instanceof Date ? (one as unknown as Date).toISOString().slice(0, 19).replace('T00:00:00', '') : String(one)));
		expect(ours).toEqual(theirs);
	});
});

describe('sheets', () => {
	const sheets = [
		{ name: 'Cases & more', rows: table([['a', 'b'], [1, 2]]) },
		{ name: 'Hidden', state: 'hidden', rows: table([['c', 'd'], [3, 4]]) },
		{ name: 'Empty', rows: '' },
	];

	test('every sheet is a source, hidden ones are marked, empty ones say so', async () => {
		const { sources, rows } = await read({ sheets });
		expect(sources.map(({ id, part, rows: count }) => [id, part, count])).toEqual([['b.xlsx#Cases & more', 'Cases & more', 1], ['b.xlsx#Hidden', 'Hidden', 1], ['b.xlsx#Empty', 'Empty', 0]]);
		expect(rows['b.xlsx#Hidden']).toEqual([{ c: '3', d: '4' }]);
		expect(sources[1]?.notes).toContainEqual({ code: 'excel.hidden-sheet', state: 'hidden' });
		expect(sources[2]?.notes).toContainEqual({ code: 'excel.empty' });
	});

	test('only the sheets asked for are read, and their ids stay', async () => {
		expect((await read({ sheets }, { parts: ['Hidden'] })).sources.map(({ id }) => id)).toEqual(['b.xlsx#Hidden']);
	});

	test('a workbook without anything, or without the sheet asked for, is refused', async () => {
		const empty = fileOf(workbook({ sheets: [{ name: 'S', rows: '' }] }), 'b.xlsx');
		expect((await refusal(readExcel, empty)).code).toBe('files.no-records');
		expect((await refusal(readExcel, empty, { parts: ['T'] })).message).toContain('its sheets: S');
	});

	test('hidden rows and columns are read, and noted; merged cells below the header are noted', async () => {
		const { rows, sources } = await read({ sheets: [{ name: 'S', before: '<cols><col min="2" max="3" hidden="1"/></cols>', rows: table([['a', 'b'], [1, 2], [3, 4]]).replace('<row r="3">', '<row r="3" hidden="1">'), after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' }] });
		expect(rows['b.xlsx']).toHaveLength(2);
		expect(sources[0]?.notes).toEqual([{ code: 'excel.layout', preamble: 0, headers: 1, footer: 0 }, { code: 'excel.merged', ranges: 1 }, { code: 'excel.hidden-rows', rows: 1 }, { code: 'excel.hidden-columns', columns: 2 }]);
	});
});

describe('where the table stands', () => {
	test('titles above, blank rows and columns, totals and remarks below become no rows, and each says why', async () => {
		const { rows, sources, lines } = await read({ sheets: [{ name: 'S', rows: table([
			[null, 'Cases by unit'], { line: 2, cells: [null, 'Printed', '1 March'] }, { line: 4, cells: [null, 'unit', 'cases', null, 'mean'] }, { line: 5, cells: [null, 'A', 3, null, 1.5] }, { line: 7, cells: [null, 'B', 4, null, 2.5] }, { line: 8, cells: [null, 'C', 5] },
			{ line: 9, cells: [null, 'unit', 'cases', null, 'mean'] }, { line: 10, cells: [null, 'D', 6, null, 1] }, { line: 11, cells: [null, 'Total', 18, null, 2] }, { line: 13, cells: [null, 'Source: the ward system'] }, { line: 14, cells: [null, 'Not audited'] },
		]) }] });
		expect(sources[0]?.columns).toEqual(['unit', 'cases', 'mean']);
		expect(rows['b.xlsx']).toEqual([{ unit: 'A', cases: '3', mean: '1.5' }, { unit: 'B', cases: '4', mean: '2.5' }, { unit: 'C', cases: '5', mean: null }, { unit: 'D', cases: '6', mean: '1' }]);
		expect(lines['b.xlsx']).toEqual([5, 7, 8, 10]);
		expect(sources[0]?.skippedLines).toEqual([
			{ line: 1, code: 'excel.preamble', text: 'Cases by unit' },
			{ line: 2, code: 'excel.preamble', text: 'Printed · 1 March' },
			{ line: 9, code: 'excel.header-again', text: 'unit · cases · mean' },
			{ line: 11, code: 'excel.footer', text: 'Total · 18 · 2' },
			{ line: 13, code: 'excel.footer', text: 'Source: the ward system' },
			{ line: 14, code: 'excel.footer', text: 'Not audited' },
		]);
		expect(sources[0]?.notes).toContainEqual({ code: 'excel.layout', preamble: 3, headers: 1, footer: 3 });
	});

	test.each([true, false])('two header rows give joined names (merged: %s)', async (merged) => {
		const { rows } = await read({ sheets: [{ name: 'S', rows: table([['Patient', null, 'Visit', null], ['id', 'age', 'date', 'cost'], ['p1', 30, 'x', 1], ['p2', 40, 'y', 2]]), after: merged ? '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1:D1"/></mergeCells>' : '' }] });
		expect(rows['b.xlsx']?.[0]).toEqual({ 'Patient id': 'p1', 'Patient age': '30', 'Visit date': 'x', 'Visit cost': '1' });
	});

	test('a row of data that is all texts is no second header', async () => {
		expect(await rowsOf({ sheets: [{ name: 'S', rows: table([['Name', null, 'Age'], ['Bob', 'x', null], ['Al', 'y', 5]]) }] })).toEqual([{ Name: 'Bob', 'column B': 'x', Age: null }, { Name: 'Al', 'column B': 'y', Age: '5' }]);
	});

	test('years can be names; a table without names has letters, and says so', async () => {
		expect((await read({ sheets: [{ name: 'S', rows: table([['unit', 2023, 2024], ['A', 5, 6]]) }] })).sources[0]?.columns).toEqual(['unit', '2023', '2024']);
		const { sources, rows } = await read({ sheets: [{ name: 'S', rows: table([['A', 5, 6], ['B', 7, 8]]) }] });
		expect(rows['b.xlsx']).toEqual([{ 'column A': 'A', 'column B': '5', 'column C': '6' }, { 'column A': 'B', 'column B': '7', 'column C': '8' }]);
		expect(sources[0]?.notes).toContainEqual({ code: 'excel.no-header' });
	});

	test('names that repeat or are missing are told apart', async () => {
		const { sources } = await read({ sheets: [{ name: 'S', rows: table([['a', 'a', null, ' b  c '], [1, 2, 3, 4]]) }] });
		expect(sources[0]?.columns).toEqual(['a', 'a (2)', 'column C', 'b c']);
	});

	test('what a person says about the layout stands above what is found', async () => {
		const book = { sheets: [{ name: 'S', rows: table([['a', 'b'], ['c', 'd'], ['e', 'f'], ['Total', 1]]) }] };
		expect((await read(book, { dialect: { preamble: 1, headers: 1, footer: 0 } })).rows['b.xlsx']).toEqual([{ c: 'e', d: 'f' }, { c: 'Total', d: '1' }]);
		expect((await read(book, { dialect: { headers: 0, footer: 2 } })).rows['b.xlsx']).toEqual([{ 'column A': 'a', 'column B': 'b' }, { 'column A': 'c', 'column B': 'd' }]);
	});

	test('no row is lost: rows and skipped lines are all rows with something in them, less the header', async () => {
		const cell = fc.oneof(fc.constantFrom('x', 'Total', 'Source', 'name', 'unit', 'a', 'b'), fc.integer({ min: 0, max: 9 }), fc.constant(null));
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(cell, { minLength: 0, maxLength: 5 }), { maxLength: 90 }), async (rows) => {
				const filled = rows.filter((row) => row.some((one) => one !== null));
				if (filled.length === 0) return;
				const bytes = workbook({ sheets: [{ name: 'S', rows: table(rows) }] });
				if ((await readOrRefused(readExcel, bytes)) === 'refused') return;
				const { sources } = await collect(readExcel, fileOf(bytes, 'b.xlsx'));
				const headers = sources[0]?.notes.find(({ code }) => code === 'excel.layout')?.headers as number;
				expect((sources[0]?.rows ?? 0) + (sources[0]?.skipped ?? 0) + headers).toBe(filled.length);
			}),
			replayable(200),
		);
	});
});

describe('limits', () => {
	const good = parts({ strings: ['<si><t>é</t></si>'], formats: [14], sheets: [{ name: 'S', rows: cells('<c t="s"><v>0</v></c>', number('45292', 1)) }] });

	test('what would not fit is refused with the estimate before it is unpacked', async () => {
		const rows = table([['a', 'b'], ...Array.from({ length: 30_000 }, (_, i) => [i, i])]);
		expect(await refusal(readExcel, fileOf(workbook({ sheets: [{ name: 'S', rows }] }), 'b.xlsx'), { memory: 100_000 })).toMatchObject({ code: 'files.too-large', detail: { file: 'b.xlsx', limit: '1 MB' } });
	});

	test('an archive that holds more than it says is refused', async () => {
		const bytes = zipped({ ...good, 'xl/worksheets/sheet0.xml': (good['xl/worksheets/sheet0.xml'] ?? '').replace('<sheetData>', `${' '.repeat(5_000_000)}<sheetData>`) });
		const view = new DataView(bytes.buffer, bytes.byteOffset);
		for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 1_000_000) view.setUint32(at + 24, 1000, true);
		expect((await refusal(readExcel, fileOf(bytes, 'b.xlsx'))).message).toContain('more than it says');
	});

	test('a password, the old format, and what is no archive are told apart', async () => {
		expect((await refusal(readExcel, fileOf(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'b.xls'))).message).toContain('password');
		expect((await refusal(readExcel, fileOf('a,b', 'b.xlsx'))).code).toBe('files.malformed');
		expect((await refusal(readExcel, fileOf(zipped({ 'a.txt': 'x' }), 'b.xlsx'))).message).toContain('xl/workbook.xml');
	});

	test.each([
		['<row r="1"><c r="A1" t="s"><v>9</v></c></row>', 'sheet S, cell A1'],
		['<row r="1"><c r="XFE1"><v>1</v></c></row>', 'row 1'],
		['<row r="99999999999"><c><v>1</v></c></row>', 'sheet S'],
		['<row><c><v>1</c></row>', 'line 1'],
	])('%s is refused with its place', async (rows, place) => {
		expect((await refusal(readExcel, fileOf(workbook({ sheets: [{ name: 'S', rows }] }), 'b.xlsx'))).message).toContain(place);
	});

	test('a row far below costs nothing', async () => {
		const { lines } = await read({ sheets: [{ name: 'S', rows: table([['a', 'b'], { line: 1_048_576, cells: [1, 2] }]) }] });
		expect(lines['b.xlsx']).toEqual([1_048_576]);
	});

	test('cut or changed bytes, packed or plain, are read or refused, nothing else', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constantFrom<0 | 6>(0, 6), fc.double({ min: 0.5, max: 1, noNaN: true }), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 5 }), async (level, share, changes) => {
				const bytes = zipped(good, level);
				for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
				await readOrRefused(readExcel, share > 0.7 ? bytes : bytes.slice(0, Math.floor(bytes.length * share)));
			}),
			replayable(500),
		);
	});
});
