import { integer, randomStream } from '../../../lib/random.ts';
import type { Random } from '../../../lib/random.ts';
import { DAY, HOUR, weekday } from './plan.ts';
import type { Plan } from './plan.ts';
import type { Advocates } from './world.ts';

const SHIFT = 8.5 * HOUR;
const LONG_SHIFT = 12.5 * HOUR;
const SHIFT_STARTS = [7, 8.5, 10, 11.5];
const OPENS = 7 * HOUR;
const CLOSES = 20 * HOUR;
const QUARTER = 91;

export interface Shifts {
	days: number;
	/** For each advocate, seconds after midnight. */
	starts: Float64Array;
	/** For each advocate, seconds of a working day. */
	lengths: Float64Array;
	/** For each advocate and day, 1 when at work. */
	works: Uint8Array;
	plan: Plan;
}

/** Five-day weeks (one advocate in five works Tuesday to Saturday), a week off each quarter, and sick days; the overloaded work long hours every weekday. */
export function newShifts(plan: Plan, advocates: Advocates): Shifts {
	const random = randomStream(plan.seed, 'shifts');
	const days = Math.floor(plan.end / DAY) + 1;
	const works = new Uint8Array(plan.advocates * days);
	for (let advocate = 0; advocate < plan.advocates; advocate++) {
		const overloaded = advocates.overloaded[advocate] === 1;
		const offWeekdays = advocate % 5 === 4 && !overloaded ? [0, 1] : [0, 6];
		let leave = 0;
		for (let day = 0; day < days; day++) {
			if (day % QUARTER === 0) leave = day + integer(random, 0, QUARTER - 7);
			const sick = random() < 0.02;
			const away = !overloaded && (sick || (day >= leave && day < leave + 7));
			works[advocate * days + day] = away || offWeekdays.includes(weekday(plan, day)) ? 0 : 1;
		}
	}
	const starts = Float64Array.from({ length: plan.advocates }, (_, i) => {
		const pattern = advocates.overloaded[i] === 1 ? 0 : i % SHIFT_STARTS.length;
		return (SHIFT_STARTS[pattern] ?? 0) * HOUR;
	});
	const lengths = Float64Array.from(advocates.overloaded, (overloaded) => (overloaded === 1 ? LONG_SHIFT : SHIFT));
	return { days, starts, lengths, works, plan };
}

export function atWork(shifts: Shifts, advocate: number, at: number): boolean {
	const day = Math.floor(at / DAY);
	const since = at - day * DAY - (shifts.starts[advocate] ?? 0);
	return since >= 0 && since < (shifts.lengths[advocate] ?? 0) && shifts.works[advocate * shifts.days + day] === 1;
}

/** `at`, or the next instant at which the shift of the advocate begins; Infinity past the end. */
export function nextAtWork(shifts: Shifts, advocate: number, at: number): number {
	if (atWork(shifts, advocate, at)) return at;
	const start = shifts.starts[advocate] ?? 0;
	let day = Math.floor(at / DAY);
	if (at - day * DAY >= start) day++;
	for (; day < shifts.days; day++) if (shifts.works[advocate * shifts.days + day] === 1) return day * DAY + start;
	return Infinity;
}

/** The instant at which the advocate has worked for so many seconds from `at` on. */
export function afterWork(shifts: Shifts, advocate: number, at: number, seconds: number): number {
	let from = nextAtWork(shifts, advocate, at);
	for (let left = seconds; from < Infinity; ) {
		const day = Math.floor(from / DAY);
		const shiftEnd = day * DAY + (shifts.starts[advocate] ?? 0) + (shifts.lengths[advocate] ?? 0);
		if (from + left < shiftEnd) return from + left;
		left -= shiftEnd - from;
		from = nextAtWork(shifts, advocate, shiftEnd);
	}
	return from;
}

/** `at` when the office is open then, else some instant of the next open day. */
export function officeTime(shifts: Shifts, random: Random, at: number): number {
	let day = Math.floor(at / DAY);
	const second = at - day * DAY;
	const open = (d: number) => weekday(shifts.plan, d) % 6 !== 0;
	if (open(day) && second >= OPENS && second < CLOSES) return at;
	if (!open(day) || second >= CLOSES) do day++; while (!open(day));
	return day * DAY + OPENS + random() * (CLOSES - OPENS);
}

/** The instant at which the office has been open for so many seconds from `at` on; a day has 13 such hours. */
export function afterOfficeHours(shifts: Shifts, at: number, seconds: number): number {
	let left = seconds;
	for (let day = Math.floor(at / DAY); ; day++) {
		if (weekday(shifts.plan, day) % 6 === 0) continue;
		const from = Math.max(at, day * DAY + OPENS);
		const today = day * DAY + CLOSES - from;
		if (left < today) return from + left;
		if (today > 0) left -= today;
	}
}
