import { columnsAsked } from '../../import/map/fingerprint.ts';
import type { Recipe, Source, SourceRecipe, TableRecipe } from '../../import/types.ts';

type Shape = Pick<Source, 'id' | 'columns'>;

/** Sources of which a recipe says something, and that have all the columns it asks for. */
export function knownIn(recipe: Recipe, sources: readonly Shape[]): string[] {
	return sources.filter(({ id, columns }) => Object.hasOwn(recipe.sources, id) && columnsAsked(recipe, id).every((column) => columns.includes(column))).map(({ id }) => id);
}

function settled(own: SourceRecipe, { columns }: Shape, sources: readonly Shape[]): SourceRecipe {
	const { person, ...rest } = own;
	const there = (id: string, ...names: string[]): boolean => sources.some((source) => source.id === id && names.every((name) => source.columns.includes(name)));
	const stands = person !== undefined && columns.includes(person.column) && (!person.through || there(person.through.source, person.through.key, person.through.person));
	return stands ? own : rest;
}

/** What was decided before where it still fits, and elsewhere what is proposed now. Both recipes are for one pack. */
export function rebased(before: Recipe, fresh: Recipe, sources: readonly Shape[]): Recipe {
	const kept = new Set(knownIn(before, sources));
	const names = [...new Set([...Object.keys(fresh.tables), ...Object.keys(before.tables)])];
	const feedsOf = (table: string): TableRecipe[] => [...(before.tables[table] ?? []).filter(({ source }) => kept.has(source)), ...(fresh.tables[table] ?? []).filter(({ source }) => !kept.has(source))];
	return {
		...fresh,
		...(before.repeats ? { repeats: before.repeats } : {}),
		sources: Object.fromEntries(sources.flatMap((source) => {
			const own = kept.has(source.id) ? before.sources[source.id] : fresh.sources[source.id];
			return own ? [[source.id, settled(own, source, sources)]] : [];
		})),
		tables: Object.fromEntries(names.flatMap((table) => (feedsOf(table).length > 0 ? [[table, feedsOf(table)]] : []))),
	};
}

/** As the engine takes it: nothing of sources that are left out, and no table without a feed. */
export function buildable(recipe: Recipe): Recipe {
	const tables = Object.entries(recipe.tables).map(([table, feeds]) => [table, feeds.filter(({ source }) => recipe.sources[source]?.left === false)] as const);
	return { ...recipe, tables: Object.fromEntries(tables.filter(([, feeds]) => feeds.length > 0)) };
}

function called(recipe: Recipe, from: string, to: string): Recipe {
	const name = (id: string): string => (id === from ? to : id);
	const sources = Object.entries(recipe.sources).map(([id, own]): [string, SourceRecipe] => {
		const { person } = own;
		return [name(id), person?.through ? { ...own, person: { ...person, through: { ...person.through, source: name(person.through.source) } } } : own];
	});
	return { ...recipe, sources: Object.fromEntries(sources), tables: Object.fromEntries(Object.entries(recipe.tables).map(([table, feeds]) => [table, feeds.map((feed) => ({ ...feed, source: name(feed.source) }))])) };
}

/** A recipe for files of other names: a source whose name is not among these stands for the only one that has all columns it asks for. */
export function renamed(recipe: Recipe, sources: readonly Shape[]): Recipe {
	return Object.keys(recipe.sources).reduce((next, id) => {
		const asked = columnsAsked(next, id);
		if (asked.length === 0 || sources.some((source) => source.id === id)) return next;
		const fitting = sources.filter((source) => !Object.hasOwn(next.sources, source.id) && asked.every((column) => source.columns.includes(column)));
		return fitting.length === 1 && fitting[0] ? called(next, id, fitting[0].id) : next;
	}, recipe);
}
