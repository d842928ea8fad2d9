import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { defaultAction } from '../../../src/import/privacy/defaults.ts';
import { identifiersIn, type Identified } from '../../../src/import/privacy/identifiers.ts';
import { isNpi } from '../../../src/import/privacy/kinds.ts';
import { privacyOf } from '../../../src/import/privacy/standing.ts';
import type { Identifier, PrivacyAction, Recipe } from '../../../src/import/types.ts';
import { sharedData } from '../../support/engine.ts';
import { importDuck, land, landCsv } from '../../support/landed.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await importDuck();
});

const kinds = (columns: Readonly<Record<string, readonly string[]>>): Record<string, Identifier> => {
	const names = Object.keys(columns);
	const length = Math.max(...Object.values(columns).map((texts) => texts.length));
	const { profiles } = land(duck, 'who.csv', names, Array.from({ length }, (_, i) => names.map((name) => columns[name]?.[i % (columns[name]?.length ?? 1)] ?? null)));
	return Object.fromEntries(identifiersIn(profiles).map(({ column, identifier }) => [column, identifier]));
};

describe('identifiers', () => {
	test('are found by what stands in a column, whatever it is called', () => {
		expect(
			kinds({
				a: ['ann@example.org', 'bob.b@mail.example.co.uk', 'c@d.io'],
				b: ['(555) 123-4567', '+1 555 987 6543', '555.222.1111 x12'],
				c: ['123-45-6789', '219-09-9999', '078-05-1120'],
				d: ['10.0.0.1', '192.168.1.20', 'fe80::1:2:3'],
				e: ['https://example.org/a', 'www.example.com', 'http://x.y'],
				f: ['02138-1234', '10001-0001', '94110-9999'],
				g: ['12 Main Street', '7 Old Oak Rd.', '100 5th Ave'],
				h: ['1234567893', '1245319599', '1234567893'],
			}),
		).toEqual({ a: 'e-mail', b: 'phone', c: 'ssn', d: 'ip', e: 'url', f: 'zip', g: 'address', h: 'record-number' });
	});

	test.each<[string, string, Identifier]>([
		['Customer Name', 'Ann Bell', 'name'],
		['last_name', 'Bell', 'name'],
		['DOB', '1980-01-02', 'birth-date'],
		['birthDate', '01/02/1980', 'birth-date'],
		['MRN', '12345', 'record-number'],
		['MemberID', '99', 'record-number'],
		['case_id', '7', 'record-number'],
		['patient', '17', 'record-number'],
		['ZIP Code', '2138', 'zip'],
		['city', 'Boston', 'address'],
		['County', 'Kings', 'address'],
		['Age', '64', 'age'],
		['Fax', '12345', 'phone'],
	])('the heading %s over %s says %s', (heading, text, identifier) => {
		expect(kinds({ [heading]: [text] })).toEqual({ [heading]: identifier });
	});

	test.each([
		['state', 'MA'], ['team_name', 'north'], ['file name', 'a.pdf'], ['status', 'open'], ['capacity', '20'], ['stage', '3'], ['percentage', '90'], ['priority', 'high'],
		['duration', '12.5'], ['time_of_day', '10:30'], ['ratio', '1:30'], ['description', 'x'], ['code', 'A12'], ['language', 'English'],
	])('the heading %s over %s says nothing', (heading, text) => {
		expect(kinds({ [heading]: [text, text] })).toEqual({});
	});

	test('free text is long, mostly different and of many words; labels that repeat are none', () => {
		const prose = Array.from({ length: 30 }, (_, i) => `The patient called about bill number ${String(i)} and was upset about it.`);
		const labels = ['Attempts to collect debt not owed by the person', 'Incorrect information on the report of a bureau'];
		expect(kinds({ x: prose, y: labels })).toEqual({ x: 'free-text' });
		expect(kinds({ Notes: ['called back', 'left a message'], y: labels })).toEqual({ Notes: 'free-text' });
		expect(defaultAction('free-text')).toBe('drop');
	});

	test('a code of which nearly every row has its own may name a record; numbers with decimals do not', () => {
		const codes = Array.from({ length: 40 }, (_, i) => `x-${String(i * 7919)}`);
		const amounts = Array.from({ length: 40 }, (_, i) => `${String(i)}.25`);
		expect(kinds({ thing: codes, amount: amounts })).toEqual({ thing: 'record-number' });
	});

	test('the check digit of an NPI is that of CMS: its own example passes, and no other last digit does', () => {
		expect(Array.from({ length: 10 }, (_, digit) => isNpi(`123456789${String(digit)}`))).toEqual([false, false, false, true, false, false, false, false, false, false]);
	});

	test.skipIf(!existsSync(sharedData))('in real files: names, free text, ZIP codes, places and ids, and not the categories beside them (skipped where ../shared/data is missing)', () => {
		const found = (folder: string, file: string): Record<string, Identifier> => Object.fromEntries(identifiersIn(landCsv(duck, folder, file).profiles).map(({ column, identifier }) => [column, identifier]));
		expect(found('call-center', 'Call Center.csv')).toEqual({ id: 'record-number', customer_name: 'name', call_timestamp: 'date', city: 'address' });
		expect(found('complaints', 'cfpb_consumer_complaints_elvus.csv')).toEqual({ 'Date received': 'date', 'Consumer complaint narrative': 'free-text', 'ZIP code': 'zip', 'Date sent to company': 'date', 'Complaint ID': 'record-number' });
		expect(found('solace', 'patient_feedback.csv')).toMatchObject({ feedback_text: 'free-text', id: 'record-number' });
		expect(found('hospital', 'patients_raw.csv')).toMatchObject({ patient: 'record-number', time: 'date' });
	});
});

describe('what the result is called', () => {
	const all: readonly Identifier[] = ['name', 'e-mail', 'phone', 'ssn', 'record-number', 'birth-date', 'address', 'zip', 'ip', 'url', 'free-text', 'date', 'age'];
	const identifiers: Identified[] = all.map((identifier) => ({ column: identifier, identifier, because: '', share: 1 }));
	const recipe = (privacy: Partial<Record<Identifier, PrivacyAction>>, pack: string | null = null): Recipe => ({ version: 1, pack, sources: { a: { dialect: {}, answers: {}, conversions: {}, privacy: privacy, left: false } }, tables: {} });
	const strict: Partial<Record<Identifier, PrivacyAction>> = { name: 'drop', 'e-mail': 'drop', phone: 'drop', ssn: 'drop', 'record-number': 'surrogate', 'birth-date': 'drop', address: 'drop', zip: 'zip3', ip: 'drop', url: 'drop', 'free-text': 'drop', date: 'year', age: 'age-90' };
	const standing = (privacy: Partial<Record<Identifier, PrivacyAction>>): string => privacyOf(recipe(privacy), { a: identifiers }).standing;

	test('Safe Harbor only where every kind is gone: dates to years, three digits of ZIP, ages pooled, numbers drawn at random', () => {
		expect(standing(strict)).toBe('safe-harbor');
	});

	test.each<[Identifier, PrivacyAction]>([['date', 'keep'], ['date', 'shift'], ['age', 'keep'], ['birth-date', 'year'], ['birth-date', 'shift']])('with %s %s it is pseudonymised', (identifier, action) => {
		expect(standing({ ...strict, [identifier]: action })).toBe('pseudonymised');
	});

	test.each<[Identifier, PrivacyAction]>([['name', 'keep'], ['record-number', 'keep'], ['free-text', 'keep'], ['zip', 'keep'], ['address', 'zip3'], ['name', 'year'], ['birth-date', 'keep'], ['phone', 'shift'], ['e-mail', 'keep']])('with %s %s it is as it is, and the reason names the column', (identifier, action) => {
		const result = privacyOf(recipe({ ...strict, [identifier]: action }), { a: identifiers });
		expect([result.standing, result.columns]).toEqual(['as-it-is', [{ source: 'a', column: identifier, identifier }]]);
		expect(result.because).toContain(`${identifier} (a)`);
	});

	test('a column without an action is kept; a file without identifiers is as it is; columns that come into no table count as gone', () => {
		expect(privacyOf(recipe({}), { a: identifiers }).columns.length).toBe(11);
		expect(privacyOf(recipe({}), { a: [] })).toMatchObject({ standing: 'as-it-is', because: 'No column looks like an identifier, and nothing was changed.' });
		expect(privacyOf(recipe({}, 'advocacy'), { a: identifiers }).columns).toEqual([]);
	});
});
