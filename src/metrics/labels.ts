import { filters } from '../lib/texts/filters.ts';
import type { Pack } from '../pack/types.ts';

/** Whether filters may name it: a dimension, or a set of milestones. */
export function filterable(pack: Pack, dimension: string): boolean {
	return Object.hasOwn(pack.dimensions, dimension) || Object.hasOwn(pack.milestones, dimension);
}

export function filterLabel(pack: Pack, dimension: string): string {
	return pack.dimensions[dimension]?.label ?? pack.milestones[dimension]?.label ?? dimension;
}

/** The readable name of a value of a dimension or a set of milestones. */
export function valueLabel(pack: Pack, dimension: string, value: string | null): string {
	const milestones = pack.milestones[dimension];
	if (milestones) return value === null ? 'None' : (milestones.values[value]?.label ?? value);
	const declared = pack.dimensions[dimension];
	if (value === null) return declared?.missing ?? 'Not recorded';
	return declared?.values?.[value] ?? value;
}

/** Declared order for ordered dimensions; otherwise as they come. */
export function inOrder<T extends { keys: readonly (string | null)[] }>(pack: Pack, dimension: string, rows: readonly T[]): T[] {
	const declared = pack.dimensions[dimension];
	if (!declared?.ordered) return [...rows];
	const order = Object.keys(declared.values ?? {});
	const place = (row: T): number => {
		const key = row.keys[0] ?? null;
		if (key === null) return Number.MAX_SAFE_INTEGER;
		const index = order.indexOf(key);
		return index >= 0 ? index : Number.isFinite(Number(key)) ? Number(key) : order.length;
	};
	return [...rows].sort((a, b) => place(a) - place(b));
}

/** A value's name for the middle of a sentence: "Claim denials" → "claim denials". Values without a declared name (people, states) stay as they are. */
export function inSentence(pack: Pack, dimension: string, value: string | null): string {
	const label = valueLabel(pack, dimension, value);
	const named = value === null || pack.dimensions[dimension]?.values?.[value] !== undefined;
	return named && /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

/** Whether anything in the pack says when: without it there is no as-of, no range of dates and no period. */
export const timed = (pack: Pick<Pack, 'raw'>): boolean => Object.values(pack.raw).some(({ clock }) => clock.length > 0);

/** What the date is called that the range of dates cuts; in a sentence, unless the pack's own word, as it is written. */
export const dateName = ({ main }: Pick<Pack, 'main'>): string => (main.said === undefined || main.said === '' ? filters.opened : main.said);
export const dateWord = ({ main }: Pick<Pack, 'main'>): string => (main.said === undefined || main.said === '' ? filters.opened.toLowerCase() : `“${main.said}”`);
