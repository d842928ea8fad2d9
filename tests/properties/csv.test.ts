import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toCsv } from '../../src/lib/csv.ts';
import { parseCsv } from '../support/csv.ts';
import { replayable } from '../support/property.ts';

const dangerous = ['=1+1', '+49 30', '-cmd', '@SUM(A1)', '\tx', '\rx', '＝1', 'plain', 'a,b', 'say "no"', 'line\r\nbreak', ' padded ', ''];
const cell = fc.oneof(fc.constantFrom(...dangerous), fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

describe('an exported CSV', () => {
	test('parsed back it equals the rows; a text that a spreadsheet would run has one quote before it, and numbers stay numbers', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 20 }), (rows) => {
				const back = parseCsv(toCsv(['a', 'b'], rows.map(([a, b]) => ({ a, b })))).slice(1);
				expect(back.length).toBe(rows.length);
				rows.forEach((row, i) =>
					row.forEach((value, j) => {
						const read = back[i]?.[j] ?? '';
						if (value === null) expect(read).toBe('');
						else if (typeof value !== 'string') expect(read).toBe(String(value));
						else expect(read).toBe(/^[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : value);
					}),
				);
			}),
			replayable(300),
		);
	});

	test('no cell of text begins with what starts a formula', () => {
		for (const text of dangerous) expect(parseCsv(toCsv(['a'], [{ a: text }]))[1]?.[0] ?? '').not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
	});
});
