import type { DatedNote } from './types.ts';
import { ellipsis, textWidth } from './label-text.ts';

const LINE = 14;

export interface PlacedNote {
	/** x of the dated rule; x and baseline of the text that names it. */
	at: number;
	x: number;
	y: number;
	text: string;
}

/**
 * Notes that a time axis of these buckets (their starts, in order) can show, and where the axis has to end for it: the last
 * bucket reaches as far beyond its start as the one before it.
 */
export function notesWithin(
	starts: readonly number[],
	notes: readonly DatedNote[],
): { shown: DatedNote[]; end: number | null } {
	const [first, last, before] = [starts[0], starts.at(-1), starts.at(-2)];
	if (first === undefined || last === undefined) return { shown: [], end: null };
	const end = before === undefined ? last + 86_400_000 : last + (last - before);
	const shown = notes.filter((note) => note.t >= first && note.t < end);
	return { shown, end: Math.max(last, ...shown.map((note) => note.t)) };
}

/** Names of dated events in as few lines as keep them apart, each over its own date or beside it at the edge. */
export function placeNotes(
	notes: readonly DatedNote[],
	scale: (t: number) => number,
	width: number,
): { placed: PlacedNote[]; height: number } {
	const ends: number[] = [];
	const placed = [...notes]
		.sort((a, b) => a.t - b.t)
		.map((note) => {
			const at = scale(note.t);
			const text = ellipsis(note.label, width);
			const size = textWidth(text);
			const x = Math.max(0, Math.min(at - size / 2, width - size));
			const free = ends.findIndex((end) => end + 10 <= x);
			const line = free < 0 ? ends.length : free;
			ends[line] = x + size;
			return { at, x, y: line * LINE + 11, text };
		});
	return { placed, height: ends.length * LINE };
}
