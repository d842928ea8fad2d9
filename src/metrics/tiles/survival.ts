import { spokenText } from '../../lib/format.ts';
import { instantLiteral } from '../../lib/template.ts';
import type { Measure } from '../../pack/types.ts';
import { expression, identifier, martCalled, measureCalled, relationOf, within, type Relation } from '../relation.ts';
import type { Context } from '../request.ts';
import { survivalInterval } from '../statistics/intervals.ts';
import { timesOf } from '../compile.ts';
import type { Kernel } from '../statistics/kernels.ts';
import { groupsSentence, judge, type Group } from './groups.ts';
import { kernelsOf, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { noRows } from './says.ts';

export interface CurvePoint {
	t: number;
	share: number;
	lo: number;
	hi: number;
}

export interface SurvivalResult {
	kind: 'survival';
	measure: Measure;
	curves: (Group & { points: CurvePoint[]; open: number })[];
	days: number;
	/** Days of the promise, where the measure has one. */
	promise: number | null;
	finding: Finding;
}

const binsShown = 180;

/** Placeholders as for groups, and {best} the group that does best with {bestValue}. The measure is a survival at a promise (open_at). */
export function survivalPlan(context: Context, tile: TileOf<'survival'>): Plan<SurvivalResult> {
	const measure = measureCalled(context.pack, tile.measure);
	if (measure.kind !== 'survival') throw new RangeError(`${tile.measure} is no survival measure`);
	const promise = measure.stat === 'open_at' ? `(${expression(context, tile.measure, measure.at)})::double` : 'null::double';
	const relation = relationOf(context, measure.mart);
	const curved = curveSql(context, tile, measure, relation.name);
	const curve: Plan<{ promise: number | null; byGroup: Map<string | null, { points: CurvePoint[]; open: number }> }> = {
		statements: [curved, `select ${promise} as promise`],
		kernels: { [curved]: curveKernel(context, tile, measure, relation) },
		selections: relation.selection ? [relation.selection] : [],
		read: ([rows = [], limits = []]) => {
			const byGroup = new Map<string | null, { points: CurvePoint[]; open: number }>();
			for (const row of rows) {
				const key = typeof row.d0 === 'string' ? row.d0 : null;
				const entry = byGroup.get(key) ?? { points: [{ t: 0, share: 0, lo: 0, hi: 0 }], open: Number(row.open) };
				byGroup.set(key, entry);
				if (row.t === null || row.t === undefined) continue;
				const s = Number(row.s);
				const band = survivalInterval(s, Number(row.g ?? 0));
				entry.points.push({ t: Number(row.t), share: 1 - s, lo: 1 - (band.hi ?? s), hi: 1 - (band.lo ?? s) });
			}
			for (const { points } of byGroup.values()) points.sort((a, b) => a.t - b.t);
			return { promise: typeof limits[0]?.promise === 'number' ? limits[0].promise : null, byGroup };
		},
	};
	const measured = together([measurePlan(context, { measure: tile.measure, by: [tile.by], tested: true }), measurePlan(context, { measure: tile.measure })], (results) => results);
	return {
		statements: [...measured.statements, ...curve.statements],
		kernels: kernelsOf([measured, curve]),
		selections: [...measured.selections, ...curve.selections],
		read: (answers) => {
			const [rows = [], totals = []] = measured.read(answers.slice(0, measured.statements.length));
			const { promise: limit, byGroup } = curve.read(answers.slice(measured.statements.length));
			const judged = judge(context, tile.by, measure, rows).sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
			const curves = judged.map((group) => ({ ...group, ...(byGroup.get(group.keys[0] ?? null) ?? { points: [], open: 0 }) }));
			const finding = rows.length === 0 ? noRows() : groupsSentence(tile.says, measure, judged, totals[0] ?? null);
			const best = judged.at(-1);
			const words = { ...finding.words, best: best?.spoken ?? '', bestValue: spokenText(measure.format, best?.value ?? null) };
			return { kind: 'survival', measure, curves, days: tile.days, promise: limit, finding: { ...finding, words, text: finding.text.replace('{best}', words.best).replace('{bestValue}', words.bestValue) } };
		},
	};
}

/** The dates, and the rows that take part in the measure. */
function conditionsOf(context: Context, tile: TileOf<'survival'>, measure: Extract<Measure, { kind: 'survival' }>): string[] {
	const { opened } = martCalled(context.pack, measure.mart);
	const cut = opened === undefined ? null : within(opened, context.range);
	return [...(cut === null ? [] : [cut]), ...(measure.where === undefined ? [] : [`(${expression(context, tile.measure, measure.where)})`])];
}

/** One point for each step of days ÷ 180, so that a hundred thousand cases draw as fast as a hundred. */
function curveSql(context: Context, tile: TileOf<'survival'>, measure: Extract<Measure, { kind: 'survival' }>, from: string): string {
	const [start, end] = [expression(context, tile.measure, measure.start), expression(context, tile.measure, measure.end)];
	const asOf = instantLiteral(context.asOf);
	const event = `coalesce(${end} <= ${asOf}, false)`;
	const where = conditionsOf(context, tile, measure);
	const step = String(tile.days / binsShown);
	return `with base as (
    select ${identifier(context.pack.dimensions[tile.by]?.column ?? tile.by)}::varchar as d0, epoch(case when ${event} then ${end} else ${asOf} end - ${start}) / 86400.0 as t0, (${event})::integer as e
    from ${from}
    where ${[`${start} <= ${asOf}`, ...where].join(' and ')}
),
counted as (select d0, t0, count(*)::double as k, sum(e)::double as d from base group by d0, t0),
at_risk as (select *, sum(k) over (partition by d0 order by t0 rows between current row and unbounded following) as r from counted),
steps as (
    select d0, t0, product(1 - d / r) over w as s, sum(case when r > d then d / (r * (r - d)) end) over w as g
    from at_risk where d > 0
    window w as (partition by d0 order by t0 rows between unbounded preceding and current row)
),
binned as (select d0, ceil(t0 / ${step}) * ${step} as t, min(s) as s, max(g) as g from steps where t0 <= ${String(tile.days)} group by all),
open as (select d0, count(*) filter (where e = 0)::double as open from base group by d0)
select open.d0, open.open, binned.t, binned.s, binned.g from open left join binned on open.d0 is not distinct from binned.d0`;
}

function curveKernel(context: Context, tile: TileOf<'survival'>, measure: Extract<Measure, { kind: 'survival' }>, relation: Relation): Kernel {
	const [start, end] = [expression(context, tile.measure, measure.start), expression(context, tile.measure, measure.end)];
	const key = { name: 'd0', sql: identifier(context.pack.dimensions[tile.by]?.column ?? tile.by), text: true };
	return { kind: 'curve', from: relation.mart, where: [...relation.conditions, ...conditionsOf(context, tile, measure)], keys: [key], ...timesOf(start, end, instantLiteral(context.asOf)), step: tile.days / binsShown, until: tile.days };
}
