import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchBuilder, constantColumn, missingColumn, TextColumnBuilder } from '../../../src/import/batches.ts';
import { columnNames } from '../../../src/import/column-names.ts';
import { formatShows } from '../../../src/import/formats/excel-cells.ts';
import { addressOf, columnLetters } from '../../../src/import/formats/excel-sheet.ts';
import { dayText, decimalText, instantText, plainNumber } from '../../../src/import/formats/plain-values.ts';
import type { TextBatch } from '../../../src/import/types.ts';
import { replayable } from '../../support/property.ts';
import { cellsOf } from './collect.ts';

describe('text columns', () => {
	const cell = fc.option(fc.string({ unit: 'grapheme' }));

	test('texts and missing cells come back, in one builder used again and again', () => {
		const builder = new TextColumnBuilder();
		fc.assert(
			fc.property(fc.array(cell, { maxLength: 300 }), (cells) => {
				for (const one of cells) {
					if (one === null) builder.pushMissing();
					else builder.push(one);
				}
				expect(cellsOf(builder.finish(), cells.length)).toEqual(cells);
			}),
			replayable(200),
		);
	});

	test('cells set in any order, columns that appear late, cells that are not set', () => {
		fc.assert(
			fc.property(fc.array(fc.dictionary(fc.integer({ min: 0, max: 9 }).map(String), cell), { maxLength: 100 }), (rows) => {
				const batches: TextBatch[] = [];
				const builder = new BatchBuilder((batch) => batches.push(batch));
				rows.forEach((row, i) => {
					for (const [column, text] of Object.entries(row)) builder.set(Number(column), text);
					builder.endRow(i + 7);
				});
				builder.finish();
				const [batch] = batches;
				if (rows.length === 0) {
					expect(batch).toBeUndefined();
					return;
				}
				expect([...(batch?.lines ?? [])]).toEqual(rows.map((_, i) => i + 7));
				for (let column = 0; column < 10; column++) {
					const held = batch?.columns[column] ?? missingColumn(rows.length);
					expect(cellsOf(held, rows.length)).toEqual(rows.map((row) => row[String(column)] ?? null));
				}
			}),
			replayable(200),
		);
	});

	test('a batch has at most 50,000 rows, and fewer where texts are long', () => {
		const sizes: number[] = [];
		const builder = new BatchBuilder((batch) => sizes.push(batch.rows));
		for (let i = 0; i < 120_001; i++) {
			builder.set(0, 'x');
			builder.endRow(i + 1);
		}
		for (let i = 0; i < 3; i++) {
			builder.set(0, 'y'.repeat(40 << 20));
			builder.endRow(i + 1);
		}
		builder.finish();
		expect(sizes).toEqual([50_000, 50_000, 20_003, 1]);
	});

	test('two texts for one cell are a fault of the reader', () => {
		const builder = new BatchBuilder(() => undefined);
		builder.set(0, 'x');
		expect(() => builder.set(0, 'y')).toThrow(RangeError);
	});

	test('a constant stands in every row', () => {
		expect(cellsOf(constantColumn(3, 'é'), 3)).toEqual(['é', 'é', 'é']);
		expect(cellsOf(constantColumn(0, 'é'), 0)).toEqual([]);
	});
});

describe('names', () => {
	test('any header gives unique trimmed names, and names that are so already stay', () => {
		fc.assert(
			fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('a', ' a', 'a (2)', '', 'column 1', 'column 2')), { maxLength: 20 }), (header) => {
				const names = columnNames(header);
				expect(new Set(names).size).toBe(header.length);
				expect(names.every((name) => name !== '' && name === name.trim())).toBe(true);
				header.forEach((name, i) => {
					if (header.indexOf(name) === i && !header.slice(0, i).some((other) => other.trim() === name) && name !== '' && name === name.replace(/\s+/gu, ' ').trim()) expect(names[i]).toBe(name);
				});
			}),
			replayable(500),
		);
	});

	test.each([[['a', 'a', 'a (2)'], ['a', 'a (3)', 'a (2)']], [['', ' b ', ''], ['column 1', 'b', 'column 3']]])('%j is shown as %j', (header, names) => {
		expect(columnNames(header)).toEqual(names);
	});
});

describe('values as text', () => {
	test('a plain number is the same number, without exponent', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e25, max: 1e25 }), (value) => {
				const text = plainNumber(String(value));
				expect(Number(text) === value).toBe(true);
				if (Math.abs(value) > 1e-25 || value === 0) expect(text).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/);
			}),
			replayable(1000),
		);
	});

	test('decimals have all their places', () => {
		fc.assert(
			fc.property(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 38 }), (unscaled, scale) => {
				const text = decimalText(unscaled, scale);
				expect(text).toMatch(scale === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${String(scale)}}$`));
				expect(BigInt(text.replace('.', ''))).toBe(unscaled);
			}),
			replayable(300),
		);
	});

	test('instants are those of Date, to the microsecond', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), fc.integer({ min: 0, max: 999 }), (date, micros) => {
				const text = instantText(BigInt(date.getTime()) * 1000n + BigInt(micros), 1_000_000n) ?? '';
				expect(Date.parse(`${text.slice(0, 23)}Z`)).toBe(date.getTime());
				if (micros > 0) expect(text.slice(23)).toBe(String(micros).padStart(3, '0'));
				expect(dayText(Math.floor(date.getTime() / 86_400_000))).toBe(date.toISOString().slice(0, 10));
			}),
			replayable(500),
		);
	});
});

describe('addresses and formats of sheets', () => {
	test('letters and places of columns are each other’s inverse', () => {
		for (let column = 0; column < 16_384; column++) expect(addressOf(`${columnLetters(column)}7`)).toEqual({ column, row: 7 });
		expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
		expect(['XFE1', 'A', '1', 'A1B', ''].map(addressOf)).toEqual([null, null, null, null, null]);
	});

	test.each<[string, ReturnType<typeof formatShows>]>([
		['yyyy-mm-dd', 'date'],
		['dd/mm/yyyy hh:mm', 'date and time'],
		['h:mm AM/PM', 'time'],
		['mmm', 'date'],
		['mm:ss.0', 'time'],
		['[h]:mm:ss', 'elapsed'],
		['[$-F400]h:mm:ss\\ AM/PM', 'time'],
		['[$€-2] #,##0.00', 'number'],
		['"day "0', 'number'],
		['0.00E+00', 'number'],
		['# ?/?', 'number'],
		['@', 'number'],
		['General', 'number'],
		['[Red]-0;[Blue]0', 'number'],
		['yyyy"年"m"月"d"日"', 'date'],
		['', 'number'],
	])('%s shows a %s', (code, shows) => {
		expect(formatShows(164, code)).toBe(shows);
	});
});
