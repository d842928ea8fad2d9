import * as Plot from '@observablehq/plot';
import { monthText, shortDayText } from '../lib/format.ts';

const DAY = 86_400_000;
const LABEL_ROOM = 46;
/** Months between ticks, with the names Plot has for them. */
const STEPS: readonly (readonly [number, string])[] = [
	[1, 'month'],
	[3, 'quarter'],
	[6, '6 months'],
	[12, 'year'],
	[24, '2 years'],
	[60, '5 years'],
];

const style = { tickSize: 3, tickPadding: 4, fill: 'var(--ink-2)', stroke: 'var(--ink-3)', fontSize: 11, label: null };

/** Months by their name, the year under the first tick and under each January; years by themselves. */
function monthOrYear(yearly: boolean): (date: Date, index: number) => string {
	return (date, index) => {
		const year = String(date.getUTCFullYear());
		if (yearly) return year;
		return index === 0 || date.getUTCMonth() === 0 ? `${monthText(date.getTime())}\n${year}` : monthText(date.getTime());
	};
}

/** UTC ticks: starts of months, and over less than a hundred days starts of buckets. */
export function timeAxis(times: readonly number[], room: number): Plot.Markish {
	const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
	if (span < 100 * DAY) {
		const every = Math.max(1, Math.ceil((times.length * LABEL_ROOM) / Math.max(1, room)));
		const shown = times.filter((_, index) => index % every === 0).map((t) => new Date(t));
		return Plot.axisX(shown, { tickFormat: (date: Date) => shortDayText(date.getTime()), ...style });
	}
	const months = span / (30.4 * DAY);
	const [step, ticks] = STEPS.find(([each]) => (room / months) * each >= 34) ?? [60, '5 years'];
	return Plot.axisX({ ticks, tickFormat: monthOrYear(step >= 12), ...style });
}
