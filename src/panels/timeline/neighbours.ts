import { countText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import type { CaseRead } from './case.ts';

export interface Neighbours {
	previous: string | null;
	next: string | null;
	/** "12 of 98 in …"; empty where it stands in no list. */
	place: string;
}

/** The way to the cases before and after: over the list it was opened from, else over all by their keys. */
export function neighbours(among: { list: string; keys: readonly string[] } | null, id: string, all: CaseRead['place'], many: string): Neighbours {
	const said = texts.timeline;
	const index = among?.keys.indexOf(id) ?? -1;
	if (among && index >= 0) return { previous: among.keys[index - 1] ?? null, next: among.keys[index + 1] ?? null, place: said.place(countText(index + 1), countText(among.keys.length), among.list) };
	if (!all) return { previous: null, next: null, place: '' };
	return { previous: all.previous, next: all.next, place: said.placeOfAll(countText(all.place), countText(all.total), many) };
}
