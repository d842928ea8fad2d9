import type { Says } from '../../pack/types.ts';
import { benjaminiHochberg, normalTwoSided } from '../statistics/tests.ts';
import type { Finding } from './plan.ts';

/** Fills `{placeholders}`; one that is not known stays visible, so that a wrong sentence is noticed. */
export function fill(sentence: string, words: Readonly<Record<string, string>>): string {
	return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
}

export function nothingFound(says: Says, words: Readonly<Record<string, string>> = {}): Finding {
	return { text: fill(says.none, words), claim: false, words, named: [] };
}

export function noRows(): Finding {
	return { text: 'No rows under these filters.', claim: false, words: {}, named: [] };
}

/** Which z statistics are beyond noise at the level, after Benjamini–Hochberg over all of them. */
export function beyondNoise(z: readonly (number | null | undefined)[], level: number): boolean[] {
	const q = benjaminiHochberg(z.map((each) => (each === null || each === undefined ? null : normalTwoSided(each))));
	return q.map((each) => each !== null && each <= level);
}

/** "A", "A and B", "A, B and 3 more" */
export function someOf(labels: readonly string[], most = 3): string {
	if (labels.length <= 1) return labels[0] ?? '';
	const shown = labels.slice(0, labels.length > most ? most - 1 : most);
	const left = labels.length - shown.length;
	return left > 0 ? `${shown.join(', ')} and ${String(left)} more` : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

export function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
