import type { Inspected } from '../../engine/api.ts';
import { matchColumns, wantedOf } from '../../import/map/columns.ts';
import { isNeeded } from '../../import/map/contract.ts';
import type { ColumnProposal, Proposal, TableProposal } from '../../import/map/proposal.ts';
import { SURE } from '../../import/map/score.ts';
import { proposeValues, type ValueProposal } from '../../import/map/values.ts';
import type { ColumnReading, ColumnRecipe, Recipe, TableRecipe } from '../../import/types.ts';
import type { Pack, RawColumn } from '../../pack/types.ts';

/** A column of a table as it stands in the recipe, beside what was proposed for it. */
export interface Place {
	column: string;
	contract: RawColumn;
	recipe: ColumnRecipe | null;
	proposed: ColumnProposal | null;
	/** Missing though no row can stand without it; to be looked at; plain; not in the file. */
	state: 'missing' | 'look' | 'plain' | 'absent';
	/** Texts of the file that are no value of a closed list, and what is proposed for them; null: no list, or none such. */
	values: ValueProposal | null;
	/** Of these, the texts that stay as they are. */
	stay: number;
}

export interface Shown {
	table: string;
	at: number;
	feed: TableRecipe;
	proposed: TableProposal | null;
	places: readonly Place[];
}

const rank = { missing: 0, look: 1, plain: 2, absent: 3 } as const;
const same = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n');

function stateOf(contract: RawColumn, recipe: ColumnRecipe | null, proposed: ColumnProposal | null, stay: number): Place['state'] {
	if (!recipe) return isNeeded(contract) ? 'missing' : 'absent';
	const asProposed = proposed !== null && same(proposed.from, recipe.from);
	return stay > 0 || (asProposed && !proposed.sure && !proposed.numbered) ? 'look' : 'plain';
}

/** Texts that mean nothing was entered become no value. */
function listed(contract: RawColumn, recipe: ColumnRecipe | null, described: Inspected | undefined, readings: readonly ColumnReading[]): Pick<Place, 'values' | 'stay'> {
	const found = recipe && described ? valuesFor(contract, described, recipe.from) : null;
	if (!found) return { values: null, stay: 0 };
	const nothing = new Set(readings.find(({ column }) => column === recipe?.from[0])?.conversion.missing);
	const values = { ...found, unmatched: found.unmatched.filter(({ text }) => !nothing.has(text)), matches: found.matches.filter(({ text }) => !nothing.has(text)) };
	const all = [...values.unmatched, ...values.matches];
	return all.length === 0 ? { values: null, stay: 0 } : { values, stay: all.filter(({ text }) => recipe?.values?.[text.trim()] === undefined).length };
}

/** Every feed of the recipe, table by table: those that lack something first, those that only keys are known of last. */
export function shownFeeds(pack: Pack, recipe: Recipe, proposal: Proposal, sources: readonly Inspected[], readingsOf: (source: string) => readonly ColumnReading[]): Shown[] {
	const feeds = Object.keys(pack.raw).flatMap((table) =>
		(recipe.tables[table] ?? []).map((feed, at): Shown => {
			const proposed = proposal.tables.find((one) => one.table === table && one.source === feed.source) ?? null;
			const places = Object.entries(pack.raw[table]?.columns ?? {}).map(([column, contract]): Place => {
				const own = feed.columns[column] ?? null;
				const said = proposed?.columns.find((one) => one.column === column) ?? null;
				const list = listed(contract, own, sources.find(({ source }) => source.id === feed.source), readingsOf(feed.source));
				return { column, contract, recipe: own, proposed: said, state: stateOf(contract, own, said, list.stay), ...list };
			});
			return { table, at, feed, proposed, places: places.sort((a, b) => rank[a.state] - rank[b.state]) };
		}),
	);
	const first = (table: string): number => Math.min(...feeds.filter((feed) => feed.table === table).map(({ places, feed }) => (places.some(({ state }) => state === 'missing') ? 0 : feed.once.length === 0 ? 1 : 2)));
	return feeds.sort((a, b) => first(a.table) - first(b.table));
}

/** The values of a closed list that the texts of a column become, as far as they are plain. */
export function valuesFor(contract: RawColumn, described: Inspected, from: readonly string[]): ValueProposal | null {
	const profile = from.length === 1 ? described.profiles.find(({ column }) => column === from[0]) : undefined;
	return profile ? proposeValues(contract, profile) : null;
}

/** The recipe of a column that a person points to, with the values it then has. */
export function pointedTo(contract: RawColumn, described: Inspected, from: readonly string[]): ColumnRecipe {
	const values = valuesFor(contract, described, from)?.values ?? {};
	return Object.keys(values).length > 0 ? { from, values } : { from };
}

/** A source as rows of a table that nobody proposed it for: what fits plainly is filled in. */
export function feedFor(pack: Pack, table: string, described: Inspected): TableRecipe {
	const found = matchColumns(wantedOf(pack, table, null), described, () => true).flatMap(({ wanted, match }) => (match && match.score >= SURE ? [[wanted.column, pointedTo(wanted.contract, described, match.from)] as const] : []));
	return { source: described.source.id, columns: Object.fromEntries(found), extra: [], once: [] };
}
