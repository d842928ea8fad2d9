import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, daysBetween, shiftInstant } from '../../src/lib/dates.ts';
import { comparisonOf } from '../../src/metrics/periods.ts';
import type { DateRange } from '../../src/metrics/request.ts';
import { replayable } from '../support/property.ts';

const earliest = '2024-07-01T03:00:00';
const day = fc.integer({ min: -20, max: 800 }).map((after) => addDays('2024-07-01', after));
const range: fc.Arbitrary<DateRange> = fc.oneof(fc.constant({}), day.map((from) => ({ from })), day.map((to) => ({ to })), fc.tuple(day, day).map(([a, b]) => (a <= b ? { from: a, to: b } : { from: b, to: a })));
const asOf = fc.integer({ min: 0, max: 760 }).map((after) => `${addDays('2024-07-01', after)}T17:00:00.123456`);
const lengthOf = ({ from, to }: DateRange): number => daysBetween(from ?? '', to ?? '') + 1;

describe('a comparison', () => {
	test('has two periods of equal length, the earlier one asked as it was known that much earlier', () => {
		fc.assert(
			fc.property(range, asOf, fc.constantFrom('previous' as const, 'year' as const), (chosen, at, compare) => {
				const found = comparisonOf({ range: chosen, asOf: at, earliest }, compare);
				if ('none' in found) return;
				expect(lengthOf(found.previous.range)).toBe(lengthOf(found.current.range));
				expect(daysBetween(found.previous.range.from ?? '', found.current.range.from ?? '')).toBe(found.shift);
				expect(found.previous.asOf).toBe(shiftInstant(found.current.asOf, -found.shift));
				expect(found.shift % 7, 'the same weekdays on both sides').toBe(0);
				if (compare === 'year') expect(found.shift).toBe(364);
				else expect(found.shift - lengthOf(found.current.range), 'the nearest such period').toSatisfy((gap: number) => gap >= 0 && gap < 7);
			}),
			replayable(500),
		);
	});

	test('never reaches before the data, nor past the as-of', () => {
		fc.assert(
			fc.property(range, asOf, fc.constantFrom('previous' as const, 'year' as const), (chosen, at, compare) => {
				const found = comparisonOf({ range: chosen, asOf: at, earliest }, compare);
				if ('none' in found) return;
				expect((found.previous.range.from ?? '') >= earliest.slice(0, 10)).toBe(true);
				expect((found.current.range.to ?? '') <= at.slice(0, 10)).toBe(true);
				if (compare === 'previous') expect((found.previous.range.to ?? '') < (found.current.range.from ?? '')).toBe(true);
			}),
			replayable(500),
		);
	});

	test('without a range compares the latest 13 weeks with the 13 before, and halves younger data in whole weeks', () => {
		const at = (asOf: string) => comparisonOf({ range: {}, asOf, earliest }, 'previous');
		expect(at('2026-06-30T17:00:00')).toMatchObject({ trailing: true, shift: 91, current: { range: { from: '2026-04-01', to: '2026-06-30' } }, previous: { range: { from: '2025-12-31', to: '2026-03-31' }, asOf: '2026-03-31T17:00:00' } });
		expect(at('2024-10-31T17:00:00')).toMatchObject({ trailing: true, shift: 56 });
	});

	test('that is not asked for, or not possible, says so', () => {
		expect(comparisonOf({ range: {}, asOf: '2026-06-30T17:00:00', earliest }, 'none')).toEqual({ none: 'not compared' });
		expect(comparisonOf({ range: {}, asOf: '2024-08-01T17:00:00', earliest }, 'previous')).toEqual({ none: 'no data that far back' });
		expect(comparisonOf({ range: { from: '2026-07-01' }, asOf: '2026-06-30T17:00:00', earliest }, 'previous')).toEqual({ none: 'the range is empty' });
	});

	test('of a length that is no whole number of weeks says how far back the earlier one ended', () => {
		expect(comparisonOf({ range: { from: '2026-06-01', to: '2026-06-30' }, asOf: '2026-06-30T17:00:00', earliest }, 'previous')).toMatchObject({ shift: 35, previous: { range: { from: '2026-04-27', to: '2026-05-26' } }, label: 'the 30 days that ended 5 days before' });
	});

	test('a year means 52 weeks: the same weekdays on both sides', () => {
		const found = comparisonOf({ range: { from: '2026-06-01', to: '2026-06-07' }, asOf: '2026-06-30T17:00:00', earliest }, 'year');
		expect(found).toMatchObject({ previous: { range: { from: '2025-06-02', to: '2025-06-08' } } });
	});
});
