import { dayText, instantText, plainNumber } from './plain-values.ts';

/** What a number format shows. `elapsed`: hours that may pass 24. */
export type Shows = 'number' | 'date' | 'time' | 'date and time' | 'elapsed';

export type CellKind = 'text' | 'number' | 'date' | 'boolean' | 'error';

export interface SheetCell {
	text: string;
	kind: CellKind;
	/** Worth a note: `excel.no-date` (a date format on a number that is none), `excel.elapsed`. */
	note?: string;
}

/** Formats that files name by number only (ECMA-376 part 1, 18.8.30); 27–36 and 50–58 are dates in East Asian Excel. */
const builtIn = new Map<number, Shows>([...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, Shows] => [id, 'date']), ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id): [number, Shows] => [id, 'time']), [22, 'date and time'], [46, 'elapsed']]);

/** Reads a number format by its first section; `code` null: one of the built-in formats. */
export function formatShows(id: number, code: string | null): Shows {
	if (code === null) return builtIn.get(id) ?? 'number';
	const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, '');
	const section = bare.split(';')[0] ?? '';
	if (/\[(h+|m+|s+)\]/i.test(section)) return 'elapsed';
	const letters = section.replace(/\[[^\]]*\]/g, '').replace(/general/gi, '').replace(/am\/pm|a\/p/gi, 'h').toLowerCase();
	if (/[#?]/.test(letters)) return 'number';
	const time = /[hs]/.test(letters);
	const date = /[yd]/.test(letters) || (/m/.test(letters) && !time) || /m{3,}/.test(letters);
	return time && date ? 'date and time' : time ? 'time' : date ? 'date' : 'number';
}

const dayMs = 86_400_000;

/** A serial number as a format shows it; null where it is no date (negative, 1900-02-29, past 9999). Days turn at midnight of no zone. */
export function serialText(serial: number, shows: Shows, from1904: boolean): string | null {
	const ms = Math.round(serial * dayMs);
	const day = Math.floor(ms / dayMs);
	const rest = ms - day * dayMs;
	if (shows === 'elapsed') return elapsedText(ms);
	if (!from1904 && (day === 60 || (day === 0 && shows === 'date'))) return null;
	if (day < 0 || day > 2_958_465) return null;
	const clock = instantText(BigInt(rest), 1000n)?.slice(11) ?? '';
	if (day === 0 && (!from1904 || shows === 'time')) return clock;
	const epoch = from1904 ? -24_107 : day < 60 ? -25_568 : -25_569;
	const date = dayText(day + epoch);
	return date === null ? null : shows === 'date' && rest === 0 ? date : `${date}T${clock}`;
}

function elapsedText(ms: number): string {
	const whole = Math.abs(ms);
	const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0');
	const fraction = whole % 1000 === 0 ? '' : `.${String(whole % 1000).padStart(3, '0')}`;
	return `${ms < 0 ? '-' : ''}${pad(whole / 3_600_000)}:${pad((whole / 60_000) % 60)}:${pad((whole / 1000) % 60)}${fraction}`;
}

/** A number without the noise of binary fractions, as Excel shows it: 15 digits that count. Whole numbers keep what is written. */
export function numberText(written: string): string {
	if (/^-?\d+$/.test(written)) return written === '-0' ? '0' : written;
	const value = Number(written);
	return Number.isFinite(value) ? plainNumber(String(Number(value.toPrecision(15)))) : written;
}

/** `_x000D_` and the like stand for characters that XML cannot hold. */
export const unescaped = (text: string): string => (text.includes('_x') ? text.replace(/_x([0-9a-fA-F]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text);

export interface CellSource {
	type: string;
	style: number;
	/** Text of `<v>`; null where there is none. */
	value: string | null;
	/** Text of `<is>`. */
	inline: string | null;
}

export interface BookValues {
	strings: readonly string[];
	/** By style. */
	shows: readonly Shows[];
	from1904: boolean;
}

/** What stands in a cell; null: nothing. Throws where it points at a text that is not there. */
export function cellOf({ type, style, value, inline }: CellSource, { strings, shows, from1904 }: BookValues): SheetCell | null {
	if (type === 'inlineStr') return textCell(unescaped(inline ?? ''));
	if (value === null || value === '') return null;
	if (type === 's') {
		const text = strings[Number(value)];
		if (text === undefined) throw new Error('a cell names a text that is not there');
		return textCell(text);
	}
	if (type === 'str') return textCell(unescaped(value));
	if (type === 'b') return { text: value === '1' || value === 'true' ? 'true' : 'false', kind: 'boolean' };
	if (type === 'e') return { text: value, kind: 'error', note: 'excel.error' };
	if (type === 'd') return { text: value.replace(/T00:00:00(\.0+)?$/, ''), kind: 'date' };
	const number = Number(value);
	if (!Number.isFinite(number)) return { text: value, kind: 'text' };
	const as = shows[style] ?? 'number';
	if (as === 'number') return { text: numberText(value), kind: 'number' };
	const text = serialText(number, as, from1904);
	if (text === null) return { text: numberText(value), kind: 'number', note: 'excel.no-date' };
	return { text, kind: 'date', ...(as === 'elapsed' ? { note: 'excel.elapsed' } : {}) };
}

const textCell = (text: string): SheetCell | null => (text === '' ? null : { text, kind: 'text' });
