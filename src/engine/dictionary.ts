import type { Duck } from './duckdb.ts';

const sampled = 2000;
/** Above it a dictionary costs more than it saves, and the type's text grows long. */
const mostValues = 500;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Text columns that repeat few values in the first rows; whether all rows do is for the caller to find out. */
function repetitive(duck: Duck, table: string, among: readonly string[] | null): string[] {
	const texts = duck
		.rows(`select column_name from (describe ${table}) where column_type = 'VARCHAR'`)
		.map((row) => String(row.column_name))
		.filter((column) => among === null || among.includes(column));
	if (texts.length === 0) return [];
	const counts = texts.flatMap((column, i) => [`count(${quoted(column)}) as n${String(i)}`, `approx_count_distinct(${quoted(column)}) as d${String(i)}`]);
	const row = duck.rows(`select ${counts.join(', ')} from (select ${texts.map(quoted).join(', ')} from ${table} limit ${String(sampled)})`)[0] ?? {};
	return texts.filter((_, i) => Number(row[`d${String(i)}`]) * 4 <= Number(row[`n${String(i)}`]) && Number(row[`d${String(i)}`]) <= mostValues);
}

/**
 * Turns text columns of few values into ENUMs of those values in order of text, so that whatever is built from the table
 * copies a code instead of a string. The type is written out in the column, so no type has to be dropped or replaced.
 */
export function encodeColumns(duck: Duck, table: string, among: readonly string[] | null = null): void {
	for (const column of repetitive(duck, table, among)) {
		const rows = duck.rows(`select distinct ${quoted(column)} as value from ${table} where ${quoted(column)} is not null limit ${String(mostValues + 1)}`);
		const values = rows.map((row) => String(row.value)).sort((a, b) => (a < b ? -1 : 1));
		// DuckDB's parser ends at a NUL, and a type has no other way to write one.
		if (values.length === 0 || values.length > mostValues || values.some((value) => value.includes('\0'))) continue;
		duck.run(`alter table ${table} alter column ${quoted(column)} type enum(${values.map(literal).join(', ')})`);
	}
}
