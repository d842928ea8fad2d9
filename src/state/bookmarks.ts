import type { Bookmark } from './kept.svelte.ts';

/** The name with a number after it where a bookmark other than `but` has it already. */
export function freeName(bookmarks: readonly Bookmark[], name: string, but?: Bookmark): string {
	const taken = new Set(bookmarks.filter((each) => each !== but).map((each) => each.name));
	const plain = name.trim();
	if (!taken.has(plain)) return plain;
	let number = 2;
	while (taken.has(`${plain} (${String(number)})`)) number++;
	return `${plain} (${String(number)})`;
}

/** One place up (−1) or down (1); at the ends nothing moves. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
	const [one, other] = [list[index], list[index + by]];
	if (one === undefined || other === undefined) return list;
	return list.map((each, i) => (i === index ? other : i === index + by ? one : each));
}

export const replaced = <T>(list: readonly T[], index: number, by: T): readonly T[] => list.map((each, i) => (i === index ? by : each));
export const without = <T>(list: readonly T[], index: number): readonly T[] => list.filter((_, i) => i !== index);
