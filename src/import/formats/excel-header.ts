import type { SheetCell } from './excel-cells.ts';
import type { Merge, SheetRow } from './excel-sheet.ts';

/** Where the table stands among the rows of a sheet that hold something. */
export interface HeaderPlace {
	/** Rows before the header. */
	preamble: number;
	/** Rows of the header; 0: none was found. */
	headers: number;
}

const standing = ({ cells }: SheetRow): SheetCell[] => cells.filter((cell): cell is SheetCell => Boolean(cell) && cell?.text.trim() !== '');
const isYear = ({ kind, text }: SheetCell): boolean => kind === 'number' && /^(19|20)\d\d$/.test(text);
const looksNamed = (cells: readonly SheetCell[]): boolean => cells.every((cell) => cell.kind === 'text' || isYear(cell)) && cells.some(({ kind }) => kind === 'text');
const distinct = (cells: readonly SheetCell[]): boolean => new Set(cells.map(({ text }) => text.trim().toLowerCase())).size === cells.length;

/** A text stands over a column that holds mostly numbers or dates. */
function standsOut(rows: readonly SheetRow[], at: number): boolean {
	return (rows[at]?.cells ?? []).some((cell, column) => {
		if (cell?.kind !== 'text') return false;
		const below = rows.slice(at + 1).flatMap(({ cells }) => cells[column] ?? []);
		return below.filter(({ kind }) => kind === 'number' || kind === 'date').length > below.length / 2;
	});
}

/**
 * The header is the first row that is at least half as wide as the widest one and holds names (texts, or years beside a text); where
 * that one has gaps, a full row of distinct names after a blank one is, if numbers or dates stand under it. A second row belongs to the
 * header where the first has gaps or repeats, and the second is full, holds distinct names and has numbers or dates under it.
 */
export function headerOf(rows: readonly SheetRow[]): HeaderPlace {
	const filled = rows.map(standing);
	const widest = Math.max(0, ...filled.map(({ length }) => length));
	const isWide = (cells: readonly SheetCell[]): boolean => cells.length >= Math.max(Math.min(2, widest), widest / 2);
	const isFull = (i: number): boolean => filled[i]?.length === widest && looksNamed(filled[i] ?? []) && distinct(filled[i] ?? []) && standsOut(rows, i);
	const afterGap = (i: number): boolean => i > 0 && (rows[i]?.line ?? 0) - (rows[i - 1]?.line ?? 0) > 1;
	const firstWide = filled.findIndex(isWide);
	const firstNamed = filled.findIndex((cells) => isWide(cells) && looksNamed(cells));
	if (firstNamed < 0 || firstNamed - firstWide > 10 || filled.slice(firstWide, firstNamed).some((cells) => cells.length === widest)) return { preamble: Math.max(0, firstWide), headers: 0 };
	const later = (filled[firstNamed]?.length ?? 0) < widest ? filled.findIndex((_, i) => i > firstNamed && i <= firstNamed + 10 && afterGap(i) && isFull(i)) : -1;
	const at = later > 0 ? later : firstNamed;
	const top = filled[at] ?? [];
	const second = (top.length < widest || !distinct(top)) && !afterGap(at + 1) && isFull(at + 1);
	return { preamble: at, headers: second ? 2 : 1 };
}

/** Names by column: rows of the header joined by a space; a merged title counts for every column under it. */
export function headerNames(rows: readonly SheetRow[], merges: readonly Merge[], width: number): string[] {
	const first = rows[0]?.line ?? 0;
	const merged = merges.filter(({ firstRow, firstColumn, lastColumn }) => rows.some(({ line }) => line === firstRow) && lastColumn > firstColumn);
	const texts = rows.map(({ line, cells }, i) => {
		const own = Array.from({ length: width }, (_, column) => cells[column]?.text.trim() ?? '');
		const below = rows[i + 1]?.cells;
		for (const { firstRow, firstColumn, lastColumn } of merged) {
			if (firstRow === line) own.fill(own[firstColumn] ?? '', firstColumn, Math.min(lastColumn + 1, width));
		}
		if (below && !merged.some(({ firstRow }) => firstRow === first)) {
			for (let column = 1; column < width; column++) if (own[column] === '' && below[column]) own[column] = own[column - 1] ?? '';
		}
		return own;
	});
	return Array.from({ length: width }, (_, column) => [...new Set(texts.map((own) => own[column] ?? ''))].filter((text) => text !== '').join(' '));
}

const totals = /^(grand total|sub-?total|totals?|sum|average|mean|gesamt|summe|insgesamt)\s*:?$/i;
const remarks = /^(source|sources|notes?|remarks?|generated|report|printed|page|exported|©|\*)/i;

/**
 * How many of the last rows are no data: totals, and remarks that stand alone in their row after a gap or as such by their words.
 * `rows` are the last ones of the sheet in their order, `width` the columns of the table.
 */
export function footerOf(rows: readonly SheetRow[], width: number): number {
	let footer = 0;
	for (let i = rows.length - 1; i >= 0; i--) {
		const row = rows[i] as SheetRow;
		const cells = standing(row);
		const first = cells[0];
		if (!first || first.kind !== 'text') break;
		const text = first.text.trim();
		const alone = cells.length === 1 && width >= 2;
		const isTotal = totals.test(text) && cells.slice(1).every(({ kind }) => kind === 'number' || kind === 'error');
				if (!isTotal && !(alone && (remarks.test(text) || isAfterGap(rows, i)))) break;
		footer++;
	}
	return footer;
}

/** Rows of one cell each, up to this one, that begin after a blank row. */
function isAfterGap(rows: readonly SheetRow[], from: number): boolean {
	for (let i = from; i > 0; i--) {
		if ((rows[i]?.line ?? 0) - (rows[i - 1]?.line ?? 0) > 1) return true;
		if (standing(rows[i - 1] as SheetRow).length > 1) return false;
	}
	return false;
}
