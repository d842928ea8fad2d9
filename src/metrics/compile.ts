import { addDays } from '../lib/dates.ts';
import { ThroughlineError } from '../lib/errors.ts';
import { instantLiteral } from '../lib/template.ts';
import type { Grain, Measure } from '../pack/types.ts';
import { admitted } from './expressions.ts';
import { expression, identifier, martCalled, measureCalled, relationOf, segmentOf, within, type Relation } from './relation.ts';
import type { Context, MeasureRequest } from './request.ts';
import type { Kernel, KernelKey } from './statistics/kernels.ts';

/** SQL whose rows `finish` turns into measure rows. Columns: d0…dn the dimensions, t the bucket (ms), then the sums of the kind. */
export interface Compiled {
	sql: string;
	relation: Relation;
	dimensions: number;
	bucketed: boolean;
	/** Which of the statement's `s0, g0, s1, …` is this measure's share still open. */
	limit?: number;
	kernel?: Kernel;
}

interface Parts {
	/** Group columns of the base rows, as `expression as name`. */
	keys: string[];
	/** Their names. */
	names: string[];
	/** The same columns before they are made text, which is the quicker thing to group by. */
	raw: string[];
	from: string;
	where: string[];
	asOf: string;
	expr: (sql: string) => string;
}

const z95 = '1.959963984540054';

/** A product of shares that is one half by arithmetic may come out a little above it. */
const half = '0.500000001';

const bucketOf = (grain: Grain, column: string): string => `epoch_ms(date_trunc('${grain}', ${column}))::double`;

/** What a request ranges over, before its sums: shared by the compiler and by the proof of a number. */
export interface Scope {
	measure: Measure;
	relation: Relation;
	/** The as-of and range in force for this request. */
	at: Context;
	conditions: string[];
	expr: (sql: string) => string;
	columnOf: (dimension: string) => string;
}

export function scopeOf(context: Context, request: MeasureRequest): Scope {
	const { pack } = context;
	const measure = measureCalled(pack, request.measure);
	const mart = martCalled(pack, measure.mart);
	const at: Context = { ...context, asOf: request.asOf ?? context.asOf, range: request.range ?? context.range };
	for (const dimension of request.by ?? []) {
		if (!(mart.dimensions ?? []).includes(dimension) || !pack.dimensions[dimension]) throw new ThroughlineError('measure.dimension', { measure: request.measure, dimension });
	}
	if (measure.kind !== 'balance' && request.grain !== undefined && measure.time === undefined) throw new ThroughlineError('measure.no-time', { measure: request.measure });
	const expr = (sql: string): string => expression(at, request.measure, sql);
	const cut = request.clock === 'own' ? measure.time : mart.opened;
	const bounded = request.grain !== undefined && measure.kind !== 'balance' && measure.time !== undefined;
	return {
		measure,
		relation: relationOf(at, measure.mart),
		at,
		conditions: [
			measure.where === undefined ? null : `(${expr(measure.where)})`,
			cut === undefined || (measure.kind === 'balance' && request.grain !== undefined) ? null : within(cut, at.range),
			mart.known === undefined || measure.kind === 'balance' || at.asOf === context.asOf ? null : `${identifier(mart.known)} <= ${instantLiteral(at.asOf)}`,
			request.segment === undefined ? null : (segmentOf(pack, measure.mart, request.segment) ?? 'false'),
			bounded ? `${identifier(measure.time ?? '')} <= ${instantLiteral(at.asOf)}` : null,
		].filter((condition) => condition !== null),
		expr,
		columnOf: (dimension) => `${rawColumn(context, dimension)}::varchar`,
	};
}

const rawColumn = ({ pack }: Context, dimension: string): string => identifier(pack.dimensions[dimension]?.column ?? dimension);

export function compile(context: Context, request: MeasureRequest): Compiled {
	const { measure, relation, at, conditions, expr, columnOf } = scopeOf(context, request);
	const by = request.by ?? [];
	const keys = by.map((dimension, i) => `${columnOf(dimension)} as d${String(i)}`);
	const compiled = { relation, dimensions: by.length, bucketed: request.grain !== undefined };
	const over = { from: relation.mart, where: [...relation.conditions, ...conditions], keys: [] as KernelKey[] };
	if (measure.kind === 'balance') {
		over.keys = by.map((dimension, i) => ({ name: `d${String(i)}`, sql: columnOf(dimension), text: true }));
		return { ...compiled, sql: balance(measure, request, at, relation, keys, conditions), kernel: balanceKernel(measure, request, at, over) };
	}
	const parts: Parts = {
		keys: request.grain && measure.time ? [...keys, `${bucketOf(request.grain, identifier(measure.time))} as t`] : keys,
		names: [...by.map((_, i) => `d${String(i)}`), ...(request.grain ? ['t'] : [])],
		raw: [...by.map((dimension) => rawColumn(at, dimension)), ...(request.grain && measure.time ? [bucketOf(request.grain, identifier(measure.time))] : [])],
		from: relation.name,
		where: conditions,
		asOf: instantLiteral(at.asOf),
		expr,
	};
	over.keys = parts.names.map((name, i) => ({ name, sql: parts.raw[i] ?? name, text: name !== 't' }));
	const tested = request.tested === true;
	const { key } = martCalled(context.pack, measure.mart);
	switch (measure.kind) {
		case 'expression':
			return { ...compiled, sql: sqlOf(measure, parts, key, tested) };
		case 'count':
			return { ...compiled, sql: sqlOf(measure, parts, key, tested), kernel: { ...over, kind: 'count' } };
		case 'sum':
		case 'mean':
			return { ...compiled, sql: sqlOf(measure, parts, key, tested), kernel: { ...over, kind: measure.kind, x: expr(measure.expr) } };
		case 'share':
		case 'ratio':
			return { ...compiled, sql: sqlOf(measure, parts, key, tested), kernel: { ...over, kind: measure.kind, num: expr(measure.num), den: expr(measure.den) } };
		case 'quantile':
			return { ...compiled, sql: sqlOf(measure, parts, key, tested), kernel: { ...over, kind: 'quantile', x: expr(measure.expr), q: measure.q, tested } };
		case 'survival': {
			const limits = limitsOf(context, measure);
			const limit = measure.stat === 'open_at' ? limits.indexOf(measure.at) : -1;
			const asked = limits.length > 0 ? `select ${limits.map((each, i) => `(${expr(each)})::double as l${String(i)}`).join(', ')}` : null;
			const kernel: Kernel = { ...over, kind: 'survival', ...timesOf(expr(measure.start), expr(measure.end), parts.asOf), limits: asked, tested };
			return { ...compiled, sql: survival(parts, measure, limits.map(expr), tested), kernel, ...(limit >= 0 ? { limit } : {}) };
		}
	}
}

/** Days to the event or to now, and whether it came; a row that starts after now has neither. */
export function timesOf(start: string, end: string, asOf: string): { days: string; event: string } {
	const event = `coalesce(${end} <= ${asOf}, false)`;
	return { days: `case when ${start} <= ${asOf} then epoch(case when ${event} then ${end} else ${asOf} end - ${start}) / 86400.0 end`, event };
}

type Survival = Extract<Measure, { kind: 'survival' }>;

/** Measures of one curve share one statement, so that a view that shows several asks it once. */
function limitsOf(context: Context, measure: Survival): string[] {
	const same = Object.values(context.pack.measures).filter((each): each is Survival & { stat: 'open_at' } => each.kind === 'survival' && each.stat === 'open_at' && each.mart === measure.mart && each.start === measure.start && each.end === measure.end && each.where === measure.where);
	return [...new Set(same.map((each) => each.at))].sort();
}

function sqlOf(measure: Exclude<Measure, { kind: 'balance' | 'survival' }>, parts: Parts, key: readonly string[], tested: boolean): string {
	switch (measure.kind) {
		case 'count':
			return grouped(parts, ['count(*)::double as n']);
		case 'sum':
			return grouped(parts, [`count(${parts.expr(measure.expr)})::double as n`, `sum(${parts.expr(measure.expr)})::double as total`, `sum((${parts.expr(measure.expr)})::double * (${parts.expr(measure.expr)})::double)::double as squares`]);
		case 'mean':
			return grouped(parts, [`count(${parts.expr(measure.expr)})::double as n`, `avg(${parts.expr(measure.expr)})::double as mean`, `stddev_samp(${parts.expr(measure.expr)})::double as sd`]);
		case 'share':
			return grouped(parts, [`count(*) filter (where ${parts.expr(measure.den)})::double as den`, `count(*) filter (where (${parts.expr(measure.num)}) and (${parts.expr(measure.den)}))::double as num`]);
		case 'ratio': {
			const [y, x] = [`(${parts.expr(measure.num)})::double`, `(${parts.expr(measure.den)})::double`];
			return grouped(parts, ['count(*)::double as n', `sum(${y})::double as sy`, `sum(${x})::double as sx`, `sum(${y} * ${y})::double as syy`, `sum(${x} * ${x})::double as sxx`, `sum(${x} * ${y})::double as sxy`]);
		}
		case 'quantile':
			return quantile(parts, measure.expr, measure.q, tested);
		case 'expression':
			return jackknife(parts, key, admitted(measure.label, measure.expr, parts.expr(measure.expr)));
	}
}

/** How many parts the jackknife cuts the rows into. */
export const jackknifeParts = 20;

/**
 * Any aggregate, over all rows (part −1) and with each part of them left out; `finish` makes the interval. Rows fall into parts by a
 * hash of their key, which says nothing about them and is the same wherever the data is built.
 */
function jackknife(parts: Parts, key: readonly string[], sql: string): string {
	const keys = parts.names.map((name) => `${name}, `).join('');
	const columns = parts.keys.map((key) => `${key}, `).join('');
	return `with numbered as (select *, (hash(${key.map(identifier).join(', ')}) % ${String(jackknifeParts)})::integer as jackknife_part from ${parts.from}${whereOf(parts.where)}),
left_out as (select unnest(generate_series(-1, ${String(jackknifeParts - 1)})) as part),
computed as (
    select ${columns}left_out.part, count(*)::double as n, (${sql})::double as value
    from numbered join left_out on numbered.jackknife_part <> left_out.part${groupBy([...parts.names, 'left_out.part'])}
)
select ${keys}max(n) filter (where part = -1) as n, max(value) filter (where part = -1) as value,
    count(value) filter (where part >= 0 and isfinite(value))::double as parts, var_pop(value) filter (where part >= 0 and isfinite(value))::double as spread
from computed${groupBy(parts.names)}`;
}

const whereOf = (conditions: readonly string[]): string => (conditions.length > 0 ? `\nwhere ${conditions.join('\n    and ')}` : '');
const listOf = (columns: readonly string[]): string => columns.map((column) => `${column}, `).join('');
const groupBy = (names: readonly string[]): string => (names.length > 0 ? `\ngroup by ${names.join(', ')}` : '');
const partition = (names: readonly string[]): string => (names.length > 0 ? `partition by ${names.join(', ')} ` : '');

function grouped(parts: Parts, aggregates: readonly string[]): string {
	return `select ${listOf(parts.keys)}${aggregates.join(', ')}\nfrom ${parts.from}${whereOf(parts.where)}${groupBy(parts.raw)}`;
}

/** Median or another quantile, with the order statistics that bound it (normal approximation to the binomial ranks). */
function quantile(parts: Parts, sql: string, q: number, tested: boolean): string {
	const x = parts.expr(sql);
	const spread = `${z95} * sqrt(n * ${String(q)} * ${String(1 - q)})`;
	return `with base as (
    select ${listOf(parts.keys)}(${x})::double as x
    from ${parts.from}${whereOf([...parts.where, `(${x}) is not null`])}
),
ranked as (
    select *, row_number() over (${partition(parts.names)}order by x) as i, count(*) over (${partition(parts.names)}) as n${tested ? ', rank() over (order by x) + (count(*) over (partition by x) - 1) / 2.0 as overall' : ''}
    from base
)
select ${listOf(parts.names)}max(n)::double as n, quantile_cont(x, ${String(q)})::double as value,
    max(x) filter (where i = greatest(1, floor(n * ${String(q)} - ${spread}))) as lo,
    max(x) filter (where i = least(n, ceil(n * ${String(q)} + ${spread}) + 1)) as hi${tested ? ', sum(overall)::double as ranks' : ''}
from ranked${groupBy(parts.names)}`;
}

/**
 * Kaplan–Meier by group, open rows censored at the as-of; the median's bounds are where the log(−log) band crosses one half,
 * none above where the curve falls to 0 first. For the test each row's martingale residual under the pooled
 * Nelson–Aalen hazard (event − H(t)); their sum in a group is the log-rank numerator, its variance that of a permutation.
 */
function survival(parts: Parts, measure: Survival, limits: readonly string[], tested: boolean): string {
	const [start, end] = [parts.expr(measure.start), parts.expr(measure.end)];
	const event = `coalesce(${end} <= ${parts.asOf}, false)`;
	const p = partition(parts.names);
	const on = parts.names.map((name) => `h.${name} is not distinct from c.${name}`).join(' and ');
	const inGroup = parts.names.length > 0 ? ` and ${on}` : '';
	const stats = [
		`min(days) filter (where s <= ${half}) as value, min(days) filter (where s <= 0 or s ^ spread <= ${half}) as lo, min(days) filter (where s > 0 and s ^ (1 / spread) <= ${half}) as hi`,
		...limits.map((limit, i) => `coalesce(min(s) filter (where days <= ${limit}), 1) as s${String(i)}, coalesce(max(g) filter (where days <= ${limit}), 0) as g${String(i)}`),
	];
	return `with base as (
    select ${listOf(parts.keys)}epoch(case when ${event} then ${end} else ${parts.asOf} end - ${start}) / 86400.0 as t0, (${event})::integer as e
    from ${parts.from}${whereOf([...parts.where, `${start} <= ${parts.asOf}`])}
),
counted as (select ${listOf(parts.names)}t0, count(*)::double as k, sum(e)::double as d from base group by ${[...parts.names, 't0'].join(', ')}),
at_risk as (select *, sum(k) over (${p}order by t0 rows between current row and unbounded following) as r from counted),
survived as (
    select ${listOf(parts.names)}t0 as days, product(1 - d / r) over w as s, sum(case when r > d then d / (r * (r - d)) end) over w as g
    from at_risk where d > 0
    window w as (${p}order by t0 rows between unbounded preceding and current row)
),
steps as (select *, case when s > 0 then exp(${z95} * sqrt(g) / -ln(s)) end as spread from survived),
curve as (select ${listOf(parts.names)}${stats.join(', ')} from steps${groupBy(parts.names)}),
totals as (select ${listOf(parts.names)}count(*)::double as n, sum(e)::double as events, max(t0) as longest from base${groupBy(parts.names)})${tested ? residuals(parts) : ''}
select ${parts.names.map((name) => `c.${name}, `).join('')}c.n, c.events, c.longest, h.value, h.lo, h.hi${limits.map((limit, i) => `, case when c.longest >= ${limit} or coalesce(h.s${String(i)}, 1) = 0 then coalesce(h.s${String(i)}, 1) end as s${String(i)}, coalesce(h.g${String(i)}, 0) as g${String(i)}`).join('')}${tested ? ', o.score, o.squares' : ''}
from totals as c left join curve as h on true${inGroup}${tested ? ` left join observed as o on ${parts.names.map((name) => `o.${name} is not distinct from c.${name}`).join(' and ') || 'true'}` : ''}`;
}

function residuals(parts: Parts): string {
	return `,
pooled as (select t0, sum(k) as k, sum(d) as d from counted group by t0),
pooled_risk as (select t0, d, sum(k) over (order by t0 rows between current row and unbounded following) as r from pooled),
hazard as (select t0, sum(d / r) over (order by t0 rows between unbounded preceding and current row) as h from pooled_risk),
observed as (
    select ${listOf(parts.names.map((name) => `base.${name}`))}sum(e - h)::double as score, sum((e - h) * (e - h))::double as squares
    from base join hazard using (t0)${groupBy(parts.names.map((name) => `base.${name}`))}
)`;
}

/** A stock at the end of each bucket (or at the as-of): rows whose span covers the instant. Without a grain the date range cuts the day the case opened; with one it is the window shown. */
function balance(measure: Extract<Measure, { kind: 'balance' }>, request: MeasureRequest, at: Context, relation: Relation, keys: readonly string[], where: readonly string[]): string {
	const expr = (sql: string): string => expression(at, request.measure, sql);
	const [from, to] = [expr(measure.from), expr(measure.to)];
	const now = instantLiteral(at.asOf);
	const names = keys.map((_, i) => `d${String(i)}`);
	if (request.grain === undefined) {
		return `select ${listOf(keys)}count(*)::double as n\nfrom ${relation.name}${whereOf([...where, `${from} <= ${now}`, `(${to} is null or ${to} > ${now})`])}${groupBy(names)}`;
	}
	const grain = request.grain;
	const moves = [
		`select ${listOf(keys)}date_trunc('${grain}', ${from}) as b, 1 as step from ${relation.name}${whereOf([...where, `${from} <= ${now}`])}`,
		`select ${listOf(keys)}date_trunc('${grain}', ${to}) as b, -1 as step from ${relation.name}${whereOf([...where, `${to} <= ${now}`])}`,
	];
	const window = [at.range.from === undefined ? null : `b >= date_trunc('${grain}', ${instantLiteral(`${at.range.from}T00:00:00`)})`, within('b', { to: at.range.to })].filter((part) => part !== null);
	const groups = names.length > 0 ? `(select distinct ${names.join(', ')} from moved)` : '(select 1)';
	return `with moves as (${moves.join(' union all ')}),
moved as (select ${listOf(names)}b, sum(step)::double as step from moves group by ${[...names, 'b'].join(', ')}),
buckets as (select unnest(generate_series((select min(b) from moved), date_trunc('${grain}', ${now}), interval 1 ${grain})) as b),
grid as (select * from ${groups} as g, buckets),
running as (
    select ${names.map((name) => `grid.${name}, `).join('')}grid.b, sum(coalesce(moved.step, 0)) over (${names.length > 0 ? `partition by ${names.map((name) => `grid.${name}`).join(', ')} ` : ''}order by grid.b) as n
    from grid left join moved on grid.b = moved.b${names.map((name) => ` and grid.${name} is not distinct from moved.${name}`).join('')}
)
select ${listOf(names)}epoch_ms(b)::double as t, n::double as n from running${whereOf(window)}`;
}

function balanceKernel(measure: Extract<Measure, { kind: 'balance' }>, request: MeasureRequest, at: Context, over: { from: string; where: string[]; keys: KernelKey[] }): Kernel {
	const expr = (sql: string): string => expression(at, request.measure, sql);
	const [from, to] = [expr(measure.from), expr(measure.to)];
	const now = instantLiteral(at.asOf);
	const { grain } = request;
	if (grain === undefined) return { ...over, where: [...over.where, `${from} <= ${now}`, `(${to} is null or ${to} > ${now})`], kind: 'count' };
	const known = (instant: string): string => `case when ${instant} <= ${now} then ${bucketOf(grain, instant)} end`;
	const bucketOfDay = (day: string): string => bucketOf(grain, instantLiteral(`${day}T00:00:00`));
	const { range } = at;
	return {
		...over,
		kind: 'stock',
		starts: known(from),
		ends: known(to),
		grain,
		last: bucketOf(grain, now),
		window: { from: range.from === undefined ? null : bucketOfDay(range.from), to: range.to === undefined ? null : `epoch_ms(${instantLiteral(`${addDays(range.to, 1)}T00:00:00`)})::double` },
	};
}
