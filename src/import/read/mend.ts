import { CR, LF, type Grammar } from './grammar.ts';
import { afterBreak, follows, growScan, INCOMPLETE, opens, STRAY, WHOLE, type Scan, type Status } from './scan.ts';

/** How far a cell may go over lines when a quote inside it is taken as it stands. */
const FAR = 64 * 1024;

/** `line`: the cell closes on the line of the stray quote; `literal`: it ends at its delimiter, quotes and all; `lines`: it may close later. */
type Way = 'line' | 'literal' | 'lines';
const ways: readonly Way[] = ['line', 'literal', 'lines'];

function looseEnd(g: Grammar, b: Uint8Array, open: number, to: number, final: boolean, scan: Scan, way: Way): number {
	let stray = false;
	let passed = 0;
	let at = open + 1;
	scan.kinds[scan.cells] = 2;
	for (; ; at++) {
		if (at >= to) return final ? -STRAY : -INCOMPLETE;
		if (at - open > FAR && passed > 0) return -STRAY;
		const c = b[at];
		if (c === LF || (g.cr && c === CR && b[at + 1] !== LF)) {
			if (way === 'literal' || (way === 'line' && stray)) return -STRAY;
			passed++;
			scan.breaks++;
		} else if (c === g.escape && g.escape !== g.quote && (b[at + 1] === g.quote || b[at + 1] === g.escape)) {
			at++;
		} else if (c === g.quote) {
			const next = follows(g, b, at + 1, to, final);
			if (next === -1) return -INCOMPLETE;
			if (next > 0) return way === 'literal' && stray ? -STRAY : at;
			if (g.escape === g.quote && b[at + 1] === g.quote && (!stray || follows(g, b, at + 2, to, final) <= 0)) {
				if (at + 2 >= to && !final) return -INCOMPLETE;
				at++;
			} else {
				if (opens(g, b, at)) return -STRAY;
				stray = true;
				if (way === 'literal') break;
			}
		}
	}
	for (scan.kinds[scan.cells] = 0; ; at++) {
		const next = follows(g, b, at, to, final);
		if (next === -1) return -INCOMPLETE;
		if (next > 0) return at;
	}
}

function scanWay(g: Grammar, b: Uint8Array, from: number, to: number, final: boolean, scan: Scan, way: Way): Status {
	let at = from;
	scan.cells = 0;
	scan.breaks = 1;
	for (;;) {
		if (scan.cells === scan.starts.length) growScan(scan);
		let end = at;
		let next = follows(g, b, at, to, final);
		if (b[at] === g.quote && at < to) {
			end = looseEnd(g, b, at, to, final, scan, way);
			if (end <= 0) return -end as Status;
			const plain = scan.kinds[scan.cells] === 0;
			scan.starts[scan.cells] = plain ? at : at + 1;
			scan.ends[scan.cells++] = end;
			if (!plain) end++;
			next = follows(g, b, end, to, final);
		} else {
			while (next === 0) next = follows(g, b, ++end, to, final);
			scan.starts[scan.cells] = at;
			scan.kinds[scan.cells] = 0;
			scan.ends[scan.cells++] = end;
		}
		if (next === -1) return INCOMPLETE;
		if (next !== 1) {
			scan.end = afterBreak(b, end, to, final);
			return scan.end < 0 ? INCOMPLETE : WHOLE;
		}
		at = end + g.delimiter.length;
		if (g.spaced && b[at] === 32) at++;
		if (at > to || (at === to && !final)) return INCOMPLETE;
	}
}

/**
 * Reads a record in whose quoted cells quotes stand that close nothing, the nearest way that gives the expected number of cells
 * (−1: any). No way lets a cell run over a quote that could open another cell: such a quote more likely was never closed.
 */
export function mend(g: Grammar, b: Uint8Array, from: number, to: number, final: boolean, scan: Scan, expected: number): Status {
	for (const way of ways) {
		const status = scanWay(g, b, from, to, final, scan, way);
		if (status === INCOMPLETE) return INCOMPLETE;
		if (status === WHOLE && (expected < 0 || scan.cells === expected)) return WHOLE;
	}
	return STRAY;
}
