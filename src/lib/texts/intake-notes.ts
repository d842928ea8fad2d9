import { countText, listText } from '../format.ts';
import { dialects } from './dialects.ts';

/** Of a note: its details by name, as the readers write them. */
export type Details = Readonly<Record<string, unknown>>;

const n = (value: unknown): number => (typeof value === 'number' ? value : 0);
const s = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const quoted = (names: readonly string[]): string => listText(names.slice(0, 5).map((name) => `“${name}”`)) + (names.length > 5 ? ` and ${countText(names.length - 5)} more` : '');
const of = (count: unknown, one: string, many: string): string => `${countText(n(count))} ${n(count) === 1 ? one : many}`;
const record = (value: unknown): [string, unknown][] => (typeof value === 'object' && value !== null ? Object.entries(value) : []);
const places = (value: unknown): string => listText((Array.isArray(value) ? (value as Details[]) : []).map(({ line, text }) => `“${String(text)}” in line ${countText(n(line))}`));
const said = dialects.notes;

/** Sentences for what was noted of a source or a column, by code. A test keeps a sentence for every code. */
export const noteTexts: Readonly<Record<string, (note: Details) => string>> = {
	'short-rows': ({ count }) => said['short-rows'](n(count)),
	'extra-empty-cells': ({ count }) => said['extra-empty-cells'](n(count)),
	'quotes-as-text': ({ count }) => said['quotes-as-text'](n(count)),
	'quotes-not-used': ({ count }) => said['quotes-not-used'](n(count)),
	undecodable: ({ count, encoding }) => said.undecodable(n(count), s(encoding) || 'the encoding below'),
	'line-ends': ({ feeds, returns }) => said['line-ends'](n(feeds), n(returns)),
	'header-short': ({ names, cells, shifted }) => said['header-short'](n(names), n(cells), shifted === true),
	'empty-names': ({ columns }) => said['empty-names'](list(columns).map(Number)),
	'repeated-names': ({ names }) => said['repeated-names'](list(names)),
	'separator-line': () => said['separator-line'](),

	'json.joined': ({ column, cells }) => `${of(cells, 'cell holds', 'cells hold')} a list${s(column) === '' ? '' : ` in “${s(column)}”`}; its parts stand in one text, with semicolons between.`,
	'json.lists': ({ column, cells }) => `${of(cells, 'cell', 'cells')} of “${s(column)}” ${n(cells) === 1 ? 'holds' : 'hold'} lists within lists, which stay as JSON.`,
	'json.repeated-name': ({ name, cells }) => `A name stands twice in one record ${of(cells, 'time', 'times')}, first “${s(name)}”; the later value was taken.`,
	'json.nested': ({ within }) => `These rows are lists inside ${s(within) === '' ? 'other records of the file' : `the records of “${s(within)}”`}; each row carries the columns of the record it stands in.`,
	'json.around': ({ columns, left }) =>
		[list(columns).length > 0 ? `What stands around the list of records comes along on every row: ${quoted(list(columns))}.` : '', list(left).length > 0 ? `${quoted(list(left))} ${list(left).length === 1 ? 'is' : 'are'} too long for that and left out.` : ''].filter((part) => part !== '').join(' '),
	'json.rows-as-lists': ({ cells }) => `${of(cells, 'row is a list', 'rows are lists')} without names; their columns are called by their place.`,
	'json.not-carried': ({ column, cells }) => `${of(cells, 'text', 'texts')} of “${s(column)}” ${n(cells) === 1 ? 'is' : 'are'} too long to be repeated on every row inside the record, and ${n(cells) === 1 ? 'is' : 'are'} left out there.`,

	'excel.hidden-sheet': () => 'This sheet is hidden in Excel. It was read all the same.',
	'excel.layout': ({ preamble, headers, footer }) =>
		`${n(preamble) === 0 ? 'The table begins in the first row' : `${of(preamble, 'row stands', 'rows stand')} before the table`}; ${n(headers) === 0 ? 'it has no row of names' : n(headers) === 1 ? 'its names stand in one row' : `its names stand in ${countText(n(headers))} rows`}${n(footer) === 0 ? '' : `; ${of(footer, 'row', 'rows')} after it ${n(footer) === 1 ? 'is' : 'are'} no data`}.`,
	'excel.empty': () => 'Nothing stands in this sheet.',
	'excel.no-header': () => 'The sheet has no row of names; its columns are called by their letters.',
	'excel.merged': ({ ranges }) => `${of(ranges, 'range of cells is', 'ranges of cells are')} merged; only the first cell of each holds its text.`,
	'excel.hidden-rows': ({ rows }) => `${of(rows, 'row is', 'rows are')} hidden in Excel, by a filter or by hand. They were read all the same.`,
	'excel.hidden-columns': ({ columns }) => `${of(columns, 'column is', 'columns are')} hidden in Excel. They were read all the same.`,
	'excel.error': ({ column, cells }) => `${of(cells, 'cell', 'cells')} of “${s(column)}” ${n(cells) === 1 ? 'holds an error' : 'hold errors'} of Excel, such as #N/A, and ${n(cells) === 1 ? 'stands' : 'stand'} as that text.`,
	'excel.no-date': ({ column, cells }) => `${of(cells, 'cell', 'cells')} of “${s(column)}” ${n(cells) === 1 ? 'is' : 'are'} shown as a date, but the number is none; it stands as a number.`,
	'excel.elapsed': ({ column, cells }) => `${of(cells, 'cell', 'cells')} of “${s(column)}” ${n(cells) === 1 ? 'is' : 'are'} a length of time, not a time of day.`,

	'parquet.bytes': ({ column, cells }) => `${of(cells, 'cell', 'cells')} of “${s(column)}” ${n(cells) === 1 ? 'is' : 'are'} bytes and no text; they stand as hexadecimal digits.`,
	'parquet.nested': ({ column }) => `“${s(column)}” holds lists or records, which stand as JSON.`,

	'xes.log': ({ attributes }) => `The log says of itself: ${listText(record(attributes).slice(0, 8).map(([name, value]) => `${name} ${String(value)}`))}. That is no data and is left out.`,
	'xes.repeated': ({ column, cells }) => `${s(column) === '' ? 'Something' : `“${s(column)}”`} stands twice in the same place ${of(cells, 'time', 'times')}; both values stand in one text, with a semicolon between.`,

	'no-day-over-12': ({ column, dates }) => `None of the ${countText(n(dates))} different dates of “${s(column)}” has a day over 12. Day and month may have been swapped before the file was made.`,
	'far-dates': ({ column, cells, examples }) => `${of(cells, 'date', 'dates')} of “${s(column)}” ${n(cells) === 1 ? 'lies' : 'lie'} far from the others: ${places(examples)}.`,
	'dates-jump': ({ column, jumps }) => `The dates of “${s(column)}” jump back and forth ${of(jumps, 'time', 'times')}, and would hardly do so with day and month the other way round.`,
	'orders-differ': ({ column }) => `Some dates of “${s(column)}” have the day first and others the month first, each sure by its own cells.`,
	'some-offsets': ({ column, cells, of: all }) => `${countText(n(cells))} of the ${countText(n(all))} times of “${s(column)}” name their time zone; the others are taken as they stand.`,
	'other-currencies': ({ column, read, others }) => `“${s(column)}” is read in ${s(read)}; cells in ${listText(list(others))} cannot be added to that and are not read.`,
};

/** Why a line or record became no row, by code. */
export const skippedTexts: Readonly<Record<string, string>> = {
	...dialects.skipped,
	'json.no-record': 'is no record',
	'json.bad-line': 'is no JSON',
	'excel.preamble': 'stands before the table',
	'excel.footer': 'stands after the table',
	'excel.header-again': 'is the row of names once more',
	'xes.no-events': 'is a case without events',
};

export const noteText = (note: Details & { code: string }): string => (Object.hasOwn(noteTexts, note.code) ? (noteTexts[note.code]?.(note) ?? note.code) : note.code);
export const skippedText = (code: string): string => (Object.hasOwn(skippedTexts, code) ? (skippedTexts[code] ?? code) : code);
