import { proposePrivacy } from '../../import/privacy/defaults.ts';
import type { QuickEdit } from '../../import/quick/edit.ts';
import { withEdit } from '../../import/quick/edit.ts';
import type { QuickPlan } from '../../import/quick/types.ts';
import type { Recipe } from '../../import/types.ts';
import type { Inspected } from '../../engine/api.ts';

/** The one raw table of a pack that is made from a plan. */
export const records = 'records';

/** One source as a table of its own; the others are left out. Free texts and names are dropped unless kept on purpose. */
export function ownRecipe(sources: readonly Inspected[], chosen: string, before: Recipe): Recipe {
	return {
		version: 1,
		pack: null,
		sources: Object.fromEntries(
			sources.flatMap(({ source, profiles, readings }) => {
				const own = before.sources[source.id];
				return own ? [[source.id, { ...own, privacy: Object.fromEntries(proposePrivacy(profiles, readings, () => null)), left: source.id !== chosen }]] : [];
			}),
		),
		tables: {},
	};
}

export const ownSource = (recipe: Recipe): string | null => (recipe.pack === null ? (Object.entries(recipe.sources).find(([, { left }]) => !left)?.[0] ?? null) : null);

/** The plan with what a person changed in it; changes that it no longer allows count for nothing. */
export function planWith(plan: QuickPlan, edits: readonly QuickEdit[]): QuickPlan {
	return edits.reduce((now, edit) => {
		try {
			return withEdit(now, edit);
		} catch {
			return now;
		}
	}, plan);
}

/** Of a dropped column nothing can be made. */
export const dropEdits = (recipe: Recipe, source: string): QuickEdit[] => Object.entries(recipe.sources[source]?.privacy ?? {}).flatMap(([column, action]): QuickEdit[] => (action === 'drop' ? [{ kind: 'leave', column }] : []));

/** The recipe with a plan, its columns mapped under their names, with what was mended in them. */
export function planned(recipe: Recipe, source: string, plan: QuickPlan): Recipe {
	const before = recipe.tables[records]?.find((feed) => feed.source === source)?.columns ?? {};
	const valuesOf = (column: string) => Object.values(before).find(({ from }) => from[0] === column)?.values;
	const columns = plan.columns.map(({ column, name }) => {
		const values = valuesOf(column);
		return [name, values ? { from: [column], values } : { from: [column] }] as const;
	});
	const others = Object.entries(recipe.sources).flatMap(([id, { left }]) => (left || id === source ? [] : [id]));
	return { ...recipe, plan, tables: { [records]: [source, ...others].map((id) => ({ source: id, columns: Object.fromEntries(columns), extra: [], once: [] })) } };
}
