/** Names and texts as they stand in SQL. */

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB's parser ends at a NUL. */
export function literal(text: string): string {
	const whole = `'${text.replaceAll("'", "''")}'`;
	return text.includes('\0') ? `(${whole.replaceAll('\0', "' || chr(0) || '")})` : whole;
}
