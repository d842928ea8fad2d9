import { literal, quoted } from '../lib/sql-text.ts';
import type { Pack } from '../pack/types.ts';
import { mainTable } from './map/contract.ts';
import { labelOf, slug } from './quick/names.ts';
import type { Db } from './types.ts';

/** A column of imported files that the pack does not ask for, as a further dimension of its main mart. */
export interface Extra {
	/** Of the dimension and of the mart's column. */
	id: string;
	label: string;
	/** As it is called in `raw."<main table>__extra"`. */
	column: string;
}


/** More values than these are no groups, and more columns than these no filters. */
const [mostValues, mostColumns] = [50, 12];

/** Those extra columns of the main raw table that group its rows: several values, few of them, and rows that share one. */
export function extrasOf(db: Db, pack: Pack): Extra[] {
	const table = mainTable(pack);
	if (table === null) return [];
	const name = `${table}__extra`;
	const columns = db.rows(`select column_name as name from duckdb_columns() where database_name = current_database() and schema_name = 'raw' and table_name = ${literal(name)} and column_name <> '_row' order by column_index`).map((row) => String(row.name));
	if (columns.length === 0) return [];
	const counts = db.rows(`select count(*)::double as n, ${columns.map((column, i) => `count(distinct ${quoted(column)})::double as d${String(i)}`).join(', ')} from raw.${quoted(name)}`)[0] ?? {};
	const used = new Set([...Object.keys(pack.dimensions), ...Object.values(pack.dimensions).map(({ label }) => label)]);
	return columns
		.filter((_, i) => Number(counts[`d${String(i)}`]) > 1 && Number(counts[`d${String(i)}`]) <= Math.min(mostValues, Number(counts.n) / 2))
		.slice(0, mostColumns)
		.map((column) => {
			const extra = { id: `extra_${slug(column, used, 'column')}`, label: labelOf(column, used), column };
			used.add(extra.label);
			used.add(extra.id.replace(/^extra_/, ''));
			return extra;
		});
}

/** The pack with these columns as dimensions that filter and group. */
export function withExtras(pack: Pack, extras: readonly Extra[]): Pack {
	const mart = pack.marts[pack.main.mart];
	if (!mart || extras.length === 0) return pack;
	return {
		...pack,
		dimensions: { ...pack.dimensions, ...Object.fromEntries(extras.map(({ id, label }) => [id, { label, column: id, slicer: true }])) },
		marts: { ...pack.marts, [pack.main.mart]: { ...mart, dimensions: [...(mart.dimensions ?? []), ...extras.map(({ id }) => id)] } },
	};
}

/** The main mart's query with these columns beside what it has, joined by the row of the file that a staged row came from. */
export function extendedSql(pack: Pack, extras: readonly Extra[], sql: string): string {
	const table = mainTable(pack);
	const [staging] = Object.entries(pack.staging).find(([, { source }]) => source === table) ?? [];
	if (table === null || staging === undefined || extras.length === 0) return sql;
	const key = quoted(pack.main.key);
	return `select rows.*, ${extras.map(({ id, column }) => `extra.${quoted(column)} as ${quoted(id)}`).join(', ')}
from (
${sql}
) as rows
left join (select staged.${key} as extra_key, files.* from staging.${quoted(staging)} as staged join raw.${quoted(`${table}__extra`)} as files on files._row = staged.source_row) as extra on rows.${key} = extra.extra_key`;
}
