import { CR, LF, SPACE, type Grammar } from './grammar.ts';

/** Where the cells of one record lie in the buffer. */
export interface Scan {
	starts: Int32Array;
	ends: Int32Array;
	/** 0: as it stands; 1: quoted; 2: quoted with escapes in it. */
	kinds: Uint8Array;
	cells: number;
	/** Where the next record begins. */
	end: number;
	/** Line ends passed, the record's own included. */
	breaks: number;
	/** From here to `emptyTo` no quote closes a cell: known from a search that failed, so that it is not made again at each line. */
	emptyFrom: number;
	emptyTo: number;
}

export const newScan = (): Scan => ({ starts: new Int32Array(64), ends: new Int32Array(64), kinds: new Uint8Array(64), cells: 0, end: 0, breaks: 0, emptyFrom: 0, emptyTo: 0 });

/** The buffer ends before the record does. */
export const INCOMPLETE = 0;
export const WHOLE = 1;
/** Text after a closing quote. */
export const STRAY = 2;
/** A quote that does not close. */
export const UNCLOSED = 3;
export const TOO_LONG = 4;
export type Status = 0 | 1 | 2 | 3 | 4;

/** Longest record, in bytes. */
export const LONGEST = 16 * 1024 * 1024;

export function growScan(scan: Scan): void {
	const size = scan.starts.length * 2;
	const starts = new Int32Array(size);
	const ends = new Int32Array(size);
	const kinds = new Uint8Array(size);
	starts.set(scan.starts);
	ends.set(scan.ends);
	kinds.set(scan.kinds);
	Object.assign(scan, { starts, ends, kinds });
}

/** 0: something else follows; 1: a delimiter; 2: a line end; 3: the end of the text; −1: the buffer ends too early to tell. */
export function follows(g: Grammar, b: Uint8Array, at: number, to: number, final: boolean): -1 | 0 | 1 | 2 | 3 {
	if (at >= to) return final ? 3 : -1;
	const c = b[at];
	if (c === LF) return 2;
	if (c === CR) {
		if (g.cr) return 2;
		if (at + 1 >= to) return final ? 2 : -1;
		return b[at + 1] === LF ? 2 : 0;
	}
	const { delimiter } = g;
	if (delimiter.length === 0 || c !== delimiter[0]) return 0;
	for (let k = 1; k < delimiter.length; k++) {
		if (at + k >= to) return final ? 0 : -1;
		if (b[at + k] !== delimiter[k]) return 0;
	}
	return 1;
}

/** Past the line end at `at`; −1: the buffer ends too early to tell. */
export function afterBreak(b: Uint8Array, at: number, to: number, final: boolean): number {
	if (at >= to) return to;
	if (b[at] === LF) return at + 1;
	if (at + 1 >= to && !final) return -1;
	return at + 1 < to && b[at + 1] === LF ? at + 2 : at + 1;
}

const afterDelimiter = (g: Grammar, b: Uint8Array, at: number): number => {
	const next = at + g.delimiter.length;
	return g.spaced && b[next] === SPACE ? next + 1 : next;
};

/** Whether a cell could begin at `at`: a quote there looks like the opening one of another cell. */
export function opens(g: Grammar, b: Uint8Array, at: number): boolean {
	const { delimiter } = g;
	if (b[at - 1] === LF || (g.cr && b[at - 1] === CR)) return true;
	if (delimiter.length === 0) return false;
	for (let k = 1; k <= delimiter.length; k++) if (b[at - k] !== delimiter[delimiter.length - k]) return false;
	return true;
}

/** The place of the quote that closes the cell opened at `open`, or −status. Sets the cell's kind and counts line ends. */
function closing(g: Grammar, b: Uint8Array, from: number, open: number, to: number, final: boolean, scan: Scan): number {
	const { quote, escape } = g;
	const last = Math.min(to, from + LONGEST);
	let kind = 1;
	let at = open + 1;
	const known = open > scan.emptyFrom && open < scan.emptyTo;
	for (;;) {
		let c = b[at];
		while (at < last && c !== quote && c !== escape) {
			if (c === LF || (g.cr && c === CR && b[at + 1] !== LF)) {
				if (known) return -UNCLOSED;
				scan.breaks++;
			}
			c = b[++at];
		}
		if (at >= last) {
			if (last === to && !final && to - from < LONGEST) return -INCOMPLETE;
			scan.emptyFrom = open;
			scan.emptyTo = last;
			return -UNCLOSED;
		}
		if (escape !== quote && c === escape) {
			if (at + 1 >= to && !final) return -INCOMPLETE;
			const escaped = b[at + 1] === quote || b[at + 1] === escape;
			if (escaped) kind = 2;
			at += escaped ? 2 : 1;
			continue;
		}
		const next = follows(g, b, at + 1, to, final);
		if (next === -1) return -INCOMPLETE;
		if (next > 0) break;
		if (escape === quote && b[at + 1] === quote) {
			kind = 2;
			at += 2;
			continue;
		}
		if (escape < 0) {
			if (opens(g, b, at)) return -STRAY;
			at++;
			continue;
		}
		let past = at + 1;
		while (past < to && b[past] === SPACE) past++;
		const later = past > at + 1 ? follows(g, b, past, to, final) : 0;
		if (later === -1) return -INCOMPLETE;
		if (later > 0) break;
		return -STRAY;
	}
	scan.kinds[scan.cells] = kind;
	return at;
}

/**
 * Finds the cells of the record at `from`. The buffer holds text up to `to` and, at `to`, a line feed of the caller's;
 * `final`: nothing comes after. Positions mean nothing unless the status is WHOLE.
 */
export function scanRecord(g: Grammar, b: Uint8Array, from: number, to: number, final: boolean, scan: Scan): Status {
	const { stops, quote, delimiter } = g;
	const single = delimiter.length === 1 && !g.spaced;
	const separator = delimiter.length > 0 ? delimiter[0] : -1;
	let at = from;
	scan.cells = 0;
	scan.breaks = 1;
	for (;;) {
		if (scan.cells === scan.starts.length) growScan(scan);
		let end = at;
		if (b[at] === quote && at < to) {
			const close = closing(g, b, from, at, to, final, scan);
			if (close <= 0) return -close as Status;
			scan.starts[scan.cells] = at + 1;
			scan.ends[scan.cells++] = close;
			end = close + 1;
			while (b[end] === SPACE && follows(g, b, end, to, final) !== 1) end++;
		} else {
			for (;;) {
				while (stops[b[end] ?? LF] === 0) end++;
				if (single || b[end] !== separator || end >= to) break;
				const next = follows(g, b, end, to, final);
				if (next === -1) return INCOMPLETE;
				if (next === 1) break;
				end++;
			}
			scan.starts[scan.cells] = at;
			scan.kinds[scan.cells] = 0;
			scan.ends[scan.cells++] = !g.cr && b[end] === LF && end > at && end < to && b[end - 1] === CR ? end - 1 : end;
		}
		if (end >= to) {
			if (!final) return INCOMPLETE;
			scan.end = to;
			return to - from > LONGEST ? TOO_LONG : WHOLE;
		}
		if (b[end] === separator) {
			at = single ? end + 1 : afterDelimiter(g, b, end);
			if (at > to || (at === to && !final)) return INCOMPLETE;
			continue;
		}
		const next = b[end] === LF ? end + 1 : afterBreak(b, end, to, final);
		if (next < 0) return INCOMPLETE;
		scan.end = next;
		return next - from > LONGEST ? TOO_LONG : WHOLE;
	}
}
