import type { Conversion } from '../types.ts';
import { readSql } from './convert.ts';
import type { Distinct } from './distinct.ts';

const work = 'temp."_infer_parsed"';

/**
 * The texts of a column with what SQL over `text` makes of each (`r`, or NULL), read once for all that looks at it: asked for the
 * same SQL again, the table stands already. It goes with the texts.
 */
export function parsedBy(distinct: Distinct, sql: string): string {
	if (distinct.parsed !== sql) distinct.db.run(`create or replace temp table ${work} as select text, n, line, ${sql} as r from ${distinct.table}`);
	distinct.parsed = sql;
	return work;
}

/** By the first of some conversions that can read a text. */
export function parsedAs(distinct: Distinct, readers: readonly Conversion[]): string {
	const read = readers.map((reader) => readSql(reader, 'text'));
	return parsedBy(distinct, read.length === 1 ? (read[0] ?? '') : `coalesce(${read.join(', ')})`);
}

export const dropParsed = ({ db }: Pick<Distinct, 'db'>): void => db.run(`drop table if exists ${work}`);
