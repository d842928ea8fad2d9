import type { Cell, SheetData } from 'write-excel-file/universal';
import { harmless, type CsvCell } from '../../lib/csv.ts';
import { toMs } from '../../lib/dates.ts';
import { texts } from '../../lib/texts/index.ts';
import { shareUnit, type Kind, type Twin } from '../twin-columns.ts';

/** Excel's own limit. */
const longest = 32_767;
/** Excel counts days from 1900 and takes that year for a leap year; from March on its count is right. */
const firstDate = '1900-03-01';

/** What XML cannot hold goes; what Excel would read as an escape of its own (`_x000D_`) is escaped. */
export function cellText(text: string): string {
	const clean = text.replaceAll(/[\0-\x08\x0B\f\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFD-\uFFFF\p{Surrogate}]/gu, '');
	const safe = harmless(clean).replaceAll(/\r\n?/g, '\n').replaceAll(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_').slice(0, longest);
	// write-excel-file 4.1.1 looks strings up in a plain object, and finds what every object has: "constructor" must not be called so.
	return safe in {} ? `_x${safe.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_${safe.slice(1)}` : safe;
}

const text = (value: string): Cell => ({ value: cellText(value), type: String });

function numberFormat(kind: Kind, value: number, unit: CsvCell): string {
	if (kind === 'share' || (kind === 'measured' && unit === shareUnit)) return '0.0%';
	return Number.isInteger(value) && kind !== 'number' ? '#,##0' : '#,##0.00';
}

function cellOf(kind: Kind, value: CsvCell, unit: CsvCell): Cell {
	if (value === null || value === undefined) return null;
	if (typeof value === 'boolean') return { value, type: Boolean };
	if (typeof value === 'bigint') return text(String(value));
	if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number, format: numberFormat(kind, value, unit) } : text(String(value));
	const dated = kind === 'day' || kind === 'instant';
	if (dated && value >= firstDate) return { value: new Date(toMs(value)), type: Date, format: kind === 'day' ? 'yyyy-mm-dd' : 'yyyy-mm-dd hh:mm' };
	return text(value);
}

function width(twin: Twin, column: string): number {
	const lengths = twin.rows.slice(0, 200).map((row) => (typeof row[column] === 'string' ? row[column].length : 8));
	return Math.min(44, Math.max(column.length, ...lengths) + 2);
}

/** The table on the first sheet, what it is and under which conditions it holds on the second. */
export async function xlsxOf(twin: Twin, about: readonly (readonly [string, string])[]): Promise<Blob> {
	const { default: write } = await import('write-excel-file/universal');
	const head = twin.columns.map((column): Cell => ({ value: cellText(column), type: String, fontWeight: 'bold' }));
	const data: SheetData = [head, ...twin.rows.map((row) => twin.columns.map((column) => cellOf(twin.kinds[column] ?? 'text', row[column], row.unit)))];
	return write([
		{ data, sheet: texts.exporting.sheets.table, columns: twin.columns.map((column) => ({ width: width(twin, column) })), stickyRowsCount: 1 },
		{
			data: about.map(([label, said]): Cell[] => [{ value: label, type: String, fontWeight: 'bold', alignVertical: 'top' }, { value: cellText(said), type: String, wrap: true, alignVertical: 'top' }]),
			sheet: texts.exporting.sheets.about,
			columns: [{ width: 18 }, { width: 90 }],
		},
	]).toBlob();
}
