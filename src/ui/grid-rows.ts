import { cellText, plainCell, type Cells, type CellKind, type Column } from '../lib/cells.ts';
import { toCsv } from '../lib/csv.ts';

export interface GridSort {
	column: string;
	down: boolean;
}

function compare(a: unknown, b: unknown, kind: CellKind): number {
	const [x, y] = [cellText(a, kind), cellText(b, kind)];
	if (kind !== 'text') return Number(a) - Number(b);
	return (x ?? '').localeCompare(y ?? '', 'en', { numeric: true });
}

/** The rows in which some cell reads like the words, in the order chosen; cells without a value come last in either direction. */
export function arranged<R extends Cells>(rows: readonly R[], columns: readonly Column[], sort: GridSort | null, words: string): readonly R[] {
	const needle = words.trim().toLowerCase();
	const found = needle === '' ? rows : rows.filter((row) => columns.some(({ name, kind }) => cellText(row[name], kind)?.toLowerCase().includes(needle)));
	const by = columns.find(({ name }) => name === sort?.column);
	if (!sort || !by) return found;
	const side = sort.down ? -1 : 1;
	const none = (row: R): number => (cellText(row[by.name], by.kind) === null ? 1 : 0);
	return [...found].sort((a, b) => none(a) - none(b) || side * compare(a[by.name], b[by.name], by.kind));
}

/** Up, down, then as the rows came. */
export function nextSort(sort: GridSort | null, column: string): GridSort | null {
	if (sort?.column !== column) return { column, down: false };
	return sort.down ? null : { column, down: true };
}

const sample = 60;

/** Characters that a column needs, so that it keeps its width while rows go by. */
export function widthsOf(rows: readonly Cells[], columns: readonly Column[]): number[] {
	return columns.map(({ name, kind }) => {
		const longest = rows.slice(0, sample).reduce((most, row) => Math.max(most, cellText(row[name], kind)?.length ?? 1), name.length + 2);
		return Math.min(40, Math.max(5, longest));
	});
}

export function csvOf(rows: readonly Cells[], columns: readonly Column[]): string {
	return toCsv(
		columns.map(({ name }) => name),
		rows.map((row) => Object.fromEntries(columns.map(({ name, kind }) => [name, plainCell(row[name], kind)]))),
	);
}
