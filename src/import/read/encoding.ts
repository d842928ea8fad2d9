import { dialects as reading } from '../../lib/texts/dialects.ts';
import type { Choice } from '../types.ts';
import { alphabets, multiByte, singleByte } from './alphabets.ts';
import { codePage } from './code-pages.ts';
import type { Survey } from './survey.ts';

const usual = new Set('€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™› ¡¢£§«»°±²³´µ·º¼½¾¿×÷©®ªº№­');
const letter = /\p{L}|\p{M}/u;

/** A mean over the characters beyond ASCII: 1 when all are letters of one language, in words as it writes them. */
function plausibility(text: string, encoding: string): number {
	const counts = new Map<string, number>();
	let characters = 0;
	let faults = 0;
	const all = [...text];
	all.forEach((c, i) => {
		if (c < '\u0080') return;
		characters++;
		counts.set(c, (counts.get(c) ?? 0) + 1);
		if (c === '\ufffd' || (c >= '\u0080' && c < '\u00a0') || /\p{Co}|\p{Cn}/u.test(c)) faults += 4;
		else if (letter.test(c)) {
			const before = all[i - 1] ?? ' ';
			const after = all[i + 1] ?? ' ';
			const upper = c !== c.toLowerCase();
			if (upper && /\p{Ll}/u.test(before)) faults += 1;
			if (upper && /\p{Ll}/u.test(after) && /\p{L}/u.test(before)) faults += 0.5;
			if (!/\p{Script=Latin}/u.test(c) && (/[a-z]/i.test(before) || /[a-z]/i.test(after))) faults += 1;
		} else if (!usual.has(c)) faults += 0.7;
		else if (/\p{L}/u.test(all[i - 1] ?? ' ') && /\p{L}/u.test(all[i + 1] ?? ' ') && !/[’'\u00ad·]/.test(c)) faults += 0.7;
	});
	if (characters === 0) return 0;
	const covered = (known: Set<string>): number => [...counts].reduce((sum, [c, n]) => sum + (known.has(c.toLowerCase()) ? n : usual.has(c) ? n * 0.9 : 0), 0) / characters;
	const language = Math.max(
		0,
		...alphabets.map(({ letters, encodings, frequent }) => {
			const usualShare = frequent === undefined ? 1 : Math.min(1, covered(new Set(frequent)) / 0.6);
			return covered(new Set(letters)) * (encodings.includes(encoding) ? 1 : 0.9) * (0.85 + 0.15 * usualShare);
		}),
	);
	return language - faults / characters;
}

/** Share of the characters beyond ASCII that are usual ones of an encoding of two bytes. */
function usualPairs(bytes: Uint8Array, encoding: string): number {
	const leads = multiByte[encoding] ?? [];
	let pairs = 0;
	let good = 0;
	for (let i = 0; i < bytes.length; i++) {
		const lead = bytes[i] ?? 0;
		if (lead < 0x80) continue;
		pairs++;
		const next = bytes[i + 1] ?? 0;
		const single = encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf;
		if (single || next < (encoding === 'shift_jis' || encoding === 'gb18030' || encoding === 'big5' ? 0x40 : 0xa1)) continue;
		if (leads.some(([from, to]) => lead >= from && lead <= to)) good++;
		i++;
	}
	return pairs === 0 ? 0 : good / pairs;
}

/** How well each legacy encoding fits what stands around the high bytes of a file, best first. */
export function legacyCandidates(around: Uint8Array): { encoding: string; score: number; text: string }[] {
	const eastern = Object.keys(multiByte).map((encoding) => ({ encoding, score: usualPairs(around, encoding), text: new TextDecoder(encoding).decode(around) }));
	const western = singleByte.map((encoding) => {
		const page = codePage(encoding);
		let text = '';
		for (const byte of around) text += page?.[byte] ?? '';
		return { encoding, score: plausibility(text, encoding), text };
	});
	return [...western, ...eastern].map((one, i) => ({ ...one, i })).sort((a, b) => b.score - a.score || a.i - b.i);
}

/** Zero bytes at every second place: UTF-16 without a mark. */
function utf16Of({ zeros, bytes }: Survey): string | null {
	const [even, odd] = zeros;
	if ((even + odd) * 20 < bytes || bytes % 2 !== 0) return null;
	if (odd > even * 9) return 'utf-16le';
	return even > odd * 9 ? 'utf-16be' : null;
}

const all = ['utf-8', ...singleByte, ...Object.keys(multiByte), 'utf-16le', 'utf-16be'];
const choice = (value: string, because: string, sure: boolean, others: readonly string[]): Choice<string> => ({ value, because, sure, others: others.filter((other) => other !== value) });

/** The encoding that the bytes of the whole file speak for; `invalidLine` has the first byte that is no UTF-8. */
export function encodingOf(survey: Survey, invalidLine: number): Choice<string> {
	const { mark, invalid, high, sequences, escapes } = survey;
	const says = reading.encoding;
	if (mark && (mark.encoding !== 'utf-8' || invalid === 0)) return choice(mark.encoding, says.mark, true, []);
	if (mark) return choice('utf-8', says.markBut(invalid, invalidLine), false, all);
	const wide = utf16Of(survey);
	if (wide !== null) return choice(wide, says.zeros, true, []);
	if (high === 0) return choice('utf-8', says.ascii, !escapes, escapes ? ['iso-2022-jp'] : []);
	if (invalid === 0) return choice('utf-8', says.valid(sequences), sequences > 2, all);
	const candidates = legacyCandidates(survey.around);
	if (sequences >= invalid * 4) return choice('utf-8', says.mostly(sequences, invalid, invalidLine), false, all);
	const [best] = candidates;
	const value = best?.encoding ?? 'windows-1252';
	const same = candidates.filter((one) => one.encoding !== value && one.text === best?.text).map((one) => one.encoding);
	return choice(value, says.legacy(invalidLine, same.slice(0, 3)), false, [...candidates.map((one) => one.encoding), 'utf-8', 'utf-16le', 'utf-16be']);
}
