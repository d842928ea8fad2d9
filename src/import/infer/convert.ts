import type { Conversion } from '../types.ts';
import { formSql } from './form-sql.ts';
import { numberSql } from './number-sql.ts';
import { list, matches, trimmed } from './text.ts';

type Unit = Extract<Conversion, { kind: 'timestamp-number' }>['unit'];

/** Of a count since some day: microseconds in one, the day, and what it may be. */
const counts: Readonly<Record<Exclude<Unit, 'yyyymmdd'>, { micros: number; since: string; least: number; most: number }>> = {
	// Serials below 61 lie before the 29 February 1900 that Excel has and the calendar has not.
	'excel-day': { micros: 86_400_000_000, since: '1899-12-30', least: 61, most: 2_958_465.99999 },
	'excel-day-1904': { micros: 86_400_000_000, since: '1904-01-01', least: 0, most: 2_957_003.99999 },
	'epoch-second': { micros: 1_000_000, since: '1970-01-01', least: -62_135_596_800, most: 253_402_300_799 },
	'epoch-millisecond': { micros: 1_000, since: '1970-01-01', least: -62_135_596_800_000, most: 253_402_300_799_999 },
};

function countSql(text: string, unit: Exclude<Unit, 'yyyymmdd'>): string {
	const { micros, since, least, most } = counts[unit];
	const days = unit.startsWith('excel');
	const value = `replace(${text}, ',', '.')::double`;
	// Spreadsheets keep times as fractions of a day: the nearest millisecond is what was meant.
	const whole = days ? `(round(${value} * 86400000) * 1000)::bigint` : `round(${value} * ${String(micros)})::bigint`;
	const instant = `(timestamp '${since}' + to_microseconds(${whole}))`;
	const shown = days ? `case when ${value} % 1 = 0 then ${instant}::date::varchar else ${instant}::varchar end` : `${instant}::varchar`;
	return `case when ${matches(text, '-?[0-9]{1,15}(?:[.,][0-9]+)?')} then case when ${value} between ${String(least)} and ${String(most)} then ${shown} end end`;
}

/** SQL of the canonical text of a trimmed text that is not missing, or NULL where the conversion cannot read it. */
export function readSql(conversion: Conversion, text: string): string {
	switch (conversion.kind) {
		case 'text':
			return text;
		case 'number':
			return numberSql(text, conversion);
		case 'timestamp': {
			const read = conversion.forms.map((form) => formSql(text, form, conversion.since));
			return read.length === 0 ? 'null::varchar' : read.length === 1 ? (read[0] ?? '') : `coalesce(${read.join(', ')})`;
		}
		case 'timestamp-number':
			return conversion.unit === 'yyyymmdd' ? formSql(text, '%Y%m%d') : countSql(text, conversion.unit);
		case 'boolean': {
			const among = (words: readonly string[], value: string): string => (words.length === 0 ? '' : `when lower(${text}) in (${list(words.map((word) => word.toLowerCase()))}) then '${value}'`);
			return `case ${among(conversion.yes, 'true')} ${among(conversion.no, 'false')} when false then '' end`;
		}
	}
}

const castable = (conversion: Conversion, text: string): string => {
	const types = { text: [], number: ['double', 'bigint'], timestamp: ['timestamp'], 'timestamp-number': ['timestamp'], boolean: ['boolean'] }[conversion.kind];
	return types.map((type) => `try_cast(${text} as ${type}) is not null`).join(' or ');
};

/** Ends a text that was not read but that a cast of DuckDB would take for some other value (05/10/20 is the year 5 to it). */
export const notRead = ' (not read)';

export const isMissing = (conversion: Conversion, text: string): string => `(${text}) is null or (${text}) in (${list(['', ...conversion.missing])})`;

/**
 * SQL expression of the canonical text of a column of texts: numbers plain, percent divided by 100; instants as YYYY-MM-DD[ HH:MM:SS[.ffffff]]
 * in UTC; booleans true or false; NULL where nothing was entered. What cannot be read stays as it stood, ending in `notRead` where
 * DuckDB's cast to the type would read it after all, and otherwise than decided.
 */
export function conversionSql(conversion: Conversion, column: string): string {
	const text = `(${trimmed(column)})`;
	const missing = isMissing(conversion, text);
	if (conversion.kind === 'text') return `case when ${missing} then null else ${text} end`;
	return `case when ${missing} then null else coalesce(${readSql(conversion, text)}, case when ${castable(conversion, text)} then ${text} || '${notRead}' else ${text} end) end`;
}

/** SQL expression: whether a cell was read; NULL where nothing was entered. */
export function readableSql(conversion: Conversion, column: string): string {
	const text = `(${trimmed(column)})`;
	return `case when ${isMissing(conversion, text)} then null else (${readSql(conversion, text)}) is not null end`;
}
