export interface Named {
	label: string;
	/** Other words by which it is found. */
	keywords: string;
}

/** Without accents, case and room to spare, so that "zoe" finds "Zoë". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().replace(/\s+/g, ' ');

const startsWord = (text: string, word: string): boolean => text.split(/[^\p{L}\p{N}]+/u).some((each) => each.startsWith(word));

/** The letters of the word stand in the text in their order, the first of them at the start of a word. */
function scattered(text: string, word: string): boolean {
	for (let at = 0; at < text.length; at++) {
		if (text[at] !== word[0] || (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? ''))) continue;
		let from = at;
		const all = [...word].every((letter) => {
			const found = text.indexOf(letter, from);
			from = found + letter.length;
			return found >= 0;
		});
		if (all) return true;
	}
	return false;
}

/** How well one word fits: 0 is best, null not at all. */
function fit(label: string, keywords: string, word: string): number | null {
	if (label.startsWith(word)) return 0;
	if (startsWord(label, word)) return 1;
	if (label.includes(word)) return 3;
	if (startsWord(keywords, word)) return 4;
	return scattered(label, word) ? 6 : null;
}

/**
 * What fits every word of the query, best first: names that begin with the query, then names with words that begin so, then
 * the inside of names, then keywords, then letters in their order ("osd" for "over six days"). Ties keep their order.
 */
export function ranked<T extends Named>(query: string, all: readonly T[]): T[] {
	const asked = plain(query);
	const words = asked.split(' ').filter((word) => word !== '');
	if (words.length === 0) return [...all];
	const found = all.flatMap((each, order) => {
		const [label, keywords] = [plain(each.label), plain(each.keywords)];
		const fits = words.map((word) => fit(label, keywords, word));
		if (fits.includes(null)) return [];
		const whole = label === asked ? -3 : label.startsWith(asked) ? -2 : 0;
		return [{ each, order, score: whole + Math.max(...fits.map((one) => one ?? 0)), sum: fits.reduce((sum: number, one) => sum + (one ?? 0), 0) }];
	});
	return found.sort((a, b) => a.score - b.score || a.sum - b.sum || a.order - b.order).map(({ each }) => each);
}
