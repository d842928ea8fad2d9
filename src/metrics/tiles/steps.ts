import { countText, spokenText } from '../../lib/format.ts';
import { expression, identifier, martCalled, measureCalled, relationOf, within } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { measurePlan, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows } from './says.ts';

export interface Step extends MeasureRow {
	key: string;
	label: string;
	/** Hours over all cases: in steps that are over, and so far in those still running. */
	done: number;
	running: number;
}

export interface StepsResult {
	kind: 'steps';
	steps: Step[];
	/** Hours over all steps. */
	total: number;
	/** Of what: singular and plural. */
	entity: readonly [string, string];
	finding: Finding;
}

/** Placeholders: {step} with the most time, {share} of all time, {median} of that step. A composition is stated, not tested: it claims no difference. */
export function stepsPlan(context: Context, tile: TileOf<'steps'>): Plan<StepsResult> {
	const measure = measureCalled(context.pack, tile.measure);
	const relation = relationOf(context, measure.mart);
	const mart = martCalled(context.pack, measure.mart);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	const [hours, running] = [expression(context, tile.id, tile.hours), expression(context, tile.id, tile.running)];
	const medians = measurePlan(context, { measure: tile.measure, by: [tile.by] });
	const column = identifier(context.pack.dimensions[tile.by]?.column ?? tile.by);
	return {
		statements: [...medians.statements, `select ${column}::varchar as d0, coalesce(sum(${hours}) filter (where not (${running})), 0)::double as done, coalesce(sum(${hours}) filter (where ${running}), 0)::double as running from ${relation.name}${cut === null ? '' : ` where ${cut}`} group by all`],
		kernels: medians.kernels ?? {},
		selections: medians.selections,
		read: (answers) => {
			const rows = medians.read(answers.slice(0, 1));
			const hoursOf = new Map((answers[1] ?? []).map((row) => [typeof row.d0 === 'string' ? row.d0 : null, row]));
			const steps = rows.map((row): Step => {
				const key = row.keys[0] ?? null;
				return { ...row, key: key ?? '', label: key ?? 'not recorded', done: Number(hoursOf.get(key)?.done ?? 0), running: Number(hoursOf.get(key)?.running ?? 0) };
			});
			steps.sort((a, b) => b.done + b.running - (a.done + a.running));
			const total = steps.reduce((sum, step) => sum + step.done + step.running, 0);
			// A step without an end has no median and is still open: it is drawn, and not what the sentence is about.
			const first = steps.find((step) => step.value !== null && step.done > 0);
			if (!first || total <= 0) return { kind: 'steps', entity: context.pack.entity, steps, total, finding: noRows() };
			const words = { step: first.label.replace(' → ', ' and '), share: spokenText('percent', (first.done + first.running) / total), median: spokenText('days', first.value), days: countText(Math.round(total / 24)) };
			return { kind: 'steps', entity: context.pack.entity, steps, total, finding: { text: fill(tile.says.claim, words), claim: false, words, named: [first.key] } };
		},
	};
}
