import { describe, expect, test } from 'vitest';
import { hasShared, sharedFile, sharedNames, sharedText, taken, type Taken } from './support.ts';

const texts = ({ rows }: Taken): string[][] => rows.map((row) => row.map((cell) => cell ?? ''));

describe.skipIf(!hasShared)('csv-spectrum (needs ../shared/data)', () => {
	/** Its json is one object with another telephone number than the file holds. */
	const untrue = 'location_coordinates.csv';

	test.each(sharedNames('hard-csv/csv-spectrum/csvs').filter((name) => name !== untrue))('%s parses exactly to its json', async (name) => {
		const expected = JSON.parse(sharedText(`hard-csv/csv-spectrum/json/${name.replace('.csv', '.json')}`)) as Record<string, string>[];
		const read = await taken(sharedFile(`hard-csv/csv-spectrum/csvs/${name}`));
		expect(texts(read).map((row) => Object.fromEntries(row.map((cell, c) => [read.columns[c], cell])))).toEqual(expected);
		expect(read.source.skipped).toBe(0);
	});

	test(`${untrue} keeps the replacement characters that stand in the file`, async () => {
		const read = await taken(sharedFile(`hard-csv/csv-spectrum/csvs/${untrue}`));
		expect(read.rows).toEqual([['2095257564', '37\ufffd36\'37.8"N 121\ufffd2\'17.9"W', 'Modesto', 'Stanislaus']]);
		expect(read.source.notes).toEqual([]);
	});
});

describe.skipIf(!hasShared)('sineemore (needs ../shared/data)', () => {
	const names = sharedNames('hard-csv/sineemore/json').map((name) => name.replace('.json', ''));

	test.each(names.filter((name) => !name.startsWith('header-')))('%s, which has no header, parses exactly to its json', async (name) => {
		const expected = JSON.parse(sharedText(`hard-csv/sineemore/json/${name}.json`)) as string[][];
		const read = await taken(sharedFile(`hard-csv/sineemore/csv/${name}.csv`), { dialect: { headers: 0 } });
		expect(texts(read)).toEqual(expected);
	});

	test.each(names.filter((name) => name.startsWith('header-')))('%s parses exactly to its json', async (name) => {
		const expected = JSON.parse(sharedText(`hard-csv/sineemore/json/${name}.json`)) as Record<string, string>[];
		const read = await taken(sharedFile(`hard-csv/sineemore/csv/${name}.csv`), { dialect: { headers: 1 } });
		expect(texts(read).map((row) => Object.fromEntries(row.map((cell, c) => [read.columns[c], cell])))).toEqual(expected);
		expect(read.columns).toEqual(['foo', 'bar', 'baz']);
	});

	test.each([
		['bad-header-less-fields', { rows: [['1', '2', null]], skipped: [], noted: [['short-rows', 2]] }],
		['bad-header-more-fields', { rows: [], skipped: [[2, 'too-many-cells']], noted: [] }],
		['bad-missing-quote', { rows: [['1', '"I forgot to close this one', '3']], skipped: [], noted: [['quotes-not-used', 2]] }],
		['bad-quotes-with-unescaped-quote', { rows: [['1', 'Hey, I missed " it', '3']], skipped: [], noted: [['quotes-as-text', 2]] }],
		['bad-unescaped-quote', { rows: [['1', 'This "quotes" must be escaped', '3']], skipped: [], noted: [] }],
	] as const)('%s is read, or its line named', async (name, expected) => {
		const read = await taken(sharedFile(`hard-csv/sineemore/csv/${name}.csv`));
		expect(read.rows).toEqual(expected.rows);
		expect(read.source.skippedLines.map(({ line, code }) => [line, code])).toEqual(expected.skipped);
		expect(read.source.notes.map((note) => [note.code, (note.lines as number[])[0]])).toEqual(expected.noted);
	});

	test('a file without bytes is refused', async () => {
		await expect(taken(sharedFile('hard-csv/sineemore/csv/bad-header-no-header.csv'))).rejects.toMatchObject({ code: 'files.empty' });
	});
});
