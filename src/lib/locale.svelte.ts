/** How numbers and dates are written. What they say does not change. */
export type LocaleId = 'en-GB' | 'en-US' | 'de-DE';

interface Locale {
	label: string;
	months: readonly string[];
	day: (day: number, month: string, year: string) => string;
	/** Without the year, for axes. */
	shortDay: (day: number, month: string) => string;
	time: (hours: number, minutes: string) => string;
}

const english = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clock = (hours: number, minutes: string): string => `${String(hours).padStart(2, '0')}:${minutes}`;

/** Written out, since engines differ in their abbreviations (Sep, Sept). */
export const locales: Readonly<Record<LocaleId, Locale>> = {
	'en-GB': { label: 'English (UK)', months: english, day: (day, month, year) => `${String(day)} ${month} ${year}`, shortDay: (day, month) => `${String(day)} ${month}`, time: clock },
	'en-US': {
		label: 'English (US)',
		months: english,
		day: (day, month, year) => `${month} ${String(day)}, ${year}`,
		shortDay: (day, month) => `${month} ${String(day)}`,
		time: (hours, minutes) => `${String(hours % 12 === 0 ? 12 : hours % 12)}:${minutes} ${hours < 12 ? 'AM' : 'PM'}`,
	},
	'de-DE': {
		label: 'Deutsch',
		months: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sep.', 'Okt.', 'Nov.', 'Dez.'],
		day: (day, month, year) => `${String(day)}. ${month} ${year}`,
		shortDay: (day, month) => `${String(day)}. ${month}`,
		time: clock,
	},
};

export const isLocale = (text: string): text is LocaleId => Object.hasOwn(locales, text);

/** The first language of a reader's list that there is a locale for, by language where the country is another one. */
export function localeFor(languages: readonly string[]): LocaleId {
	for (const language of languages) {
		if (isLocale(language)) return language;
		const near = (Object.keys(locales) as LocaleId[]).find((id) => id.slice(0, 2) === language.slice(0, 2));
		if (near) return near;
	}
	return 'en-GB';
}

/** One for the page: it is a property of the reader, not of a number. */
class Chosen {
	id = $state<LocaleId>('en-GB');
}

export const chosen = new Chosen();
