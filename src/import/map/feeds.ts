import { texts } from '../../lib/texts/index.ts';
import type { Pack } from '../../pack/types.ts';
import type { Candidate, Described, Found } from './columns.ts';
import { percent } from './content.ts';
import { isNeeded, keyOf } from './contract.ts';
import { profileOverlap, type RowEvidence } from './evidence.ts';
import { apartShare, matchOf, missingNeeded, planFor, planWithLinked, type Plan } from './plan.ts';
import { headerFingerprint } from './fingerprint.ts';

/** A table fed by a source, with the columns found for it. */
export interface Feed {
	plan: Plan;
	table: string;
	found: readonly Found[];
	once: readonly string[];
	because: string;
}

export interface Feeds {
	feeds: Feed[];
	left: { source: string; because: string }[];
	/** By source: the best table of the pack and how much of it the source is. */
	best: ReadonlyMap<string, Plan>;
}

/** From this share of a table on, a source is taken for it. */
export const TAKEN = 0.45;

function bestPlan(pack: Pack, described: Described, rows: RowEvidence | undefined): Plan | null {
	const plans = Object.keys(pack.raw).map((table) => planFor(pack, table, described));
	const [best] = plans.sort((a, b) => b.score - a.score);
	return best && best.score > 0 ? planWithLinked(pack, best, rows) : null;
}

function sharedRows(pack: Pack, first: Plan, other: Plan, rows: RowEvidence | undefined): number | null {
	const key = keyOf(pack, first.table)[0] ?? '';
	const [a, b] = [first, other].map((plan) => ({ source: plan.described.source.id, column: matchOf(plan.found, plan.table, key)?.match?.from[0] ?? '' }));
	if (!a || !b || a.column === '' || b.column === '') return null;
	if (rows) return rows.overlap(b, a);
	const [p, q] = [first, other].map((plan, i) => plan.described.profiles.find(({ column }) => column === [a, b][i]?.column));
	return p && q ? profileOverlap(q, p) : null;
}

/** Whether a further source of a table goes after the first one, and why. */
function joins(pack: Pack, first: Plan, other: Plan, rows: RowEvidence | undefined): { joins: boolean; because: string } {
	const name = first.described.source.id;
	if (headerFingerprint(first.described.source) === headerFingerprint(other.described.source)) return { joins: true, because: texts.mapping.sameHeader(name) };
	const share = sharedRows(pack, first, other, rows);
	if (share === null) return { joins: false, because: texts.mapping.maybeSameRows(name) };
	return share === 0 ? { joins: true, because: texts.mapping.apart(name) } : { joins: false, because: texts.mapping.sameRows(name, percent(share)) };
}

function rowsBecause(pack: Pack, { table, found }: Plan): string {
	const own = found.filter(({ wanted }) => wanted.table === table);
	return texts.mapping.rowsAre(pack.raw[table]?.grain ?? table, own.filter(({ match }) => match).length, own.length);
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

/** Tables without rows of their own, from sources that repeat them; a table that becomes fed may lead to others. */
function onceFeeds(pack: Pack, fed: readonly Feed[], rows: RowEvidence | undefined): Feed[] {
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
				if (missingNeeded(found, table).length > 0) continue;
				const derived = found.filter((one) => one.match).length === 1;
				const grain = pack.raw[table]?.grain ?? table;
				const column = match.from[0] ?? '';
				all.push({ plan: feed.plan, table, found, once: [key], because: derived ? texts.mapping.derived(grain, column) : texts.mapping.onceFrom(column, grain) });
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

/** Which source feeds which raw table of a pack; `least`: the share of a table that a source must be to feed it. */
export function feedsOf(pack: Pack, sources: readonly Described[], rows: RowEvidence | undefined, summaries: ReadonlyMap<string, string>, least: number): Feeds {
	const left: Feeds['left'] = [];
	const best = new Map<string, Plan>();
	const taken: Plan[] = [];
	for (const described of sources) {
		const id = described.source.id;
		const plan = bestPlan(pack, described, rows);
		if (plan) best.set(id, plan);
		const enough = plan !== null && plan.score >= least && missingNeeded(plan.found, plan.table).length <= 2;
		const summary = summaries.get(id);
		if (enough && plan && !(summary !== undefined && plan.score < 0.75)) taken.push(plan);
		else left.push({ source: id, because: summary === undefined ? texts.mapping.noTable : texts.mapping.summary(summary) });
	}
	const feeds: Feed[] = [];
	for (const plan of taken.sort((a, b) => b.score - a.score)) {
		const first = feeds.find(({ table }) => table === plan.table);
		const verdict = first ? joins(pack, first.plan, plan, rows) : { joins: true, because: rowsBecause(pack, plan) };
		if (!verdict.joins) {
			left.push({ source: plan.described.source.id, because: verdict.because });
			continue;
		}
		const key = keyOf(pack, plan.table);
		const share = apartShare(plan.described, matchOf(plan.found, plan.table, key[0] ?? '')?.match?.from[0]);
		const again = share !== null && share < 0.9;
		feeds.push({ plan, table: plan.table, found: plan.found.filter(({ wanted }) => wanted.table === plan.table), once: again ? key : [], because: verdict.because });
	}
	return { feeds: [...feeds, ...onceFeeds(pack, feeds, rows)], left, best };
}
