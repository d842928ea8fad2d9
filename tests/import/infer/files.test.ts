import { beforeAll, describe, expect, test } from 'vitest';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { conversionSql, inferColumns, open, withAnswers } from '../../../src/import/infer/index.ts';
import type { ColumnReading } from '../../../src/import/types.ts';
import { has, loadCsv } from './support.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await bootInNode();
});

interface Read {
	table: string;
	column: (name: string) => ColumnReading;
	readings: ColumnReading[];
}

function read(path: string, delimiter = ','): Read {
	const { table, columns } = loadCsv(duck, path, delimiter);
	const { readings } = inferColumns(duck, table, columns);
	return {
		table,
		readings,
		column: (name) => {
			const reading = readings.find(({ column }) => column === name);
			if (!reading) throw new Error(`no column ${name}`);
			return reading;
		},
	};
}

const values = (table: string, { column, conversion }: ColumnReading): (string | null)[] =>
	duck.rows(`select ${conversionSql(conversion, `"${column}"`)} as v from ${table} order by _line`).map(({ v }) => (v === null ? null : String(v)));

const mean = (texts: readonly (string | null)[]): { n: number; mean: number } => {
	const numbers = texts.filter((text) => text !== null).map(Number);
	return { n: numbers.length, mean: numbers.reduce((sum, value) => sum + value, 0) / numbers.length };
};

const clean = 'call-center/Call Center.csv';
const mixed = 'call-center/Call Center (mixed dates, csat 0).csv';

describe.skipIf(!has(clean, mixed))('Call Center (skipped where shared/data is missing)', () => {
	let sure: Read;
	let unsure: Read;
	beforeAll(() => {
		sure = read(clean);
		unsure = read(mixed);
	});

	test('the clean copy asks nothing: its dates are decided by days over 12', () => {
		expect(open(sure.readings, {})).toEqual([]);
		expect(sure.column('call_timestamp').conversion).toEqual({ kind: 'timestamp', forms: ['%m/%d/%Y'], missing: [] });
		expect(sure.column('call_timestamp').because).toContain('“10/29/2020” in line 2');
		const days = values(sure.table, sure.column('call_timestamp'));
		expect(days.every((day) => day !== null && /^2020-10-\d\d$/.test(day))).toBe(true);
		expect(days.filter((day) => day === '2020-10-31').length).toBe(1);
		const csat = mean(values(sure.table, sure.column('csat_score')));
		expect(csat.n).toBe(12271);
		expect(csat.mean).toBeCloseTo(5.5484, 4);
		const minutes = mean(values(sure.table, sure.column('call duration in minutes')));
		expect(minutes.mean * minutes.n).toBeCloseTo(824222, 3);
	});

	test('the mixed copy asks about its dashed dates, naming what decides the slashed ones, and about 0; nothing else', () => {
		const questions = open(unsure.readings, {});
		expect(questions.map(({ kind, column, cells, deciding }) => ({ kind, column, cells, deciding }))).toEqual([
			{ kind: 'missing-value', column: 'csat_score', cells: 20670, deciding: 0 },
			{ kind: 'mixed-forms', column: 'call_timestamp', cells: 13055, deciding: 0 },
		]);
		const dates = questions[1];
		expect(dates?.sibling).toMatchObject({ shape: '99/99/9999', value: 'month-first', cells: 19886 });
		expect(dates?.sibling?.deciding[0]).toEqual({ line: 2, text: '10/29/2020' });
		expect(dates?.options.map(({ value, rows }) => [value, rows])).toEqual([['month-first', 13055], ['day-first', 13055]]);
		expect(dates?.options.map(({ examples }) => examples[0])).toEqual([{ text: '10-05-2020', reads: '5 Oct 2020' }, { text: '10-05-2020', reads: '10 May 2020' }]);
	});

	test('unanswered, the undecided dates are left as they stand', () => {
		const texts = values(unsure.table, unsure.column('call_timestamp'));
		expect(texts.filter((text) => /^10-\d\d-2020$/.test(text ?? '')).length).toBe(13055);
	});

	test('answered as the slashed dates and with 0 for nothing, every row equals the clean copy', () => {
		const answers = Object.fromEntries(open(unsure.readings, {}).map(({ id, options }) => [id, options[0]?.value ?? '']));
		const answered = unsure.readings.map((reading) => withAnswers(reading, answers));
		expect(open(answered, answers)).toEqual([]);
		for (const name of ['call_timestamp', 'csat_score']) {
			const reading = answered.find(({ column }) => column === name)!;
			expect(reading.bad).toBe(0);
			expect(values(unsure.table, reading)).toEqual(values(sure.table, sure.column(name)));
		}
	});

	test('the other answers are obeyed, and can be taken back', () => {
		const [zero, dates] = open(unsure.readings, {});
		const kept = withAnswers(unsure.column('csat_score'), { [zero?.id ?? '']: 'keep' });
		const { n, mean: average } = mean(values(unsure.table, kept));
		expect([n, average.toFixed(4)]).toEqual([32941, '2.0669']);
		const dayFirst = withAnswers(unsure.column('call_timestamp'), { [dates?.id ?? '']: 'day-first' });
		expect(values(unsure.table, dayFirst).filter((day) => day === '2020-05-10').length).toBe(1090);
		expect(withAnswers(dayFirst, {}).conversion).toEqual(unsure.column('call_timestamp').conversion);
	});
});

describe.skipIf(!has('event-logs/receipt.csv'))('receipt.csv (skipped where shared/data is missing)', () => {
	test('offsets are applied: all times are UTC, as JavaScript reads them', () => {
		const log = read('event-logs/receipt.csv');
		const reading = log.column('time:timestamp');
		expect(reading.conversion.kind).toBe('timestamp');
		expect(reading.bad).toBe(0);
		const texts = duck.rows(`select "time:timestamp" as t from ${log.table} order by _line`).map(({ t }) => String(t));
		const expected = texts.map((text) => new Date(`${text.slice(0, 10)}T${text.slice(11, 23)}${text.slice(-6)}`).getTime());
		expect(values(log.table, reading).map((text) => Date.parse(`${text ?? ''}Z`))).toEqual(expected);
		expect(new Set(texts.map((text) => text.slice(-6)))).toEqual(new Set(['+01:00', '+02:00']));
		expect(open(log.readings, {})).toEqual([]);
	});
});

describe.skipIf(!has('complaints/cfpb_consumer_complaints_bkreis.csv', 'complaints/cfpb_consumer_complaints_elvus.csv'))('complaints (skipped where shared/data is missing)', () => {
	test('two exports of one system: dates of two forms are read alike; ZIP codes and ids stay text', () => {
		const [one, other] = [read('complaints/cfpb_consumer_complaints_bkreis.csv'), read('complaints/cfpb_consumer_complaints_elvus.csv')];
		expect(one.column('Date received').conversion).toEqual({ kind: 'timestamp', forms: ['%m/%d/%Y'], missing: [] });
		expect(other.column('Date received').conversion).toEqual({ kind: 'timestamp', forms: ['%Y-%m-%d'], missing: [] });
		for (const { column } of [one, other]) {
			expect(column('ZIP code').conversion.kind).toBe('text');
			expect(column('Complaint ID').conversion.kind).toBe('text');
			expect(column('Timely response?').conversion.kind).toBe('boolean');
		}
		expect(open(one.readings, {})).toEqual([]);
		expect(open(other.readings, {}).map(({ kind, column, text, cells }) => ({ kind, column, text, cells }))).toEqual([{ kind: 'missing-value', column: 'Consumer disputed?', text: 'N/A', cells: 266 }]);
	});
});

describe.skipIf(!has('hospital/nhs_ae_attendances.csv', 'hospital/patients_raw.csv'))('hospital (skipped where shared/data is missing)', () => {
	test('counts with zeros are counts, and periods that begin on the first are nothing odd', () => {
		const nhs = read('hospital/nhs_ae_attendances.csv');
		expect(open(nhs.readings, {})).toEqual([]);
		expect(nhs.readings.flatMap(({ warnings }) => warnings)).toEqual([]);
		const sum = (name: string): number => values(nhs.table, nhs.column(name)).reduce((total, text) => total + Number(text), 0);
		expect(1 - sum('breaches') / sum('attendances')).toBeCloseTo(0.8848, 4);
	});

	test('times with Z are UTC', () => {
		const log = read('hospital/patients_raw.csv');
		expect(log.column('time').conversion).toEqual({ kind: 'timestamp', forms: ['%Y-%m-%dT%H:%M:%S%z'], missing: [] });
		expect(values(log.table, log.column('time'))[0]).toBe('2017-01-02 11:41:53');
		expect(open(log.readings, {})).toEqual([]);
	});
});

const solace = ['advocates', 'case_events', 'cases', 'interactions', 'patient_feedback', 'patients'].map((name) => `solace/${name}.csv`);
const tracker = ['backlog_by_advocate_raw', 'case_metrics_raw', 'cases_analysis_ready', 'interactions_analysis_ready'].map((name) => `tracker/${name}.csv`);

test.skipIf(!has(...solace, ...tracker))('what the app could always read asks nothing and has no bad cell (skipped where shared/data is missing)', () => {
	for (const path of [...solace, ...tracker]) {
		const { readings } = read(path);
		expect(open(readings, {}), path).toEqual([]);
		expect(readings.filter(({ bad }) => bad > 0), path).toEqual([]);
		for (const { column, conversion } of readings) if (/_at$|^timestamp$|_date$/.test(column)) expect(conversion.kind, `${path} ${column}`).toBe('timestamp');
	}
});
