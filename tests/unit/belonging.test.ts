import fc from 'fast-check';
import { expect, test } from 'vitest';
import { belongingOf, belongs } from '../../src/lib/belonging.ts';
import { identifier, literal } from '../../src/metrics/relation.ts';
import { replayable } from '../support/property.ts';

const name = fc.string({ minLength: 1, maxLength: 8 }).map(identifier);
const member = fc.tuple(name, fc.array(fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0')), { minLength: 1, maxLength: 3 })).map(([column, values]) => `(${column}::varchar in (${values.map(literal).join(', ')}) or ${column} is null)`);

test('what is written of a belonging is read back, whatever stands in names and values', () => {
	fc.assert(
		fc.property(name, name, member, (key, mart, condition) => {
			const one = { key, mart: `marts.${mart}`, condition };
			expect(belongingOf(belongs(one))).toEqual(one);
			const twice = { ...one, condition: belongs(one) };
			expect(belongingOf(belongs(twice))).toEqual(twice);
		}),
		replayable(300),
	);
});

test.each([
	`"k" in (select "k" from marts."m" where a) or ("b")`,
	`"k" in (select "k" from marts."m" where a) and "k" in (select "k" from marts."m" where b)`,
	`"k" in (select "j" from marts."m" where a)`,
	`not "k" in (select "k" from marts."m" where a)`,
	`"k" in (select "k" from marts."m" where ')' = '(' or a')`,
	`"k" = 1`,
])('%s is not one', (sql) => expect(belongingOf(sql)).toBeNull());
