import type { Db } from '../types.ts';
import { DRAWN, lookedUp, permutation, putNumbers, putTexts, SAID, type Cell, type Draw } from './drawn.ts';

export interface Surrogates {
	/** The expression with the surrogate of a cell; nothing for a cell that says nothing. */
	of: (cell: string) => string;
	/** Forgets which text had which surrogate. */
	drop: () => void;
}

/**
 * One surrogate for each distinct text of all these cells together: the same id in two files stays the same, different ones stay
 * different. Which one is drawn, and is no function of the text; once dropped, the map exists nowhere.
 */
export function makeSurrogates(db: Db, cells: readonly Cell[], draw: Draw): Surrogates {
	if (cells.length === 0) return { of: () => 'null::varchar', drop: () => undefined };
	const n = putTexts(db, 'import_said', cells);
	putNumbers(db, 'import_drawn', permutation(n, draw));
	const width = String(n).length;
	db.run(`create or replace temp table import_surrogates as select ${SAID}, 'R' || lpad(cast(drawn as varchar), ${String(width)}, '0') as ${DRAWN} from import_said join import_drawn using (place)`);
	db.run('drop table import_said');
	db.run('drop table import_drawn');
	return {
		of: (cell) => lookedUp('import_surrogates', `nullif(trim(${cell}), '')`),
		drop: () => db.run('drop table if exists import_surrogates'),
	};
}
