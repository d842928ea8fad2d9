import { instantLiteral } from '../lib/template.ts';
import type { Grain, Measure } from '../pack/types.ts';
import { scopeOf } from './compile.ts';
import type { ResultRow } from './finish.ts';
import { literal } from './relation.ts';
import type { Context, MeasureRequest } from './request.ts';
import { kaplanMeier, survivalAt } from './statistics/survival.ts';
import type { Plan, Selection } from './tiles/plan.ts';

/** One shown number: a measure, the group it stands for, and the bucket where it is a point of a trend. */
export interface Cell {
	measure: string;
	keys?: Readonly<Record<string, string | null>>;
	bucket?: { grain: Grain; t: number };
	clock?: MeasureRequest['clock'];
}

export interface Proof {
	/** Rows of the mart that the number is made of, with what each adds in columns `proof_…`. */
	rows: readonly ResultRow[];
	/** How many there are; `rows` holds at most the limit asked. */
	count: number;
	/** Rows of the mart under the same slicers that take no part, by reason. */
	leftOut: { reason: string; count: number; condition: string }[];
	/** The statement that lists the rows, complete in itself, for a console. */
	sql: string;
}

const literalInstant = (ms: number): string => instantLiteral(new Date(ms).toISOString().slice(0, 19));

/** What each row adds, as columns. */
function contributions(measure: Measure, expr: (sql: string) => string, asOf: string): string[] {
	switch (measure.kind) {
		case 'count':
		case 'balance':
		case 'expression':
			return [];
		case 'sum':
		case 'mean':
		case 'quantile':
			return [`(${expr(measure.expr)})::double as proof_value`];
		case 'share':
			return [`(${expr(measure.num)})::integer as proof_num`];
		case 'ratio':
			return [`(${expr(measure.num)})::double as proof_num`, `(${expr(measure.den)})::double as proof_den`];
		case 'survival': {
			const [start, end] = [expr(measure.start), expr(measure.end)];
			const event = `coalesce(${end} <= ${asOf}, false)`;
			return [`epoch(case when ${event} then ${end} else ${asOf} end - ${start}) / 86400.0 as proof_days`, `(${event})::integer as proof_event`, ...(measure.stat === 'open_at' ? [`(${expr(measure.at)})::double as proof_limit`] : [])];
		}
	}
}

/** Rows that take part at all: those with a value, or inside the denominator. */
function takesPart(measure: Measure, expr: (sql: string) => string, asOf: string): string | null {
	if (measure.kind === 'share') return `coalesce(${expr(measure.den)}, false)`;
	if (measure.kind === 'sum' || measure.kind === 'mean' || measure.kind === 'quantile') return `(${expr(measure.expr)}) is not null`;
	if (measure.kind === 'survival') return `${expr(measure.start)} <= ${asOf}`;
	return null;
}

function inBucket(measure: Measure, expr: (sql: string) => string, asOf: string, bucket: Cell['bucket']): string[] {
	if (measure.kind === 'balance') {
		const [from, to] = [expr(measure.from), expr(measure.to)];
		if (!bucket) return [`${from} <= ${asOf}`, `(${to} is null or ${to} > ${asOf})`];
		const end = `least(${literalInstant(bucket.t)} + interval 1 ${bucket.grain}, ${asOf} + interval 1 microsecond)`;
		return [`${from} < ${end}`, `(${to} is null or ${to} >= ${end})`];
	}
	if (!bucket || measure.time === undefined) return [];
	return [`date_trunc('${bucket.grain}', "${measure.time}") = ${literalInstant(bucket.t)}`];
}

/** Rows to list: those in the scope (the mark) and the dates that take part. All are SQL conditions. */
export interface Listing {
	/** A table, or a query in parentheses with a name. */
	from: string;
	/** Queries that `from` builds on, as `with …`. */
	before?: string;
	/** What each row adds, as `expression as proof_…`. */
	added: readonly string[];
	scope: readonly string[];
	dates: readonly string[];
	part: readonly string[];
	orderBy?: string;
	selections: readonly Selection[];
}

const met = (conditions: readonly string[]): string => (conditions.length > 0 ? conditions.map((condition) => `coalesce(${condition}, false)`).join(' and ') : 'true');

/** Selections are known only where they were made; spelled out, the statement runs anywhere. */
function alone(sql: string, selections: readonly Selection[]): string {
	return selections.reduce((text, { name, sql: rows }) => text.replaceAll(`from "${name}"`, `from (${rows}) as selected`), sql);
}

/** The rows, at most `limit` of them, how many there are, and how many of the scope take no part and why. */
export function listed({ from, before, added, scope, dates, part, orderBy, selections }: Listing, limit: number): Plan<Proof> {
	const all = [...scope, ...dates, ...part];
	const start = before === undefined ? '' : `${before}\n`;
	const sql = `${start}select ${['*', ...added].join(', ')}\nfrom ${from}${all.length > 0 ? `\nwhere ${all.join('\n    and ')}` : ''}${orderBy === undefined ? '' : `\norder by ${orderBy}`}`;
	const count = (name: string, condition: string): string => `count(*) filter (where ${condition})::double as ${name}`;
	return {
		statements: [
			`${sql}\nlimit ${String(limit)}`,
			`${start}select count(*)::double as total, ${count('other_dates', `not (${met(dates)})`)}, ${count('no_part', `${met(dates)} and not (${met(part)})`)} from ${from}${scope.length > 0 ? ` where ${scope.join(' and ')}` : ''}`,
		],
		selections: [...selections],
		read: ([rows = [], counts = []]) => {
			const [total, otherDates, noPart] = ['total', 'other_dates', 'no_part'].map((name) => Number(counts[0]?.[name] ?? 0)) as [number, number, number];
			const leftOut = [
				{ reason: 'outside the dates', count: otherDates, condition: dates.join(' and ') },
				{ reason: 'not what is counted here', count: noPart, condition: part.join(' and ') },
			];
			return { rows, count: total - otherDates - noPart, leftOut: leftOut.filter((each) => each.count > 0), sql: alone(sql, selections) };
		},
	};
}

export function proofPlan(context: Context, cell: Cell, limit = 5000, alongside: readonly string[] = []): Plan<Proof> {
	const request: MeasureRequest = {
		measure: cell.measure,
		by: Object.keys(cell.keys ?? {}),
		...(cell.bucket ? { grain: cell.bucket.grain } : {}),
		...(cell.clock ? { clock: cell.clock } : {}),
	};
	const { measure, relation, at, conditions, expr, columnOf } = scopeOf(context, request);
	const asOf = instantLiteral(at.asOf);
	const own = measure.where === undefined ? null : `(${expr(measure.where)})`;
	const group = Object.entries(cell.keys ?? {}).map(([dimension, value]) => (value === null ? `${columnOf(dimension)} is null` : `${columnOf(dimension)} = ${literal(value)}`));
	return listed(
		{
			from: relation.mart,
			added: [...contributions(measure, expr, asOf), ...alongside],
			scope: [...relation.conditions, ...group, ...inBucket(measure, expr, asOf, cell.bucket)],
			dates: conditions.filter((condition) => condition !== own),
			part: [own, takesPart(measure, expr, asOf)].filter((each) => each !== null),
			selections: [],
		},
		limit,
	);
}

export const numbers = (rows: readonly ResultRow[], column: string): number[] => rows.flatMap((row) => (row[column] === null || row[column] === undefined ? [] : [Number(row[column])]));
export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The number again, from its listed rows alone, by plain arithmetic: what makes the list a proof. An expression's arithmetic is DuckDB's own. */
export function reaggregate(measure: Exclude<Measure, { kind: 'expression' }>, rows: readonly ResultRow[]): number | null {
	switch (measure.kind) {
		case 'count':
		case 'balance':
			return rows.length;
		case 'sum':
			return sum(numbers(rows, 'proof_value'));
		case 'mean':
			return rows.length === 0 ? null : sum(numbers(rows, 'proof_value')) / rows.length;
		case 'share':
			return rows.length === 0 ? null : sum(numbers(rows, 'proof_num')) / rows.length;
		case 'ratio': {
			const den = sum(numbers(rows, 'proof_den'));
			return den === 0 ? null : sum(numbers(rows, 'proof_num')) / den;
		}
		case 'quantile': {
			const values = numbers(rows, 'proof_value').sort((a, b) => a - b);
			const at = (values.length - 1) * measure.q;
			const low = values[Math.floor(at)];
			const high = values[Math.ceil(at)];
			return low === undefined || high === undefined ? null : low + (high - low) * (at - Math.floor(at));
		}
		case 'survival': {
			if (rows.length === 0) return null;
			const curve = kaplanMeier(rows.map((row) => ({ time: Number(row.proof_days), event: Number(row.proof_event) === 1 })));
			if (measure.stat === 'median') return curve.median.value;
			return survivalAt(curve.steps, Number(rows[0]?.proof_limit), curve.followUp).value;
		}
	}
}
