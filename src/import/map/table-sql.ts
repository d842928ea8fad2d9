import type { RawTable } from '../../pack/types.ts';
import type { ColumnRecipe, TableRecipe } from '../types.ts';
import { named, quoted, said } from './sql.ts';

/** One source of a raw table, as it landed. */
export interface LandedFeed {
	/** The source's id, as rows are to be traced to it. */
	source: string;
	/** The SQL name of the landed table. */
	from: string;
	/** The VARCHAR expression with the canonical text of a source column, with what privacy asks for done. */
	cell: (column: string) => string;
	recipe: TableRecipe;
}

const clocks = ['%H:%M:%S.%f', '%H:%M:%S', '%H:%M', '%I:%M:%S %p', '%I:%M %p', '%I:%M%p', '%I %p', '%I%p', '%H%M'];

/** A date and a time of day as one text. Without a date there is none; without a time it is the date; a time that cannot be read stays. */
export function joinedSql(date: string, time: string): string {
	const day = `case when regexp_full_match(trim(${date}), '\\d{4}-\\d{2}-\\d{2}([ T]00:00(:00(\\.0+)?)?)?') then left(trim(${date}), 10) else trim(${date}) end`;
	const read = `strftime(try_strptime(upper(trim(${time})), [${clocks.map(quoted).join(', ')}]), '%H:%M:%S.%f')`;
	const hour = `coalesce(rtrim(rtrim(${read}, '0'), '.'), trim(${time}))`;
	return `case when ${said(date)} is null then null when ${said(time)} is null then ${date} else ${day} || ' ' || ${hour} end`;
}

/** Texts that are named become values; all others stay as they are. */
export function valuesSql(values: Readonly<Record<string, string>>, cell: string): string {
	const whens = Object.entries(values).map(([text, value]) => `when ${quoted(text.trim())} then ${quoted(value)}`);
	return whens.length === 0 ? cell : `case trim(${cell}) ${whens.join(' ')} else ${cell} end`;
}

/** The expression of a contract column over a landed table. */
export function columnSql(recipe: ColumnRecipe | undefined, cell: LandedFeed['cell']): string {
	const [first, second] = recipe?.from ?? [];
	if (!recipe || first === undefined) return 'null::varchar';
	const text = second === undefined ? cell(first) : joinedSql(cell(first), cell(second));
	return valuesSql(recipe.values ?? {}, text);
}

const own = (recipe: TableRecipe, column: string): ColumnRecipe | undefined => (Object.hasOwn(recipe.columns, column) ? recipe.columns[column] : undefined);

/** Extra columns of all feeds under the names by which they stand: names that differ in case only are one, as in the engine. */
export function extraColumns(feeds: readonly LandedFeed[]): { name: string; is: (column: string) => boolean }[] {
	const names = new Map<string, string>();
	for (const column of feeds.flatMap(({ recipe }) => recipe.extra)) if (!names.has(column.toLowerCase())) names.set(column.toLowerCase(), column);
	return [...names].map(([lower, name]) => ({ name: lower === '_row' ? `${name} (file)` : name, is: (column) => column.toLowerCase() === lower }));
}

type Extra = readonly ReturnType<typeof extraColumns>[number][];

/** Every row of a feed with its place: feed, place in it, line, c0… of the contract, e0… of the extra columns. */
function feedSql(feed: LandedFeed, at: number, columns: readonly string[], extra: Extra): string {
	const cells = columns.map((column, i) => `${own(feed.recipe, column)?.numbered ? 'null::varchar' : columnSql(own(feed.recipe, column), feed.cell)} as c${String(i)}`);
	const extras = extra.map(({ is }, i) => {
		const column = feed.recipe.extra.find(is);
		return `${column === undefined ? 'null::varchar' : feed.cell(column)} as e${String(i)}`;
	});
	return `select ${String(at)} as feed, cast(row_number() over () as integer) as place, _line as line, ${[...cells, ...extras].join(', ')} from ${feed.from}`;
}

/** The places of a feed that become rows, and how many rows of the source each stands for. */
function keptSql(feeds: readonly LandedFeed[], at: number, columns: readonly string[], extra: Extra): string {
	const feed = feeds[at];
	if (!feed || feed.recipe.once.length === 0) return `select feed, place, 1 as copies from placed where feed = ${String(at)}`;
	const mapped = columns.flatMap((column, i) => (own(feed.recipe, column) ? [`c${String(i)}`] : []));
	const carried = extra.flatMap(({ is }, i) => (feed.recipe.extra.some(is) ? [`e${String(i)}`] : []));
	const keys = feed.recipe.once.map((column) => said(`c${String(columns.indexOf(column))}`));
	const groups = `select feed, min(place) as place, cast(count(*) as integer) as copies, ${mapped.join(', ')} from placed where feed = ${String(at)} and (${keys.map((key) => `${key} is not null`).join(' or ')}) group by ${['feed', ...mapped, ...carried].join(', ')}`;
	if (at === 0 || carried.length > 0) return `select feed, place, copies from (${groups})`;
	const same = mapped.map((column) => `one.${column} is not distinct from before.${column}`).join(' and ');
	return `select one.feed, one.place, one.copies from (${groups}) as one anti join (select * from placed where feed < ${String(at)}) as before on ${same}`;
}

/**
 * For one feed or more. Statements that make `raw."<table>"` (_row over all feeds in their order, the contract's columns as text, a place for re-read JSON) and
 * beside it, by the same _row, `raw."<table>__origin"` (source, line, feed from 0, and copies: how many rows of the source it stands for) and, where
 * there are extra columns, `raw."<table>__extra"`. Staging calls _row source_row, so extra columns join to a staging model there.
 */
export function tableSql(table: string, contract: RawTable, feeds: readonly LandedFeed[]): string[] {
	const columns = Object.keys(contract.columns);
	const extra = extraColumns(feeds);
	const target = (suffix: string): string => `raw.${named(`${table}${suffix}`)}`;
	const placed = feeds.map((feed, at) => feedSql(feed, at, columns, extra)).join(' union all ');
	const kept = feeds.map((_, at) => keptSql(feeds, at, columns, extra)).join(' union all ');
	const numbered = columns.map((column, i) => {
		const counted = feeds.flatMap(({ recipe }, at) => (own(recipe, column)?.numbered ? [String(at)] : []));
		return counted.length === 0 ? `c${String(i)} as ${named(column)}` : `case when feed in (${counted.join(', ')}) then cast(_row as varchar) else c${String(i)} end as ${named(column)}`;
	});
	const json = columns.filter((column) => contract.columns[column]?.type === 'json').map((column) => `null::varchar as ${named(`${column}_fields`)}`);
	const source = `case feed ${feeds.map((feed, at) => `when ${String(at)} then ${quoted(feed.source)}`).join(' ')} end`;
	const once = feeds.some(({ recipe }) => recipe.once.length > 0);
	const from = once ? target('__placed') : `(select cast(row_number() over () as integer) as _row, 1 as copies, placed.* from (${placed}) as placed) as placed`;
	return [
		...(once
			? [`create or replace table ${target('__placed')} as with placed as materialized (${placed}), kept as (${kept}) select cast(row_number() over (order by feed, place) as integer) as _row, kept.copies, placed.* from placed join kept using (feed, place) order by _row`]
			: []),
		`create or replace table ${target('')} as select _row, ${[...numbered, ...json].join(', ')} from ${from}`,
		`create or replace table ${target('__origin')} as select _row, ${source} as source, line, cast(feed as integer) as feed, copies from ${from}`,
		`drop table if exists ${target('__extra')}`,
		...(extra.length === 0 ? [] : [`create table ${target('__extra')} as select _row, ${extra.map(({ name }, i) => `e${String(i)} as ${named(name)}`).join(', ')} from ${from}`]),
		...(once ? [`drop table ${target('__placed')}`] : []),
	];
}
