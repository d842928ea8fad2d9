import type { DatedNote } from '../../charts/types.ts';
import { toMs } from '../../lib/dates.ts';
import { dayText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import type { Pack } from '../../pack/types.ts';
import type { Kept } from '../../state/kept.svelte.ts';

/** The notes of a pack up to a day: what comes after the as-of has not happened yet. */
export function notesOf(kept: Pick<Kept, 'notes'>, pack: Pack, last: string): DatedNote[] {
	return kept.notes.filter((note) => note.pack === pack.id && note.day <= last).map(({ day, text }) => ({ t: toMs(day), label: text }));
}

/** For people who cannot see where they stand; nothing where there are none. */
export function notesSaid(notes: readonly DatedNote[]): string {
	return notes.length === 0 ? '' : `. ${texts.keep.said(notes.map(({ t, label }) => `${dayText(t)} ${label}`).join('; '))}`;
}
