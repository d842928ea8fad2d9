import type { ColumnProfile, Db } from '../types.ts';
import { withDistinct, type Distinct } from './distinct.ts';
import { shapesOf } from './shapes.ts';

export function profileFrom(distinct: Distinct, column: string, rows: number): ColumnProfile {
	const { filled, different, longest, values } = distinct;
	return { column, rows, filled, distinct: different, values, shapes: shapesOf(distinct), longest };
}

export const rowsOf = (db: Db, table: string): number => Number(db.rows(`select count(*)::double as n from ${table}`)[0]?.n);

/**
 * Every row counts; nothing is a sample. `table` is written as SQL wants it (import."cases.csv"). In columns of more than 20,000 different
 * texts, texts that are no number or date and of no frequent form share the shape `…`.
 */
export function profileOf(db: Db, table: string, columns: readonly string[]): ColumnProfile[] {
	const rows = rowsOf(db, table);
	return columns.map((column) => withDistinct(db, table, column, (distinct) => profileFrom(distinct, column, rows)));
}
