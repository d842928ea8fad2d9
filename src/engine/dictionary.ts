import { literal, quoted } from '../lib/sql-text.ts';
import type { Duck } from './duckdb.ts';

const sampled = 2000;
/** Above it a dictionary costs more than it saves, and the type's text grows long. */
const mostValues = 500;


function textsOf(duck: Duck, table: string): string[] {
	return duck.rows(`select column_name from (describe ${table}) where column_type = 'VARCHAR'`).map((row) => String(row.column_name));
}

/** Those that repeat few values in the first rows; whether all rows do is for the caller to find out. */
function repetitive(duck: Duck, table: string, texts: readonly string[]): string[] {
	if (texts.length === 0) return [];
	const counts = texts.flatMap((column, i) => [`count(${quoted(column)}) as n${String(i)}`, `approx_count_distinct(${quoted(column)}) as d${String(i)}`]);
	const row = duck.rows(`select ${counts.join(', ')} from (select ${texts.map(quoted).join(', ')} from ${table} limit ${String(sampled)})`)[0] ?? {};
	return texts.filter((_, i) => Number(row[`d${String(i)}`]) * 4 <= Number(row[`n${String(i)}`]) && Number(row[`d${String(i)}`]) <= mostValues);
}

/** The values of each column, one more than may be at most. */
function valuesOf(duck: Duck, table: string, columns: readonly string[]): string[][] {
	if (columns.length === 0) return [];
	const lists = columns.map((column, i) => `(select list(value) from (select distinct ${quoted(column)} as value from ${table} where ${quoted(column)} is not null limit ${String(mostValues + 1)})) as v${String(i)}`);
	const row = duck.rows(`select ${lists.join(', ')}`)[0] ?? {};
	return columns.map((_, i) => Array.from((row[`v${String(i)}`] ?? []) as Iterable<unknown>, String));
}

/**
 * Turns text columns of few values into ENUMs of those values in order of text, so that whatever is built from the table
 * copies a code instead of a string. The type is written out in the column, so no type has to be dropped or replaced.
 * In a table of few rows that others are built from (`isList`), every text column is one: they repeat its values.
 */
export function encodeColumns(duck: Duck, table: string, may: (column: string) => boolean, isList = false): void {
	const texts = textsOf(duck, table).filter(may);
	const few = isList && Number(duck.rows(`select count(*) as n from ${table}`)[0]?.n) <= mostValues;
	const columns = few ? texts : repetitive(duck, table, texts);
	valuesOf(duck, table, columns).forEach((found, i) => {
		const values = found.sort((a, b) => (a < b ? -1 : 1));
		// DuckDB's parser ends at a NUL, and a type has no other way to write one.
		if (values.length === 0 || values.length > mostValues || values.some((value) => value.includes('\0'))) return;
		duck.run(`alter table ${table} alter column ${quoted(columns[i] ?? '')} type enum(${values.map(literal).join(', ')})`);
	});
}
