import type { TextBatch } from '../types.ts';
import type { Account } from './account.ts';
import { fitKinds, kindOf, type CellKind } from './cell-kinds.ts';
import { appendRow, batchOf, cellText, newRows, restOf, type Rows } from './columns.ts';
import { footersAtEnd } from './footer.ts';
import { CR, LF, SPACE, type Grammar } from './grammar.ts';
import { mend } from './mend.ts';
import { INCOMPLETE, LONGEST, newScan, scanRecord, STRAY, TOO_LONG, UNCLOSED, WHOLE, type Status } from './scan.ts';

/** How the records of a file make a table. */
export interface Layout {
	preamble: number;
	headers: number;
	/** null: told by what stands at the end. */
	footer: number | null;
	/** Cells of a row. */
	width: number;
	/** The last header record, trimmed; null: none. */
	names: readonly string[] | null;
	/** Lines that begin with # and have another number of cells are comments. */
	comments: boolean;
	/** Short rows are usual in this file. */
	ragged: boolean;
	/** What each column mostly holds; null: several kinds, or too few rows to tell. */
	kinds: readonly (CellKind | null)[];
	firstKind: CellKind | null;
	/** Most rows end in further cells with nothing in them. */
	trailing: boolean;
}

export interface Table {
	/** Takes text of `b` from `from` up to `to`, where the caller put a line feed; says how far it came. */
	feed: (b: Uint8Array, from: number, to: number, final: boolean) => number;
	/** What was fed already has moved to the front of the buffer by so many bytes. */
	moved: (bytes: number) => void;
	/** Gives out the last rows; returns how many records at the end were footers. `cut`: the file goes on, so nothing is told from its end. */
	finish: (cut: boolean) => number;
	rows: () => number;
}

const ROWS = 65_536;
const CELLS = 4_000_000;
const HELD = 10;
const SHOWN = 800;
/** Rows that tell whether a table stands in the file twice. */
const FIRSTS = 2;
const MOST_WAITING = 50;
const decoder = new TextDecoder();

export function newTable(g: Grammar, layout: Layout, account: Account, emit: (batch: TextBatch) => void, capacity?: number): Table {
	const { width, names } = layout;
	const firstByte = new TextEncoder().encode(names?.[0] ?? '')[0];
	const held = Math.max(HELD, layout.footer ?? 0);
	const scan = newScan();
	const size = Math.max(capacity ?? Math.min(ROWS, Math.max(1024, Math.floor(CELLS / width))), held * 2);
	let rows: Rows = newRows(width, size);
	let given = 0;
	let line = 1;
	let records = 0;
	let preamble = layout.preamble;
	let headers = layout.headers;
	let discarding = false;
	let blankBefore = false;
	/** Why what follows is not of this table. */
	let other: 'second-table' | 'repeated-table' | null = null;
	/** The first rows, and where rows after a repeated header are compared with them. */
	let waiting: { line: number; text: string; ordinal: number; cells: (string | null)[] }[] = [];
	const firsts: string[][] = [];
	let again = -1;
	/** Row from which on another table may have begun; rows since the last whole one whose cells add up to less than a row. */
	let doubt = -1;
	let run = { from: -1, cells: 0, ordinal: -2 };

	const textAt = (b: Uint8Array, from: number, end: number): string => decoder.decode(b.subarray(from, Math.min(end, from + SHOWN))).replace(/[\r\n]+$/, '');
	const cellAt = (b: Uint8Array, i: number): string => decoder.decode(b.subarray(scan.starts[i], scan.ends[i])).trim();

	function lineEnd(b: Uint8Array, from: number, to: number, final: boolean): number {
		for (let i = from; i < to; i++) {
			if (b[i] === LF) return i + 1;
			if (g.cr && b[i] === CR) {
				if (i + 1 >= to && !final) return -1;
				return b[i + 1] === LF && i + 1 < to ? i + 2 : i + 1;
			}
		}
		return final ? to : -1;
	}

	function drop(from: number, code: string): void {
		for (let row = from; row < rows.rows; row++) {
			const cells = rows.columns.slice(0, rows.widths[row]).map((_, c) => cellText(rows.columns, c, row) ?? '');
			const at = rows.lines[row] ?? 0;
			if ((rows.widths[row] ?? 0) < width) account.undo('short-rows', at);
			account.skip(at, code, cells.join(layout.width > 1 ? decoder.decode(g.delimiter) : ''));
			for (const column of rows.columns) column.validity[row >> 3] = (column.validity[row >> 3] ?? 0) | (1 << (row & 7));
		}
		for (const column of rows.columns) column.size = column.offsets[from] ?? 0;
		rows.rows = from;
	}

	function make(): void {
		if (doubt >= 0 && rows.rows - doubt > size / 2) {
			drop(doubt, 'second-table');
			other = 'second-table';
			doubt = -1;
		}
		const keep = Math.max(0, Math.min(rows.rows - held, doubt >= 0 ? doubt : rows.rows, run.from >= 0 ? run.from : rows.rows));
		if (keep > 0) emit(batchOf(rows, 0, keep));
		rows = restOf(rows, keep);
		given += keep;
		doubt = Math.max(-1, doubt - keep);
		run.from = Math.max(-1, run.from - keep);
	}

	function add(b: Uint8Array, ordinal: number): void {
		if (rows.rows >= rows.capacity) make();
		appendRow(rows, g, b, scan, line, ordinal);
	}

	const allEmpty = (from: number): boolean => {
		for (let i = from; i < scan.cells; i++) if (scan.starts[i] !== scan.ends[i] || scan.kinds[i] !== 0) return false;
		return true;
	};

	function isHeader(b: Uint8Array, names: readonly string[]): boolean {
		let filled = 0;
		for (let i = 0; i < names.length; i++) {
			if (cellAt(b, i) !== names[i]) return false;
			if (names[i] !== '') filled++;
		}
		return filled > 1 || (names.length === 1 && filled === 1);
	}

	/** A record with another number of cells whose cells are names of this header: another table begins. */
	function isOtherHeader(b: Uint8Array): boolean {
		if (!names || scan.cells < 2) return false;
		const shared = Math.min(scan.cells, width);
		let filled = 0;
		for (let i = 0; i < shared; i++) {
			const cell = cellAt(b, i);
			if (cell === '' || !names.includes(cell)) return false;
			filled++;
		}
		return filled >= 2 && filled * 2 >= width;
	}

	const fits = (b: Uint8Array): boolean => fitKinds(Array.from({ length: Math.min(width, scan.cells) }, (_, i) => cellAt(b, i)), layout.kinds);

	/** Short records that do not fit the columns are remarks when nothing comes after them, and otherwise damaged. */
	function settle(): void {
		for (const one of waiting) account.skip(one.line, 'too-few-cells', one.text);
		waiting = [];
	}

	function short(b: Uint8Array, ordinal: number, text: () => string): void {
		const { cells } = scan;
		const strange = !layout.ragged && !fits(b);
		const unlike = strange || (layout.firstKind !== null && layout.firstKind !== 'text' && kindOf(cellAt(b, 0)) !== layout.firstKind);
		const continues = run.ordinal === ordinal - 1 && !layout.ragged && unlike && run.cells + cells - 1 <= width;
		run = { from: continues ? run.from : rows.rows, cells: continues ? run.cells + cells - 1 : cells, ordinal };
		if (continues && run.cells === width) {
			drop(run.from, 'broken-line');
			for (const one of waiting) account.skip(one.line, 'broken-line', one.text);
			waiting = [];
			account.skip(line, 'broken-line', text());
			run = { from: -1, cells: 0, ordinal: -2 };
			return;
		}
		if (strange) {
			waiting.push({ line, text: text(), ordinal, cells: Array.from({ length: width }, (_, i) => (i < cells ? cellAt(b, i) : null)) });
			if (waiting.length > MOST_WAITING) settle();
			return;
		}
		settle();
		if (blankBefore && cells > 1 && doubt < 0 && !layout.ragged) doubt = rows.rows;
		add(b, ordinal);
		account.odd('short-rows', line);
	}

	function record(b: Uint8Array, from: number): void {
		const { cells } = scan;
		if (cells === 1 && scan.starts[0] === scan.ends[0] && scan.kinds[0] === 0 && (width > 1 || headers > 0)) {
			blankBefore = true;
			return;
		}
		if (headers > 0) {
			headers--;
			blankBefore = false;
			return;
		}
		const ordinal = records++;
		const text = (): string => textAt(b, from, scan.end);
		if (cells === width) {
			if (width > 1 && scan.starts[0] === scan.ends[0] && allEmpty(0)) account.skip(line, 'empty-record', text());
			else if (names && (names[0] === '' || cellAt0Is(b, names[0] ?? '')) && isHeader(b, names)) {
				if (other !== 'repeated-table') {
					other = null;
					again = 0;
				}
				account.skip(line, 'repeated-header', text());
			} else if (other) account.skip(line, other, text());
			else {
				doubt = -1;
				run.from = -1;
				if (waiting.length > 0) settle();
				add(b, ordinal);
				compare(b);
			}
		} else if (other) account.skip(line, other, text());
		else if (layout.comments && b[from] === 35) account.skip(line, 'comment', text());
		else if (isOtherHeader(b)) {
			other = 'second-table';
			account.skip(line, 'second-table', text());
		} else if (cells < width) short(b, ordinal, text);
		else if (allEmpty(width) && (layout.trailing || fits(b))) {
			account.odd('extra-empty-cells', line);
			add(b, ordinal);
		} else account.skip(line, 'too-many-cells', text());
		blankBefore = false;
	}

	/** The same first rows under the same header once more: a second copy of the table. */
	function compare(b: Uint8Array): void {
		if (firsts.length === FIRSTS && again < 0) return;
		const cells = Array.from({ length: width }, (_, i) => cellAt(b, i));
		if (again < 0) {
			firsts.push(cells);
			return;
		}
		const same = firsts.length === FIRSTS && firsts[again]?.every((cell, i) => cell === cells[i]) === true;
		again = same ? again + 1 : -1;
		if (again < FIRSTS) return;
		drop(rows.rows - FIRSTS, 'repeated-table');
		other = 'repeated-table';
		again = -1;
	}

	/** A cheap look before texts are made. */
	function cellAt0Is(b: Uint8Array, name: string): boolean {
		const c = b[scan.starts[0] as number];
		return (c === firstByte || c === SPACE) && cellAt(b, 0) === name;
	}

	function feed(b: Uint8Array, start: number, to: number, final: boolean): number {
		let at = start;
		while (at < to) {
			if (discarding || preamble > 0) {
				const end = lineEnd(b, at, to, final);
				if (end < 0 && (discarding || to - at > LONGEST)) {
					discarding = true;
					return to - (g.cr ? 1 : 0) > at ? to - (g.cr ? 1 : 0) : at;
				}
				if (end < 0) break;
				if (!discarding && textAt(b, at, end).trim() !== '') account.skip(line, 'preamble', textAt(b, at, end));
				if (preamble > 0) preamble--;
				discarding = false;
				line++;
				at = end;
				continue;
			}
			let status: Status = scanRecord(g, b, at, to, final, scan);
			if (status === STRAY) {
				status = mend(g, b, at, to, final, scan, headers > 0 ? -1 : width);
				if (status === WHOLE) account.odd('quotes-as-text', line);
			}
			if (status === INCOMPLETE) {
				if (to - at <= LONGEST + 64) break;
				status = TOO_LONG;
			}
			if (status === WHOLE) {
				record(b, at);
				line += scan.breaks;
				at = scan.end;
				continue;
			}
			const end = lineEnd(b, at, to, final);
			if (end < 0 && to - at <= LONGEST + 64) break;
			account.skip(line, status === UNCLOSED ? 'quote-not-closed' : status === TOO_LONG ? 'too-long' : 'quotes-unclear', textAt(b, at, end < 0 ? to : end));
			if (headers > 0) headers--;
			else records++;
			if (end < 0) {
				discarding = true;
				continue;
			}
			line++;
			at = end;
		}
		return at;
	}

	function finish(cut: boolean): number {
		if (!cut && doubt >= 0 && rows.rows - doubt > 1) drop(doubt, 'second-table');
		const last = Array.from({ length: Math.min(rows.rows, held) }, (_, i) => {
			const row = rows.rows - 1 - i;
			return { ordinal: rows.ordinals[row] ?? 0, cells: rows.columns.map((_, c) => cellText(rows.columns, c, row)) };
		});
		const chosen = (ordinal: number): boolean => ordinal >= records - (layout.footer ?? 0);
		const after = layout.footer === null ? footersAtEnd([...waiting].reverse(), width, layout.firstKind) : waiting.filter(({ ordinal }) => chosen(ordinal)).length;
		const remarks = cut ? [] : waiting.splice(waiting.length - after, after);
		for (const one of remarks) account.skip(one.line, 'footer', one.text);
		const through = waiting.length === 0;
		settle();
		const inRows = layout.footer !== null ? last.filter(({ ordinal }) => chosen(ordinal)).length : through ? footersAtEnd(last, width, layout.firstKind) : 0;
		const footers = cut ? 0 : inRows + remarks.length;
		if (!cut && inRows > 0) drop(rows.rows - inRows, 'footer');
		if (rows.rows > 0) emit(batchOf(rows, 0, rows.rows));
		given += rows.rows;
		rows = newRows(width, 0);
		return footers;
	}

	return {
		feed,
		finish,
		rows: () => given + rows.rows,
		moved: (bytes) => {
			scan.emptyFrom -= bytes;
			scan.emptyTo -= bytes;
		},
	};
}
