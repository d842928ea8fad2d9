import { cellOf, type BookValues, type SheetCell } from './excel-cells.ts';
import type { ReadPart } from './excel-book.ts';
import type { ZipEntry } from './zip-entries.ts';

/** A row with something in it; `line` is its number in the sheet. */
export interface SheetRow {
	line: number;
	/** By column, from 0; absent: nothing stands there. */
	cells: (SheetCell | null)[];
}

/** Cells that were made one, from 0 (columns) and 1 (rows); ends included. */
export interface Merge {
	firstRow: number;
	lastRow: number;
	firstColumn: number;
	lastColumn: number;
}

export interface SheetFacts {
	merges: Merge[];
	hiddenRows: number;
	hiddenColumns: number;
}

/** Column (from 0) and row of `AB12`; null where it is no address. */
export function addressOf(address: string): { column: number; row: number } | null {
	const parts = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(address);
	if (!parts) return null;
	const column = [...(parts[1] ?? '').toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
	return column > 16_383 ? null : { column, row: Number(parts[2]) };
}

export function columnLetters(column: number): string {
	const before = Math.floor(column / 26);
	return (before > 0 ? columnLetters(before - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Gives the rows of a sheet one after another as its XML unpacks; blank ones are left out. */
export async function readSheet(entry: ZipEntry, book: BookValues, readPart: ReadPart, refuse: (reason: string, place: string) => Error, row: (row: SheetRow) => void): Promise<SheetFacts> {
	const facts: SheetFacts = { merges: [], hiddenRows: 0, hiddenColumns: 0 };
	let line = 0;
	let column = -1;
	let cells: (SheetCell | null)[] = [];
	let cell: { type: string; style: number; value: string | null; inline: string | null } | null = null;
	let into: 'value' | 'inline' | null = null;
	let phonetic = false;
	const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
		if (name === 'row') {
			line = attributes.r === undefined ? line + 1 : Number(attributes.r);
			if (!(line >= 1 && line <= 10_000_000)) throw refuse(`a row is numbered ${attributes.r ?? ''}`, '');
			column = -1;
			cells = [];
			if (attributes.hidden === '1' || attributes.hidden === 'true') facts.hiddenRows++;
		} else if (name === 'c') {
			const address = attributes.r === undefined ? { column: column + 1, row: line } : addressOf(attributes.r);
			if (!address || address.column > 16_383) throw refuse(`a cell has the address ${attributes.r ?? ''}`, `row ${String(line)}`);
			column = address.column;
			cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? -1), value: null, inline: null };
		} else if (cell && name === 'v') into = 'value';
		else if (cell && name === 'rPh') phonetic = true;
		else if (cell && name === 't' && !phonetic) into = 'inline';
		else if (name === 'mergeCell') addMerge(facts.merges, attributes.ref ?? '');
		else if (name === 'col' && (attributes.hidden === '1' || attributes.hidden === 'true')) facts.hiddenColumns += Math.min(16_384, Math.max(0, Number(attributes.max) - Number(attributes.min) + 1)) || 0;
	};
	await readPart(entry, {
		open,
		text: (piece) => {
			if (cell && into) cell[into] = (cell[into] ?? '') + piece;
		},
		close: (name) => {
			if (name === 'v' || name === 't') into = null;
			else if (name === 'rPh') phonetic = false;
			else if (name === 'c' && cell) {
				try {
					const found = cellOf(cell, book);
					if (found) cells[column] = found;
				} catch (error) {
					throw refuse(error instanceof Error ? error.message : String(error), `cell ${columnLetters(column)}${String(line)}`);
				}
				cell = null;
			} else if (name === 'row' && cells.some((one) => one !== null && one !== undefined && one.text.trim() !== '')) row({ line, cells });
		},
	});
	return facts;
}

function addMerge(merges: Merge[], ref: string): void {
	const [first, last] = ref.split(':').map(addressOf);
	if (!first || !last || merges.length >= 100_000) return;
	merges.push({ firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column });
}
