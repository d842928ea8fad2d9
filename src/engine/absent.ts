import { unfedOf } from '../import/map/unfed.ts';
import type { Recipe } from '../import/types.ts';
import type { Pack } from '../pack/types.ts';
import type { Absent } from './api.ts';
import type { Duck } from './duckdb.ts';

/** What of a pack's raw tables a recipe gives nothing for, and the columns of those made in the current catalog in which nothing stands. */
export function absentIn(duck: Duck, pack: Pack, recipe: Recipe): Absent[] {
	const known = unfedOf(pack, recipe);
	const empty = Object.entries(pack.raw).flatMap(([table, contract]): Absent[] => {
		const columns = Object.keys(contract.columns).filter((column) => !known.some((one) => one.table === table && (one.column === null || one.column === column)));
		if (columns.length === 0) return [];
		const counts = duck.rows(`select count(*)::double as n, ${columns.map((column, i) => `(count("${column}") filter (trim("${column}") <> ''))::double as c${String(i)}`).join(', ')} from raw."${table}"`)[0] ?? {};
		return Number(counts.n) === 0 ? [] : columns.filter((_, i) => Number(counts[`c${String(i)}`]) === 0).map((column) => ({ table, column, because: 'empty' }));
	});
	return [...known, ...empty];
}
