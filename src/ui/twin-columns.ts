import type { CsvCell } from '../lib/csv.ts';
import type { MeasureRow } from '../metrics/request.ts';
import type { Format, Measure } from '../pack/types.ts';

/** What a column holds. Shares are 0–1; days and instants are ISO text; `measured` is in the unit that the row names. */
export type Kind = 'text' | 'count' | 'number' | 'share' | 'measured' | 'day' | 'instant' | 'flag';

/** The same numbers as the picture, as a table: for screen readers, for looking up, for taking along. */
export interface Twin {
	columns: string[];
	/** By column. */
	kinds: Readonly<Record<string, Kind>>;
	rows: Record<string, CsvCell>[];
}

/** Columns by name, in order: what each holds and how it is read from a row. */
export type Columns<T> = Readonly<Record<string, readonly [Kind, (row: T) => CsvCell]>>;

export function table<T>(rows: readonly T[], columns: Columns<T>): Twin {
	const all = Object.entries(columns);
	return {
		columns: all.map(([name]) => name),
		kinds: Object.fromEntries(all.map(([name, [kind]]) => [name, kind])),
		rows: rows.map((row) => Object.fromEntries(all.map(([name, [, read]]) => [name, read(row)]))),
	};
}

/** The rows as a list on screen has them when the reader sorts it; what is missing comes last. */
export function inOrder(twin: Twin, sort: { column: string; down: boolean } | null): Twin {
	if (!sort || !twin.columns.includes(sort.column)) return twin;
	const side = sort.down ? -1 : 1;
	const rows = [...twin.rows].sort((a, b) => {
		const [x, y] = [a[sort.column] ?? null, b[sort.column] ?? null];
		if (x === null || y === null) return Number(x === null) - Number(y === null);
		return side * (typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true }));
	});
	return { ...twin, rows };
}

export const kindOf = (format: Format): Kind => (format === 'percent' ? 'share' : format === 'integer' ? 'count' : 'number');

/** The unit of the exported number, which for shares is not the one on screen. */
export const shareUnit = 'share (0 to 1)';
export const unitOf = (measure: Measure): string => (measure.format === 'percent' ? shareUnit : measure.unit);

type Numbers = Pick<MeasureRow, 'value' | 'n' | 'lo' | 'hi'>;

/** Value, n and 95 % interval, the first and the last two of one kind. */
export const numbers = (kind: Kind): Columns<Numbers> => ({
	value: [kind, (row) => row.value],
	n: ['count', (row) => row.n],
	lo: [kind, (row) => row.lo],
	hi: [kind, (row) => row.hi],
});

export const measured = (measure: Measure): Columns<Numbers> => ({
	measure: ['text', () => measure.label],
	unit: ['text', () => unitOf(measure)],
	...numbers(kindOf(measure.format)),
});

/** A label as a column's name: "Team, like for like" → `team_like_for_like`. */
export const snakeCase = (label: string): string => label.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_|_$/g, '');
