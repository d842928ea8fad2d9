import { beforeAll, describe, expect, test } from 'vitest';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { conversionSql, inferColumns, open, profileOf, readableSql, recounted, withAnswers } from '../../../src/import/infer/index.ts';
import type { ColumnReading, Conversion } from '../../../src/import/types.ts';
import { load } from './support.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await bootInNode();
});

function read(name: string, texts: readonly (string | null)[]): ColumnReading {
	const [reading] = inferColumns(duck, load(duck, 'asked', { [name]: texts }), [name]).readings;
	if (!reading) throw new Error('no reading');
	return reading;
}

const brief = (reading: ColumnReading) => open([reading], {}).map(({ kind, cells, options }) => [kind, cells, options.map(({ value }) => value)]);

const convert = (conversion: Conversion, text: string): unknown => duck.rows(`select ${conversionSql(conversion, 'x')} as v, ${readableSql(conversion, 'x')} as r from (select '${text.replaceAll("'", "''")}' as x)`)[0];

describe('day or month', () => {
	test('days up to 12 only: asked, and no row decides', () => {
		const reading = read('when', ['03/04/2025', '05/06/2025', '12/11/2025']);
		expect(brief(reading)).toEqual([['day-or-month', 3, ['day-first', 'month-first']]]);
		expect(open([reading], {})[0]?.deciding).toBe(0);
		expect(open([reading], {})[0]?.options.map(({ examples }) => examples[0]?.reads)).toEqual(['3 Apr 2025', '4 Mar 2025']);
	});

	test('one day over 12 decides, and is named', () => {
		const reading = read('when', ['03/04/2025', '13/06/2025', '12/11/2025']);
		expect(brief(reading)).toEqual([]);
		expect(reading.conversion).toMatchObject({ forms: ['%d/%m/%Y'] });
		expect(reading.because).toContain('“13/06/2025” in line 3');
		expect(reading.deciding).toEqual([{ line: 3, text: '13/06/2025' }]);
	});

	test('cells that contradict each other: asked, each with its rows', () => {
		const reading = read('when', ['13/06/2025', '06/13/2025', '01/02/2025', '01/03/2025']);
		const [question] = open([reading], {});
		expect([question?.kind, question?.cells, question?.deciding]).toEqual(['day-or-month', 4, 2]);
		expect(question?.options.map(({ value, rows, deciding }) => [value, rows, deciding])).toEqual([
			['day-first', 3, [{ line: 2, text: '13/06/2025' }]],
			['month-first', 3, [{ line: 3, text: '06/13/2025' }]],
		]);
		const answered = withAnswers(reading, { [question?.id ?? '']: 'month-first' });
		expect([answered.bad, answered.badCells]).toEqual([1, [{ line: 2, text: '13/06/2025' }]]);
		expect(recounted(duck, 'import."asked"', answered)).toMatchObject({ bad: 1, badCells: [{ line: 2, text: '13/06/2025' }] });
	});

	test('a form in the last of many rows is seen', () => {
		const reading = read('when', [...Array.from({ length: 30_000 }, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, '0')}`), '03/04/2025']);
		expect(brief(reading)).toEqual([['day-or-month', 1, ['day-first', 'month-first']]]);
	});

	test('among 150,000 different texts one of another form is seen', () => {
		const stamps = Array.from({ length: 150_000 }, (_, i) => new Date(1_700_000_000_000 + i * 61_000).toISOString().slice(0, 19));
		const reading = read('when', [...stamps, '03/04/2025 10:15']);
		expect(brief(reading)).toEqual([['day-or-month', 1, ['day-first', 'month-first']]]);
		const [profile] = profileOf(duck, 'import."asked"', ['when']);
		expect([profile?.distinct, profile?.filled, profile?.shapes.map(({ shape, count }) => [shape, count])]).toEqual([150_001, 150_001, [['9999-99-99a99:99:99', 150_000], ['99/99/9999 99:99', 1]]]);
	});

	test('a date that the calendar has not is never another date', () => {
		const reading = read('when', [...Array.from({ length: 20 }, (_, i) => `${String(i + 1).padStart(2, '0')}/03/2025`), '30/02/2025']);
		expect(reading).toMatchObject({ bad: 1, badCells: [{ line: 22, text: '30/02/2025' }] });
		expect(convert(reading.conversion, '30/02/2025')).toEqual({ v: '30/02/2025', r: false });
	});

	test('years of two digits: asked where spreadsheets and databases differ, and where people are born', () => {
		expect(brief(read('when', ['25/12/99', '26/12/01']))).toEqual([]);
		expect(brief(read('when', ['25/12/45', '26/12/01']))).toEqual([['two-digit-year', 1, ['1930', '1969', '1900', '2000']]]);
		expect(brief(read('birth date', ['25/12/05', '26/12/71']))).toEqual([['two-digit-year', 2, ['1930', '1969', '1900', '2000']]]);
	});
});

describe('conversions from elsewhere', () => {
	test('a form that is not understood reads nothing and breaks nothing', () => {
		for (const form of ['%Q', "'; drop table x; --", '', '%d/%d', '%']) expect(convert({ kind: 'timestamp', forms: [form], missing: [] }, '03/04/2025')).toEqual({ v: '03/04/2025', r: false });
	});

	test('times of day alone are text; read as such they can be joined to a date', () => {
		const reading = read('at', ['2:15 PM', '11:05 AM']);
		expect(reading).toMatchObject({ conversion: { kind: 'text' }, because: 'kept as text: times of day without a date', others: [{ kind: 'timestamp', forms: ['%I:%M %p'] }] });
		expect(convert(reading.others[0]!, '2:15 PM')).toEqual({ v: '14:15:00', r: true });
	});

	test('a date whose weekday is another day is not read', () => {
		const form: Conversion = { kind: 'timestamp', forms: ['%a, %d %b %Y'], missing: [] };
		expect(['Tue, 04 Mar 2025', 'Dienstag, 4. März 2025', 'Mon, 04 Mar 2025'].map((text) => convert(form, text))).toEqual([{ v: '2025-03-04', r: true }, { v: '2025-03-04', r: true }, { v: 'Mon, 04 Mar 2025', r: false }]);
	});
});

describe('numbers', () => {
	test('1,234 alone is asked about; 1,234.5 beside it decides', () => {
		expect(brief(read('amount', ['1,234', '5,678']))).toEqual([['decimal-sign', 2, ['point', 'comma']]]);
		expect(read('amount', ['1,234', '5,678', '1,234.5']).conversion).toMatchObject({ kind: 'number', decimal: '.', group: ',' });
		expect(brief(read('amount', ['1.234', '5.678']))).toEqual([['decimal-sign', 2, ['point', 'comma']]]);
		expect(read('amount', ['1.234', '0.678']).conversion).toMatchObject({ kind: 'number', decimal: '.', group: '' });
	});

	test('both ways in one column: asked, with the cells that decide for each', () => {
		const [question] = open([read('amount', ['1,234.50', '1.234,50', '3.5'])], {});
		expect(question?.options.map(({ value, rows, deciding }) => [value, rows, deciding.map(({ line }) => line)])).toEqual([['point', 2, [2, 4]], ['comma', 1, [3]]]);
	});

	test('leading zeros, long digits and ids by name stay text, and say so', () => {
		expect(read('zip', ['02134', '10001'])).toMatchObject({ conversion: { kind: 'text' }, because: 'kept as text: leading zeros' });
		expect(read('n', ['12345678901234567', '22345678901234567'])).toMatchObject({ conversion: { kind: 'text' }, because: 'kept as text: more than 15 digits, which a number would round' });
		expect(read('patient_id', ['17', '18']).conversion.kind).toBe('text');
		expect(read('valid days', ['17', '18']).conversion.kind).toBe('number');
	});

	test('a currency that ends in a point is no decimal point, and every digit counts', () => {
		const rupees: Conversion = { kind: 'number', decimal: '.', group: ',', percent: false, currency: 'Rs.', missing: [] };
		expect(['Rs.5', 'Rs. 12,34,567.50', '-Rs.0.5', '(Rs.5)', '5 Rs.-'].map((text) => convert(rupees, text))).toEqual(['5', '1234567.50', '-0.5', '-5', '-5'].map((v) => ({ v, r: true })));
		const plain: Conversion = { ...rupees, currency: '' };
		expect(['1e-107', '9.5e-10', '2E+105', '.5', '1,234e3'].map((text) => convert(plain, text))).toEqual(['1e-107', '9.5e-10', '2E+105', '.5', '1234e3'].map((v) => ({ v, r: true })));
		expect(read('price', ['Rs.5', 'Rs.7']).conversion).toEqual({ ...rupees, group: '' });
	});

	test('other currencies are not added up in silence', () => {
		const reading = read('amount', [...Array.from({ length: 20 }, (_, i) => `$${String(i + 1)}.50`), '€3.00']);
		expect(reading).toMatchObject({ bad: 1, badCells: [{ line: 22, text: '€3.00' }], warnings: [{ code: 'other-currencies', read: '$', others: ['€'] }] });
	});

	test('a cell without % in a column of percents is no percent', () => {
		const reading = read('share', [...Array.from({ length: 20 }, (_, i) => `${String(i + 1)}%`), '15']);
		expect(reading.bad).toBe(1);
		expect(convert(reading.conversion, '15')).toEqual({ v: '15 (not read)', r: false });
		expect(convert(reading.conversion, '1.1%')).toEqual({ v: '0.011', r: true });
	});
});

describe('numbers or dates', () => {
	const serials = Array.from({ length: 10 }, (_, i) => String(45_000 + i * 7));

	test('Excel serials are asked about where the name speaks of a date, and are numbers where it does not', () => {
		const reading = read('start date', serials);
		expect(brief(reading)).toEqual([['number-or-date', 10, ['excel-day', 'excel-day-1904', 'number']]]);
		const [question] = open([reading], {});
		expect(question?.options[0]?.examples[0]).toEqual({ text: '45000', reads: '15 Mar 2023' });
		const answered = withAnswers(reading, { [question?.id ?? '']: 'excel-day' });
		expect(convert(answered.conversion, '45000')).toEqual({ v: '2023-03-15', r: true });
		expect(convert(answered.conversion, '45000.75')).toEqual({ v: '2023-03-15 18:00:00', r: true });
		expect(brief(read('salary', serials))).toEqual([]);
	});

	test('seconds since 1970: by name sure, else asked; an id stays an id', () => {
		const seconds = Array.from({ length: 10 }, (_, i) => String(1_700_000_000 + i * 1000));
		expect(read('created_at', seconds).conversion).toMatchObject({ kind: 'timestamp-number', unit: 'epoch-second' });
		expect(brief(read('x', seconds))).toEqual([['number-or-date', 10, ['number', 'epoch-second']]]);
		expect(read('npi', seconds).conversion.kind).toBe('text');
		expect(convert({ kind: 'timestamp-number', unit: 'epoch-millisecond', missing: [] }, '1700000000123')).toEqual({ v: '2023-11-14 22:13:20.123', r: true });
	});
});

describe('nothing entered', () => {
	const scale = Array.from({ length: 100 }, (_, i) => String((i % 5) + 1));

	test('0, -1 and 99 beside a scale are asked about, one by one', () => {
		const reading = read('score', [...scale, ...Array.from({ length: 40 }, () => '0'), '-1', '-1', '99', '99', '99']);
		expect(open([reading], {}).map(({ kind, text, cells, options }) => [kind, text, cells, options[0]?.value])).toEqual([
			['missing-value', '0', 40, 'missing'],
			['missing-value', '99', 3, 'missing'],
			['missing-value', '-1', 2, 'missing'],
		]);
	});

	test('what the name speaks of stands above how the numbers are spread', () => {
		const falling = ['1', '1', '1', '1', '2', '2', '2', '3', '3', '0', '0', '0', '0', '0'];
		expect(brief(read('csat', falling))).toEqual([['missing-value', 5, ['missing', 'keep']]]);
		expect(brief(read('things', falling))).toEqual([]);
		expect(brief(read('open count', [...falling, '3', '3', '3', '3']))).toEqual([]);
	});

	test('0 among counts, and a scale without it, raise no question', () => {
		expect(brief(read('visits', ['0', '0', '0', '0', '1', '1', '1', '2', '2', '3', '0', '0']))).toEqual([]);
		expect(brief(read('score', scale))).toEqual([]);
	});

	test('N/A in few cells of a column of numbers is shown as taken for nothing; in many it is asked', () => {
		const few = read('minutes', [...Array.from({ length: 60 }, (_, i) => String(i + 10)), 'N/A']);
		expect(few.questions.map(({ text, answer, standing }) => [text, answer, standing])).toEqual([['N/A', 'missing', 'missing']]);
		expect(few.conversion.missing).toEqual(['N/A']);
		const kept = withAnswers(few, { [few.questions[0]?.id ?? '']: 'keep' });
		expect([kept.bad, kept.badCells, kept.conversion.missing]).toEqual([1, [{ line: 62, text: 'N/A' }], []]);
		expect(brief(read('minutes', [...Array.from({ length: 20 }, (_, i) => String(i + 10)), 'N/A', 'N/A', 'N/A']))).toEqual([['missing-value', 3, ['missing', 'keep']]]);
	});

	test('None in a column of texts stays a value until a person says otherwise', () => {
		const reading = read('support', ['Family', 'None', 'Friends', 'None']);
		expect(open([reading], {})).toEqual([]);
		expect(reading.questions.map(({ text, answer, options }) => [text, answer, options.map(({ value }) => value)])).toEqual([['None', 'keep', ['keep', 'missing']]]);
		expect(convert(reading.conversion, 'None')).toEqual({ v: 'None', r: true });
		const answered = withAnswers(reading, { [reading.questions[0]?.id ?? '']: 'missing' });
		expect(convert(answered.conversion, 'None')).toEqual({ v: null, r: null });
	});

	test('9999-12-31 far from all other dates is asked about', () => {
		expect(brief(read('closed', ['2025-01-01', '2025-02-03', '9999-12-31', '9999-12-31']))).toEqual([['missing-value', 2, ['missing', 'keep']]]);
	});
});

describe('warnings', () => {
	test('dates whose days never go beyond 12 over a year look swapped', () => {
		const swapped = Array.from({ length: 60 }, (_, i) => `2024-${String((i * 7) % 12 + 1).padStart(2, '0')}-${String(((i * 5 + Math.floor(i / 12)) % 12) + 1).padStart(2, '0')}`);
		expect(read('when', swapped).warnings.map(({ code }) => code)).toContain('no-day-over-12');
	});

	test('dates in order that jump where day and month could be swapped', () => {
		const days = Array.from({ length: 300 }, (_, i) => new Date(Date.UTC(2024, 0, 1) + i * 86_400_000).toISOString().slice(0, 10));
		const swapped = days.map((day) => (Number(day.slice(8)) <= 12 ? `${day.slice(0, 4)}-${day.slice(8)}-${day.slice(5, 7)}` : day));
		expect(read('when', swapped).warnings.map(({ code }) => code)).toContain('dates-jump');
		expect(read('when', days).warnings).toEqual([]);
	});

	test('dates far from the others are named with their lines', () => {
		const days = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2024, 0, 1) + i * 86_400_000).toISOString().slice(0, 10));
		expect(read('when', [...days, '2204-01-05']).warnings).toMatchObject([{ code: 'far-dates', cells: 1, examples: [{ line: 62, text: '2204-01-05' }] }]);
	});
});
