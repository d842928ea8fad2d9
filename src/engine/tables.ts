import { conversionSql } from '../import/infer/index.ts';
import { tableSql, type LandedFeed } from '../import/map/table-sql.ts';
import { privacySql } from '../import/privacy/actions.ts';
import type { Cell, Draw } from '../import/privacy/drawn.ts';
import { makeShifts, type Shifted } from '../import/privacy/shifts.ts';
import { makeSurrogates } from '../import/privacy/surrogates.ts';
import type { ColumnReading, Recipe, TableRecipe } from '../import/types.ts';
import { ThroughlineError } from '../lib/errors.ts';
import type { CellType, Pack } from '../pack/types.ts';
import type { Duck } from './duckdb.ts';
import type { Landed } from './intake.ts';

/** Each raw table that was made: from which sources, rows and lines read, and rows of the table. */
export type Made = { table: string; files: string[]; read: number; rows: number }[];

type ReadingOf = (source: string, column: string) => ColumnReading | undefined;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

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
			const rows = Number(duck.rows(`select count(*) as n from raw.${quoted(table)}`)[0]?.n ?? 0);
			const fed = [...new Set(taken.map(({ source }) => source))].map(landedAs);
			return [{ table, files: fed.map(({ source }) => source.id), read: taken.reduce((sum, { source }) => sum + landedAs(source).source.rows + landedAs(source).source.skipped, 0), rows }];
		});
	} finally {
		surrogates.drop();
		shifts.drop();
	}
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
