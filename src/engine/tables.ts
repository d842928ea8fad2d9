import { literal, quoted } from '../lib/sql-text.ts';
import { conversionSql } from '../import/infer/index.ts';
import { keyOf } from '../import/map/contract.ts';
import { tableSql, type LandedFeed } from '../import/map/table-sql.ts';
import { privacySql } from '../import/privacy/actions.ts';
import type { Cell, Draw } from '../import/privacy/drawn.ts';
import { makeShifts, type Shifted } from '../import/privacy/shifts.ts';
import { makeSurrogates } from '../import/privacy/surrogates.ts';
import type { ColumnReading, Recipe, Source, TableRecipe } from '../import/types.ts';
import { ThroughlineError } from '../lib/errors.ts';
import type { CellType, Pack } from '../pack/types.ts';
import type { Duck } from './duckdb.ts';
import type { Landed } from './intake.ts';

/** Each raw table that was made: from which sources, rows and lines read, and rows of the table. */
export type Made = { table: string; files: string[]; read: number; rows: number; replaced: number }[];

type ReadingOf = (source: string, column: string) => ColumnReading | undefined;


/** Makes the raw tables that a recipe feeds, in the current catalog. */
export function makeTables(duck: Duck, pack: Pack, recipe: Recipe, sources: readonly Landed[], readingOf: ReadingOf, draw: Draw): Made {
	const landedAs = (id: string): Landed => {
		const found = sources.find(({ source }) => source.id === id);
		if (!found) throw new ThroughlineError('request.invalid', { what: 'A source', given: id, allowed: sources.map(({ source }) => source.id).join(', ') });
		return found;
	};
	const textOf = (source: string, column: string): string => conversionSql(readingOf(source, column)?.conversion ?? { kind: 'text', missing: [] }, quoted(column));
	const acted = (action: string): { source: string; column: string }[] => Object.entries(recipe.sources).flatMap(([source, { privacy, left }]) => (left ? [] : Object.entries(privacy).flatMap(([column, each]) => (each === action ? [{ source, column }] : []))));
	const surrogates = makeSurrogates(duck, acted('surrogate').map(({ source, column }): Cell => ({ from: landedAs(source).landed, cell: textOf(source, column) })), draw);
	const shifts = makeShifts(duck, [...new Set(acted('shift').map(({ source }) => source))].flatMap((source) => shiftedBy(recipe, source, landedAs, textOf)), draw);
	try {
		return Object.entries(recipe.tables).flatMap(([table, feeds]) => {
			const contract = pack.raw[table];
			const taken = feeds.filter(({ source }) => recipe.sources[source]?.left !== true);
			if (!contract || taken.length === 0) return [];
			const landed = taken.map((feed): LandedFeed => ({ source: feed.source, from: landedAs(feed.source).landed, recipe: feed, cell: (column) => privacySql(recipe.sources[feed.source]?.privacy[column] ?? 'keep', textOf(feed.source, column), { surrogate: surrogates.of, ...withDays(shifts.days(feed.source)) }, typeFed(feed, contract.columns, column)) }));
			for (const sql of tableSql(table, contract, landed)) duck.run(sql);
			const replaced = recipe.repeats === 'later' && taken.length > 1 ? keepLater(duck, table, Object.keys(contract.columns), keyOf(pack, table), sources.map(({ source }) => source)) : 0;
			const rows = Number(duck.rows(`select count(*) as n from raw.${quoted(table)}`)[0]?.n ?? 0);
			const fed = [...new Set(taken.map(({ source }) => source))].map(landedAs);
			return [{ table, files: fed.map(({ source }) => source.id), read: taken.reduce((sum, { source }) => sum + landedAs(source).source.rows + landedAs(source).source.skipped, 0), rows, replaced }];
		});
	} finally {
		surrogates.drop();
		shifts.drop();
	}
}

/** Removes rows whose key a later one of the files has, too; how many of them said something else. Parts of one file, such as sheets, have one place. */
function keepLater(duck: Duck, table: string, columns: readonly string[], key: readonly string[], sources: readonly Pick<Source, 'id' | 'file'>[]): number {
	if (key.length === 0) return 0;
	const [name, origin, extra] = ['', '__origin', '__extra'].map((suffix) => `raw.${quoted(`${table}${suffix}`)}`) as [string, string, string];
	const placeOf = (file: string): number => sources.findIndex((source) => source.file === file);
	const place = `case origin.source ${sources.map(({ id, file }) => `when ${literal(id)} then ${String(placeOf(file))}`).join(' ')} end`;
	const keys = key.map((column) => `trim(rows.${quoted(column)})`);
	duck.run(`create or replace temp table replaced_rows as with said as (
			select rows._row, ${place} as place, ${keys.map((each, i) => `${each} as k${String(i)}`).join(', ')}, hash(row(${columns.map((column) => `rows.${quoted(column)}`).join(', ')})) as content
			from ${name} as rows join ${origin} as origin on rows._row = origin._row where ${keys.map((each) => `${each} <> ''`).join(' and ')}),
		judged as (select _row, place, content, max(place) over same_key as last_place, arg_max(content, place) over same_key as last_content from said window same_key as (partition by ${key.map((_, i) => `k${String(i)}`).join(', ')}))
		select _row, content <> last_content as differs from judged where place < last_place`);
	const differing = Number(duck.rows('select count(*) filter (where differs) as n from replaced_rows')[0]?.n ?? 0);
	const carried = Number(duck.rows(`select count(*) as n from duckdb_tables() where database_name = current_database() and schema_name = 'raw' and table_name = ${literal(`${table}__extra`)}`)[0]?.n ?? 0) > 0;
	for (const each of [name, origin, ...(carried ? [extra] : [])]) duck.run(`delete from ${each} where _row in (select _row from replaced_rows)`);
	duck.run('drop table temp.replaced_rows');
	return differing;
}

const withDays = (days: string | undefined): { days?: string } => (days === undefined ? {} : { days });

/** The type of the contract column that a source column feeds. */
function typeFed({ columns }: TableRecipe, contract: Pack['raw'][string]['columns'], column: string): CellType {
	const fed = Object.entries(columns).find(([, { from }]) => from.includes(column))?.[0];
	return contract[fed ?? '']?.type ?? 'text';
}

function shiftedBy(recipe: Recipe, source: string, landedAs: (id: string) => Landed, textOf: (source: string, column: string) => string): Shifted[] {
	const person = recipe.sources[source]?.person;
	if (!person) return [];
	const { through } = person;
	return [{ source, from: landedAs(source).landed, cell: textOf(source, person.column), ...(through ? { through: { from: landedAs(through.source).landed, key: textOf(through.source, through.key), person: textOf(through.source, through.person) } } : {}) }];
}
