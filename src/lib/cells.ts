import { toIso } from './dates.ts';
import { instantText, dayText } from './format.ts';
import type { CsvCell } from './csv.ts';

/** What the cells of a column are; instants and days are ms since the epoch, UTC. */
export type CellKind = 'number' | 'instant' | 'day' | 'text';

export interface Column {
	name: string;
	kind: CellKind;
}

export type Cells = Readonly<Record<string, unknown>>;

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;
const laterThan1973 = 1e11;

/** The columns of rows whose types are not known any more: by their first value, and for instants by their name. */
export function columnsIn(rows: readonly Cells[]): Column[] {
	return Object.keys(rows[0] ?? {}).map((name) => {
		const value = rows.find((row) => !isNothing(row[name]))?.[name];
		if (typeof value !== 'number' && typeof value !== 'bigint') return { name, kind: 'text' };
		return { name, kind: /(_at|_from|_to|_date)$/.test(name) && Number(value) > laterThan1973 ? 'instant' : 'number' };
	});
}

const plain = (_: string, inner: unknown): unknown => (typeof inner === 'bigint' ? Number(inner) : ArrayBuffer.isView(inner) ? Array.from(inner as unknown as ArrayLike<unknown>) : inner);

/** A cell as it is read; null where there is no value. */
export function cellText(value: unknown, kind: CellKind): string | null {
	if (isNothing(value)) return null;
	if (kind === 'instant' && typeof value === 'number') return instantText(value);
	if (kind === 'day' && typeof value === 'number') return dayText(value);
	return typeof value === 'object' ? JSON.stringify(value, plain) : String(value);
}

/** A cell as it is written to a file: instants and days as ISO text. */
export function plainCell(value: unknown, kind: CellKind): CsvCell {
	if (isNothing(value)) return null;
	if (kind === 'instant' && typeof value === 'number') return value % 1000 === 0 ? toIso(value) : new Date(value).toISOString().slice(0, 23);
	if (kind === 'day' && typeof value === 'number') return toIso(value).slice(0, 10);
	if (typeof value === 'object') return JSON.stringify(value, plain);
	return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint' ? value : String(value);
}
