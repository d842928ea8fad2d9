import { texts } from '../../lib/texts/index.ts';
import type { Pack } from '../../pack/types.ts';
import { proposePrivacy } from '../privacy/defaults.ts';
import type { ColumnRecipe, PrivacyAction, Recipe, SourceRecipe, TableRecipe } from '../types.ts';
import type { Described, Found } from './columns.ts';
import { isNeeded, keyOf, mainTable, referencesOf } from './contract.ts';
import type { RowEvidence } from './evidence.ts';
import { feedsOf, TAKEN, type Feed, type Feeds } from './feeds.ts';
import { missingNeeded } from './plan.ts';
import type { ColumnProposal, PackFit, Proposal, TableProposal } from './proposal.ts';
import { SURE } from './score.ts';
import { summaryOf } from './summary.ts';
import { proposeValues } from './values.ts';

export interface ProposeOptions {
	/** The id of the pack that is open. */
	open?: string;
	/** Propose for this pack, however little speaks for it. */
	pack?: string;
	/** The rows, where they are at hand. Without them what a flat file repeats is proposed by name only. */
	rows?: RowEvidence;
}

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
	const because = [match?.because, match && match.from.length > 1 ? texts.mapping.dateAndTime : '', rival ? texts.mapping.rival(rival.from.join(', ')) : '', numbered ? texts.mapping.numbered : ''];
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

/** Columns that no table of this source takes, with the table whose rows they say something about. */
function extrasOf(feeds: readonly Feed[], feed: Feed): string[] {
	if (feed.once.length > 0 && feed.table !== feed.plan.table) return [];
	const taken = new Set(feed.plan.found.flatMap(({ wanted, match }) => (match && (wanted.table === feed.table || feeds.some((other) => other.table === wanted.table && (other.plan !== feed.plan || other.found.some((one) => one.match === match)))) ? match.from : [])));
	return feed.plan.described.source.columns.filter((column) => !taken.has(column));
}

function tableProposal(pack: Pack, feeds: readonly Feed[], feed: Feed): TableProposal {
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

function columnRecipe({ from, numbered, values }: ColumnProposal): ColumnRecipe {
	const mapped = values && Object.keys(values.values).length > 0 ? { values: values.values } : {};
	return numbered ? { from: [], numbered: true } : { from, ...mapped };
}

function tableRecipe(pack: Pack, { table, source, columns, once, extra }: TableProposal, dropped: ReadonlySet<string>): TableRecipe {
	const order = Object.keys(pack.raw[table]?.columns ?? {});
	const used = columns.filter(({ from, numbered }) => from.length > 0 || numbered).sort((a, b) => order.indexOf(a.column) - order.indexOf(b.column));
	return { source, columns: Object.fromEntries(used.map((column) => [column.column, columnRecipe(column)])), extra: extra.filter((column) => !dropped.has(column)), once };
}

function sourceRecipe({ source, profiles, readings }: Described, pack: Pack | null, tables: readonly TableProposal[], left: boolean): SourceRecipe {
	const asked = new Map(tables.filter((table) => table.source === source.id).flatMap(({ table, columns }) => columns.flatMap(({ from, column }) => from.map((name) => [name, pack?.raw[table]?.columns[column]] as const))));
	const privacy = proposePrivacy(profiles, readings, (column) => asked.get(column)?.type ?? null);
	return { dialect: {}, answers: {}, conversions: {}, privacy: Object.fromEntries(privacy), left };
}

function lacking(pack: Pack, { feeds }: Feeds): string {
	const main = mainTable(pack) ?? '';
	const feed = feeds.find(({ table }) => table === main);
	return feed ? missingNeeded(feed.found, main).join(', ') : texts.mapping.lacks(pack.raw[main]?.grain ?? main);
}

function fitOf(pack: Pack, found: Feeds, sources: number, open: string | undefined): PackFit {
	const scores = [...found.best.values()].map(({ score }) => score);
	const complete = (table: string): boolean => found.feeds.some((feed) => feed.table === table && missingNeeded(feed.found, table).length === 0);
	const main = mainTable(pack);
	const plain = pack.id === open && found.feeds.some(({ plan, table }) => plan.score >= SURE && missingNeeded(plan.found, table).length === 0);
	return { pack: pack.id, score: scores.reduce((sum, score) => sum + score, 0) / Math.max(1, sources), confident: (main !== null && complete(main)) || plain };
}

function says(packs: readonly Pack[], fit: PackFit | undefined, found: Feeds | undefined, open: string | undefined): string {
	const pack = packs.find(({ id }) => id === fit?.pack);
	if (!fit || !pack || !found || fit.score < TAKEN / 2) return texts.mapping.packNone;
	if (!fit.confident) return texts.mapping.packUnsure(pack.label, lacking(pack, found));
	const other = packs.find(({ id }) => id === open);
	if (!other) return texts.mapping.packFits(pack.label);
	return other === pack ? texts.mapping.packOpen(pack.label) : texts.mapping.packOther(pack.label, other.label);
}

/**
 * What the sources are, each with its reasons and what else could be. Matching is by name, synonym and content; the assignment of
 * columns has the best total score over a table and all tables that it repeats. Nothing is decided that a person could not change.
 */
export function proposeRecipe(packs: Readonly<Record<string, Pack>>, sources: readonly Described[], options: ProposeOptions = {}): Proposal {
	const summaries = new Map(sources.flatMap((one): [string, string][] => (summaryOf(one) ? [[one.source.id, summaryOf(one)?.key ?? '']] : [])));
	const known = Object.values(packs).filter(({ id }) => options.pack === undefined || id === options.pack);
	const found = new Map(known.map((pack) => [pack.id, feedsOf(pack, sources, options.rows, summaries, options.pack === undefined ? TAKEN : TAKEN / 2)]));
	const rank = ({ confident, score }: PackFit): number => (confident ? 2 : 0) + score;
	const fits = known.map((pack) => fitOf(pack, found.get(pack.id) ?? { feeds: [], left: [], best: new Map() }, sources.length, options.open)).sort((a, b) => rank(b) - rank(a));
	const [best] = fits;
	const taken = best && (best.confident || options.pack !== undefined) ? known.find(({ id }) => id === best.pack) : undefined;
	const chosen = taken ? found.get(taken.id) : undefined;
	const feeds = chosen?.feeds ?? [];
	const tables = taken ? feeds.map((feed) => tableProposal(taken, feeds, feed)) : [];
	const used = new Set(tables.map(({ source }) => source));
	const recipes = sources.map((one) => [one.source.id, sourceRecipe(one, taken ?? null, tables, taken !== undefined && !used.has(one.source.id))] as const);
	const dropped = new Map(recipes.map(([id, { privacy }]) => [id, new Set(Object.entries(privacy).flatMap(([column, action]: [string, PrivacyAction]) => (action === 'drop' ? [column] : [])))]));
	const recipe: Recipe = {
		version: 1,
		pack: taken?.id ?? null,
		sources: Object.fromEntries(recipes),
		tables: taken ? Object.fromEntries(Object.keys(taken.raw).flatMap((name) => (tables.some(({ table }) => table === name) ? [[name, tables.filter(({ table }) => table === name).map((table) => tableRecipe(taken, table, dropped.get(table.source) ?? new Set()))]] : []))) : {},
	};
	return {
		recipe,
		confident: best?.confident ?? false,
		says: says(Object.values(packs), best, best ? found.get(best.pack) : undefined, options.open),
		packs: fits,
		tables,
		empty: taken ? Object.keys(taken.raw).filter((name) => !tables.some(({ table }) => table === name)) : [],
		unused: chosen ? chosen.left : sources.map(({ source }) => ({ source: source.id, because: summaries.has(source.id) ? texts.mapping.summary(summaries.get(source.id) ?? '') : texts.mapping.noTable })),
	};
}

