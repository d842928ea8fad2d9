import { chosen, locales, type LocaleId } from './locale.svelte.ts';

/** Numbers and instants as text in the reader's locale. One place, so that a number reads the same on a card, in a sentence and in a table. */

export type NumberFormat = 'integer' | 'decimal' | 'percent' | 'hours' | 'days' | 'score';

const fixed = (locale: LocaleId, digits: number): Intl.NumberFormat => new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
const formatsOf = (locale: LocaleId) => [fixed(locale, 0), fixed(locale, 1), fixed(locale, 2)] as const;
/** Made when they are first needed: each takes some milliseconds. */
const formats: Partial<Record<LocaleId, ReturnType<typeof formatsOf>>> = {};
const written = (digits: 0 | 1 | 2, value: number): string => (formats[chosen.id] ??= formatsOf(chosen.id))[digits].format(value);
const minus = (text: string): string => text.replace('-', '−');

function digitsFor(format: NumberFormat, value: number): 0 | 1 | 2 {
	const size = Math.abs(value);
	switch (format) {
		case 'integer':
			return 0;
		case 'percent':
			return size * 100 < 10 && size > 0 ? 1 : 0;
		case 'score':
			return 2;
		case 'decimal':
			return size < 10 ? 2 : 1;
		case 'hours':
		case 'days':
			return size < 100 ? 1 : 0;
	}
}

/** The bare number, percent as points of hundred, without its unit. */
export function numberText(format: NumberFormat, value: number): string {
	return minus(written(digitsFor(format, value), format === 'percent' ? value * 100 : value));
}

const units: Record<NumberFormat, string> = { integer: '', decimal: '', percent: '\u00a0%', hours: '\u00a0h', days: '\u00a0d', score: '' };

/** With its short unit: 58 %, 9.6 d. */
export function valueText(format: NumberFormat, value: number | null): string {
	return value === null ? '–' : `${numberText(format, value)}${units[format]}`;
}

const longUnits: Record<NumberFormat, string> = { integer: '', decimal: '', percent: '\u00a0%', hours: '\u00a0hours', days: '\u00a0days', score: '' };

/** As it is said in a sentence: 58 %, 9.6 days. */
export function spokenText(format: NumberFormat, value: number | null): string {
	return value === null ? 'unknown' : `${numberText(format, value)}${longUnits[format]}`;
}

const differenceUnits: Record<NumberFormat, string> = { integer: '', decimal: '', percent: '\u00a0points', hours: '\u00a0h', days: '\u00a0d', score: '' };

/** A difference with its sign: +6 points, −0.04. */
export function differenceText(format: NumberFormat, value: number): string {
	const text = numberText(format, Math.abs(value));
	const sign = /^[0.,]+$/.test(text) ? '±' : value > 0 ? '+' : '−';
	return `${sign}${text}${differenceUnits[format]}`;
}

export function intervalText(format: NumberFormat, lo: number | null, hi: number | null): string {
	if (lo === null && hi === null) return 'no interval';
	const side = (value: number | null): string => (value === null ? '?' : numberText(format, value));
	return `${side(lo)} to ${side(hi)}`;
}

export const countText = (value: number): string => written(0, value);

/** A count with its noun: 1 case, 2,086 cases. */
export function counted(value: number, [one, many]: readonly [string, string]): string {
	return `${countText(value)} ${value === 1 ? one : many}`;
}

/** 940 kB, 12.3 MB: thousands, as files are sized. */
export function byteText(bytes: number): string {
	const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
	return `${unit === 'kB' ? written(0, Math.ceil(size)) : written(1, size)}\u00a0${unit}`;
}

/** 30 Jun 2026 */
export function dayText(ms: number): string {
	const date = new Date(ms);
	const { months, day } = locales[chosen.id];
	return day(date.getUTCDate(), months[date.getUTCMonth()] ?? '', String(date.getUTCFullYear()));
}

/** 30 Jun, for axes that say the year once. */
export function shortDayText(ms: number): string {
	const date = new Date(ms);
	const { months, shortDay } = locales[chosen.id];
	return shortDay(date.getUTCDate(), months[date.getUTCMonth()] ?? '');
}

export function monthText(ms: number): string {
	return locales[chosen.id].months[new Date(ms).getUTCMonth()] ?? '';
}

export function timeText(ms: number): string {
	const date = new Date(ms);
	return locales[chosen.id].time(date.getUTCHours(), String(date.getUTCMinutes()).padStart(2, '0'));
}

/** 30 Jun 2026, 17:00 */
export const instantText = (ms: number): string => `${dayText(ms)}, ${timeText(ms)}`;

/** 30 Jun, 17:00, where the year is plain. */
export const shortInstantText = (ms: number): string => `${shortDayText(ms)}, ${timeText(ms)}`;

/** a, b and c */
export function listText(items: readonly string[]): string {
	if (items.length <= 1) return items[0] ?? '';
	return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
