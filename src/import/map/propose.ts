import { mapping } from '../../lib/texts/mapping.ts';
import type { Pack } from '../../pack/types.ts';
import { proposePrivacy } from '../privacy/defaults.ts';
import type { ColumnRecipe, PrivacyAction, Recipe, SourceRecipe, TableRecipe } from '../types.ts';
import type { Described } from './columns.ts';
import { mainTable } from './contract.ts';
import type { RowEvidence } from './evidence.ts';
import { feedsOf, TAKEN, type Feeds } from './feeds.ts';
import { missingNeeded } from './plan.ts';
import type { ColumnProposal, PackFit, Proposal, TableProposal } from './proposal.ts';
import { SURE } from './score.ts';
import { summaryOf } from './summary.ts';
import { tableProposal } from './table-proposal.ts';

export interface ProposeOptions {
	/** The id of the pack that is open. */
	open?: string;
	/** Propose for this pack, however little speaks for it. */
	pack?: string;
	/** The rows, where they are at hand. Without them what a flat file repeats is proposed by name only. */
	rows?: RowEvidence;
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
	return feed ? missingNeeded(feed.found, main).join(', ') : mapping.lacks(pack.raw[main]?.grain ?? main);
}

function fitOf(pack: Pack, found: Feeds, sources: number, open: Pack | undefined): PackFit {
	const scores = [...found.best.values()].map(({ score }) => score);
	const complete = (table: string): boolean => found.feeds.some((feed) => feed.table === table && missingNeeded(feed.found, table).length === 0);
	const main = mainTable(pack);
	const plain = pack === open && found.feeds.some(({ plan, table }) => plan.score >= SURE && missingNeeded(plan.found, table).length === 0);
	return { pack: pack.id, score: scores.reduce((sum, score) => sum + score, 0) / Math.max(1, sources), confident: (main !== null && complete(main)) || plain };
}

function says(packs: readonly Pack[], fit: PackFit | undefined, found: Feeds | undefined, open: string | undefined): string {
	const pack = packs.find(({ id }) => id === fit?.pack);
	if (!fit || !pack || !found || fit.score < TAKEN / 2) return mapping.packNone;
	if (!fit.confident) return mapping.packUnsure(pack.label, lacking(pack, found));
	const other = packs.find(({ id }) => id === open);
	if (!other) return mapping.packFits(pack.label);
	return other === pack ? mapping.packOpen(pack.label) : mapping.packOther(pack.label, other.label);
}

/**
 * What the sources are, each with its reasons and what else could be. Matching is by name, synonym and content; the assignment of
 * columns has the best total score over a table and all tables that it repeats. Nothing is decided that a person could not change.
 */
export function proposeRecipe(packs: Readonly<Record<string, Pack>>, sources: readonly Described[], options: ProposeOptions = {}): Proposal {
	const summaries = new Map(sources.flatMap((one): [string, string][] => (summaryOf(one) ? [[one.source.id, summaryOf(one)?.key ?? '']] : [])));
	const known = Object.values(packs).filter(({ id }) => options.pack === undefined || id === options.pack);
	const found = new Map(known.map((pack) => [pack.id, feedsOf(pack, sources, options.rows, summaries, options.pack === undefined ? TAKEN : TAKEN / 2)]));
	const open = known.find(({ id }) => id === options.open);
	const rank = ({ confident, score }: PackFit): number => (confident ? 2 : 0) + score;
	const fits = known.map((pack) => fitOf(pack, found.get(pack.id) ?? { feeds: [], left: [], best: new Map() }, sources.length, open)).sort((a, b) => rank(b) - rank(a));
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
		unused: chosen ? chosen.left : sources.map(({ source }) => ({ source: source.id, because: summaries.has(source.id) ? mapping.summary(summaries.get(source.id) ?? '') : mapping.noTable })),
	};
}

