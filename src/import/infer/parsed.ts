import type { Conversion } from '../types.ts';
import { readSql } from './convert.ts';
import type { Distinct } from './distinct.ts';

const work = 'temp."_infer_parsed"';

/** The texts of a column with what the first of some conversions that can read them makes of each (`r`, or NULL), read once for all that looks at it. */
export function withParsed<T>({ db, table }: Distinct, readers: readonly Conversion[], use: (parsed: string) => T): T {
	const read = readers.map((reader) => readSql(reader, 'text')).join(', ');
	db.run(`create or replace temp table ${work} as select text, n, line, coalesce(${read}) as r from ${table}`);
	try {
		return use(work);
	} finally {
		db.run(`drop table if exists ${work}`);
	}
}
