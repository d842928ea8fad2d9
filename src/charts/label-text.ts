import { countText } from '../lib/format.ts';

/** Widths are estimated from classes of letters of Inter, a little generous, so that a chart is the same text everywhere. */

const NARROW = /[ijlftrI.,:;'’|!()[\]\s·-]/u;
const WIDE = /[mwMW%@→]/u;
const UPPER = /\p{Lu}/u;
const DIGIT = /[\d+−±<>=–]/u;

function characterWidth(character: string): number {
	if (DIGIT.test(character)) return 0.64;
	if (NARROW.test(character)) return 0.34;
	if (WIDE.test(character)) return 0.92;
	if (UPPER.test(character)) return 0.7;
	return 0.58;
}

/** Estimated width in px of one line of text at `size` px. */
export function textWidth(text: string, size = 11): number {
	let ems = 0;
	for (const character of text) ems += characterWidth(character);
	return ems * size;
}

export function widest(texts: readonly string[], size = 11): number {
	return texts.reduce((width, text) => Math.max(width, textWidth(text, size)), 0);
}

export function ellipsis(text: string, width: number, size = 11): string {
	if (textWidth(text, size) <= width) return text;
	const characters = [...text];
	while (characters.length > 0 && textWidth(`${characters.join('').trimEnd()}…`, size) > width) characters.pop();
	return `${characters.join('').trimEnd()}…`;
}

/** Up to `lines` lines broken between words; what does not fit ends in an ellipsis. */
export function wrap(text: string, width: number, size = 11, lines = 2): string[] {
	const words = text.split(/\s+/u).filter((word) => word !== '');
	const wrapped: string[] = [];
	while (words.length > 0 && wrapped.length < lines - 1) {
		let line = words.shift() ?? '';
		while (words.length > 0 && textWidth(`${line} ${words[0] ?? ''}`, size) <= width) line += ` ${words.shift() ?? ''}`;
		wrapped.push(ellipsis(line, width, size));
	}
	if (words.length > 0) wrapped.push(ellipsis(words.join(' '), width, size));
	return wrapped;
}

/** Positions at least `gap` apart, in the same order, each as near its wish as that allows, inside `from`–`to` if they fit. */
export function dodge(wishes: readonly number[], gap: number, from = -Infinity, to = Infinity): number[] {
	const order = wishes.map((_, index) => index).sort((a, b) => (wishes[a] ?? 0) - (wishes[b] ?? 0) || a - b);
	const blocks: { members: number[]; sum: number; start: number }[] = [];
	const startOf = (sum: number, size: number) => {
		const latest = to - (size - 1) * gap;
		return Math.max(from, Math.min(latest, sum / size));
	};
	for (const index of order) {
		const wish = wishes[index] ?? 0;
		let block = { members: [index], sum: wish, start: startOf(wish, 1) };
		for (
			let previous = blocks.at(-1);
			previous && previous.start + previous.members.length * gap > block.start;
			previous = blocks.at(-1)
		) {
			blocks.pop();
			const sum = previous.sum + block.sum - block.members.length * previous.members.length * gap;
			const members = [...previous.members, ...block.members];
			block = { members, sum, start: startOf(sum, members.length) };
		}
		blocks.push(block);
	}
	const placed = new Array<number>(wishes.length).fill(0);
	for (const block of blocks) block.members.forEach((index, place) => (placed[index] = block.start + place * gap));
	return placed;
}

export { countText };

export function percentText(share: number): string {
	return `${Math.round(share * 100)} %`;
}

/** "83–85 %": the unit once, where both ends carry the same. */
export function intervalText(format: (value: number) => string, lo: number | null, hi: number | null): string | null {
	if (lo === null || hi === null) return null;
	const [low, high] = [format(lo), format(hi)];
	const unit = /[^\d]*$/u.exec(high)?.[0] ?? '';
	const first = unit !== '' && low.endsWith(unit) ? low.slice(0, low.length - unit.length) : low;
	return /[−-]/u.test(low + high) ? `${first} to ${high}` : `${first}–${high}`;
}

/** What a mark says when pointed at: label, value, interval, n. */
export function markTitle(
	label: string,
	format: (value: number) => string,
	row: { value: number | null; lo: number | null; hi: number | null; n: number },
): string {
	if (row.value === null) return `${label}: no value, n ${countText(row.n)}`;
	const interval = intervalText(format, row.lo, row.hi);
	return `${label}: ${format(row.value)}${interval === null ? '' : ` (${interval})`}, n ${countText(row.n)}`;
}
