import { headerFingerprint } from '../../import/map/fingerprint.ts';
import { recipeFromJson } from '../../import/map/recipe-json.ts';
import type { QuickEdit } from '../../import/quick/edit.ts';
import type { Recipe, Source } from '../../import/types.ts';
import type { Pack } from '../../pack/types.ts';
import type { KeptMapping } from '../../state/kept.svelte.ts';

type Shape = Pick<Source, 'id' | 'columns'>;
type Mappings = Readonly<Record<string, KeptMapping>>;

const most = 60;

/** What is kept of a recipe for one source: nothing of its cells but what the recipe itself holds. */
function partOf(recipe: Recipe, source: string, edits: readonly QuickEdit[]): KeptMapping | null {
	const own = recipe.sources[source];
	if (!own) return null;
	const { person, ...rest } = own;
	const tables = Object.entries(recipe.tables).flatMap(([table, feeds]) => {
		const fed = feeds.filter((feed) => feed.source === source).map(({ source: _, ...feed }) => feed);
		return fed.length > 0 ? [[table, fed] as const] : [];
	});
	return { pack: recipe.pack, source: person && !person.through ? own : rest, tables: recipe.pack === null ? {} : Object.fromEntries(tables), ...(recipe.pack === null && edits.length > 0 ? { edits } : {}) };
}

/** The mappings to keep after files were opened by a recipe: of each source what differs from what was proposed, the latest last. */
export function remembered(mappings: Mappings, recipe: Recipe, proposed: Recipe, sources: readonly Shape[], edits: readonly QuickEdit[] = []): Record<string, KeptMapping> {
	const next = new Map(Object.entries(mappings));
	for (const source of sources) {
		const key = headerFingerprint(source);
		const part = partOf(recipe, source.id, edits);
		next.delete(key);
		if (part && !(recipe.pack === null && part.source.left) && JSON.stringify(part) !== JSON.stringify(partOf(proposed, source.id, []))) next.set(key, part);
	}
	return Object.fromEntries([...next].slice(-most));
}

export function forgotten(mappings: Mappings, sources: readonly Shape[]): Record<string, KeptMapping> {
	const gone = new Set(sources.map(headerFingerprint));
	return Object.fromEntries(Object.entries(mappings).filter(([key]) => !gone.has(key)));
}

/** What was decided for sources with the same headers, as one recipe; null where nothing was, or where two packs claim them. */
export function recalled(mappings: Mappings, sources: readonly Shape[], packs: Readonly<Record<string, Pack>>): { recipe: Recipe; edits: readonly QuickEdit[] } | null {
	const found = sources.flatMap((source) => {
		const kept = mappings[headerFingerprint(source)];
		return kept ? [{ id: source.id, kept }] : [];
	});
	const [first] = found;
	if (!first || found.some(({ kept }) => kept.pack !== first.kept.pack)) return null;
	const tables: Record<string, object[]> = {};
	for (const { id, kept } of found) for (const [table, feeds] of Object.entries(kept.tables)) tables[table] = [...(tables[table] ?? []), ...feeds.map((feed) => ({ ...feed, source: id }))];
	try {
		const recipe = recipeFromJson(JSON.stringify({ version: 1, pack: first.kept.pack, sources: Object.fromEntries(found.map(({ id, kept }) => [id, kept.source])), tables }), packs);
		return { recipe, edits: first.kept.edits ?? [] };
	} catch {
		return null;
	}
}
