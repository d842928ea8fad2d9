import type { Conversion } from '../types.ts';
import { escaped, inner, literal, matches } from './text.ts';

export type NumberConversion = Extract<Conversion, { kind: 'number' }>;

const gap = `[${inner}]?`;
const minus = '[-−–]';

export const currencyPattern = "(?:US\\$|CA\\$|AU\\$|[CAR]\\$|[$€£¥₹₽₩₪]|USD|EUR|GBP|JPY|CHF|CAD|AUD|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL|CNY|MXN|NZD|ZAR|kr\\.?|zł|Kč|Fr\\.|Rs\\.?)";

const groupClass = (group: string): string => (group === ' ' ? `[${inner}]` : group === "'" ? "['’]" : escaped(group));

/** RE2 pattern of the digits of a number, with groups and decimals. A group needs three digits and no zero before it. Limits keep doubles finite. */
export function digitsPattern(decimal: string, group: string): string {
	const mark = escaped(decimal);
	const thousands = group === '' ? '' : `[1-9][0-9]{0,2}(?:${groupClass(group)}[0-9]{3})+|`;
	const lakhs = group === ',' ? '[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|' : '';
	return `(?:(?:${thousands}${lakhs}[0-9]{1,40})(?:${mark}[0-9]+)?|${mark}[0-9]+)(?:[eE](?:[-+]?1[0-9]{2}|-[23][0-9]{2}|[-+]?[0-9]{1,2}))?`;
}

function fullPattern({ decimal, group, percent, currency }: NumberConversion): string {
	const digits = digitsPattern(decimal, group);
	const sign = `[-+−–]${gap}`;
	const money = currency === '' ? '' : `(?:${escaped(currency)}${gap})?`;
	const before = currency === '' ? `(?:${sign})?` : `(?:${sign}${money}|${escaped(currency)}${gap}(?:${sign})?)?`;
	const after = `${percent ? `${gap}%` : ''}${currency === '' ? '' : `(?:${gap}${escaped(currency)})?`}`;
	const nothing = percent ? '|0' : '';
	return `(?:${before}${digits}${after}|${money}${digits}${after}${gap}${minus}|\\(${gap}${money}${digits}${after}${gap}\\)${nothing})`;
}

/** SQL of the plain number that a trimmed text stands for (as text, its digits kept), or NULL. Percent is divided by 100. */
export function numberSql(text: string, conversion: NumberConversion): string {
	const { decimal, group, percent, currency } = conversion;
	const plain = percent ? null : decimal === '.' ? '-?[0-9]{1,40}(?:\\.[0-9]+)?' : '-?[0-9]{1,40}';
	// The mark of a currency may end in a point, and an alternative that is shorter must not win: the digits reach to the last of them.
	const amount = currency === '' ? text : `replace(${text}, ${literal(currency)}, '')`;
	let digits = `regexp_extract(${amount}, ${literal(`(${digitsPattern(decimal, group)})[^0-9]*$`)}, 1)`;
	if (group !== '') digits = `regexp_replace(${digits}, ${literal(groupClass(group))}, '', 'g')`;
	if (decimal === ',') digits = `replace(${digits}, ',', '.')`;
	const value = percent ? `(${digits} || 'e-2')::double::varchar` : digits;
	const negative = `regexp_matches(${text}, '^[^0-9]*(?:${minus}|\\()|${minus}[^0-9]*$')`;
	const read = `case when ${matches(text, fullPattern(conversion))} then case when ${negative} then '-' else '' end || ${value} end`;
	return plain === null ? read : `case when ${matches(text, plain)} then ${text} else ${read} end`;
}
