import type { TextBatch, TextColumn } from '../types.ts';
import type { Grammar } from './grammar.ts';
import type { Scan } from './scan.ts';

interface Growing {
	bytes: Uint8Array;
	size: number;
	offsets: Int32Array;
	validity: Uint8Array;
	missing: number;
}

/** Rows under construction. */
export interface Rows {
	rows: number;
	columns: Growing[];
	lines: Int32Array;
	/** Cells each row had in the file. */
	widths: Int32Array;
	/** Which record of the file each row was, from 0, blank lines and the header left out. */
	ordinals: Int32Array;
	capacity: number;
}

const growing = (rows: number, bytes: number): Growing => ({
	bytes: new Uint8Array(bytes),
	size: 0,
	offsets: new Int32Array(rows + 1),
	validity: new Uint8Array((rows + 7) >> 3).fill(255),
	missing: 0,
});

export const newRows = (columns: number, capacity: number, widths: readonly number[] = []): Rows => ({
	rows: 0,
	columns: Array.from({ length: columns }, (_, i) => growing(capacity, (widths[i] ?? 0) + 256)),
	lines: new Int32Array(capacity),
	widths: new Int32Array(capacity),
	ordinals: new Int32Array(capacity),
	capacity,
});

/** Copies a cell without its escapes and says where the copy ends. */
export function copyCell(g: Grammar, b: Uint8Array, start: number, end: number, kind: number, out: Uint8Array, at: number): number {
	if (kind === 2) {
		for (let i = start; i < end; i++) {
			if (b[i] === g.escape && i + 1 < end && (b[i + 1] === g.quote || b[i + 1] === g.escape)) i++;
			out[at++] = b[i] ?? 0;
		}
		return at;
	}
	if (end - start > 48) {
		out.set(b.subarray(start, end), at);
		return at + end - start;
	}
	for (let i = start; i < end; i++) out[at++] = b[i] ?? 0;
	return at;
}

export function appendRow(rows: Rows, g: Grammar, b: Uint8Array, scan: Scan, line: number, ordinal: number): void {
	const row = rows.rows++;
	const { starts, ends, kinds, cells } = scan;
	rows.lines[row] = line;
	rows.widths[row] = cells;
	rows.ordinals[row] = ordinal;
	for (let c = 0; c < rows.columns.length; c++) {
		const column = rows.columns[c] as Growing;
		const start = c < cells ? (starts[c] as number) : 0;
		const end = c < cells ? (ends[c] as number) : 0;
		const needed = column.size + end - start;
		if (needed > column.bytes.length) {
			const grown = new Uint8Array(Math.max(needed, column.bytes.length * 2));
			grown.set(column.bytes.subarray(0, column.size));
			column.bytes = grown;
		}
		const kind = c < cells ? (kinds[c] as number) : 0;
		if (start === end && kind === 0) {
			column.validity[row >> 3] = (column.validity[row >> 3] as number) & ~(1 << (row & 7));
			column.missing++;
		} else column.size = copyCell(g, b, start, end, kind, column.bytes, column.size);
		column.offsets[row + 1] = column.size;
	}
}

const has = (column: { validity: Uint8Array | null }, row: number): boolean => column.validity === null || (((column.validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;

function piece(column: Growing, from: number, to: number): TextColumn {
	const first = column.offsets[from] ?? 0;
	const offsets = column.offsets.slice(from, to + 1);
	if (first > 0) for (let i = 0; i < offsets.length; i++) offsets[i] = (offsets[i] ?? 0) - first;
	const bytes = column.bytes.slice(first, column.offsets[to] ?? 0);
	if (column.missing === 0) return { offsets, bytes, validity: null };
	const validity = from === 0 ? column.validity.slice(0, (to + 7) >> 3) : new Uint8Array((to - from + 7) >> 3);
	if (from > 0) for (let row = from; row < to; row++) if (has(column, row)) validity[(row - from) >> 3] = (validity[(row - from) >> 3] ?? 0) | (1 << ((row - from) & 7));
	return { offsets, bytes, validity };
}

export const batchOf = (rows: Rows, from: number, to: number): TextBatch => ({
	rows: to - from,
	columns: rows.columns.map((column) => piece(column, from, to)),
	lines: rows.lines.slice(from, to),
});

/** The rows from `from` on, in buffers of their own with room for more. */
export function restOf(rows: Rows, from: number): Rows {
	const rest = newRows(rows.columns.length, Math.max(rows.capacity, (rows.rows - from) * 2), rows.columns.map((column) => Math.ceil(column.size * 1.1)));
	rest.rows = rows.rows - from;
	rest.lines.set(rows.lines.subarray(from, rows.rows));
	rest.widths.set(rows.widths.subarray(from, rows.rows));
	rest.ordinals.set(rows.ordinals.subarray(from, rows.rows));
	rows.columns.forEach((column, c) => {
		const into = rest.columns[c] as Growing;
		const part = piece(column, from, rows.rows);
		into.offsets.set(part.offsets);
		into.size = part.bytes.length;
		if (into.bytes.length < into.size) into.bytes = new Uint8Array(into.size * 2);
		into.bytes.set(part.bytes);
		for (let row = 0; row < rest.rows; row++) {
			if (has(part, row)) continue;
			into.validity[row >> 3] = (into.validity[row >> 3] ?? 0) & ~(1 << (row & 7));
			into.missing++;
		}
	});
	return rest;
}

const decoder = new TextDecoder();

/** The text of one cell; null: missing. */
export function cellText(columns: readonly { offsets: Int32Array; bytes: Uint8Array; validity: Uint8Array | null }[], column: number, row: number): string | null {
	const one = columns[column];
	if (!one || !has(one, row)) return null;
	return decoder.decode(one.bytes.subarray(one.offsets[row], one.offsets[row + 1]));
}
