import { readFileSync } from 'node:fs';
import { bootInNode } from '../../src/engine/duckdb-node.ts';
import type { Duck } from '../../src/engine/duckdb.ts';
import type { Described } from '../../src/import/map/columns.ts';
import type { ColumnProfile, Source } from '../../src/import/types.ts';
import { sharedData } from './engine.ts';

export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const sqlText = (text: string): string => text.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`).join(' || chr(0) || ');

/** A source as readers land it: its table in schema import, and what is measured of it. */
export type Landed = Described & { landed: string };

/** A DuckDB with the schemas in which sources land and raw tables are made. */
export async function importDuck(): Promise<Duck> {
	const duck = await bootInNode();
	for (const schema of ['import', 'raw', 'staging', 'intermediate', 'marts', 'quarantine']) duck.run(`create schema if not exists ${schema}`);
	return duck;
}

function profile(duck: Duck, landed: string, column: string): ColumnProfile {
	const name = sqlName(column);
	const [total] = duck.rows(`select count(*)::integer as rows, count(nullif(trim(${name}), ''))::integer as filled, count(distinct nullif(trim(${name}), ''))::integer as different, coalesce(max(length(trim(${name}))), 0)::integer as longest from ${landed}`);
	const values = duck.rows(`select trim(${name}) as text, count(*)::integer as n, min(_line) as line from ${landed} where nullif(trim(${name}), '') is not null group by 1 order by n desc, line limit 200`);
	return {
		column,
		rows: Number(total?.rows),
		filled: Number(total?.filled),
		distinct: Number(total?.different),
		values: values.map((row) => ({ text: String(row.text), count: Number(row.n), line: Number(row.line) })),
		shapes: [],
		longest: Number(total?.longest),
	};
}

function describe(duck: Duck, id: string, part: string | null, landed: string, columns: readonly string[]): Landed {
	const profiles = columns.map((column) => profile(duck, landed, column));
	const source: Source = { id, file: id.split('#')[0] ?? id, part, format: 'delimited', columns, header: columns, rows: profiles[0]?.rows ?? 0, skipped: 0, skippedLines: [], notes: [], dialect: null };
	return { source, profiles, landed };
}

export function land(duck: Duck, id: string, columns: readonly string[], rows: readonly (readonly (string | null)[])[], part: string | null = null): Landed {
	const landed = `import.${sqlName(id)}`;
	duck.run(`create or replace table ${landed} (${columns.map((column) => `${sqlName(column)} varchar, `).join('')}_line integer)`);
	const values = rows.map((row, i) => `(${row.map((cell) => (cell === null ? 'null' : sqlText(cell))).join(', ')}${row.length > 0 ? ', ' : ''}${String(i + 2)})`);
	for (let start = 0; start < values.length; start += 1000) duck.run(`insert into ${landed} values ${values.slice(start, start + 1000).join(', ')}`);
	return describe(duck, id, part, landed, columns);
}

/** Records by RFC 4180 with any delimiter and line end. */
function recordsOf(text: string, delimiter: string): string[][] {
	const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, 'gy');
	const records: string[][] = [[]];
	for (let match = cell.exec(text); match && (match[0] !== '' || match.index < text.length); match = cell.exec(text)) {
		records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
		if (match[3] !== delimiter) records.push([]);
	}
	return records.filter((record) => record.length > 0);
}

/** A CSV file of the shared folder, every cell as text. */
export function landCsv(duck: Duck, folder: string, file: string, delimiter = ','): Landed {
	const landed = `import.${sqlName(file)}`;
	const [names = [], ...records] = recordsOf(readFileSync(new URL(`${folder}/${file}`, sharedData), 'utf8'), delimiter);
	const header = names.map((name, i) => (name === '' ? `column${String(i)}` : name));
	land(duck, file, header, records.map((record) => header.map((_, i) => record[i] || null)));
	const columns = duck.rows(`select column_name as name from duckdb_columns() where schema_name = 'import' and table_name = ${sqlText(file)} order by column_index`).map((row) => String(row.name));
	return describe(duck, file, null, landed, columns.filter((name) => name !== '_line'));
}
