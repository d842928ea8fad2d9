import { mapping } from '../../lib/texts/mapping.ts';
import type { Pack } from '../../pack/types.ts';
import type { Db } from '../types.ts';
import { wantedOf, type Described } from './columns.ts';
import { endColumn, mainTable } from './contract.ts';
import { wordsOf } from './names.ts';
import { scoreColumn, SURE } from './score.ts';
import { named, said } from './sql.ts';
import { summaryOf } from './summary.ts';

/** What a summary file claims beside what the mapped rows give; rows that will be set aside still count. */
export interface Comparison {
	source: string;
	/** The column of the summary with the groups, the one with the counts, and the column of the main raw table that they are about. */
	key: string;
	count: string;
	column: string;
	meaning: 'open' | 'ended' | 'all';
	claim: number;
	here: number;
	/** Groups in which they differ, greatest difference first. */
	differences: readonly { key: string; claim: number; here: number }[];
	says: string;
}

const meanings: readonly [Comparison['meaning'], RegExp][] = [
	['open', /^(open|active|pending|backlog|unresolved|unclosed)$/],
	['ended', /^(closed|resolved|done|completed|finished|ended)$/],
];

function meaningOf(count: string): Comparison['meaning'] {
	const words = wordsOf(count);
	return meanings.find(([, form]) => words.some((word) => form.test(word)))?.[0] ?? 'all';
}

function aboutColumn(pack: Pack, table: string, key: string): string | null {
	const [best] = wantedOf(pack, table, null)
		.map((wanted) => ({ column: wanted.column, ...scoreColumn(wanted, { name: key, profile: undefined, reading: undefined }) }))
		.sort((a, b) => b.score - a.score);
	return best && best.score >= SURE ? best.column : null;
}

/**
 * Sources that are summaries of the pack's main raw table, each compared with its rows as they stand in `raw`. `landed` is the SQL name
 * of the table that a source landed in.
 */
export function comparable(db: Db, pack: Pack, sources: readonly (Described & { landed: string })[]): Comparison[] {
	const main = mainTable(pack);
	const end = endColumn(pack);
	if (main === null) return [];
	return sources.flatMap((described) => {
		const summary = summaryOf(described);
		const column = summary && aboutColumn(pack, main, summary.key);
		if (!summary || column === null) return [];
		return summary.counts.flatMap((count): Comparison[] => {
			const meaning = meaningOf(count);
			if (meaning !== 'all' && end === null) return [];
			const which = meaning === 'all' ? 'true' : `${said(named(end ?? ''))} is ${meaning === 'open' ? '' : 'not '}null`;
			const rows = db
				.rows(
					`select coalesce(claims.k, found.k) as k, coalesce(claims.n, 0)::double as claim, coalesce(found.n, 0)::double as here
					from (select ${said(named(summary.key))} as k, sum(try_cast(${named(count)} as double)) as n from ${described.landed} group by 1) as claims
					full join (select ${said(named(column))} as k, count(*) as n from raw.${named(main)} where ${which} and ${said(named(column))} is not null group by 1) as found on claims.k = found.k
					order by abs(coalesce(claims.n, 0) - coalesce(found.n, 0)) desc, 1`,
				)
				.map((row) => ({ key: String(row.k), claim: Number(row.claim), here: Number(row.here) }));
			const claim = rows.reduce((sum, row) => sum + row.claim, 0);
			const here = rows.reduce((sum, row) => sum + row.here, 0);
			const differences = rows.filter((row) => row.claim !== row.here);
			const file = described.source.id;
			const sentence = differences.length === 0 ? mapping.agrees(file, count, String(claim)) : mapping.claims(file, count, String(claim), String(here), differences.length);
			return [{ source: file, key: summary.key, count, column, meaning, claim, here, differences, says: sentence }];
		});
	});
}
