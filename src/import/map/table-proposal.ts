import { mapping } from '../../lib/texts/mapping.ts';
import type { Pack } from '../../pack/types.ts';
import type { Found } from './columns.ts';
import { isNeeded, keyOf, referencesOf } from './contract.ts';
import type { Feed } from './once-feeds.ts';
import type { ColumnProposal, TableProposal } from './proposal.ts';
import { SURE } from './score.ts';
import { proposeValues } from './values.ts';

const weight = ({ wanted }: Found): ColumnProposal['weight'] => (isNeeded(wanted.contract) ? 'needed' : wanted.contract.required === false ? 'optional' : 'usual');

/** Nothing in the file names its rows, and nothing elsewhere refers to them by name. */
function isNumbered(pack: Pack, { wanted, match }: Found): boolean {
	const alone = keyOf(pack, wanted.table).join() === wanted.column;
	return !match && alone && !Object.keys(pack.raw).some((table) => referencesOf(pack, table).some(({ to }) => to === wanted.table));
}

function columnProposal(pack: Pack, feed: Feed, one: Found): ColumnProposal {
	const { wanted, match, others } = one;
	const numbered = isNumbered(pack, one) && feed.once.length === 0;
	const used = new Set(feed.plan.found.flatMap((other) => other.match?.from ?? []));
	const rival = others.find((other) => match !== null && other.score > match.score - 0.05 && !used.has(other.from[0] ?? ''));
	const profile = feed.plan.described.profiles.find(({ column }) => column === match?.from[0]);
	const values = profile && match?.from.length === 1 ? proposeValues(wanted.contract, profile) : null;
	const because = [match?.because, match && match.from.length > 1 ? mapping.dateAndTime : '', rival ? mapping.rival(rival.from.join(', ')) : '', numbered ? mapping.numbered : ''];
	return {
		column: wanted.column,
		from: match?.from ?? [],
		numbered,
		score: match?.score ?? 0,
		because: because.filter((part) => part !== undefined && part !== '').join('; '),
		sure: match !== null && match.score >= SURE && !rival && (values?.matches.every(({ sure }) => sure) ?? true),
		others: others.slice(0, 5),
		values,
		weight: weight(one),
	};
}

const urgency = ({ from, numbered, sure, weight }: ColumnProposal): number => {
	if (from.length === 0 && !numbered) return weight === 'needed' ? 0 : 2;
	return sure ? 3 : 1;
};

/**
 * Columns of the file's own rows that nothing asks for. What was found for another table stands there: in that table from this file, or
 * in its own file.
 */
function extrasOf(feeds: readonly Feed[], feed: Feed): string[] {
	if (feed.table !== feed.plan.table) return [];
	const stands = ({ wanted, match }: Found): boolean =>
		wanted.table === feed.table || feeds.some((other) => other.table === wanted.table && (other.plan !== feed.plan || other.found.some((one) => one.match === match)));
	const taken = new Set(feed.plan.found.filter(stands).flatMap(({ match }) => match?.from ?? []));
	return feed.plan.described.source.columns.filter((column) => !taken.has(column));
}

/** What a feed is shown as; `feeds`: all that the pack is fed by. */
export function tableProposal(pack: Pack, feeds: readonly Feed[], feed: Feed): TableProposal {
	const columns = feed.found.map((one) => columnProposal(pack, feed, one));
	return {
		table: feed.table,
		source: feed.plan.described.source.id,
		score: feed.table === feed.plan.table ? feed.plan.score : columns.reduce((sum, { score }) => sum + score, 0) / Math.max(1, columns.length),
		because: feed.because,
		columns: columns.sort((a, b) => urgency(a) - urgency(b)),
		once: feed.once,
		extra: extrasOf(feeds, feed),
	};
}
