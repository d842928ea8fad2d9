import { countText, dayText, intervalText, numberText, spokenText } from '../lib/format.ts';
import { instantLiteral } from '../lib/template.ts';
import { inSentence, valueLabel } from './labels.ts';
import type { ResultRow } from './finish.ts';
import { listed, numbers, proofPlan, sum, type Listing } from './proof.ts';
import { expression, identifier, literal, martCalled, measureCalled, relationOf, within } from './relation.ts';
import type { Context } from './request.ts';
import { stratifiedMeanDifference } from './statistics/stratified.ts';
import type { Subject } from './subjects.ts';
import { stepSpans, type StepChange } from './tiles/changes.ts';
import { daysOpen, type Driver } from './tiles/drivers.ts';
import type { Stage } from './tiles/funnel.ts';
import type { Group } from './tiles/groups.ts';
import { landmarkConditions, type LandmarkGroup } from './tiles/landmark.ts';
import type { TileOf } from './tiles/plan.ts';
import { square } from './statistics/exact.ts';

const share = (rows: readonly ResultRow[], num: string, den?: string): number | null => {
	const all = den === undefined ? rows.length : sum(numbers(rows, den));
	return all === 0 ? null : sum(numbers(rows, num)) / all;
};

const spoken = (value: number | null): string => spokenText('percent', value);
const between = (lo: number | null, hi: number | null): string => `95 % interval ${intervalText('percent', lo, hi)}`;

/** From a mart, under the filters and dates in force. */
function fromMart(context: Context, martName: string): Pick<Listing, 'from' | 'dates' | 'selections'> {
	const relation = relationOf(context, martName);
	const mart = martCalled(context.pack, martName);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	return { from: relation.name, dates: cut === null ? [] : [cut], selections: relation.selection ? [relation.selection] : [] };
}

const columnOf = (context: Context, dimension: string): string => `${identifier(context.pack.dimensions[dimension]?.column ?? dimension)}::varchar`;
const is = (column: string, value: string | null): string => (value === null ? `${column} is null` : `${column} = ${literal(value)}`);

/** A share set against what the mix of the group leads to expect: each row carries what its kind of case leads to expect. */
export function adjustedSubject(context: Context, tile: TileOf<'groups'>, group: Group): Subject {
	const measure = measureCalled(context.pack, tile.measure);
	const value = group.keys[0] ?? null;
	const strata = (tile.adjust ?? []).map((dimension) => columnOf(context, dimension));
	const own = proofPlan(context, { measure: tile.measure }, 1, [`${columnOf(context, tile.by)} as proof_group`]);
	const counted = own.statements[0]?.replace(/\nlimit 1$/, '') ?? '';
	return {
		id: tile.measure,
		label: `${measure.label.toLowerCase()}, like for like`,
		title: `${measure.label}, like for like · ${valueLabel(context.pack, tile.by, value)}`,
		definition: `${measure.definition} Like for like: the share over all × what happened ÷ what ${context.pack.entity[1]} of the same ${(tile.adjust ?? []).map((dimension) => context.pack.dimensions[dimension]?.label.toLowerCase() ?? dimension).join(', ')} lead to expect.`,
		reading: measure.reading,
		measure: tile.measure,
		value: group.value,
		said: spoken(group.value),
		n: group.n,
		interval: between(group.lo, group.hi),
		rows: (limit) => listed({ before: `with counted as (\n${counted}\n),\nexpected as (select *, avg(proof_num) over ()::double as proof_all, avg(proof_num) over (partition by ${strata.join(', ')})::double as proof_expected from counted)`, from: 'expected', added: [], scope: [is('proof_group', value)], dates: [], part: [], selections: own.selections }, limit),
		again: (rows) => {
			const expected = sum(numbers(rows, 'proof_expected'));
			return expected === 0 ? null : Math.min(1, (Number(rows[0]?.proof_all) * sum(numbers(rows, 'proof_num'))) / expected);
		},
	};
}

export function stageSubject(context: Context, tile: TileOf<'funnel'>, stage: Stage): Subject {
	const declared = tile.stages.find((each) => each.id === stage.id);
	const condition = (sql: string): string => `coalesce(${expression(context, tile.id, sql)}, false)`;
	const [reached, waiting] = [condition(declared?.reached ?? 'false'), condition(declared?.waiting ?? 'false')];
	const noun = context.pack.entity[1];
	return {
		id: stage.id,
		label: `its ${noun}`,
		title: `${stage.label} · ${tile.title}`,
		definition: `${stage.optional ? 'Reached ÷ all that could' : 'Reached ÷ those whose outcome at this stage is known'}: ${countText(stage.reached)} reached it, ${countText(stage.waiting)} may still, ${countText(stage.without)} went on or ended without it.`,
		reading: tile.note,
		measure: null,
		value: stage.share,
		said: spoken(stage.share),
		n: stage.needed,
		interval: between(stage.lo, stage.hi),
		rows: (limit) => listed({ ...fromMart(context, tile.mart), added: [`(${reached})::integer as proof_reached`, `(not ${reached} and ${waiting})::integer as proof_waiting`], scope: [], part: [condition(declared?.needed ?? 'true')] }, limit),
		again: (rows) => {
			const known = rows.length - (stage.optional ? 0 : sum(numbers(rows, 'proof_waiting')));
			return known === 0 ? null : sum(numbers(rows, 'proof_reached')) / known;
		},
	};
}

export function landmarkSubject(context: Context, tile: TileOf<'landmark'>, group: LandmarkGroup): Subject {
	const { exposed, late, old, open } = landmarkConditions(context, tile);
	return {
		id: group.key,
		label: `its ${context.pack.entity[1]}`,
		title: `${tile.title} · ${group.label}`,
		definition: tile.note,
		reading: '',
		measure: null,
		value: group.value,
		said: spoken(group.value),
		n: group.n,
		interval: between(group.lo, group.hi),
		rows: (limit) => listed({ ...fromMart(context, tile.mart), added: [`(${late})::integer as proof_late`], scope: [group.key === 'exposed' ? exposed : `not (${exposed})`], part: [old, open] }, limit),
		again: (rows) => share(rows, 'proof_late'),
	};
}

/** Cases with the value and those they are set against, since the number is a difference. */
export function driverSubject(context: Context, tile: TileOf<'drivers'>, driver: Driver): Subject {
	const { from, dates, selections } = fromMart(context, tile.mart);
	const { old, days } = daysOpen(context, tile);
	const strata = tile.strata.filter((stratum) => stratum !== driver.dimension).map((stratum) => columnOf(context, stratum));
	const exposed = `coalesce(${is(columnOf(context, driver.dimension), driver.value)}, false)`;
	return {
		id: `${driver.dimension}=${driver.value ?? ''}`,
		label: `its ${context.pack.entity[1]}`,
		title: `${tile.title} · ${driver.label}`,
		definition: `Days open within the first ${String(tile.days)} days: ${context.pack.entity[1]} with ${inSentence(context.pack, driver.dimension, driver.value)} minus comparable ones without, over ${context.pack.entity[1]} at least ${String(tile.days)} days old. A month brings ${countText(Math.round(driver.excess))} such case-days (${countText(Math.round(driver.lo))} to ${countText(Math.round(driver.hi))}).`,
		reading: tile.note,
		measure: null,
		value: driver.each,
		said: `${driver.each > 0 ? '+' : ''}${numberText('days', driver.each)} days each`,
		n: driver.n,
		interval: `95 % interval ${intervalText('days', (driver.lo / driver.excess) * driver.each, (driver.hi / driver.excess) * driver.each)}`,
		rows: (limit) => listed({ from, dates, selections, added: [`(${exposed})::integer as proof_with`, `${strata.length === 0 ? "''" : `concat_ws(' · ', ${strata.join(', ')})`} as proof_comparable`, `${days} as proof_days`], scope: [], part: [old], orderBy: 'proof_with desc' }, limit),
		again: (rows) => differenceWithin(rows),
	};
}

function differenceWithin(rows: readonly ResultRow[]): number | null {
	const strata = new Map<string, { exposed: number[]; other: number[] }>();
	for (const row of rows) {
		const name = String(row.proof_comparable);
		const stratum = strata.get(name) ?? { exposed: [], other: [] };
		strata.set(name, stratum);
		(Number(row.proof_with) === 1 ? stratum.exposed : stratum.other).push(Number(row.proof_days));
	}
	const sample = (values: readonly number[]): { n: number; mean: number; sd: number } => {
		const mean = sum(values) / values.length;
		return { n: values.length, mean, sd: Math.sqrt(sum(values.map((value) => square(value - mean))) / (values.length - 1)) };
	};
	return stratifiedMeanDifference([...strata.values()].map(({ exposed, other }) => ({ exposed: sample(exposed), other: sample(other) }))).diff;
}

export function changeSubject(context: Context, tile: TileOf<'changes'>, change: StepChange, since: boolean): Subject {
	const step = tile.steps.find((each) => each.label === change.step);
	const { before, started, old } = stepSpans(context, tile, step ?? { label: '', start: 'null', end: 'null' });
	const { selections } = fromMart(context, tile.mart);
	const side = since ? change.after : change.before;
	const value = side.n === 0 ? null : side.slow / side.n;
	return {
		id: since ? 'since' : 'before',
		label: since ? 'since then' : 'before',
		title: `${change.step} · ${change.label} · ${since ? 'since' : 'before'} ${dayText(change.since)}`,
		definition: `Steps of this kind that took longer than ${numberText('days', change.usual)} days ÷ all such steps that are over or at least that old, ${since ? 'from' : 'before'} ${dayText(change.since)}.`,
		reading: tile.note,
		measure: null,
		value,
		said: spoken(value),
		n: side.n,
		interval: '',
		rows: (limit) => listed({ before, from: 'spans, limits', added: ['seconds / 86400.0 as proof_days', '(seconds > usual)::integer as proof_slow'], scope: [is(columnOf(context, change.dimension), change.value), `date_trunc('day', ${started}) ${since ? '>=' : '<'} ${instantLiteral(new Date(change.since).toISOString().slice(0, 19))}`], dates: [], part: [old], selections }, limit),
		again: (rows) => share(rows, 'proof_slow'),
	};
}
