import { monthText, shortDayText } from '../lib/format.ts';

const DAY = 86_400_000;
const LABEL_ROOM = 46;
const MONTH_ROOM = 34;
const STEPS = [1, 3, 6, 12, 24, 60];

export interface BucketTick {
	t: number;
	/** One line, or two: a month over its year. */
	lines: readonly string[];
}

/** Months by their name, the year under the first tick and under each January; years by themselves. */
function monthLines(t: number, index: number, yearly: boolean): string[] {
	const date = new Date(t);
	const year = String(date.getUTCFullYear());
	if (yearly) return [year];
	return index === 0 || date.getUTCMonth() === 0 ? [monthText(t), year] : [monthText(t)];
}

/** UTC ticks under buckets that start at `times`, as many as have room in `room` px: starts of months, and over less than a hundred days starts of buckets. */
export function bucketTicks(times: readonly number[], room: number): BucketTick[] {
	const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
	if (last - first < 100 * DAY) {
		const every = Math.max(1, Math.ceil((times.length * LABEL_ROOM) / Math.max(1, room)));
		return times.filter((_, index) => index % every === 0).map((t) => ({ t, lines: [shortDayText(t)] }));
	}
	const months = (last - first) / (30.4 * DAY);
	const step = STEPS.find((each) => (room / months) * each >= MONTH_ROOM) ?? 60;
	const origin = new Date(first).getUTCFullYear() * 12;
	const starts = Array.from({ length: Math.ceil(months) + step + 13 }, (_, index) => origin + index)
		.filter((month) => month % step === 0)
		.map((month) => Date.UTC(Math.floor(month / 12), month % 12, 1))
		.filter((t) => t >= first && t <= last);
	return starts.map((t, index) => ({ t, lines: monthLines(t, index, step >= 12) }));
}
