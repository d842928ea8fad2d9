import { monthText, shortDayText, timeText } from '../lib/format.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ROOM = 46;
/** Minutes. */
const CLOCK = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAYS = [1, 2, 3, 7, 14, 28];
const MONTHS = [1, 2, 3, 6, 12, 24, 60];

export interface Tick {
	t: number;
	label: string;
}

const day = shortDayText;
const clock = timeText;
const month = (t: number): string => `${monthText(t)} ${String(new Date(t).getUTCFullYear() % 100).padStart(2, '0')}`;

function every(step: number, from: number, to: number, first = 0): number[] {
	const start = Math.ceil((from - first) / step) * step + first;
	return Array.from({ length: Math.max(0, Math.floor((to - start) / step) + 1) }, (_, index) => start + index * step);
}

function months(step: number, from: number, to: number): number[] {
	const start = new Date(from);
	const origin = start.getUTCFullYear() * 12;
	const starts = Array.from({ length: Math.ceil((to - from) / (28 * DAY)) + step + 13 }, (_, index) => origin + index);
	return starts
		.filter((count) => count % step === 0)
		.map((count) => Date.UTC(Math.floor(count / 12), count % 12, 1))
		.filter((t) => t >= from && t <= to);
}

/** Minutes, hours, days, weeks from Mondays or months between two instants (UTC), as many as find room in `width` px. */
export function timeTicks(from: number, to: number, width: number): Tick[] {
	const fits = (step: number): boolean => (width * step) / Math.max(1, to - from) >= ROOM;
	const minutes = to - from > 3 * DAY ? undefined : CLOCK.find((step) => fits(step * MINUTE));
	if (minutes !== undefined)
		return every(minutes * MINUTE, from, to).map((t) => ({ t, label: t % DAY === 0 ? day(t) : clock(t) }));
	const days = DAYS.find((step) => fits(step * DAY));
	if (days !== undefined)
		return every(days * DAY, from, to, days % 7 === 0 ? 4 * DAY : Math.ceil(from / DAY) * DAY).map((t) => ({
			t,
			label: day(t),
		}));
	const step = MONTHS.find((count) => fits(count * 30 * DAY)) ?? 120;
	return months(step, from, to).map((t) => ({ t, label: month(t) }));
}
