import * as Plot from '@observablehq/plot';

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

function dayText(date: Date): string {
	return date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}

/** UTC ticks: starts of months, and over less than a hundred days starts of buckets. */
export function timeAxis(times: readonly number[], room: number): Plot.Markish {
	const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
	if (span < 100 * DAY) {
		const every = Math.max(1, Math.ceil((times.length * LABEL_ROOM) / Math.max(1, room)));
		const shown = times.filter((_, index) => index % every === 0).map((t) => new Date(t));
		return Plot.axisX(shown, { tickFormat: dayText, ...style });
	}
	const months = span / (30.4 * DAY);
	const [, ticks] = STEPS.find(([step]) => (room / months) * step >= 34) ?? [60, '5 years'];
	return Plot.axisX({ ticks, ...style });
}
