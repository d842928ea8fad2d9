import type { ColumnProfile, Db } from '../types.ts';
import { named, said } from './sql.ts';

export interface ColumnOf {
	source: string;
	column: string;
}

/** What can be asked of the rows themselves, where they are at hand. */
export interface RowEvidence {
	/** Share of the distinct texts of one column that stand in another one (0–1). */
	overlap(of: ColumnOf, within: ColumnOf): number;
	/** Of the texts of `key` with which every column of `given` has one text only: the share with which `column` has one text only (0–1). */
	constant(source: string, key: string, column: string, given: readonly string[]): number;
}

/** `tables`: the SQL name of the table that a source landed in, by source id; its columns are called as the source's. */
export function rowEvidence(db: Db, tables: Readonly<Record<string, string>>): RowEvidence {
	const tableOf = (source: string): string => (Object.hasOwn(tables, source) ? (tables[source] ?? '') : '');
	const share = (sql: string): number => Number(db.rows(sql)[0]?.share ?? 0);
	const distinct = ({ source, column }: ColumnOf): string => `select distinct ${said(named(column))} as t from ${tableOf(source)} where ${said(named(column))} is not null`;
	const kept = new Map<string, number>();
	const remembered = (sql: string): number => {
		const known = kept.get(sql);
		if (known !== undefined) return known;
		const value = share(sql);
		kept.set(sql, value);
		return value;
	};
	return {
		overlap: (of, within) =>
			tableOf(of.source) === '' || tableOf(within.source) === '' ? 0 : remembered(`select coalesce(avg(case when b.t is not null then 1.0 else 0.0 end), 0)::double as share from (${distinct(of)}) as a left join (${distinct(within)}) as b on a.t = b.t`),
		constant: (source, key, column, given) => {
			if (tableOf(source) === '') return 0;
			const texts = (name: string): string => `count(distinct coalesce(${said(named(name))}, ''))`;
			const kept = given.length === 0 ? '' : ` having ${given.map((name) => `${texts(name)} = 1`).join(' and ')}`;
			return remembered(`select coalesce(avg(case when n = 1 then 1.0 else 0.0 end), 0)::double as share from (select ${texts(column)} as n from ${tableOf(source)} where ${said(named(key))} is not null group by ${said(named(key))}${kept}) as keys`);
		},
	};
}

/** As `overlap`, from the texts that two profiles list; null where a list is not whole. */
export function profileOverlap(of: ColumnProfile, within: ColumnProfile): number | null {
	if (of.values.length < of.distinct || within.values.length < within.distinct || of.values.length === 0) return null;
	const known = new Set(within.values.map(({ text }) => text));
	return of.values.filter(({ text }) => known.has(text)).length / of.values.length;
}
