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

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const said = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/**
 * What became of every row of every file, each row counted once however many tables it gives rows to: loaded where any of its own rows
 * is, set aside where one is and none is loaded. A file that only lends columns to rows that it repeats counts by those.
 */
export function fileAccounts(duck: Duck, pack: Pack, recipe: Recipe, sources: readonly Read[]): FileAccount[] {
	const stagingOf = (table: string): string | undefined => Object.entries(pack.staging).find(([, { source }]) => source === table)?.[0];
	return sources.map(({ id, rows, skipped }) => {
		const read = rows + skipped;
		const feeds = recipe.sources[id]?.left === true ? [] : Object.entries(recipe.tables).flatMap(([table, all]) => all.filter(({ source }) => source === id).map(({ once }) => ({ table, own: once.length === 0 })));
		const tables = [...new Set(feeds.filter(({ own }) => own || !feeds.some((each) => each.own)).map(({ table }) => table))].flatMap((table) => stagingOf(table) ?? []);
		const fed = [...new Set(feeds.map(({ table }) => table))];
		if (tables.length === 0) return { file: id, tables: [], read, loaded: 0, quarantined: 0, skipped, left: rows };
		const fates = tables.map((staging) => {
			const raw = `raw.${quoted(`${pack.staging[staging]?.source ?? ''}__origin`)}`;
			return `select origin.line, origin.copies, origin._row in (select source_row from staging.${quoted(staging)}) as loaded, origin._row in (select source_row from quarantine.${quoted(staging)}) as aside from ${raw} as origin where origin.source = ${said(id)}`;
		});
		const each = fates.length === 1 ? (fates[0] ?? '') : `select line, max(copies) as copies, bool_or(loaded) as loaded, bool_or(aside) as aside from (${fates.join(' union all ')}) group by line`;
		const counts = duck.rows(`select coalesce(sum(copies) filter (where loaded), 0)::double as loaded, coalesce(sum(copies) filter (where aside and not loaded), 0)::double as aside from (${each})`)[0] ?? {};
		const [loaded, quarantined] = [Number(counts.loaded), Number(counts.aside)];
		return { file: id, tables: fed, read, loaded, quarantined, skipped: read - loaded - quarantined, left: 0 };
	});
}
