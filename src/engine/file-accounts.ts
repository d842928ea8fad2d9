import { literal, quoted } from '../lib/sql-text.ts';
import type { Pack } from '../pack/types.ts';
import type { Recipe } from '../import/types.ts';
import type { FileAccount } from './api.ts';
import type { Duck } from './duckdb.ts';

/** A source as it was read: its rows, and lines that are no row. */
interface Read {
	id: string;
	rows: number;
	skipped: number;
}


/**
 * What became of every row of every file, each row counted once however many tables it gives rows to: loaded where one of its own rows is,
 * set aside where one is and none is loaded. A file that has no rows of its own, since it repeats what it says, counts by the finest of its tables.
 */
export function fileAccounts(duck: Duck, pack: Pack, recipe: Recipe, sources: readonly Read[]): FileAccount[] {
	const stagingOf = (table: string): string | undefined => Object.entries(pack.staging).find(([, { source }]) => source === table)?.[0];
	const origin = (table: string, id: string): string => `(select * from raw.${quoted(`${table}__origin`)} where source = ${literal(id)}) as origin`;
	const finest = (tables: readonly string[], id: string): string[] => tables.map((table) => ({ table, rows: Number(duck.rows(`select count(*) as n from ${origin(table, id)}`)[0]?.n ?? 0) })).sort((a, b) => b.rows - a.rows).slice(0, 1).map(({ table }) => table);
	return sources.map(({ id, rows, skipped }) => {
		const read = rows + skipped;
		const feeds = recipe.sources[id]?.left === true ? [] : Object.entries(recipe.tables).flatMap(([table, all]) => all.filter(({ source }) => source === id).map(({ once }) => ({ table, own: once.length === 0 })));
		const tables = [...new Set(feeds.map(({ table }) => table))];
		if (tables.length === 0) return { file: id, tables: [], read, loaded: 0, quarantined: 0, skipped, left: rows };
		const own = [...new Set(feeds.filter((feed) => feed.own).map(({ table }) => table))];
		const fates = (own.length > 0 ? own : finest(tables, id)).flatMap((table) => {
			const staging = stagingOf(table);
			return staging === undefined ? [] : [`select line, _row in (select source_row from staging.${quoted(staging)}) as loaded, _row in (select source_row from quarantine.${quoted(staging)}) as aside from ${origin(table, id)}`];
		});
		const each = fates.length === 1 ? (fates[0] ?? '') : `select line, bool_or(loaded) as loaded, bool_or(aside) as aside from (${fates.join(' union all ')}) group by line`;
		const counts = duck.rows(`select (count(*) filter (where loaded))::double as loaded, (count(*) filter (where aside and not loaded))::double as aside from (${each})`)[0] ?? {};
		const [loaded, quarantined] = [Number(counts.loaded), Number(counts.aside)];
		return { file: id, tables, read, loaded, quarantined, skipped: read - loaded - quarantined, left: 0 };
	});
}
