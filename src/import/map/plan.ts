import type { Pack } from '../../pack/types.ts';
import { columnsOf, matchColumns, wantedOf, type Described, type Found } from './columns.ts';
import { isNeeded, keyOf, referencesOf, weightOf } from './contract.ts';
import type { RowEvidence } from './evidence.ts';
import { canonical, singular, wordsOf } from './names.ts';
import { scoreColumn, SURE } from './score.ts';

/** A table whose rows are told apart by a column that another table of the same source carries. */
export interface Linked {
	table: string;
	/** The columns of other tables that name its rows: `interactions.case_id` for cases. */
	by: readonly { table: string; column: string }[];
}

/** What a source could feed: the table that its rows are, and tables that it repeats on them. */
export interface Plan {
	described: Described;
	table: string;
	/** 0–1: how much of the table was found, what every row must have counting double. */
	score: number;
	found: readonly Found[];
	linked: readonly Linked[];
}

/** From this share of distinct texts on, a column tells rows apart, and what stands twice is a fault of the file. */
export const APART = 0.9;

/** Below this share, rows are rather those of something that the column only points to. */
const OFTEN = 0.5;

export function apartShare(described: Described, column: string | undefined): number | null {
	const profile = described.profiles.find((one) => one.column === column);
	return profile && profile.filled > 0 ? profile.distinct / profile.filled : null;
}

export const matchOf = (found: readonly Found[], table: string, column: string): Found | undefined =>
	found.find(({ wanted }) => wanted.table === table && wanted.column === column);

export const missingNeeded = (found: readonly Found[], table: string): string[] =>
	found.filter(({ wanted, match }) => wanted.table === table && isNeeded(wanted.contract) && !match).map(({ wanted }) => wanted.column);

function scoreOf(pack: Pack, table: string, described: Described, found: readonly Found[]): number {
	const own = found.filter(({ wanted }) => wanted.table === table);
	const all = own.reduce((sum, { wanted }) => sum + weightOf(wanted.contract), 0);
	const got = own.reduce((sum, { wanted, match }) => sum + weightOf(wanted.contract) * (match?.score ?? 0), 0);
	const key = keyOf(pack, table)[0];
	const share = key === undefined ? null : apartShare(described, matchOf(found, table, key)?.match?.from[0]);
	const grain = share === null ? 0.9 : share >= APART ? 1 : share >= OFTEN ? 0.85 : 0.5;
	const words = new Set(wordsOf(`${described.source.part ?? ''} ${described.source.file.replace(/\.\w+$/, '')}`).map(singular));
	const called = wordsOf(table).every((word) => words.has(singular(word))) ? 0.05 : 0;
	return all === 0 ? 0 : Math.min(1, (got / all) * grain + called);
}

/** The tables that a table refers to, and those that these refer to. */
function linkedTo(pack: Pack, table: string): Linked[] {
	const found = new Map<string, { table: string; column: string }[]>();
	const open = [table];
	for (let next = open.shift(); next !== undefined; next = open.shift()) {
		for (const { column, to } of referencesOf(pack, next)) {
			if (to === table) continue;
			if (!found.has(to)) open.push(to);
			found.set(to, [...(found.get(to) ?? []), { table: next, column }]);
		}
	}
	return [...found].map(([to, by]) => ({ table: to, by }));
}

/** The column of a source that fits best by itself, before all columns are assigned; null where none does surely. */
function likely(pack: Pack, table: string, column: string, described: Described): string | null {
	const wanted = wantedOf(pack, table, null).find((one) => one.column === column);
	if (!wanted) return null;
	const [best] = columnsOf(described).map((each) => ({ name: each.name, ...scoreColumn(wanted, each) })).sort((a, b) => b.score - a.score);
	return best && best.score >= SURE ? best.name : null;
}

/** What a source holds if its rows are those of one table of a pack, looked at alone. */
export function planFor(pack: Pack, table: string, described: Described): Plan {
	const found = matchColumns(wantedOf(pack, table, null), described, () => true);
	return { described, table, score: scoreOf(pack, table, described, found), found, linked: [] };
}

/**
 * Whether a column may be one of a linked table: where the source has all that rows of that table need, it plainly carries them; else
 * only what stands with one text for nearly every text of the key.
 */
function claims(pack: Pack, { table, by }: Linked, described: Described, rows: RowEvidence | undefined): (column: string) => boolean {
	const key = by.map((link) => likely(pack, link.table, link.column, described)).find((column) => column !== null);
	if (key === undefined || key === null) return () => false;
	const needed = Object.entries(pack.raw[table]?.columns ?? {}).filter(([name, one]) => isNeeded(one) && !keyOf(pack, table).includes(name));
	if (needed.length > 0 && needed.every(([name]) => likely(pack, table, name, described) !== null)) return (column) => column !== key;
	return (column) => column !== key && rows !== undefined && rows.constant(described.source.id, key, column, []) >= APART;
}

/** As `planFor`, with the columns of the tables that the source repeats; all of them are assigned together. */
export function planWithLinked(pack: Pack, plan: Plan, rows: RowEvidence | undefined): Plan {
	const { described, table } = plan;
	const linked = linkedTo(pack, table);
	const may = new Map(linked.map((one) => [one.table, claims(pack, one, described, rows)]));
	const own = wantedOf(pack, table, null);
	const names = new Set(own.map(({ column }) => canonical(column)));
	const others = linked.flatMap((one) => wantedOf(pack, one.table, names).filter(({ column }) => !keyOf(pack, one.table).includes(column)));
	const found = matchColumns([...own, ...others], described, (wanted, column) => wanted.table === table || (may.get(wanted.table)?.(column) ?? false));
	return { ...plan, found, linked, score: scoreOf(pack, table, described, found) };
}
