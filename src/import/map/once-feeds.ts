import { mapping } from '../../lib/texts/mapping.ts';
import type { Pack } from '../../pack/types.ts';
import type { Candidate, Found } from './columns.ts';
import { isNeeded, keyOf } from './contract.ts';
import type { RowEvidence } from './evidence.ts';
import { matchOf, missingNeeded, type Plan } from './plan.ts';

/** A table fed by a source, with the columns found for it. */
export interface Feed {
	plan: Plan;
	table: string;
	found: readonly Found[];
	once: readonly string[];
	because: string;
}

/** Columns found for a table that the source repeats: those that stand with one text for each text of its key. */
function repeated(pack: Pack, plan: Plan, table: string, key: Candidate, rows: RowEvidence | undefined): Found[] {
	const keyColumn = keyOf(pack, table)[0] ?? '';
	const contract = pack.raw[table]?.columns[keyColumn];
	const own = plan.found.filter(({ wanted }) => wanted.table === table);
	const needed = own.flatMap(({ wanted, match }) => (isNeeded(wanted.contract) && match ? match.from : []));
	const source = plan.described.source.id;
	const kept = own.map((one): Found => {
		const steady = rows && one.match ? one.match.from.every((column) => needed.includes(column) || rows.constant(source, key.from[0] ?? '', column, needed) === 1) : true;
		return steady ? one : { ...one, match: null };
	});
	return contract ? [{ wanted: { table, column: keyColumn, contract, synonyms: [], bare: false }, match: key, others: [] }, ...kept] : kept;
}

/** Most texts of the key stand with one text of everything that a row needs: it is the same thing again. */
function isRepeated({ described }: Plan, key: Candidate, found: readonly Found[], rows: RowEvidence | undefined): boolean {
	const needed = found.flatMap(({ wanted, match }) => (isNeeded(wanted.contract) && match && match !== key ? match.from : []));
	return !rows || needed.every((column) => rows.constant(described.source.id, key.from[0] ?? '', column, []) >= 0.5);
}

/** Tables without rows of their own, from sources that repeat them; a table that becomes fed may lead to others. */
export function onceFeeds(pack: Pack, fed: readonly Feed[], rows: RowEvidence | undefined): Feed[] {
	const known = new Set(fed.map(({ table }) => table));
	const all = [...fed];
	for (let at = 0; at < all.length; at++) {
		const feed = all[at];
		if (!feed) break;
		for (const { table, by } of feed.plan.linked) {
			if (known.has(table)) continue;
			for (const link of by.filter((one) => one.table === feed.table)) {
				const match = matchOf(feed.found, feed.table, link.column)?.match;
				const key = keyOf(pack, table)[0];
				if (!match || key === undefined || match.from.length !== 1) continue;
				const found = repeated(pack, feed.plan, table, match, rows);
				if (missingNeeded(found, table).length > 0 || !isRepeated(feed.plan, match, found, rows)) continue;
				const derived = found.filter((one) => one.match).length === 1;
				const grain = pack.raw[table]?.grain ?? table;
				const column = match.from[0] ?? '';
				all.push({ plan: feed.plan, table, found, once: [key], because: derived ? mapping.derived(grain, column) : mapping.onceFrom(column, grain) });
			}
		}
	}
	return chosenOnce(all.slice(fed.length));
}

const size = ({ found }: Feed): number => found.filter(({ match }) => match).length;
const keyColumnOf = ({ found }: Feed): string => found[0]?.match?.from[0] ?? '';

/** Of several that repeat a table the one with the most columns, and after it those that know nothing but further keys. */
function chosenOnce(candidates: readonly Feed[]): Feed[] {
	const tables = [...new Set(candidates.map(({ table }) => table))];
	return tables.flatMap((table) => {
		const own = candidates.filter((one) => one.table === table).sort((a, b) => size(b) - size(a));
		const [first, ...others] = own.filter((one, i) => own.findIndex((other) => other.plan === one.plan && keyColumnOf(other) === keyColumnOf(one)) === i);
		return first ? [first, ...others.filter((one) => size(one) === 1)] : [];
	});
}
