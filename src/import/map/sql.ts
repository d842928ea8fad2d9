/** Names and texts from files, as they may stand in SQL. */

export const named = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** DuckDB's parser ends a statement at a null character. */
export const quoted = (text: string): string => text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`).join(' || chr(0) || ');

/** What a cell says, or null where it says nothing. */
export const said = (cell: string): string => `nullif(trim(${cell}), '')`;
