import { countText } from '../format.ts';

/** What is said around a table of rows. */
export const grid = {
	none: 'No rows.',
	noValue: 'no value',
	search: 'Search these rows',
	found: (found: number, all: number) => `${countText(found)} of ${countText(all)} rows`,
	all: (count: number) => `${countText(count)} ${count === 1 ? 'row' : 'rows'}`,
	sortBy: (column: string) => `Sort by ${column}`,
} as const;
