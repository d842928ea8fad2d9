import { addDays, addMonths } from '../lib/dates.ts';
import type { DateRange } from './request.ts';

export type Preset = 'all' | 'days7' | 'days30' | 'days90' | 'month' | 'lastMonth' | 'quarter' | 'lastQuarter' | 'year' | 'months12';

const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;
const firstOfQuarter = (day: string): string => `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, '0')}-01`;

/** Ranges that people ask for by name, seen from the day of the as-of: periods that are not over end there. */
export function presetsAt(today: string): readonly (readonly [Preset, DateRange])[] {
	const [month, quarter] = [firstOfMonth(today), firstOfQuarter(today)];
	const last = (days: number): DateRange => ({ from: addDays(today, 1 - days), to: today });
	return [
		['all', {}],
		['days7', last(7)],
		['days30', last(30)],
		['days90', last(90)],
		['month', { from: month, to: today }],
		['lastMonth', { from: addMonths(month, -1), to: addDays(month, -1) }],
		['quarter', { from: quarter, to: today }],
		['lastQuarter', { from: addMonths(quarter, -3), to: addDays(quarter, -1) }],
		['year', { from: `${today.slice(0, 4)}-01-01`, to: today }],
		['months12', { from: addDays(addMonths(today, -12), 1), to: today }],
	];
}
