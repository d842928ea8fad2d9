import { zipSync } from 'fflate';

export interface MadeSheet {
	name: string;
	state?: string;
	/** What stands between the tags of `<sheetData>`. */
	rows: string;
	/** What stands after it, such as merged cells, and before it, such as columns. */
	after?: string;
	before?: string;
}

export interface MadeBook {
	sheets: readonly MadeSheet[];
	from1904?: string;
	strings?: readonly string[];
	/** Format codes; style i + 1 has the i-th. A number is a built-in format. */
	formats?: readonly (string | number)[];
	prefix?: string;
	/** Sizes of packing: 0 stores. */
	level?: 0 | 6;
}

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const quoted = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The parts of a workbook (ECMA-376) written by hand, so that tests can hold what no writer writes. */
export function parts({ sheets, from1904, strings = [], formats = [], prefix = '' }: MadeBook): Record<string, string> {
	const p = prefix === '' ? '' : `${prefix}:`;
	const ns = prefix === '' ? `xmlns="${spreadsheet}"` : `xmlns:${prefix}="${spreadsheet}"`;
	const codes = formats.flatMap((format, i) => (typeof format === 'string' ? [`<${p}numFmt numFmtId="${String(164 + i)}" formatCode="${quoted(format)}"/>`] : []));
	const xfs = formats.map((format, i) => `<${p}xf numFmtId="${String(typeof format === 'string' ? 164 + i : format)}"/>`);
	return {
		'_rels/.rels': `<Relationships><Relationship Id="r" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<${p}workbook ${ns} xmlns:r="${relation}">${from1904 === undefined ? '' : `<${p}workbookPr date1904="${from1904}"/>`}<${p}sheets>${sheets.map(({ name, state }, i) => `<${p}sheet name="${quoted(name)}" sheetId="${String(i + 1)}" ${state ? `state="${state}"` : ''} r:id="s${String(i)}"/>`).join('')}</${p}sheets></${p}workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, i) => `<Relationship Id="s${String(i)}" Type="${relation}/worksheet" Target="worksheets/sheet${String(i)}.xml"/>`).join('')}<Relationship Id="t" Type="${relation}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="y" Type="${relation}/styles" Target="styles.xml"/></Relationships>`,
		'xl/sharedStrings.xml': `<${p}sst ${ns}>${strings.join('')}</${p}sst>`,
		'xl/styles.xml': `<${p}styleSheet ${ns}><${p}numFmts>${codes.join('')}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs><${p}cellXfs><${p}xf numFmtId="0"/>${xfs.join('')}</${p}cellXfs></${p}styleSheet>`,
		...Object.fromEntries(sheets.map(({ rows, after = '', before = '' }, i) => [`xl/worksheets/sheet${String(i)}.xml`, `<?xml version="1.0"?><${p}worksheet ${ns}>${before}<${p}sheetData>${rows}</${p}sheetData>${after}</${p}worksheet>`])),
	};
}

export function zipped(files: Readonly<Record<string, string>>, level: 0 | 6 = 6): Uint8Array {
	return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])), { level });
}

export const workbook = (book: MadeBook): Uint8Array => zipped(parts(book), book.level);

/** Rows from texts (inline), numbers and nulls; a row of its own line where one is given. */
export function rowsXml(rows: readonly (readonly (string | number | null)[] | { line: number; cells: readonly (string | number | null)[] })[]): string {
	let line = 0;
	return rows.map((row) => {
		const own = 'line' in row;
		line = own ? row.line : line + 1;
		const cells = own ? row.cells : row;
		const letters = (i: number): string => (i >= 26 ? String.fromCharCode(64 + Math.floor(i / 26)) : '') + String.fromCharCode(65 + (i % 26));
		return `<row r="${String(line)}">${cells.map((cell, i) => (cell === null ? '' : typeof cell === 'number' ? `<c r="${letters(i)}${String(line)}"><v>${String(cell)}</v></c>` : `<c r="${letters(i)}${String(line)}" t="inlineStr"><is><t xml:space="preserve">${quoted(cell)}</t></is></c>`)).join('')}</row>`;
	}).join('');
}
