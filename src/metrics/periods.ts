import { addDays, daysBetween, shiftInstant } from '../lib/dates.ts';
import type { Grain } from '../pack/types.ts';
import type { Context, DateRange } from './request.ts';

/** `segment`: not another time, but some of the rows against all the others. */
export type Compare = 'previous' | 'year' | 'segment' | 'none';

export interface Period {
	range: DateRange;
	asOf: string;
}

export interface Comparison {
	current: Period;
	previous: Period;
	/** Days between the two. */
	shift: number;
	/** The data has no range chosen: the latest weeks stand for the present. */
	trailing: boolean;
	label: string;
}

/** 13 weeks: long enough for slow cases to show, and the same weekdays on both sides. */
const trailingWeeks = 13;
const leastWeeks = 4;

/** Younger data is halved, in whole weeks. */
function trailingDays(earliest: string, today: string): number {
	const weeks = Math.floor(daysBetween(earliest.slice(0, 10), today) / 14);
	return 7 * Math.max(leastWeeks, Math.min(trailingWeeks, weeks));
}

const spanText = (days: number): string => (days === 7 ? 'week' : days % 7 === 0 ? `${String(days / 7)} weeks` : days === 1 ? 'day' : `${String(days)} days`);

/**
 * The period in force and an equally long one before it that begins on the same weekday (or the same one a year, 52 weeks, earlier). The earlier one is
 * asked as it was known that much earlier, so that young cases are compared with cases that were as young.
 * Null when the data does not reach back far enough, with the reason in `none`.
 */
export function comparisonOf(context: Pick<Context, 'range' | 'asOf' | 'earliest'>, compare: Compare): Comparison | { none: string } {
	if (compare === 'none') return { none: 'not compared' };
	if (compare === 'segment') return { none: 'compared by segment' };
	const today = context.asOf.slice(0, 10);
	const trailing = context.range.from === undefined && context.range.to === undefined;
	const to = context.range.to !== undefined && context.range.to < today ? context.range.to : today;
	const from = trailing ? addDays(today, 1 - trailingDays(context.earliest, today)) : (context.range.from ?? context.earliest.slice(0, 10));
	const length = daysBetween(from, to) + 1;
	if (length < 1) return { none: 'the range is empty' };
	const shift = compare === 'year' ? 364 : Math.ceil(length / 7) * 7;
	const earlier = addDays(from, -shift);
	if (earlier < context.earliest.slice(0, 10)) return { none: 'no data that far back' };
	const span = spanText(length);
	const before = shift === length ? `the ${span} before` : `the ${span} that ended ${shift - length === 1 ? '1 day' : spanText(shift - length)} before`;
	return {
		current: { range: { from, to }, asOf: context.asOf },
		previous: { range: { from: earlier, to: addDays(to, -shift) }, asOf: shiftInstant(context.asOf, -shift) },
		shift,
		trailing,
		label: compare === 'year' ? 'the same period a year before' : trailing ? `last ${span} against the ${span} before` : before,
	};
}

/** Few enough points to read, enough to see a course: days up to seven weeks, weeks up to three years, then months and quarters. */
export function grainFor(context: Pick<Context, 'range' | 'asOf' | 'earliest'>): Grain {
	const from = context.range.from ?? context.earliest.slice(0, 10);
	const today = context.asOf.slice(0, 10);
	const to = context.range.to !== undefined && context.range.to < today ? context.range.to : today;
	const days = daysBetween(from, to) + 1;
	return days <= 49 ? 'day' : days <= 1096 ? 'week' : days <= 3653 ? 'month' : 'quarter';
}
