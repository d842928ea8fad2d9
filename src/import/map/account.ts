import type { Db } from '../types.ts';
import { named, said } from './sql.ts';
import { columnSql, type LandedFeed } from './table-sql.ts';

/** What became of the rows of one feed: read = rows + repeated + nameless. */
export interface FeedAccount {
	source: string;
	read: number;
	/** Rows of the raw table. */
	rows: number;
	/** They say what an earlier row of the table says, where each text of the key is one row. */
	repeated: number;
	/** They have no value in the key, where each text of the key is one row. */
	nameless: number;
}

/** After the statements of `tableSql` have run. */
export function feedAccounts(db: Db, table: string, feeds: readonly LandedFeed[]): FeedAccount[] {
	const count = (sql: string): number => Number(db.rows(sql)[0]?.n ?? 0);
	return feeds.map((feed, at) => {
		const read = count(`select count(*)::double as n from ${feed.from}`);
		const rows = count(`select count(*)::double as n from raw.${named(`${table}__origin`)} where feed = ${String(at)}`);
		const keys = feed.recipe.once.map((column) => `${said(columnSql(feed.recipe.columns[column], feed.cell))} is null`);
		const nameless = keys.length === 0 ? 0 : count(`select count(*)::double as n from ${feed.from} where ${keys.join(' and ')}`);
		return { source: feed.source, read, rows, repeated: read - rows - nameless, nameless };
	});
}
