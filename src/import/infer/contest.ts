import type { Deciding } from '../types.ts';
import type { Distinct } from './distinct.ts';
import { parsedBy } from './parsed.ts';

export interface Candidate {
	/** Canonical text of `text`, or NULL. */
	sql: string;
	/** Makes two readings comparable; the canonical text itself where absent. */
	comparable?: (read: string) => string;
}

/** A cell with what each candidate makes of it. */
export interface Cell extends Deciding {
	reads: (string | null)[];
}

/** How several ways of reading compare over all cells of a column. */
export interface Contest {
	/** Cells that at least one reads. */
	any: number;
	/** Cells that each reads. */
	reads: number[];
	/** Cells that only this one reads: they decide. */
	sole: { cells: number; examples: Cell[] }[];
	/** Cells that are read differently by those that read every cell. */
	differ: { cells: number; examples: Cell[] };
	/** Candidates that read every cell that any reads. */
	whole: number[];
}

const numbered = (candidates: readonly unknown[], of: (i: number) => string): string => candidates.map((_, i) => of(i)).join(', ');

interface Found {
	line: number;
	text: string;
	reads: Iterable<string | null>;
}

const cellsOf = (found: unknown): Cell[] => [...((found ?? []) as Iterable<Found>)].map(({ line, text, reads }) => ({ line, text, reads: [...reads] }));

/** One candidate alone: nothing decides, and what it reads is kept for those who come after. */
function alone(distinct: Distinct, sql: string): Contest {
	const [row] = distinct.db.rows(`select coalesce(sum(n) filter (r is not null), 0)::double as "any" from ${parsedBy(distinct, sql)}`);
	const any = Number(row?.any);
	return { any, reads: [any], sole: [{ cells: any, examples: [] }], differ: { cells: 0, examples: [] }, whole: any > 0 ? [0] : [] };
}

export function contest(distinct: Distinct, candidates: readonly Candidate[]): Contest {
	const [first] = candidates;
	if (candidates.length === 1 && first) return alone(distinct, first.sql);
	const { db, table } = distinct;
	const read = `(select text, n, line, ${numbered(candidates, (i) => `${candidates[i]?.sql ?? 'null'} as r${String(i)}`)} from ${table})`;
	const cell = `{'line': line, 'text': text, 'reads': [${numbered(candidates, (i) => `r${String(i)}`)}]}`;
	const some = candidates.map((_, i) => `r${String(i)} is not null`).join(' or ');
	const only = (i: number): string => candidates.map((_, j) => `r${String(j)} is ${i === j ? 'not null' : 'null'}`).join(' and ');
	const [row = {}] = db.rows(`select coalesce(sum(n) filter (${some}), 0)::double as "any",
		${numbered(candidates, (i) => `coalesce(sum(n) filter (r${String(i)} is not null), 0)::double as reads${String(i)}, coalesce(sum(n) filter (${only(i)}), 0)::double as sole${String(i)}, min_by(${cell}, line, 5) filter (${only(i)}) as cells${String(i)}`)}
		from ${read}`);
	const any = Number(row.any);
	const reads = candidates.map((_, i) => Number(row[`reads${String(i)}`]));
	const whole = reads.flatMap((cells, i) => (cells === any && any > 0 ? [i] : []));
	const sole = candidates.map((_, i) => ({ cells: Number(row[`sole${String(i)}`]), examples: cellsOf(row[`cells${String(i)}`]) }));
	const rivals = whole.length === 1 ? [] : whole.length > 1 ? whole : candidates.map((_, i) => i);
	const value = (i: number): string => candidates[i]?.comparable?.(`r${String(i)}`) ?? `r${String(i)}`;
	const differs = rivals.flatMap((i, at) => rivals.slice(at + 1).map((j) => `${value(i)} <> ${value(j)}`)).join(' or ');
	const [differ = {}] = differs === '' ? [] : db.rows(`select coalesce(sum(n), 0)::double as n, min_by(${cell}, line, 5) as cells from ${read} where ${differs}`);
	return { any, reads, sole, differ: { cells: Number(differ.n ?? 0), examples: cellsOf(differ.cells) }, whole };
}

export const decidingOf = (cells: readonly Cell[]): Deciding[] => cells.map(({ line, text }) => ({ line, text }));
