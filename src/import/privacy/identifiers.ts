import { privacy } from '../../lib/texts/privacy.ts';
import { isDate, percent, shareOf } from '../map/content.ts';
import { wordsOf } from '../map/names.ts';
import type { ColumnProfile, ColumnReading, Identifier } from '../types.ts';
import { contents, headers, isNpi, isPersonName } from './kinds.ts';

export interface Identified {
	column: string;
	identifier: Identifier;
	/** One plain phrase. */
	because: string;
	/** Of the cells that were looked at, those that look so (0–1); 1 where the name of the column says it. */
	share: number;
}

const words = (text: string): number => text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;

const isJson = (profile: ColumnProfile): boolean => shareOf(profile, (text) => /^\s*[{[].*[}\]]\s*$/s.test(text)) > 0.5;

/** Long, mostly different and of many words; a heading that says so asks for less. */
function proseIn(profile: ColumnProfile, headed: boolean): string | null {
	const mean = profile.values.reduce((sum, { text }) => sum + words(text), 0) / Math.max(1, profile.values.length);
	const different = profile.distinct / Math.max(1, profile.filled);
	const enough = headed ? mean >= 2 && profile.longest >= 10 : mean >= 4 && profile.longest >= 30 && different >= 0.25 && profile.distinct >= 10;
	return enough ? privacy.prose(String(Math.round(mean)), percent(different)) : null;
}

const plausible: Partial<Record<Identifier, (text: string) => boolean>> = {
	zip: (text) => /^\d{3,5}([-\s]?\d{4}|X{1,2})?$/i.test(text) || /^[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}$/i.test(text) || /^\d{4,5}$/.test(text),
	age: (text) => /^\d{1,3}(\.\d+)?$/.test(text) && Number(text) <= 130,
	name: (text) => /\p{L}/u.test(text) && !/\d/.test(text),
	'free-text': () => false,
};

/** A column of people without names in it holds their numbers. */
const person = /^(patient|customer|client|member|person|employee)s?$/;

function byHeader(profile: ColumnProfile): Identified | null {
	const header = wordsOf(profile.column).join(' ');
	for (const [identifier, form] of headers) {
		if (!form.test(header)) continue;
		if (identifier === 'free-text') {
			const because = proseIn(profile, true);
			if (because) return { column: profile.column, identifier, because, share: 1 };
			continue;
		}
		const check = plausible[identifier];
		if (check && profile.filled > 0 && shareOf(profile, check) < 0.5) {
			if (identifier !== 'name' || !person.test(header)) continue;
			return { column: profile.column, identifier: 'record-number', because: privacy.header(privacy.kinds['record-number']), share: 1 };
		}
		return { column: profile.column, identifier, because: privacy.header(privacy.kinds[identifier]), share: 1 };
	}
	return null;
}

function byContent(profile: ColumnProfile): Identified | null {
	const looks = (identifier: Identifier, share: number): Identified => ({ column: profile.column, identifier, because: privacy.looks(percent(share), privacy.kinds[identifier]), share });
	for (const [identifier, form] of contents) {
		const share = shareOf(profile, form);
		if (share >= 0.2) return looks(identifier, share);
	}
	const npi = shareOf(profile, isNpi);
	if (npi > 0.9) return { column: profile.column, identifier: 'record-number', because: privacy.npi, share: npi };
	const names = shareOf(profile, isPersonName);
	if (names >= 0.8 && profile.distinct >= 5 && profile.distinct >= profile.filled / 2) return looks('name', names);
	return null;
}

function byUse(profile: ColumnProfile, reading: ColumnReading | undefined): Identified | null {
	const { column } = profile;
	if (isJson(profile)) return { column, identifier: 'free-text', because: privacy.json, share: 1 };
	if (isDate(profile, reading)) return { column, identifier: 'date', because: privacy.date, share: 1 };
	const prose = proseIn(profile, false);
	if (prose !== null) return { column, identifier: 'free-text', because: prose, share: 1 };
	const numeric = shareOf(profile, (text) => /^[-+]?\d+[.,]\d+$/.test(text)) > 0.5;
	if (!numeric && profile.distinct >= 20 && profile.distinct >= 0.95 * profile.filled) return { column, identifier: 'record-number', because: privacy.unique, share: profile.distinct / profile.filled };
	return null;
}

/**
 * Columns that may name a person, at most one kind each: by their header, by the form of what stands in them, or because nearly every
 * row has its own text. Dates and ages are among them, since Safe Harbor counts them.
 */
export function identifiersIn(profiles: readonly ColumnProfile[], readings: readonly ColumnReading[] = []): Identified[] {
	return profiles.flatMap((profile) => {
		const strong = profile.filled > 0 ? byContent(profile) : null;
		const headed = byHeader(profile);
		const telling = strong && (!headed || headed.identifier === 'record-number' || headed.identifier === 'name') ? strong : headed;
		const found = telling ?? (profile.filled > 0 ? byUse(profile, readings.find(({ column }) => column === profile.column)) : null);
		return found ? [found] : [];
	});
}
