import { monthPattern, weekdayPattern } from './calendar.ts';

/** How a date may be ordered within one way of writing it. */
export type Order = 'year-first' | 'day-first' | 'month-first' | 'year-day-month';

/** One way of writing dates, found in a text: the strptime format for each order that could be meant. */
export interface Skeleton {
	/** The same for all texts that are written alike, whatever their digits. */
	key: string;
	forms: readonly { order: Order; form: string }[];
}

const M = `(?:${monthPattern}\\.?)`;
const nth = '(?:st|nd|rd|th|\\.)?';

const dates: readonly { pattern: RegExp; forms: (match: RegExpExecArray) => Skeleton['forms'] }[] = [
	{
		pattern: /^\d{4}([-/. ])\d{1,2}\1\d{1,2}(?!\d)/,
		forms: ([, s = '']) => [
			{ order: 'year-first', form: `%Y${s}%m${s}%d` },
			{ order: 'year-day-month', form: `%Y${s}%d${s}%m` },
		],
	},
	{
		pattern: /^\d{1,2}([-/. ])\d{1,2}\1\d{4}(?!\d)/,
		forms: ([, s = '']) => [
			{ order: 'day-first', form: `%d${s}%m${s}%Y` },
			{ order: 'month-first', form: `%m${s}%d${s}%Y` },
		],
	},
	{
		pattern: /^\d{1,2}([-/.])\d{1,2}\1\d{2}(?!\d)/,
		forms: ([, s = '']) => [
			{ order: 'day-first', form: `%d${s}%m${s}%y` },
			{ order: 'month-first', form: `%m${s}%d${s}%y` },
			{ order: 'year-first', form: `%y${s}%m${s}%d` },
		],
	},
	{
		pattern: new RegExp(`^\\d{1,2}${nth}([-/ ]|\\s+of\\s+|\\s+de\\s+)${M}([-/ ]|,\\s*|\\s+de\\s+)(\\d{4}|\\d{2})(?!\\d)`, 'i'),
		forms: ([, s = '', t = '', y = '']) => [{ order: 'day-first', form: `%d${s}%b${t}%${y.length === 4 ? 'Y' : 'y'}` }],
	},
	{
		pattern: new RegExp(`^${M}([-/ ])\\d{1,2}${nth}(,\\s*|[-/ ])(\\d{4}|\\d{2})(?!\\d)`, 'i'),
		forms: ([, s = '', t = '', y = '']) => [{ order: 'month-first', form: `%b${s}%d${t}%${y.length === 4 ? 'Y' : 'y'}` }],
	},
	{ pattern: new RegExp(`^\\d{4}([-/ ])${M}\\1\\d{1,2}${nth}(?!\\d)`, 'i'), forms: ([, s = '']) => [{ order: 'year-first', form: `%Y${s}%b${s}%d` }] },
	{ pattern: /^(?:19|20)\d{6}(?=T)/, forms: () => [{ order: 'year-first', form: '%Y%m%d' }] },
];

const clock = /^(T|t|,? +|:)(\d{1,2}:\d{2})(:\d{2})?([.,])?(\d{1,9})?( ?)([ap]\.?m\.?)?( ?)(z|utc|gmt|[-+]\d{2}(?::?\d{2})?)?$/i;

function tailOf(text: string): string | null {
	if (text === '') return '';
	const compact = /^T\d{4}(\d{2})?(z|[-+]\d{2}:?\d{2})?$/i.exec(text);
	if (compact) return `T%H%M${compact[1] ? '%S' : ''}${compact[2] ? '%z' : ''}`;
	const [whole, before = '', , seconds, mark, fraction, gap = '', half, zoneGap = '', zone] = clock.exec(text) ?? [];
	if (whole === undefined || (fraction === undefined) !== (mark === undefined) || (mark !== undefined && seconds === undefined)) return null;
	const gapBeforeZone = half === undefined ? gap + zoneGap : zoneGap;
	return `${before}${half ? '%I' : '%H'}:%M${seconds ? ':%S' : ''}${mark ? `${mark}%f` : ''}${half ? `${gap}%p` : ''}${zone ? `${gapBeforeZone}%z` : ''}`;
}

const weekday = new RegExp(`^${weekdayPattern}\\.?(,? +|, *)`, 'i');
const unix = new RegExp(`^(${weekdayPattern}) ${M} +\\d{1,2} \\d{2}:\\d{2}:\\d{2} \\d{4}$`, 'i');
const digits: Readonly<Record<number, string>> = { 14: '%Y%m%d%H%M%S', 12: '%Y%m%d%H%M' };

/** Forms with names take any number of spaces for one. */
const squeezed = (form: string): string => (form.includes('%b') ? form.replaceAll(/\s+/g, ' ') : form);

const skeleton = (forms: Skeleton['forms']): Skeleton => {
	const even = forms.map(({ order, form }) => ({ order, form: squeezed(form) }));
	return { key: even.map(({ form }) => form).join(' | '), forms: even };
};

/** The way of writing dates that a text shows, or null. Only the first look: whether cells are dates is asked of all of them. */
export function skeletonOf(text: string): Skeleton | null {
	if (text.length > 60) return null;
	if (unix.test(text)) return skeleton([{ order: 'month-first', form: '%a %b %d %H:%M:%S %Y' }]);
	const whole = /^(?:19|20)\d+$/.test(text) ? digits[text.length] : undefined;
	if (whole !== undefined) return skeleton([{ order: 'year-first', form: whole }]);
	const day = weekday.exec(text);
	const rest = day ? text.slice(day[0].length) : text;
	for (const { pattern, forms } of dates) {
		const found = pattern.exec(rest);
		if (!found) continue;
		const tail = tailOf(rest.slice(found[0].length));
		if (tail !== null) return skeleton(forms(found).map(({ order, form }) => ({ order, form: `${day ? `%a${day[1] ?? ' '}` : ''}${form}${tail}` })));
	}
	return null;
}

/** A time of day without a date: its strptime format, or null. */
export function timeOf(text: string): string | null {
	const tail = /^\d{1,2}:\d{2}/.test(text) ? tailOf(` ${text}`) : null;
	return tail === null || tail.includes('%z') ? null : tail.slice(1);
}
