import { ellipsis, textWidth } from './label-text.ts';

const LINE = 14;

export interface PlacedNote {
	/** x of the dated rule; x and baseline of the text that names it. */
	at: number;
	x: number;
	y: number;
	text: string;
}

/** Names of dated events in as few lines as keep them apart, each over its own date or beside it at the edge. */
export function placeNotes(
	notes: readonly { t: number; label: string }[],
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
