/** Instants are ISO text without a zone, read as UTC; days are YYYY-MM-DD. Nothing here knows the wall clock. */

export const dayMs = 86_400_000;

export function toMs(iso: string): number {
	const time = Date.parse(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso.slice(0, 23)}Z`);
	if (Number.isNaN(time)) throw new RangeError(`not an instant: ${iso}`);
	return time;
}

export function toIso(ms: number): string {
	return new Date(ms).toISOString().slice(0, 19);
}

export function toDay(ms: number): string {
	return new Date(ms).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
	return toDay(toMs(day) + days * dayMs);
}

export function daysBetween(from: string, to: string): number {
	return Math.round((toMs(to) - toMs(from)) / dayMs);
}

/** Moves an instant by whole days and keeps its microseconds. */
export function shiftInstant(iso: string, days: number): string {
	return `${addDays(iso.slice(0, 10), days)}${iso.slice(10)}`;
}

/** Days from 1900 to 2199: what lies outside is a slip of the pen, and arithmetic on it leaves DuckDB's range. */
export function isDay(text: string): boolean {
	return /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && toDay(toMs(text)) === text;
}

export function isInstant(text: string): boolean {
	return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$/.test(text) && isDay(text.slice(0, 10));
}

/** The first instant (ms) after the bucket that begins at `t`. */
export function bucketEnd(grain: 'day' | 'week' | 'month' | 'quarter', t: number): number {
	if (grain === 'day') return t + dayMs;
	if (grain === 'week') return t + 7 * dayMs;
	const date = new Date(t);
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + (grain === 'month' ? 1 : 3), 1);
}

/** The day so many months later; the last day of the month where it has no such day. */
export function addMonths(day: string, months: number): string {
	const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
	const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
	return toDay(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}
