import { headerFingerprint } from '../../import/map/fingerprint.ts';
import type { Recipe, Source } from '../../import/types.ts';

type Shape = Pick<Source, 'id' | 'columns'>;

/** A recipe that also speaks for sources with the same columns as one it knows: as that one, after it. */
export function withAlike(recipe: Recipe, sources: readonly Shape[]): Recipe {
	const known = sources.filter(({ id }) => recipe.sources[id]?.left === false);
	return sources.reduce((next, source) => {
		const model = Object.hasOwn(recipe.sources, source.id) ? undefined : known.find((each) => headerFingerprint(each) === headerFingerprint(source) && each.columns.every((column) => source.columns.includes(column)));
		const own = model && recipe.sources[model.id];
		if (!own) return next;
		const tables = Object.fromEntries(Object.entries(next.tables).map(([table, feeds]) => [table, [...feeds, ...(recipe.tables[table] ?? []).filter((feed) => feed.source === model.id).map((feed) => ({ ...feed, source: source.id }))]]));
		return { ...next, sources: { ...next.sources, [source.id]: own }, tables };
	}, recipe);
}

/** Tables that several files give rows for. */
export function shared(recipe: Recipe): string[] {
	return Object.entries(recipe.tables).flatMap(([table, feeds]) => (new Set(feeds.filter(({ source }) => recipe.sources[source]?.left === false).map(({ source }) => source)).size > 1 ? [table] : []));
}
