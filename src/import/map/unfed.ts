import type { Pack } from '../../pack/types.ts';
import type { Recipe } from '../types.ts';

/** A raw table (column null) or a column of one that a recipe gives nothing for. */
export interface Unfed {
	table: string;
	column: string | null;
	because: 'no-table' | 'no-column' | 'dropped';
}

export const unfedName = ({ table, column }: Pick<Unfed, 'table' | 'column'>): string => (column === null ? table : `${table}.${column}`);

/** What of a pack's raw tables a recipe gives nothing for. */
export function unfedOf(pack: Pack, recipe: Recipe): Unfed[] {
	return Object.entries(pack.raw).flatMap(([table, { columns }]): Unfed[] => {
		const feeds = (recipe.tables[table] ?? []).filter(({ source }) => recipe.sources[source]?.left !== true);
		if (feeds.length === 0) return [{ table, column: null, because: 'no-table' }];
		return Object.keys(columns).flatMap((column): Unfed[] => {
			const ways = feeds.flatMap(({ source, columns: own }) => {
				const way = own[column];
				if (!way || (way.from.length === 0 && way.numbered !== true)) return [];
				return [way.from.some((each) => recipe.sources[source]?.privacy[each] === 'drop') ? 'dropped' : 'there'];
			});
			return ways.includes('there') ? [] : [{ table, column, because: ways.length > 0 ? 'dropped' : 'no-column' }];
		});
	});
}
