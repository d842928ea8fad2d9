import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { privacySql, smallZip3 } from '../../../src/import/privacy/actions.ts';
import { makeShifts } from '../../../src/import/privacy/shifts.ts';
import { makeSurrogates } from '../../../src/import/privacy/surrogates.ts';
import type { CellType } from '../../../src/pack/types.ts';
import type { PrivacyAction } from '../../../src/import/types.ts';
import { importDuck, land, sqlName } from '../../support/landed.ts';
import { replayable } from '../../support/property.ts';

let duck: Duck;
beforeAll(async () => {
	duck = await importDuck();
});

const draw = (): number => randomInt(2 ** 32) / 2 ** 32;
const done = (action: PrivacyAction, text: string, as?: CellType): unknown => duck.rows(`select ${privacySql(action, `'${text}'::varchar`, {}, as)} as v`)[0]?.v;

describe('an action on a cell', () => {
	test.each<[PrivacyAction, string, string | null]>([
		['keep', ' as it was ', ' as it was '],
		['drop', 'anything', null],
		['zip3', '10001', '100'],
		['zip3', '94110-1234', '941'],
		['zip3', '335XX', '335'],
		['zip3', '03601', '000'],
		['zip3', '2138', null],
		['zip3', 'SW1A 1AA', null],
		['zip3', '', null],
		['year', '1980-05-17', '1980'],
		['year', '2025-01-02 10:11:12', '2025'],
		['year', '', null],
		['year', '17.05.80', 'unreadable'],
		['age-90', '89', '89'],
		['age-90', '89.5', '89.5'],
		['age-90', '90', '90'],
		['age-90', '113', '90'],
		['age-90', 'old', 'unreadable'],
		['shift', '2025-01-01', null],
		['surrogate', 'P-1', null],
	])('%s: %s gives %s; without what it needs it gives nothing', (action, text, result) => {
		expect(done(action, text)).toBe(result);
	});

	test('a year that feeds a date is one that can be read', () => {
		expect(done('year', '2025-06-07 10:00:00', 'timestamp')).toBe('2025-01-01');
	});

	test('all 17 small ZIP areas become 000, and their neighbours do not', () => {
		expect(smallZip3.length).toBe(17);
		for (const three of smallZip3) expect(done('zip3', `${three}99`)).toBe('000');
		expect(['037', '058', '204', '894'].map((three) => done('zip3', `${three}99`))).toEqual(['037', '058', '204', '894']);
	});
});

describe('surrogates', () => {
	const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }).filter((one) => !one.includes('\0')), fc.constantFrom('P-1', 'P-2', 'R1', 'R2', ' P-1', "'"));
	const trimmed = (one: string): string => one.replace(/^ +| +$/g, '');

	test('equal texts stay equal over all files, different ones different, and nothing stays nothing', () => {
		fc.assert(
			fc.property(fc.array(text, { maxLength: 20 }), fc.array(text, { maxLength: 20 }), (first, second) => {
				const a = land(duck, 'sa.csv', ['who'], first.map((one) => [one]));
				const b = land(duck, 'sb.csv', ['id'], second.map((one) => [one]));
				const surrogates = makeSurrogates(duck, [{ from: a.landed, cell: '"who"' }, { from: b.landed, cell: '"id"' }], draw);
				const read = (landed: string, column: string): [string, string][] => duck.rows(`select ${column} as t, ${privacySql('surrogate', column, { surrogate: surrogates.of })} as s from ${landed} order by _line`).map((row): [string, string] => [trimmed(String(row.t)), row.s === null ? '' : String(row.s)]);
				const pairs = [...read(a.landed, '"who"'), ...read(b.landed, '"id"')];
				surrogates.drop();
				expect(pairs.length).toBe(first.length + second.length);
				for (const [cell, surrogate] of pairs) expect(surrogate === '').toBe(cell === '');
				const forward = new Map(pairs.map(([cell, surrogate]) => [cell, surrogate]));
				const back = new Map(pairs.map(([cell, surrogate]) => [surrogate, cell]));
				for (const [cell, surrogate] of pairs) expect([forward.get(cell), back.get(surrogate)]).toEqual([surrogate, cell]);
				const drawn = [...back.keys()].filter((one) => one !== '');
				expect(drawn.every((one) => /^R\d+$/.test(one) && Number(one.slice(1)) >= 1 && Number(one.slice(1)) <= drawn.length)).toBe(true);
			}),
			replayable(25),
		);
	});

	test('the same values drawn for in another order get other surrogates: they follow the draw, not the value', () => {
		const many = land(duck, 'many.csv', ['who'], Array.from({ length: 60 }, (_, i) => [`P-${String(i)}`]));
		const drawnBy = (numbers: () => number): string[] => {
			const surrogates = makeSurrogates(duck, [{ from: many.landed, cell: '"who"' }], numbers);
			const read = duck.rows(`select ${surrogates.of('"who"')} as s from ${many.landed} order by _line`).map(({ s }) => String(s));
			surrogates.drop();
			return read;
		};
		const first = drawnBy(draw);
		expect(new Set(first).size).toBe(60);
		expect(drawnBy(draw)).not.toEqual(first);
		expect(drawnBy(() => 0)).toEqual(drawnBy(() => 0));
	});

	test.each(['said', 'drawn', 'surrogate', 'import_surrogates', 'place', 'texts'])('a column called %s is looked up like any other', (name) => {
		const one = land(duck, 'named.csv', [name], [['a'], ['b'], ['a']]);
		const surrogates = makeSurrogates(duck, [{ from: one.landed, cell: sqlName(name) }], draw);
		const read = duck.rows(`select ${surrogates.of(sqlName(name))} as s from ${one.landed} order by _line`).map(({ s }) => String(s));
		surrogates.drop();
		expect([read[0] === read[2], read[0] === read[1], [...new Set(read)].sort()]).toEqual([true, false, ['R1', 'R2']]);
	});

	test('once dropped, no map from texts to surrogates is left', () => {
		const some = land(duck, 'some.csv', ['who'], [['a'], ['b']]);
		makeSurrogates(duck, [{ from: some.landed, cell: '"who"' }], draw).drop();
		expect(duck.rows("select table_name from duckdb_tables() where table_name like 'import\\_%' escape '\\'")).toEqual([]);
	});
});

describe('shifted dates', () => {
	const hour = 3_600_000;
	const at = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
	const row = fc.record({ who: fc.constantFrom('', 'P1', 'P2', 'P3', ' P2'), start: fc.integer({ min: 0, max: 20000 * 24 }), hours: fc.integer({ min: 0, max: 9999 }) });

	test('every interval of a person stays over all files, by whole weeks of at most 26 and never none', () => {
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 15 }), (given) => {
				const cases = land(duck, 'shift-a.csv', ['id', 'who', 'opened', 'closed'], given.map(({ who, start, hours }, i) => [`C${String(i)}`, who, at(start * hour), at((start + hours) * hour)]));
				const events = land(duck, 'shift-b.csv', ['case', 'at'], [...given.map(({ start }, i): [string, string] => [`C${String(i)}`, at((start + 5) * hour)]), ['unknown', at(0)]]);
				const shifts = makeShifts(duck, [
					{ source: 'a', from: cases.landed, cell: '"who"' },
					{ source: 'b', from: events.landed, cell: '"case"', through: { from: cases.landed, key: '"id"', person: '"who"' } },
				], draw);
				const days = (source: string): { days: string } => ({ days: shifts.days(source) ?? '' });
				const moved = duck.rows(`select trim(who) as who, ${privacySql('shift', 'opened', days('a'))} as opened, ${privacySql('shift', 'closed', days('a'))} as closed from ${cases.landed} order by _line`);
				const later = duck.rows(`select ${privacySql('shift', '"at"', days('b'))} as at from ${events.landed} order by _line`);
				shifts.drop();
				const ms = (value: unknown): number => Date.parse(`${String(value).replace(' ', 'T')}Z`);
				const byPerson = new Map<string, number>();
				given.forEach(({ start, hours }, i) => {
					const shift = ms(moved[i]?.opened) - start * hour;
					expect(Math.abs(shift) % (7 * 24 * hour)).toBe(0);
					expect(Math.abs(shift)).toBeGreaterThan(0);
					expect(Math.abs(shift)).toBeLessThanOrEqual(182 * 24 * hour);
					expect(ms(moved[i]?.closed) - ms(moved[i]?.opened)).toBe(hours * hour);
					expect(ms(later[i]?.at) - ms(moved[i]?.opened)).toBe(5 * hour);
					const who = String(moved[i]?.who);
					expect(byPerson.get(who) ?? shift).toBe(shift);
					byPerson.set(who, shift);
				});
				expect(later.length).toBe(given.length + 1);
			}),
			replayable(20),
		);
	});

	test('a date that cannot be read stays unreadable, and does not show through', () => {
		const one = land(duck, 'bad.csv', ['who', 'at'], [['P', '31.02.2025'], ['P', ''], [null, '2025-01-01']]);
		const shifts = makeShifts(duck, [{ source: 'a', from: one.landed, cell: 'who' }], draw);
		const read = duck.rows(`select ${privacySql('shift', '"at"', { days: shifts.days('a') ?? '' })} as v from ${one.landed} order by _line`).map(({ v }) => v);
		shifts.drop();
		expect(read.slice(0, 2)).toEqual(['unreadable', null]);
		expect(read[2]).toMatch(/^202[45]-\d\d-\d\d 00:00:00$/);
		expect(read[2]).not.toContain('2025-01-01');
	});
});
