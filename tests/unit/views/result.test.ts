import { describe, expect, it } from 'vitest';
import { cellText, columnsIn, plainCell, type Column } from '../../../src/lib/cells.ts';
import { arranged, csvOf, nextSort } from '../../../src/ui/grid-rows.ts';
import { firstChoice, kindsFor, mostDrawn, numberAsText, pictureOfResult } from '../../../src/views/data/result-picture.ts';
import { remembered } from '../../../src/views/data/statements.ts';
import { parseCsv } from '../../support/csv.ts';

const column = (name: string, kind: Column['kind']): Column => ({ name, kind });
const day = Date.UTC(2026, 1, 3);

describe('the first picture of a result', () => {
	it.each([
		['a text column by the first numbers, as bars', [column('type', 'text'), column('n', 'number'), column('m', 'number')], { kind: 'bars', x: 'type', y: 'n' }],
		['the text column although it comes last', [column('n', 'number'), column('type', 'text')], { kind: 'bars', x: 'type', y: 'n' }],
		['a time column as a line', [column('week', 'instant'), column('n', 'number')], { kind: 'line', x: 'week', y: 'n' }],
		['two columns of numbers, the second by the first', [column('a', 'number'), column('b', 'number')], { kind: 'line', x: 'a', y: 'b' }],
		['none of one column of numbers', [column('a', 'number')], null],
		['none without numbers', [column('a', 'text'), column('b', 'instant')], null],
	] as const)('is %s', (_, columns, expected) => {
		expect(firstChoice(columns)).toEqual(expected);
	});

	it('offers a line only along a time or a number', () => {
		const columns = [column('t', 'day'), column('a', 'number'), column('s', 'text')];
		expect(kindsFor(columns, 't')).toContain('line');
		expect(kindsFor(columns, 'a')).toContain('line');
		expect(kindsFor(columns, 's')).not.toContain('line');
	});

	it('leaves rows beyond the most out and says how many it drew', () => {
		const rows = Array.from({ length: mostDrawn + 5 }, (_, i) => ({ type: `t${String(i)}`, n: i }));
		expect(pictureOfResult(rows, columnsIn(rows), { kind: 'bars', x: 'type', y: 'n' }).drawn).toBe(mostDrawn);
	});

	it('counts the rows without a place on the line', () => {
		const rows = [{ at: day, n: 1 }, { at: null, n: 2 }, { at: day, n: 3 }, { at: day + 1, n: null }];
		expect(pictureOfResult(rows, [column('at', 'instant'), column('n', 'number')], { kind: 'line', x: 'at', y: 'n' })).toMatchObject({ drawn: 2, unplaced: 2 });
	});

	it('writes numbers with as many digits as they carry', () => {
		expect([numberAsText(1234567), numberAsText(0.123456), numberAsText(12345.678)]).toEqual(['1,234,567', '0.1235', '12,345.7']);
	});
});

describe('rows of a table', () => {
	const rows = [{ a: 10, t: 'b 2' }, { a: null, t: null }, { a: 9, t: 'b 10' }, { a: 100, t: '' }];
	const columns = [column('a', 'number'), column('t', 'text')];
	const order = (sort: Parameters<typeof arranged>[2], words = ''): unknown[] => arranged(rows, columns, sort, words).map(({ a }) => a);

	it('are sorted as numbers or as text with numbers in it, what has no value last in both directions', () => {
		expect(order({ column: 'a', down: false })).toEqual([9, 10, 100, null]);
		expect(order({ column: 'a', down: true })).toEqual([100, 10, 9, null]);
		expect(order({ column: 't', down: false })).toEqual([100, 10, 9, null]);
	});

	it('are found by what is read in them, case aside', () => {
		expect(order(null, 'B 1')).toEqual([9]);
		expect(order(null, ' 100 ')).toEqual([100]);
		expect(order(null, 'null')).toEqual([]);
	});

	it('go up, down and back to how they came', () => {
		const first = nextSort(null, 'a');
		const second = nextSort(first, 'a');
		expect([first, second, nextSort(second, 'a'), nextSort(first, 't')]).toEqual([{ column: 'a', down: false }, { column: 'a', down: true }, null, { column: 't', down: false }]);
	});

	it('no value is not the same as empty text', () => {
		expect([cellText(null, 'text'), cellText(undefined, 'number'), cellText('', 'text')]).toEqual([null, null, '']);
	});

	it('instants are read as text and written as ISO', () => {
		expect([cellText(day + 3_600_000, 'instant'), plainCell(day + 3_600_000, 'instant'), cellText(day, 'day'), plainCell(day, 'day')]).toEqual(['3 Feb 2026, 01:00', '2026-02-03T01:00:00', '3 Feb 2026', '2026-02-03']);
		expect(plainCell(day + 250, 'instant')).toBe('2026-02-03T00:00:00.250');
		expect(columnsIn([{ created_at: null, count: 5e11 }, { created_at: day, count: 1 }])).toEqual([column('created_at', 'instant'), column('count', 'number')]);
	});

	it('come back from the file as they were written', () => {
		const odd = [{ name: 'a,"b"\nc', n: -1.5, at: day }, { name: '=1+1', n: null, at: null }];
		const kinds = [column('name', 'text'), column('n', 'number'), column('at', 'instant')];
		expect(parseCsv(csvOf(odd, kinds))).toEqual([['name', 'n', 'at'], ['a,"b"\nc', '-1.5', '2026-02-03T00:00:00'], ["'=1+1", '', '']]);
	});
});

describe('the history of statements', () => {
	it('has the newest first, none twice, at most fifty', () => {
		expect(remembered(['a', 'b'], ' b ')).toEqual(['b', 'a']);
		expect(remembered(['a'], '  ')).toEqual(['a']);
		const long = Array.from({ length: 60 }, (_, i) => i).reduce<string[]>((all, i) => remembered(all, `select ${String(i)}`), []);
		expect([long.length, long[0]]).toEqual([50, 'select 59']);
	});
});
