import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { badCells, conversionSql, inferColumns, open, readableSql, withAnswers } from '../../../src/import/infer/index.ts';
import type { ColumnReading, Question } from '../../../src/import/types.ts';
import { replayable } from '../../support/property.ts';
import { load } from './support.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await bootInNode();
});

const converted = (table: string, { column, conversion }: ColumnReading): (string | null)[] =>
	duck.rows(`select ${conversionSql(conversion, `"${column}"`)} as v from ${table} order by _line`).map(({ v }) => (v === null ? null : String(v)));

/** Reads a column, answers every open question by `right`, and converts. */
function readAs(name: string, texts: readonly (string | null)[], right: (question: Question) => string): { reading: ColumnReading; values: (string | null)[]; asked: Question[] } {
	const table = load(duck, 'written', { [name]: texts });
	const [reading] = inferColumns(duck, table, [name]).readings;
	if (!reading) throw new Error('no reading');
	const asked = open([reading], {});
	const answered = withAnswers(reading, Object.fromEntries(asked.map((question) => [question.id, right(question)])));
	expect(open([answered], Object.fromEntries(asked.map((question) => [question.id, right(question)])))).toEqual([]);
	return { reading: answered, values: converted(table, answered), asked };
}

const two = (value: number): string => String(value).padStart(2, '0');
const long = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const german = ['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August', 'September', 'Oktober', 'November', 'Dezember'];
const french = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const spanish = ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

type Order = 'day-first' | 'month-first' | 'year-first';
interface DateWriter {
	name: string;
	order: Order;
	write: (y: number, m: number, d: number, at: Date) => string;
}

const dateWriters: DateWriter[] = [
	...['-', '/', '.'].map((s): DateWriter => ({ name: `y${s}m${s}d`, order: 'year-first', write: (y, m, d) => `${String(y)}${s}${two(m)}${s}${two(d)}` })),
	...['-', '/', '.', ' '].flatMap((s): DateWriter[] => [
		{ name: `d${s}m${s}y`, order: 'day-first', write: (y, m, d) => `${two(d)}${s}${two(m)}${s}${String(y)}` },
		{ name: `m${s}d${s}y`, order: 'month-first', write: (y, m, d) => `${String(m)}${s}${String(d)}${s}${String(y)}` },
	]),
	{ name: 'd/m/yy', order: 'day-first', write: (y, m, d) => `${two(d)}/${two(m)}/${two(y % 100)}` },
	{ name: 'm-d-yy', order: 'month-first', write: (y, m, d) => `${String(m)}-${String(d)}-${two(y % 100)}` },
	{ name: 'yy-m-d', order: 'year-first', write: (y, m, d) => `${two(y % 100)}-${two(m)}-${two(d)}` },
	{ name: 'd month y', order: 'day-first', write: (y, m, d) => `${String(d)} ${long[m - 1] ?? ''} ${String(y)}` },
	{ name: 'd-MON-yy', order: 'day-first', write: (y, m, d) => `${two(d)}-${(long[m - 1] ?? '').slice(0, 3).toUpperCase()}-${two(y % 100)}` },
	{ name: 'month dth, y', order: 'month-first', write: (y, m, d) => `${long[m - 1] ?? ''} ${String(d)}${d % 10 === 1 && d !== 11 ? 'st' : 'th'}, ${String(y)}` },
	{ name: 'weekday, mon d, y', order: 'month-first', write: (y, m, d, at) => `${(weekdays[at.getUTCDay()] ?? '').slice(0, 3)}, ${(long[m - 1] ?? '').slice(0, 3)} ${String(d)}, ${String(y)}` },
	{ name: 'german', order: 'day-first', write: (y, m, d) => `${String(d)}. ${german[m - 1] ?? ''} ${String(y)}` },
	{ name: 'french', order: 'day-first', write: (y, m, d) => `${String(d)} ${french[m - 1] ?? ''} ${String(y)}` },
	{ name: 'spanish', order: 'day-first', write: (y, m, d) => `${String(d)} de ${spanish[m - 1] ?? ''} de ${String(y)}` },
	{ name: 'yyyymmdd', order: 'year-first', write: (y, m, d) => `${String(y)}${two(m)}${two(d)}` },
];

interface TimeWriter {
	name: string;
	/** Milliseconds that survive the writing. */
	unit: number;
	write: (at: Date) => string;
}

const hms = (at: Date): string => `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
const offset = (at: Date, minutes: number, colon: string): string => {
	const local = new Date(at.getTime() + minutes * 60_000);
	return `${hms(local)}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${colon}${two(Math.abs(minutes) % 60)}`;
};

const timeWriters: TimeWriter[] = [
	{ name: 'no time', unit: 86_400_000, write: () => '' },
	{ name: 'h:m', unit: 60_000, write: (at) => ` ${hms(at).slice(0, 5)}` },
	{ name: 'h:m:s', unit: 1000, write: (at) => ` ${hms(at)}` },
	{ name: 'Th:m:s.f', unit: 1, write: (at) => `T${hms(at)}.${String(at.getUTCMilliseconds()).padStart(3, '0')}` },
	{ name: 'Th:m:s.fffffffZ', unit: 1, write: (at) => `T${hms(at)}.${String(at.getUTCMilliseconds()).padStart(3, '0')}0000Z` },
	{ name: 'UTC', unit: 1000, write: (at) => ` ${hms(at)} UTC` },
	{ name: 'AM/PM', unit: 60_000, write: (at) => ` ${String(at.getUTCHours() % 12 || 12)}:${two(at.getUTCMinutes())} ${at.getUTCHours() < 12 ? 'AM' : 'PM'}` },
	{ name: 'a.m./p.m. seconds', unit: 1000, write: (at) => `, ${String(at.getUTCHours() % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCHours() < 12 ? 'a.m.' : 'p.m.'}` },
];

const from = Date.UTC(1991, 0, 1);
const to = Date.UTC(2039, 11, 31);
const instant = fc.integer({ min: from, max: to });

/** The right answer of the one who wrote the column. */
const rightDate = (writer: DateWriter) => ({ kind, options }: Question): string => {
	if (kind === 'day-or-month' || kind === 'mixed-forms') return writer.order;
	if (kind === 'two-digit-year') return '1969';
	if (kind === 'number-or-date') return options.find(({ value }) => value !== 'number')?.value ?? '';
	return 'keep';
};

const near = fc.oneof(instant, fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2020, 11, 12) }).map((at) => at - (new Date(at).getUTCDate() - 1 - (at % 12)) * 86_400_000));

describe('what was written is read again, or asked about', () => {
	test.each(dateWriters)('dates as $name, with every kind of time', (writer) => {
		fc.assert(
			fc.property(fc.constantFrom(...timeWriters), fc.array(near, { minLength: 1, maxLength: 12 }), (time, instants) => {
				fc.pre(writer.name !== 'yyyymmdd' || time.unit === 86_400_000);
				const written = instants.map((at) => {
					const date = new Date(Math.floor(at / time.unit) * time.unit);
					return { at: date.getTime(), text: writer.write(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date) + time.write(date) };
				});
				const { reading, values } = readAs('happened', written.map(({ text }) => text), rightDate(writer));
				expect(reading.conversion.kind, JSON.stringify(written)).toMatch(/timestamp/);
				expect(values.map((text) => Date.parse(`${(text ?? '').replace(' ', 'T')}${(text ?? '').length > 10 ? 'Z' : ''}`)), JSON.stringify(written)).toEqual(written.map(({ at }) => at));
				expect(reading.bad).toBe(0);
			}),
			replayable(8),
		);
	});

	test('offsets of every kind lead to UTC', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(instant, fc.integer({ min: -48, max: 56 })), { minLength: 1, maxLength: 20 }), fc.constantFrom(':', ''), fc.constantFrom('T', ' '), (cells, colon, between) => {
				const texts = cells.map(([at, quarters]) => new Date(at + quarters * 900_000).toISOString().slice(0, 10) + between + offset(new Date(at), quarters * 15, colon));
				const { values } = readAs('happened', texts, () => 'keep');
				expect(values.map((text) => Date.parse(`${(text ?? '').replace(' ', 'T')}Z`))).toEqual(cells.map(([at]) => Math.floor(at / 1000) * 1000));
			}),
			replayable(15),
		);
	});

	test('two orders in one column are each read by their own answer', () => {
		fc.assert(
			fc.property(fc.array(near, { minLength: 1, maxLength: 15 }), fc.array(near, { minLength: 1, maxLength: 15 }), (slashed, dashed) => {
				const at = (time: number): Date => new Date(Math.floor(time / 86_400_000) * 86_400_000);
				const texts = [
					...slashed.map(at).map((d) => `${two(d.getUTCMonth() + 1)}/${two(d.getUTCDate())}/${String(d.getUTCFullYear())}`),
					...dashed.map(at).map((d) => `${two(d.getUTCDate())}-${two(d.getUTCMonth() + 1)}-${String(d.getUTCFullYear())}`),
				];
				const { values } = readAs('happened', texts, ({ kind, shape }) => (kind === 'missing-value' ? 'keep' : shape?.includes('/') ? 'month-first' : 'day-first'));
				expect(values).toEqual([...slashed, ...dashed].map((time) => at(time).toISOString().slice(0, 10)));
			}),
			replayable(25),
		);
	});

	interface NumberWriter {
		name: string;
		decimal: string;
		write: (value: number, decimals: number) => string;
	}
	const grouped = (value: number, decimals: number, mark: string, group: string): string => {
		const [whole = '', rest] = Math.abs(value).toFixed(decimals).split('.');
		return whole.replaceAll(/\B(?=(\d{3})+$)/g, group) + (rest === undefined ? '' : mark + rest);
	};
	const sign = (value: number): string => (value < 0 ? '-' : '');
	const numberWriters: NumberWriter[] = [
		{ name: 'plain', decimal: '.', write: (value, decimals) => value.toFixed(decimals) },
		{ name: 'US', decimal: '.', write: (value, decimals) => sign(value) + grouped(value, decimals, '.', ',') },
		{ name: 'European', decimal: ',', write: (value, decimals) => sign(value) + grouped(value, decimals, ',', '.') },
		{ name: 'decimal comma alone', decimal: ',', write: (value, decimals) => value.toFixed(decimals).replace('.', ',') },
		{ name: 'narrow spaces', decimal: ',', write: (value, decimals) => sign(value) + grouped(value, decimals, ',', '\u202f') },
		{ name: 'Swiss', decimal: '.', write: (value, decimals) => sign(value) + grouped(value, decimals, '.', '’') },
		{ name: 'dollars in brackets', decimal: '.', write: (value, decimals) => (value < 0 ? `($${grouped(value, decimals, '.', ',')})` : `$${grouped(value, decimals, '.', ',')}`) },
		{ name: 'euros behind', decimal: ',', write: (value, decimals) => `${sign(value)}${grouped(value, decimals, ',', '.')} €` },
		{ name: 'code in front', decimal: '.', write: (value, decimals) => `USD ${sign(value)}${grouped(value, decimals, '.', ',')}` },
		{ name: 'minus behind', decimal: '.', write: (value, decimals) => grouped(value, decimals, '.', ',') + sign(value) },
		{ name: 'true minus', decimal: '.', write: (value, decimals) => (value < 0 ? '−' : '') + grouped(value, decimals, '.', ',') },
		{ name: 'percent', decimal: '.', write: (value, decimals) => `${(value * 100).toFixed(decimals)}%` },
		{ name: 'scientific', decimal: '.', write: (value) => value.toExponential() },
	];

	test.each(numberWriters)('numbers: $name', ({ name, decimal, write }) => {
		const number = fc.oneof(fc.integer({ min: -2_000_000, max: 2_000_000 }), fc.integer({ min: -9999, max: 9999 }).map((value) => value / 10), fc.double({ min: -1e6, max: 1e6, noNaN: true }));
		fc.assert(
			fc.property(fc.array(number, { minLength: 1, maxLength: 15 }), fc.integer({ min: 0, max: 4 }), (numbers, decimals) => {
				const given = numbers.map((value) => (name === 'scientific' ? value : Number((value + 0).toFixed(decimals))) + 0);
				const texts = given.map((value) => write(value, decimals));
				const right = ({ kind }: Question): string => (kind === 'decimal-sign' ? (decimal === ',' ? 'comma' : 'point') : kind === 'number-or-date' ? 'number' : 'keep');
				const { reading, values } = readAs('amount', texts, right);
				expect(reading.conversion.kind, JSON.stringify(texts)).toBe('number');
				const expected = given.map((value) => (name === 'percent' ? Number((value * 100).toFixed(decimals)) / 100 : value));
				values.forEach((text, i) => expect(Number(text), JSON.stringify(texts)).toBeCloseTo(expected[i] ?? Number.NaN, 9));
			}),
			replayable(15),
		);
	});

	test('yes and no in words', () => {
		fc.assert(
			fc.property(fc.constantFrom(['Yes', 'No'], ['true', 'false'], ['Y', 'N'], ['ja', 'nein'], ['ON', 'OFF'], ['oui', 'non']), fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), ([yes = '', no = ''], truths) => {
				fc.pre(truths.includes(true) && truths.includes(false));
				const { values } = readAs('agreed', truths.map((truth) => (truth ? yes : no)), () => 'keep');
				expect(values).toEqual(truths.map(String));
			}),
			replayable(10),
		);
	});
});

describe('texts of any kind', () => {
	const odd = fc.constantFrom('N/A', '', ' ', '0', '-1', '999', '1/2/2020', '31/02/2020', '02-30-2020', '1,234', '1.234', '5%', '$', '€5', 'NaN', 'inf', '1e999', '2020-13-45', '99/99/9999', "o'clock", '%', '\\', '\u00a05\u00a0', 'May', '12:60', '2020-01-01T25:00:00Z', '00:00', '1'.repeat(400), 'é'.repeat(70), '{"a":1}', '٣٤', '🙂', '9999-12-31', '19700101', '1_000', '05/10/20', '2020-10-05 10:15:00+02');
	const anything = fc.option(fc.oneof(odd, odd, fc.string({ unit: 'grapheme', maxLength: 12 }), fc.string({ unit: fc.constantFrom(...'0123456789/-.,: APM$%'), maxLength: 14 })), { freq: 8 });

	const usual = fc.constantFrom<fc.Arbitrary<string>>(
		fc.integer({ min: 0, max: 20 }).map(String),
		fc.integer({ min: -99_999, max: 99_999 }).map((value) => (value / 100).toFixed(2)),
		fc.integer({ min: -99_999, max: 99_999 }).map((value) => (value / 100).toFixed(2).replace('.', ',')),
		fc.integer({ min: 1, max: 99 }).map((value) => `${String(value)} %`),
		fc.constantFrom('yes', 'no'),
		instant.map((at) => new Date(at).toISOString()),
		instant.map((at) => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')),
		instant.map((at) => `${two(new Date(at).getUTCDate())}.${two(new Date(at).getUTCMonth() + 1)}.${two(new Date(at).getUTCFullYear() % 100)}`),
		instant.map((at) => String(Math.floor(at / 1000))),
		fc.integer({ min: 30_000, max: 50_000 }).map(String),
	);
	const columns = fc.oneof(
		fc.array(anything, { minLength: 1, maxLength: 30 }),
		usual.chain((cell) => fc.tuple(fc.array(cell, { minLength: 30, maxLength: 40 }), fc.array(anything, { maxLength: 3 }))).map(([most, few]) => [...few, ...most]),
	);

	test('never throw; every cell is read, missing or as it stood; what was not read no cast of DuckDB reads', () => {
		fc.assert(
			fc.property(columns, fc.constantFrom('a', 'created date', 'patient id', 'is open', "it's \"x\""), fc.nat(), (cells, name, pick) => {
				const texts = cells.map((cell) => (cell === null ? null : cell.replaceAll('\0', '')));
				const table = load(duck, 'anything', { [name]: texts });
				const [reading] = inferColumns(duck, table, [name]).readings;
				const asked = open([reading!], {});
				const answered = withAnswers(reading!, Object.fromEntries(asked.map(({ id, options }, i) => [id, options[(pick + i) % options.length]?.value ?? ''])));
				const { conversion } = answered;
				const column = `"${name.replaceAll('"', '""')}"`;
				const rows = duck.rows(`select ${column} as text, ${conversionSql(conversion, column)} as v, ${readableSql(conversion, column)} as readable from ${table} order by _line`);
				rows.forEach(({ text, v, readable }, i) => {
					const trimmed = (texts[i] ?? '').replaceAll(/^[ \u00a0\u202f\u2009\u2007\t\n\r\u200b\ufeff]+|[ \u00a0\u202f\u2009\u2007\t\n\r\u200b\ufeff]+$/g, '');
					expect(text).toBe(texts[i]);
					if (readable === null) expect(trimmed === '' || conversion.missing.includes(trimmed)).toBe(true);
					if (readable === null) expect(v).toBeNull();
					if (readable === false) expect([trimmed, `${trimmed} (not read)`]).toContain(v);
					if (conversion.kind === 'text' && v !== null) expect(v).toBe(trimmed);
				});
				const type = { number: 'double', timestamp: 'timestamp', 'timestamp-number': 'timestamp', boolean: 'boolean', text: 'varchar' }[conversion.kind];
				const [row] = duck.rows(`select count(*) filter (where r = false and try_cast(v as ${type}) is not null)::double as silent, count(*) filter (where r = false)::double as bad, count(*) filter (where r and try_cast(v as ${type}) is null)::double as lost from (select ${conversionSql(conversion, column)} as v, ${readableSql(conversion, column)} as r from ${table})`);
				expect(row?.silent).toBe(0);
				expect(row?.lost).toBe(0);
				expect(badCells(duck, table, name, conversion).bad).toBe(row?.bad);
			}),
			replayable(80),
		);
	});
});
