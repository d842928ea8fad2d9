import { namesCount, namesScore } from './names.ts';

/** A value of a column, with how many cells have it. */
export interface Level {
	value: number;
	cells: number;
}

const nines = (value: number): boolean => /^9+(\.9+)?$/.test(String(value));
const negatives = new Set([-1, -9, -99, -999, -9999, -99999, -9.99, -99.9]);

export const mayMeanNothing = (value: number): boolean => value === 0 || negatives.has(value) || nines(value);

const isScale = (levels: readonly Level[]): boolean => levels.length >= 2 && levels[0]?.value === 1 && (levels.at(-1)?.value ?? 0) <= 10 && levels.every(({ value }) => Number.isInteger(value));
/** Counts of things fall off from 1 on; answers on a scale seldom do. */
const fallsOff = (levels: readonly Level[]): boolean =>
	levels.every(({ cells }, i) => i === 0 || cells <= (levels[i - 1]?.cells ?? 0)) && (levels.at(-1)?.cells ?? 0) < (levels[0]?.cells ?? 0);

/** Whether 0 beside a scale from 1 may be no answer. What the name speaks of stands above how the numbers are spread. */
function zeroMayBeNothing(zero: Level, scale: readonly Level[], name: string): boolean {
	if (namesCount(name)) return false;
	const commonest = zero.cells > Math.max(...scale.map(({ cells }) => cells));
	if (namesScore(name)) return commonest || (scale.at(-1)?.value ?? 0) <= 7;
	return commonest && !fallsOff(scale);
}

/**
 * Numbers that stand apart from the other numbers of their column, so that they may mean nothing was entered. `levels` ascending; of
 * a column with very many values the ends suffice. Asked, by rule:
 * - a negative of the list, where no other number is below 0;
 * - 0, where the others are a scale from 1 to at most 10 that does not fall off as counts do and each are rarer than 0 (in a column of
 *   scores by name: any scale to 7, or 0 the commonest; in a column of counts by name: never); or where all others lie within one
 *   power of ten, from 5 up;
 * - 9, 99, 999 …, the largest number: five times the next, or commoner than the next and a tenth of the range away from it.
 */
export function sentinelsAmong(levels: readonly Level[], name: string): Level[] {
	const others = levels.filter(({ value }) => !(negatives.has(value) || value === 0 || nines(value)));
	const ends = others.length > 0 ? others : levels.filter(({ value }) => !mayMeanNothing(value));
	const [first, last] = [ends[0], ends.at(-1)];
	if (!first || !last) return [];
	return levels.filter((level) => {
		const { value, cells } = level;
		if (negatives.has(value)) return first.value >= 0;
		if (value === 0) {
			if (first.value <= 0) return false;
			const scale = levels.filter((one) => one.value > 0 && one.value <= last.value);
			if (last.value <= 10 && isScale(scale)) return zeroMayBeNothing(level, scale, name);
			return first.value >= 5 && first.value * 10 >= last.value;
		}
		if (!nines(value) || value <= last.value) return false;
		const below = levels.filter((one) => one.value < value && one.value > 0).at(-1) ?? last;
		const next = nines(below.value) && below.value > last.value ? last : below;
		const gap = value - next.value;
		if (value >= 5 * Math.abs(next.value) && value > 9) return true;
		return cells >= (value === 9 ? 5 : 2) && cells > next.cells && gap > Math.max(1, 0.1 * (next.value - first.value));
	});
}

/** Days that systems write for no date. */
export const sentinelDays = ['0001-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1900-01-02', '1901-01-01', '1970-01-01', '2099-12-31', '2100-01-01', '2199-12-31', '2999-12-31', '9999-01-01', '9999-12-31'] as const;
