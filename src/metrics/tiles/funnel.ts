import { countText, spokenText } from '../../lib/format.ts';
import { expression, martCalled, relationOf, within } from '../relation.ts';
import type { Context } from '../request.ts';
import { wilson } from '../statistics/intervals.ts';
import type { Finding, Plan, TileOf } from './plan.ts';
import { fill, noRows } from './says.ts';

export interface Stage {
	id: string;
	label: string;
	/** Cases that this stage is meant for. */
	needed: number;
	reached: number;
	/** Still able to reach it. */
	waiting: number;
	/** Went on or ended without it. */
	without: number;
	share: number | null;
	lo: number | null;
	hi: number | null;
	optional: boolean;
}

export interface FunnelResult {
	kind: 'funnel';
	stages: Stage[];
	finding: Finding;
}

/** Placeholders: {stage} where most cases are waiting now, {waiting}, {n} cases. It states where cases are; it claims no difference. */
export function funnelPlan(context: Context, tile: TileOf<'funnel'>): Plan<FunnelResult> {
	const relation = relationOf(context, tile.mart);
	const mart = martCalled(context.pack, tile.mart);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	const condition = (sql: string): string => `coalesce(${expression(context, tile.id, sql)}, false)`;
	const counts = tile.stages.flatMap((stage, i) => {
		const [needed, reached, waiting] = [condition(stage.needed ?? 'true'), condition(stage.reached), condition(stage.waiting)];
		return [
			`count(*) filter (where ${needed})::double as needed${String(i)}`,
			`count(*) filter (where ${needed} and ${reached})::double as reached${String(i)}`,
			`count(*) filter (where ${needed} and not ${reached} and ${waiting})::double as waiting${String(i)}`,
		];
	});
	return {
		statements: [`select ${counts.join(', ')} from ${relation.name}${cut === null ? '' : ` where ${cut}`}`],
		selections: relation.selection ? [relation.selection] : [],
		read: ([rows = []]) => {
			const row = rows[0] ?? {};
			const stages = tile.stages.map((stage, i): Stage => {
				const [needed, reached, waiting] = ['needed', 'reached', 'waiting'].map((name) => Number(row[`${name}${String(i)}`] ?? 0)) as [number, number, number];
				const known = stage.optional ? needed : needed - waiting;
				return { id: stage.id, label: stage.label, optional: stage.optional === true, needed, reached, waiting, without: needed - reached - waiting, share: known > 0 ? reached / known : null, ...(known > 0 ? wilson(reached, known) : { lo: null, hi: null }) };
			});
			const all = stages[0]?.needed ?? 0;
			if (all === 0) return { kind: 'funnel', stages, finding: noRows() };
			const most = stages.filter((stage) => !stage.optional).sort((a, b) => b.waiting - a.waiting)[0];
			const words = { n: countText(all), stage: most?.label.toLowerCase() ?? '', waiting: countText(most?.waiting ?? 0), share: spokenText('percent', most?.share ?? null) };
			return { kind: 'funnel', stages, finding: { text: fill(most && most.waiting > 0 ? tile.says.claim : tile.says.none, words), claim: false, words, named: [most?.id ?? null] } };
		},
	};
}
