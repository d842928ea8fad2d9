import { describe, expect, test } from 'vitest';
import { proposeValues } from '../../../src/import/map/values.ts';
import type { ColumnProfile } from '../../../src/import/types.ts';
import type { RawColumn } from '../../../src/pack/types.ts';
import { packNamed } from '../../support/engine.ts';

const profile = (texts: Readonly<Record<string, number>>): ColumnProfile => {
	const values = Object.entries(texts).map(([text, count], i) => ({ text, count, line: i + 2 }));
	const rows = values.reduce((sum, { count }) => sum + count, 0);
	return { column: 'x', rows, filled: rows, distinct: values.length, values, shapes: [], longest: 20 };
};
const column = (table: string, name: string): RawColumn => {
	const found = packNamed('advocacy').raw[table]?.columns[name];
	if (!found) throw new Error(name);
	return found;
};
const becomes = (of: RawColumn, ...texts: string[]): Record<string, string> => ({ ...proposeValues(of, profile(Object.fromEntries(texts.map((text) => [text, 1]))))?.values });

describe('values of closed lists', () => {
	test.each([
		['urgency', 'urgent', 'high'],
		['urgency', 'P1', 'high'],
		['urgency', 'HIGH', 'high'],
		['urgency', 'Normal', 'medium'],
		['status', 'closed', 'resolved'],
		['status', 'In Progress', 'in_progress'],
		['status', 'IN-PROGRESS', 'in_progress'],
		['status', 're-opened', 'reopened'],
	])('%s: %s becomes %s', (name, text, value) => {
		expect(becomes(column('cases', name), text)).toEqual({ [text]: value });
	});

	test('a text one letter away is proposed and not sure', () => {
		expect(proposeValues(column('cases', 'status'), profile({ resolvd: 3 }))?.matches).toEqual([{ text: 'resolvd', count: 3, value: 'resolved', because: 'one letter away', sure: false }]);
	});

	test('what is not known stays as it is and visible, and no value of the list is touched', () => {
		const proposal = proposeValues(column('cases', 'status'), profile({ open: 5, pending: 2, cancelled: 1, constructor: 1 }));
		expect(proposal?.values).toEqual({});
		expect(proposal?.unmatched.map(({ text }) => text)).toEqual(['pending', 'cancelled', 'constructor']);
	});

	test('a text as near to two values as to one is left alone', () => {
		const two: RawColumn = { type: 'text', about: '', values: ['cold', 'bold'] };
		expect(proposeValues(two, profile({ gold: 1 }))?.values).toEqual({});
	});

	test('counts where yes or no is asked for: more than none is yes, and a person is asked to look', () => {
		const proposal = proposeValues(column('cases', 'reopen_flag'), profile({ 0: 20, 1: 8, 2: 3, 11: 1 }));
		expect(proposal?.values).toEqual({ 2: '1', 11: '1' });
		expect(proposal?.matches.every(({ sure }) => !sure)).toBe(true);
	});

	test('synonyms of values name values of their list, and none means two of them', () => {
		for (const table of Object.values(packNamed('advocacy').raw)) {
			for (const { values = [], valueSynonyms = {} } of Object.values(table.columns)) {
				expect(Object.keys(valueSynonyms).filter((value) => !values.includes(value))).toEqual([]);
				const all = [...values, ...Object.values(valueSynonyms).flat()];
				expect(new Set(all).size).toBe(all.length);
			}
		}
	});
});
