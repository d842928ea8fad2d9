import { mapping } from '../../lib/texts/mapping.ts';
import type { Pack } from '../../pack/types.ts';
import type { Described } from './columns.ts';
import { percent } from './content.ts';
import { keyOf } from './contract.ts';
import { profileOverlap, type RowEvidence } from './evidence.ts';
import { APART, apartShare, matchOf, missingNeeded, planFor, planWithLinked, type Plan } from './plan.ts';
import { headerFingerprint } from './fingerprint.ts';
import { onceFeeds, type Feed } from './once-feeds.ts';

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
	if (headerFingerprint(first.described.source) === headerFingerprint(other.described.source)) return { joins: true, because: mapping.sameHeader(name) };
	const share = sharedRows(pack, first, other, rows);
	if (share === null) return { joins: false, because: mapping.maybeSameRows(name) };
	return share === 0 ? { joins: true, because: mapping.apart(name) } : { joins: false, because: mapping.sameRows(name, percent(share)) };
}

function rowsBecause(pack: Pack, { table, found }: Plan): string {
	const own = found.filter(({ wanted }) => wanted.table === table);
	return mapping.rowsAre(pack.raw[table]?.grain ?? table, own.filter(({ match }) => match).length, own.length);
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
		else left.push({ source: id, because: summary === undefined ? mapping.noTable : mapping.summary(summary) });
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
		const again = share !== null && share < APART;
		feeds.push({ plan, table: plan.table, found: plan.found.filter(({ wanted }) => wanted.table === plan.table), once: again ? key : [], because: verdict.because });
	}
	return { feeds: [...feeds, ...onceFeeds(pack, feeds, rows)], left, best };
}
