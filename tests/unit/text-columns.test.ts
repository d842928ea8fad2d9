import { tableFromIPC } from '@uwdata/flechette';
import { describe, expect, test } from 'vitest';
import {
	civilDate, encodeText, pushBytes, pushDate, pushInteger, pushNull, pushTenths, pushText, pushTimestamp, textColumn, textTable,
} from '../../src/lib/text-columns.ts';
import type { TextColumn } from '../../src/lib/text-columns.ts';

function readBack(fill: (column: TextColumn) => void, rows = 8): unknown[] {
	const column = textColumn(rows, 1);
	fill(column);
	return [...tableFromIPC(textTable({ value: column }, 1)).getChild('value')] as unknown[];
}

describe('text columns', () => {
	test('what is pushed is what an Arrow reader gets, nulls and non-ASCII text included', () => {
		const values = readBack((column) => {
			pushText(column, 'Zoë – “quoted”');
			pushNull(column);
			pushBytes(column, encodeText('plain'));
			pushText(column, '');
			pushNull(column);
		});
		expect(values).toEqual(['Zoë – “quoted”', null, 'plain', '', null]);
	});

	test('numbers are written as decimal text', () => {
		const values = readBack((column) => {
			for (const value of [0, 7, 10, 99, 100, 1234567890, -45]) pushInteger(column, value);
			pushTenths(column, 37);
		});
		expect(values).toEqual(['0', '7', '10', '99', '100', '1234567890', '-45', '3.7']);
	});

	test('dates and instants are written as UTC, across leap days and before 1970', () => {
		const instants = ['1969-12-31T23:59:59', '2000-02-29T00:00:00', '2024-02-29T12:34:56', '2026-06-30T17:00:00', '2100-03-01T08:05:09'];
		const seconds = instants.map((text) => Date.parse(`${text}Z`) / 1000);
		expect(readBack((column) => seconds.forEach((at) => pushTimestamp(column, at)))).toEqual(instants);
		expect(readBack((column) => seconds.forEach((at) => pushDate(column, Math.floor(at / 86400))))).toEqual(instants.map((text) => text.slice(0, 10)));
	});

	test('every day of four centuries has the civil date of the proleptic Gregorian calendar', () => {
		for (let day = -73000; day < 73100; day += 1) {
			const date = civilDate(day);
			expect(Date.UTC(date.year, date.month - 1, date.day)).toBe(day * 86400000);
		}
	});

	test('rows are numbered from the first row asked for', () => {
		const column = textColumn(2);
		pushText(column, 'a');
		pushText(column, 'b');
		const table = tableFromIPC(textTable({ value: column }, 100_001));
		expect(table.names).toEqual(['_row', 'value']);
		expect([...table.getChild('_row').toArray()]).toEqual([100_001, 100_002]);
	});

	test('more cells than there is room for, or columns of different lengths, are errors', () => {
		const column = textColumn(1);
		pushText(column, 'a');
		expect(() => pushText(column, 'b')).toThrow('more than 1 cells');
		expect(() => textTable({ a: column, b: textColumn(1) }, 1)).toThrow('different lengths');
	});
});
