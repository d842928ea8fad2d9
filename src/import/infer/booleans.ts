import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, Conversion } from '../types.ts';
import type { Draft } from './draft.ts';
import { namesFlag } from './names.ts';
import { meansNothing } from './words.ts';

const pairs: readonly (readonly [yes: string, no: string])[] = [
	['yes', 'no'],
	['true', 'false'],
	['y', 'n'],
	['t', 'f'],
	['on', 'off'],
	['ja', 'nein'],
	['j', 'n'],
	['oui', 'non'],
	['sí', 'no'],
	['si', 'no'],
	['wahr', 'falsch'],
	['vrai', 'faux'],
];

const quotedList = (values: readonly string[]): string => values.map((value) => `“${value}”`).join(values.length === 2 ? ' and ' : ', ');

/** Yes and no in words of one language; 0 and 1 where the name asks a question. Single words need no partner, single letters do. */
export function booleansOf(profile: ColumnProfile): Draft | null {
	if (profile.distinct > profile.values.length) return null;
	const meant = profile.values.filter(({ text }) => !meansNothing(text));
	const found = new Set(meant.map(({ text }) => text.toLowerCase()));
	const spoken = [...new Set(meant.map(({ text }) => text))];
	const made = (yes: string, no: string, because: string): Draft => {
		const conversion: Conversion = { kind: 'boolean', yes: [yes], no: [no], missing: [] };
		return { conversion, because, questions: [], warnings: [], others: [], readers: [conversion] };
	};
	if (found.size === 0) return null;
	const pair = pairs.find(([yes, no]) => [...found].every((text) => text === yes || text === no) && (found.size === 2 || (yes.length > 1 && no.length > 1 && [...found][0] !== 'on' && [...found][0] !== 'no')));
	if (pair) return made(...pair, says.boolean(quotedList(spoken)));
	return [...found].every((text) => text === '0' || text === '1') && namesFlag(profile.column) ? made('1', '0', says.flag(profile.column)) : null;
}
