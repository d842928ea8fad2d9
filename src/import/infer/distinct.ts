import type { Db, ValueCount } from '../types.ts';
import { dropParsed } from './parsed.ts';
import { quoted, trimmed } from './text.ts';

/** The different texts (trimmed, not empty) of one column. */
export interface Distinct {
	db: Db;
	/** Something to select from: `text`, its count `n`, its first `line`. In columns where most texts differ, one row a cell. */
	table: string;
	filled: number;
	different: number;
	longest: number;
	/** The 200 most frequent. */
	values: ValueCount[];
	/** SQL by which the table of parsed texts was made, if it was. */
	parsed?: string;
}

const work = 'temp."_infer_texts"';
const untrimmed = "regexp_matches(text, '^\\s|\\s$|^[^!-~]|[^!-~]$')";

/** One pass over groups. Ties go to the earlier line; counts and lines have 31 bits. */
function measured(db: Db, from: string): Omit<Distinct, 'db' | 'table' | 'parsed'> {
	const [row] = db.rows(`select coalesce(sum(n), 0)::double as filled, count(*)::double as different, coalesce(max(length(text)), 0)::double as longest,
		max_by({'text': text, 'n': n::double, 'line': line}, n::bigint * 2147483648 - line, 200) as top from ${from}`);
	const top = (row?.top ?? []) as Iterable<{ text: string; n: number; line: number }>;
	return {
		filled: Number(row?.filled),
		different: Number(row?.different),
		longest: Number(row?.longest),
		values: [...top].map(({ text, n, line }) => ({ text, count: n, line })),
	};
}

function cleared<T>(db: Db, task: () => T): T {
	try {
		return task();
	} finally {
		db.run(`drop table if exists ${work}`);
		dropParsed({ db });
	}
}

/** Makes the texts of a column ready, hands them over, and clears up. One at a time: the table has one name. */
export function withDistinct<T>(db: Db, table: string, column: string, use: (distinct: Distinct) => T): T {
	const name = quoted(column);
	const [size] = db.rows(`select count(${name})::double as filled, approx_count_distinct(${name})::double as different from ${table}`);
	const cells = (text: string): string => `(select ${text} as text, _line as line from ${table} where ${name} is not null)`;
	const grouped = (from: string): string => `(select text, count(*) as n, min(line) as line from ${from} where text <> '' group by 1)`;
	if (Number(size?.different) > 100_000 && Number(size?.different) > Number(size?.filled) / 3) {
		const [found] = db.rows(`select count(*)::double as n from ${cells(name)} where ${untrimmed}`);
		const all = cells(Number(found?.n) > 0 ? trimmed(name) : name);
		return cleared(db, () => use({ db, table: `(select text, 1 as n, line from ${all} where text <> '')`, ...measured(db, grouped(all)) }));
	}
	return cleared(db, () => {
		db.run(`create or replace temp table ${work} as select * from ${grouped(cells(name))}`);
		const [found] = db.rows(`select count(*)::double as n from ${work} where ${untrimmed}`);
		if (Number(found?.n) > 0) {
			db.run(`create or replace temp table ${work} as select text, sum(n)::bigint as n, min(line) as line from (select ${trimmed('text')} as text, n, line from ${work}) where text <> '' group by 1`);
		}
		return use({ db, table: work, ...measured(db, work) });
	});
}
