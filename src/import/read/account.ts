import type { Note, SkippedLine } from '../types.ts';

const KEPT_LINES = 1000;
const NOTED_LINES = 20;

/** What became no row, and what a careful person would want to know of the rows. */
export interface Account {
	skip: (line: number, code: string, text: string) => void;
	/** Counts something odd at a line. */
	odd: (code: string, line: number) => void;
	/** Takes back what was counted for a line that became no row after all. */
	undo: (code: string, line: number) => void;
	skipped: () => number;
	skippedLines: () => SkippedLine[];
	/** One note a code: `count`, and the first `lines`. */
	notes: () => Note[];
}

const byLine = (a: { line: number }, b: { line: number }): number => a.line - b.line;

export function newAccount(): Account {
	let skipped = 0;
	let lines: SkippedLine[] = [];
	const odd = new Map<string, { count: number; lines: number[] }>();
	return {
		skip: (line, code, text) => {
			skipped++;
			lines.push({ line, code, text: text.slice(0, 200) });
			if (lines.length > KEPT_LINES * 2) lines = lines.sort(byLine).slice(0, KEPT_LINES);
		},
		odd: (code, line) => {
			const note = odd.get(code) ?? { count: 0, lines: [] };
			note.count++;
			if (note.lines.length < NOTED_LINES) note.lines.push(line);
			odd.set(code, note);
		},
		undo: (code, line) => {
			const note = odd.get(code);
			if (!note) return;
			note.lines = note.lines.filter((other) => other !== line);
			if (--note.count === 0) odd.delete(code);
		},
		skipped: () => skipped,
		skippedLines: () => lines.sort(byLine).slice(0, KEPT_LINES),
		notes: () => [...odd].map(([code, note]) => ({ code, ...note })),
	};
}
