import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasShared, shared, sharedFile, sharedNames, taken, type Taken } from './support.ts';

/** What the file becomes: rows, skipped lines with their reasons, notes with their lines, and the dialect where it is the point. */
interface Expected {
	rows: number;
	skipped?: [number, string][];
	noted?: string[];
	dialect?: Record<string, string | number>;
	first?: (string | null)[];
	last?: (string | null)[];
	columns?: string[];
}

const summary = ({ source, rows, columns }: Taken, expected: Expected): Expected => ({
	rows: source.rows,
	skipped: source.skippedLines.map(({ line, code }) => [line, code]),
	noted: source.notes.map((note) => (Array.isArray(note.lines) ? `${note.code} ${note.lines.join(' ')}` : note.code)),
	...(expected.dialect && { dialect: Object.fromEntries(Object.keys(expected.dialect).map((key) => [key, source.dialect?.[key as 'quote'].value ?? ''])) }),
	...(expected.first && { first: rows[0] ?? [] }),
	...(expected.last && { last: rows.at(-1) ?? [] }),
	...(expected.columns && { columns: [...columns] }),
});

const check = async (path: string, expected: Expected): Promise<void> => {
	const read = await taken(sharedFile(`hard-csv/duckdb/${path}`));
	expect(summary(read, expected)).toEqual({ skipped: [], noted: [], ...expected });
};

const lines = (path: string): number => readFileSync(shared(`hard-csv/duckdb/${path}`), 'latin1').trimEnd().split(/\r\n|\n|\r/).length;

describe.skipIf(!hasShared)('DuckDB: auto (needs ../shared/data)', () => {
	const exceptions: Record<string, Expected> = {
		'14177.csv': { rows: 5, last: ['5', 'This is a test description,\nThis is a\nlonger description for id 5'] },
		'backslash_escape.csv': { rows: 3, dialect: { delimiter: '|', quote: '"', escape: '\\', headers: 0 } },
		'duplicate_header_col.csv': { rows: 2, noted: ['repeated-names'], columns: ['a', 'b', 'a (2)'] },
		'duplicate_header_collision.csv': { rows: 2, noted: ['repeated-names'], columns: ['a', 'b', 'a (2)', 'a_1'] },
		'duplicate_header_columns.csv': { rows: 2, noted: ['empty-names', 'repeated-names'] },
		// A header without any name is a record with nothing in it.
		'empty_header.csv': { rows: 2, skipped: [[1, 'empty-record']], dialect: { headers: 0 } },
		'issue_1254.csv': { rows: 2 },
		'issue_1254_rn.csv': { rows: 2 },
		'missing_header_col.csv': { rows: 2, noted: ['empty-names'], columns: ['a', 'column 2', 'c'] },
		'missing_many_col.csv': { rows: 2, noted: ['empty-names'], dialect: { headers: 1 } },
		// The long line has a filled cell too many, the short one may only lack its end.
		'mock_duckdb_test_data.csv': { rows: 8, skipped: [[7, 'too-many-cells']], noted: ['short-rows 4'] },
		'multi_column_string_mix_r_n.csv': { rows: 9, noted: ['line-ends'], last: ['100000000', '15519', '785', 'p9'] },
		'multiple_skip_row.csv': { rows: 1, skipped: [[1, 'preamble'], [2, 'preamble']], dialect: { preamble: 2 }, columns: ['number', 'text', 'date'] },
		'skip_row.csv': { rows: 1, skipped: [[1, 'preamble']], dialect: { preamble: 1 } },
		'normalize_names_5.csv': { rows: 2, columns: ['# a', 'b', 'c'] },
		'quote_escape.csv': { rows: 3, dialect: { delimiter: '|', quote: '"', escape: '"' } },
		'sample.csv': { rows: 3, noted: ['empty-names'], columns: ['column 1', 'name', 'year'] },
		'single_quote_backslash.csv': { rows: 3, dialect: { quote: "'", escape: '\\', headers: 0 } },
		// A single record of words may be names or data: names are likelier, and the choice is not sure.
		'single_value.csv': { rows: 0, columns: ['Test'] },
		'varchar_single_line.csv': { rows: 0, columns: ['Alice', 'StreetA'] },
		'single_numeric.csv': { rows: 1 },
		'mixed_single_line.csv': { rows: 1 },
		'invalid_time.csv': { rows: 1, first: ['12:0'] },
		'various_time_formats.csv': { rows: 1 },
		'tab_single_quote_varchar.csv': { rows: 3, dialect: { delimiter: '\t', quote: "'" }, last: ['567', 'TEST14', 'text3'] },
		'test_header_mix.csv': { rows: 2, noted: ['empty-names', 'repeated-names'] },
		// A title that begins with a quoted word: text after a closing quote.
		'titlebasicsdebug.tsv': { rows: 3002, noted: ['quotes-as-text 2528'], dialect: { delimiter: '\t', quote: '"' } },
		'unnamed_columns.csv': { rows: 2, dialect: { headers: 0 } },
		'utf8bom.csv': { rows: 2, dialect: { encoding: 'utf-8' }, columns: ['id', 'name'] },
	};
	const withoutHeader = /^(leading_space|multi_column|no_header|pipe_delim|rfc_conform|semicolon_|tab|varchar_multi)/;
	const files = sharedNames('hard-csv/duckdb/auto').filter((name) => /sv$/.test(name));

	test.each(files)('%s', async (name) => {
		await check(`auto/${name}`, exceptions[name] ?? { rows: lines(`auto/${name}`) - (withoutHeader.test(name) ? 0 : 1), dialect: { headers: withoutHeader.test(name) ? 0 : 1 } });
	});

	test.each([['glob/0.csv', 27], ['glob/1.csv', 28]])('%s', async (name, rows) => {
		await check(`auto/${name}`, { rows });
	});
});

describe.skipIf(!hasShared)('DuckDB: encodings, headers, null (needs ../shared/data)', () => {
	test.each<[string, Expected]>([
		['encodings/latin1.csv', { rows: 12, dialect: { encoding: 'windows-1252' }, first: ['José Álvarez', '30'], last: ['Léonard Dubois', '29'] }],
		['encodings/utf16.csv', { rows: 20, dialect: { encoding: 'utf-16le' }, last: ['Krystýna Novák', '23'] }],
		['encodings/shift_jis.csv', { rows: 20, dialect: { encoding: 'shift_jis' }, columns: ['名前', '年齢'], last: ['田村', '25'] }],
		['encodings/only_utf16.csv', { rows: 6, dialect: { encoding: 'utf-16le', headers: 0 }, first: ['ŁŁŁŁŁŁŁ ŁŁŁŁŁŁŁŁ', 'Ł'] }],
		['headers/all_varchar.csv', { rows: 1, columns: ['name'] }],
		['headers/borked_type.csv', { rows: 2, columns: ['Date'] }],
		['headers/empty_1.csv', { rows: 2, noted: ['empty-names'], columns: ['a', 'b', 'c', 'column 4', 'e'] }],
		['headers/empty_2.csv', { rows: 2, noted: ['empty-names'], columns: ['a', 'b', 'c', 'column 4', 'e'] }],
		['headers/empty_3.csv', { rows: 2, noted: ['empty-names'], columns: ['a', 'b', 'c', 'column 4', 'e'] }],
		['headers/empty_4.csv', { rows: 2, noted: ['empty-names'], columns: ['a', 'b', 'c', 'column 4', 'e'] }],
		['headers/escaped_quote.csv', { rows: 2, columns: ['Name', "Escaped''Quote"] }],
		['headers/integer.csv', { rows: 1, dialect: { headers: 0 } }],
		['headers/single_line.csv', { rows: 0, columns: ['creationDate', 'Id'] }],
		['headers/undetected_type.csv', { rows: 1, columns: ['Value'], first: ['68,527.00'] }],
		['headers/unescaped_quote.csv', { rows: 2, columns: ['Name', "Unescaped'Quote"] }],
		['null/hive_partition_null_overwrite.csv', { rows: 2, first: ['1', null, '2025', '9', '0.1'] }],
		['null/multiple_nulls.csv', { rows: 3, first: ['Pedro', '31', '1.73'], last: ['Thijs', '26', 'none'] }],
		['null/multiple_quoted_nulls.csv', { rows: 3, last: ['Thijs', '26', 'none'] }],
	])('%s', check);

	test.each([
		['all_latin1.csv', 189],
		['only_latin1.csv', 6],
	])('encodings/%s holds no words, so its encoding is asked for; read as windows-1252, every character is kept', async (name, rows) => {
		const guess = await taken(sharedFile(`hard-csv/duckdb/encodings/${name}`));
		const encoding = guess.source.dialect?.encoding;
		expect(encoding?.sure).toBe(false);
		expect([encoding?.value, ...(encoding?.others ?? [])]).toContain('windows-1252');
		const read = await taken(sharedFile(`hard-csv/duckdb/encodings/${name}`), { dialect: { encoding: 'windows-1252' } });
		expect(read.source).toMatchObject({ rows, skipped: 0, notes: [] });
		expect(read.rows.at(-1)?.[0]).toBe(name === 'all_latin1.csv' ? 'ÿ' : 'ýýýý ýýýýýý');
	});

	test('encodings/all_utf16.csv: a line for each character, among them � itself, which is pointed out', async () => {
		const { rows, source } = await taken(sharedFile('hard-csv/duckdb/encodings/all_utf16.csv'));
		expect(source.dialect?.encoding).toMatchObject({ value: 'utf-16le', sure: true });
		expect(source.notes).toContainEqual(expect.objectContaining({ code: 'undecodable', count: 1 }));
		for (const character of ['é', 'Ł', '日', '\uac00', '\uffee']) expect(rows.filter(([cell]) => cell === character)).toHaveLength(1);
		expect(rows.at(-1)).toEqual(['\uffff']);
	});
});

describe.skipIf(!hasShared)('DuckDB: rejects and unescaped quotes (needs ../shared/data)', () => {
	test.each<[string, Expected]>([
		['rejects/dr_who.csv', { rows: 1 }],
		['rejects/flush.csv', { rows: 7, first: ['not-a-number'] }],
		// Line 22 has text after a closing quote; line 35 bytes that are no UTF-8, which windows-1252 reads as ÿÿ.
		['rejects/frankstein/nightmare.csv', { rows: 46, skipped: [[14, 'too-many-cells']], noted: ['short-rows 10', 'quotes-as-text 22'], dialect: { encoding: 'windows-1252' } }],
		['rejects/incorrect_columns/few_columns.csv', { rows: 2772, noted: ['short-rows 1814 1823 2378 2762'] }],
		['rejects/incorrect_columns/many_columns.csv', { rows: 2768, skipped: [[1096, 'too-many-cells'], [1159, 'too-many-cells'], [1206, 'too-many-cells'], [2769, 'too-many-cells']] }],
		['rejects/incorrect_columns/mix_columns.csv', { rows: 2770, skipped: [[1671, 'too-many-cells'], [2768, 'too-many-cells']], noted: ['short-rows 1604 2751'] }],
		['rejects/incorrect_columns/small_mix.csv', { rows: 3, skipped: [[3, 'too-many-cells']], noted: ['short-rows 4'] }],
		['rejects/maximum_line/max_10.csv', { rows: 7 }],
		['rejects/maximum_line/over_vector.csv', { rows: 2925 }],
		// Values of the wrong type are no matter of reading: the cells are kept as they stand.
		['rejects/multiple_errors/cast_and_less_col.csv', { rows: 4, noted: ['short-rows 4 5'] }],
		['rejects/multiple_errors/cast_and_maxline.csv', { rows: 3 }],
		['rejects/multiple_errors/cast_and_more_col.csv', { rows: 2, skipped: [[4, 'too-many-cells'], [5, 'too-many-cells']] }],
		['rejects/multiple_errors/invalid_utf_cast.csv', { rows: 2, dialect: { encoding: 'windows-1252' }, last: ['oogie boÿÿgie', 'bla', ' 2023-01-01', ' 2'] }],
		['rejects/multiple_errors/invalid_utf_less.csv', { rows: 2, noted: ['short-rows 3'] }],
		['rejects/multiple_errors/invalid_utf_max_line.csv', { rows: 1, skipped: [[3, 'too-many-cells']] }],
		['rejects/multiple_errors/invalid_utf_more.csv', { rows: 1, skipped: [[3, 'too-many-cells']] }],
		['rejects/multiple_errors/invalid_utf_unquoted.csv', { rows: 2, noted: ['quotes-not-used 3'] }],
		['rejects/multiple_errors/less_col_and_max_line.csv', { rows: 3, noted: ['short-rows 4'] }],
		['rejects/multiple_errors/more_col_and_max_line.csv', { rows: 2, skipped: [[4, 'too-many-cells']] }],
		['rejects/multiple_errors/multiple_cast_implicit.csv', { rows: 3 }],
		['rejects/multiple_errors/multiple_casts_flush.csv', { rows: 3 }],
		['rejects/multiple_errors/multiple_casts_mixed.csv', { rows: 3 }],
		['rejects/multiple_errors/multiple_errors.csv', { rows: 5, skipped: [[4, 'too-many-cells'], [5, 'too-many-cells']], noted: ['quotes-not-used 6', 'short-rows 6 7 8'] }],
		['rejects/multiple_errors/unquoted_cast.csv', { rows: 3, noted: ['quotes-not-used 3'] }],
		['rejects/multiple_errors/unquoted_less.csv', { rows: 3, noted: ['quotes-not-used 3', 'short-rows 3'] }],
		['rejects/multiple_errors/unquoted_maxline.csv', { rows: 3, noted: ['quotes-not-used 3'] }],
		['rejects/multiple_errors/unquoted_more.csv', { rows: 2, skipped: [[3, 'too-many-cells']], noted: ['quotes-not-used 3'] }],
		['rejects/unquoted/basic.csv', { rows: 7, noted: ['quotes-as-text 5'], last: ['bla', '3'] }],
		['rejects/unquoted/unquoted_last_value.csv', { rows: 3, skipped: [[5, 'quote-not-closed']] }],
		// Either line could close the quote of the other: both are skipped, and the next one is read.
		['rejects/unquoted/unquoted_new_line.csv', { rows: 6, skipped: [[5, 'quotes-unclear'], [6, 'quotes-unclear']] }],
		['unescaped_quotes/end_quote.csv', { rows: 1, last: ['Pedro "the'], dialect: { escape: '' } }],
		['unescaped_quotes/end_quote_2.csv', { rows: 2, last: ['Pedro "the'], dialect: { escape: '' } }],
		['unescaped_quotes/end_quote_3.csv', { rows: 3, last: ['Pedro "the'], dialect: { escape: '' } }],
		['unescaped_quotes/end_quote_mixed.csv', { rows: 3, noted: ['quotes-as-text 1 3'], dialect: { escape: '"' } }],
		['unescaped_quotes/some_escaped_some_not.csv', { rows: 4, noted: ['quotes-as-text 2 4'], first: ['Pedro "the" legend'], last: ['Pedro "the'] }],
		['unescaped_quotes/stops.csv', { rows: 9, last: ['de:08317:12007:2:1', 'Lahr Schlüssel "Vis-à-Vis Bus"', '48.3411985847104', '7.87932997062448'] }],
		['unescaped_quotes/unescaped_quote.csv', { rows: 6, first: ['1', 'pedro "pdet" holanda'], last: ['6', 'pedro "pdet" holanda'] }],
		['unescaped_quotes/unescaped_quote_new_line.csv', { rows: 6, first: ['1', 'pedro "pdet" \nholanda'] }],
		['unescaped_quotes/unescaped_quote_new_line_rn.csv', { rows: 6, first: ['1', 'pedro "pdet" \r\nholanda'] }],
	])('%s', check);
});
