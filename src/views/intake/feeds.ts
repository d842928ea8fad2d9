import type { Inspected } from '../../engine/api.ts';
import { matchColumns, wantedOf } from '../../import/map/columns.ts';
import { isNeeded } from '../../import/map/contract.ts';
import type { ColumnProposal, Proposal, TableProposal } from '../../import/map/proposal.ts';
import { SURE } from '../../import/map/score.ts';
import { proposeValues, type ValueProposal } from '../../import/map/values.ts';
import type { ColumnRecipe, Recipe, TableRecipe } from '../../import/types.ts';
import type { Pack, RawColumn } from '../../pack/types.ts';

/** A column of a table as it stands in the recipe, beside what was proposed for it. */
export interface Place {
	column: string;
	contract: RawColumn;
	recipe: ColumnRecipe | null;
	proposed: ColumnProposal | null;
	/** Missing though no row can stand without it; to be looked at; plain; not in the file. */
	state: 'missing' | 'look' | 'plain' | 'absent';
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

function stateOf(contract: RawColumn, recipe: ColumnRecipe | null, proposed: ColumnProposal | null): Place['state'] {
	if (!recipe) return isNeeded(contract) ? 'missing' : 'absent';
	const asProposed = proposed !== null && same(proposed.from, recipe.from);
	return asProposed && !proposed.sure && !proposed.numbered ? 'look' : 'plain';
}

/** Every feed of the recipe: those with something missing first, then in the order of the pack. */
export function shownFeeds(pack: Pack, recipe: Recipe, proposal: Proposal): Shown[] {
	const feeds = Object.keys(pack.raw).flatMap((table) =>
		(recipe.tables[table] ?? []).map((feed, at): Shown => {
			const proposed = proposal.tables.find((one) => one.table === table && one.source === feed.source) ?? null;
			const places = Object.entries(pack.raw[table]?.columns ?? {}).map(([column, contract]): Place => {
				const own = feed.columns[column] ?? null;
				const said = proposed?.columns.find((one) => one.column === column) ?? null;
				return { column, contract, recipe: own, proposed: said, state: stateOf(contract, own, said) };
			});
			return { table, at, feed, proposed, places: places.sort((a, b) => rank[a.state] - rank[b.state]) };
		}),
	);
	const wanting = ({ places }: Shown): number => Math.min(...places.map(({ state }) => rank[state]));
	return feeds.sort((a, b) => Number(wanting(a) > 0) - Number(wanting(b) > 0));
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
