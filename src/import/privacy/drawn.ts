import { quoted } from '../map/sql.ts';
import type { Db } from '../types.ts';

/** A number in [0, 1) that nobody can foresee: made from crypto.getRandomValues by whoever calls. */
export type Draw = () => number;

/** A cell of a landed table: the SQL name of the table, and the VARCHAR expression. */
export interface Cell {
	from: string;
	cell: string;
}

/** Columns of the maps: a column of a file that is called the same would be taken for them inside a lookup. */
export const SAID = '"␟said"';
export const DRAWN = '"␟drawn"';

/** The drawn number or text that stands for the text of an expression; nothing for one that stands in no map. */
export const lookedUp = (table: string, text: string): string => `(select "␟map".${DRAWN} from ${table} as "␟map" where "␟map".${SAID} = ${text})`;

const AT_ONCE = 20_000;

/** Numbers into a table (place integer from 1, drawn integer) without a statement of one literal each. */
export function putNumbers(db: Db, table: string, numbers: Int32Array): void {
	db.run(`create or replace temp table ${table} (place integer, drawn integer)`);
	for (let start = 0; start < numbers.length; start += AT_ONCE) {
		const text = numbers.subarray(start, start + AT_ONCE).join(',');
		db.run(`insert into ${table} select cast(row_number() over () as integer) + ${String(start)}, cast(drawn as integer) from (select unnest(string_split(${quoted(text)}, ',')) as drawn)`);
	}
}

/** 1 to n in an order drawn at random (Fisher and Yates). */
export function permutation(n: number, draw: Draw): Int32Array {
	const numbers = Int32Array.from({ length: n }, (_, i) => i + 1);
	for (let i = n - 1; i > 0; i--) {
		const j = Math.floor(draw() * (i + 1));
		const kept = numbers[i] ?? 0;
		numbers[i] = numbers[j] ?? 0;
		numbers[j] = kept;
	}
	return numbers;
}

/** Distinct texts that cells say, numbered by their order, in a temp table (SAID, place); returns how many. */
export function putTexts(db: Db, table: string, cells: readonly Cell[]): number {
	const all = cells.map(({ from, cell }) => `select distinct nullif(trim(${cell}), '') as ${SAID} from ${from}`).join(' union ');
	db.run(`create or replace temp table ${table} as select ${SAID}, cast(row_number() over (order by ${SAID}) as integer) as place from (${all}) as texts where ${SAID} is not null`);
	return Number(db.rows(`select count(*) as n from ${table}`)[0]?.n ?? 0);
}
