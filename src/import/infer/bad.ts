import type { ColumnReading, Conversion, Db, Deciding } from '../types.ts';
import { isMissing, readSql, readableSql } from './convert.ts';
import type { Distinct } from './distinct.ts';
import { quoted, trimmed } from './text.ts';

const kept = 100;

interface Bad {
	bad: number;
	badCells: Deciding[];
}

const cellsOf = (db: Db, sql: string): Deciding[] => db.rows(sql).map((row) => ({ line: Number(row.line), text: String(row.text) }));

/** Cells that none of the conversions reads. */
export function badIn({ db }: Distinct, parsed: string, source: string, column: string, readers: readonly Conversion[], missing: readonly string[]): Bad {
	if (readers.some(({ kind }) => kind === 'text')) return { bad: 0, badCells: [] };
	const filled = (text: string): string => `not (${isMissing({ kind: 'text', missing }, text)})`;
	const [row] = db.rows(`select coalesce(sum(n), 0)::double as bad from ${parsed} where r is null and ${filled('text')}`);
	const bad = Number(row?.bad);
	const text = `(${trimmed(quoted(column))})`;
	return { bad, badCells: bad === 0 ? [] : cellsOf(db, `select _line as line, ${text} as text from ${source} where ${filled(text)} and ${readers.map((reader) => `(${readSql(reader, text)}) is null`).join(' and ')} order by _line limit ${String(kept)}`) };
}

/** Cells that a conversion cannot read, counted over the source itself; at most 100 with their lines. `table` as SQL wants it. */
export function badCells(db: Db, table: string, column: string, conversion: Conversion): Bad {
	const name = quoted(column);
	const unread = `${readableSql(conversion, name)} = false`;
	const [row] = db.rows(`select count(*)::double as bad from ${table} where ${unread}`);
	const bad = Number(row?.bad);
	return { bad, badCells: bad === 0 ? [] : cellsOf(db, `select _line as line, ${trimmed(name)} as text from ${table} where ${unread} order by _line limit ${String(kept)}`) };
}

/** The reading with its bad cells counted anew for the conversion now in force. */
export const recounted = (db: Db, table: string, reading: ColumnReading): ColumnReading => ({ ...reading, ...badCells(db, table, reading.column, reading.conversion) });
