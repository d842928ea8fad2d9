import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, bucketEnd, daysBetween, toDay, toMs } from '../../src/lib/dates.ts';
import { grainFor } from '../../src/metrics/periods.ts';
import { presetsAt } from '../../src/metrics/presets.ts';

const at = (today: string) => Object.fromEntries(presetsAt(today));
const anyDay = fc.integer({ min: 0, max: 3000 }).map((after) => addDays('2020-01-01', after));

describe('dates by name', () => {
	test('on the last day of March in a leap year', () => {
		expect(at('2024-03-31')).toEqual({
			all: {},
			days7: { from: '2024-03-25', to: '2024-03-31' },
			days30: { from: '2024-03-02', to: '2024-03-31' },
			days90: { from: '2024-01-02', to: '2024-03-31' },
			month: { from: '2024-03-01', to: '2024-03-31' },
			lastMonth: { from: '2024-02-01', to: '2024-02-29' },
			quarter: { from: '2024-01-01', to: '2024-03-31' },
			lastQuarter: { from: '2023-10-01', to: '2023-12-31' },
			year: { from: '2024-01-01', to: '2024-03-31' },
			months12: { from: '2023-04-01', to: '2024-03-31' },
		});
	});

	test('never reach past today, and previous periods end the day before the present one begins', () => {
		fc.assert(
			fc.property(anyDay, (today) => {
				const named = at(today);
				for (const { from, to } of Object.values(named)) expect((from ?? '') <= (to ?? today) && (to ?? today) <= today).toBe(true);
				expect(addDays(named['lastMonth']?.to ?? '', 1)).toBe(named['month']?.from);
				expect(addDays(named['lastQuarter']?.to ?? '', 1)).toBe(named['quarter']?.from);
				expect(daysBetween(named['months12']?.from ?? '', today) + 1).toSatisfy((days: number) => days >= 365 && days <= 366);
			}),
		);
	});
});

describe('months and buckets', () => {
	test('a month later is the same day, or the last day of a shorter month', () => {
		expect([addMonths('2024-01-31', 1), addMonths('2023-01-31', 1), addMonths('2024-03-31', -1), addMonths('2024-12-15', 1), addMonths('2024-01-15', -1)]).toEqual(['2024-02-29', '2023-02-28', '2024-02-29', '2025-01-15', '2023-12-15']);
	});

	test('a bucket ends where the next one begins', () => {
		const end = (grain: 'day' | 'week' | 'month' | 'quarter', day: string): string => toDay(bucketEnd(grain, toMs(day)));
		expect([end('day', '2024-02-28'), end('week', '2024-02-26'), end('month', '2024-02-01'), end('quarter', '2023-10-01')]).toEqual(['2024-02-29', '2024-03-04', '2024-03-01', '2024-01-01']);
	});

	test('the longer the range, the coarser the grain', () => {
		const grain = (from: string, to: string) => grainFor({ range: { from, to }, asOf: '2026-06-30T00:00:00', earliest: '2010-01-01T00:00:00' });
		expect([grain('2026-06-01', '2026-06-30'), grain('2025-07-01', '2026-06-30'), grain('2022-01-01', '2026-06-30'), grain('2012-01-01', '2026-06-30')]).toEqual(['day', 'week', 'month', 'quarter']);
		expect(grainFor({ range: {}, asOf: '2026-06-30T00:00:00', earliest: '2024-07-01T00:00:00' })).toBe('week');
	});
});
