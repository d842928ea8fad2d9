import { columnsAsked } from '../../import/map/fingerprint.ts';
import type { ColumnRecipe, Conversion, Dialect, PersonColumn, PrivacyAction, Recipe, SourceRecipe, TableRecipe } from '../../import/types.ts';

/** Each gives the recipe after one change that a person makes. Tables are named with the place of the feed in them. */

export interface FeedPlace {
	table: string;
	at: number;
}

function put<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Record<string, T> {
	const rest = Object.entries(record).filter(([name]) => name !== key);
	return Object.fromEntries(value === null ? rest : [...rest, [key, value]]);
}

export function withSource(recipe: Recipe, source: string, change: (own: SourceRecipe) => SourceRecipe): Recipe {
	const own = Object.hasOwn(recipe.sources, source) ? recipe.sources[source] : undefined;
	return own ? { ...recipe, sources: { ...recipe.sources, [source]: change(own) } } : recipe;
}

function withFeed(recipe: Recipe, { table, at }: FeedPlace, change: (feed: TableRecipe) => TableRecipe): Recipe {
	return { ...recipe, tables: { ...recipe.tables, [table]: (recipe.tables[table] ?? []).map((feed, i) => (i === at ? change(feed) : feed)) } };
}

const everyFeed = (recipe: Recipe, change: (feed: TableRecipe) => TableRecipe): Recipe => ({ ...recipe, tables: Object.fromEntries(Object.entries(recipe.tables).map(([table, feeds]) => [table, feeds.map(change)])) });

export const answered = (recipe: Recipe, source: string, question: string, answer: string): Recipe => withSource(recipe, source, (own) => ({ ...own, answers: put(own.answers, question, answer) }));

/** Null: as the evidence and the answers say. */
export const converted = (recipe: Recipe, source: string, column: string, conversion: Conversion | null): Recipe => withSource(recipe, source, (own) => ({ ...own, conversions: put(own.conversions, column, conversion) }));

export const dialected = (recipe: Recipe, source: string, dialect: Partial<Dialect>): Recipe => withSource(recipe, source, (own) => ({ ...own, dialect }));

/** A column that is dropped comes along nowhere; one that is no longer dropped, and that nothing asks for, comes along with the source's own rows. */
export function guarded(recipe: Recipe, source: string, column: string, action: PrivacyAction): Recipe {
	const before = recipe.sources[source]?.privacy[column];
	const after = withSource(recipe, source, (own) => ({ ...own, privacy: put(own.privacy, column, action) }));
	if (action === 'drop') return everyFeed(after, (feed) => (feed.source === source ? { ...feed, extra: feed.extra.filter((each) => each !== column) } : feed));
	if (before !== 'drop' || recipe.pack === null || takesColumn(after, source, column)) return after;
	return along(after, source, [column]);
}

/** Columns come along with the source's own rows, where it has any. */
function along(recipe: Recipe, source: string, columns: readonly string[]): Recipe {
	const [table, at] = ownFeed(recipe, source) ?? [];
	return table === undefined || at === undefined ? recipe : columns.reduce((next, column) => carried(next, { table, at }, column, true), recipe);
}

/** What a change has taken from its place, and nothing else takes, comes along by itself: no column is lost in silence. */
function nothingLost(before: Recipe, after: Recipe, source: string | undefined): Recipe {
	if (source === undefined) return after;
	const freed = columnsAsked(before, source).filter((column) => !takesColumn(after, source, column) && after.sources[source]?.privacy[column] !== 'drop' && after.sources[source]?.person?.column !== column);
	return along(after, source, freed);
}

const takesColumn = (recipe: Recipe, source: string, column: string): boolean =>
	Object.values(recipe.tables).flat().some((feed) => feed.source === source && (feed.extra.includes(column) || Object.values(feed.columns).some(({ from }) => from.includes(column))));

/** The first feed in which each row of the source is a row. */
function ownFeed(recipe: Recipe, source: string): [string, number] | null {
	for (const [table, feeds] of Object.entries(recipe.tables)) {
		const at = feeds.findIndex((feed) => feed.source === source && feed.once.length === 0);
		if (at >= 0) return [table, at];
	}
	return null;
}

export const personed = (recipe: Recipe, source: string, person: PersonColumn | null): Recipe =>
	withSource(recipe, source, ({ person: _, ...own }) => (person === null ? own : { ...own, person }));

export const left = (recipe: Recipe, source: string, out: boolean): Recipe => withSource(recipe, source, (own) => ({ ...own, left: out }));

/** Null: the column stays without a source. A column that tells rows apart and goes takes that with it; what now has a place comes along no more by itself. */
export function mapped(recipe: Recipe, place: FeedPlace, column: string, to: ColumnRecipe | null): Recipe {
	const after = withFeed(recipe, place, (feed) => ({
		...feed,
		columns: put(feed.columns, column, to),
		extra: feed.extra.filter((each) => to?.from.includes(each) !== true),
		once: to && !to.numbered ? feed.once : feed.once.filter((each) => each !== column),
	}));
	return nothingLost(recipe, after, recipe.tables[place.table]?.[place.at]?.source);
}

/** Null: the text stays as it is. */
export function valued(recipe: Recipe, place: FeedPlace, column: string, text: string, value: string | null): Recipe {
	return withFeed(recipe, place, (feed) => {
		const own = feed.columns[column];
		return own ? { ...feed, columns: put(feed.columns, column, withValue(own, text, value)) } : feed;
	});
}

function withValue({ values, ...column }: ColumnRecipe, text: string, value: string | null): ColumnRecipe {
	const next = put(values ?? {}, text.trim(), value);
	return Object.keys(next).length === 0 ? column : { ...column, values: next };
}

export function carried(recipe: Recipe, place: FeedPlace, column: string, along: boolean): Recipe {
	return withFeed(recipe, place, (feed) => ({ ...feed, extra: along ? [...new Set([...feed.extra, column])] : feed.extra.filter((each) => each !== column) }));
}

export const fed = (recipe: Recipe, table: string, feed: TableRecipe): Recipe => left({ ...recipe, tables: { ...recipe.tables, [table]: [...(recipe.tables[table] ?? []), feed] } }, feed.source, false);

/** A source that feeds nothing any more is left out. */
export function unfed(recipe: Recipe, { table, at }: FeedPlace): Recipe {
	const gone = recipe.tables[table]?.[at];
	const feeds = (recipe.tables[table] ?? []).filter((_, i) => i !== at);
	const after = { ...recipe, tables: put(recipe.tables, table, feeds.length > 0 ? feeds : null) };
	if (!gone || Object.values(after.tables).flat().some(({ source }) => source === gone.source)) return nothingLost(recipe, after, gone?.source);
	return left(after, gone.source, true);
}
