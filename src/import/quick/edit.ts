import { ThroughlineError } from '../../lib/errors.ts';
import { quick as said } from '../../lib/texts/quick.ts';
import { logWith } from './event-log.ts';
import { entityOf, inOrder, wordsOf } from './names.ts';
import { settled } from './settle.ts';
import { spanOf } from './spans.ts';
import type { QuickColumn, QuickPlan, QuickRole, QuickUse } from './types.ts';

/** One change that a person makes to a plan. `leave` takes a column out of everything that is made of it. */
export type QuickEdit =
	| { kind: 'time' | 'key'; column: string | null }
	| { kind: 'dimension' | 'number' | 'rate' | 'leave'; column: string }
	| { kind: 'not-dimension' | 'not-number' | 'not-rate'; column: string }
	| { kind: 'use'; column: string; use: QuickUse }
	| { kind: 'label'; column: string; label: string }
	| { kind: 'name'; label: string; entity: readonly [string, string] }
	| { kind: 'span'; start: string; end: string; open: boolean }
	| { kind: 'limit'; start: string; end: string; days: number }
	| { kind: 'not-span'; start: string; end: string }
	| { kind: 'ratio' | 'not-ratio'; part: string; whole: string }
	| { kind: 'event-log'; case: string; activity: string; lifecycle: string | null }
	| { kind: 'not-event-log' };

const refuse = (what: string, given: string, allowed: readonly string[]): never => {
	throw new ThroughlineError('request.invalid', { what, given, allowed: allowed.length > 0 ? allowed.join(', ') : 'none' });
};

const plainly = (text: string): string => text.replaceAll('{', '(').replaceAll('}', ')').replace(/\s+/g, ' ').trim().slice(0, 60);

/** What a person says a column is stands first among its kind. */
const first = <T extends { column: string }>(items: readonly T[], item: T): T[] => [item, ...items.filter(({ column }) => column !== item.column)];
const without = <T extends { column: string }>(items: readonly T[], gone: string): T[] => items.filter(({ column }) => column !== gone);

/** The plan after one change, valid again. An impossible change is refused as `request.invalid`, with what is possible. */
export function withEdit(plan: QuickPlan, edit: QuickEdit): QuickPlan {
	return settled(edited(plan, edit));
}

function edited(plan: QuickPlan, edit: QuickEdit): QuickPlan {
	const able = (role: QuickRole): string[] => plan.columns.filter(({ can }) => can.includes(role)).map(({ column }) => column);
	const column = (name: string, role?: QuickRole): QuickColumn => {
		const found = plan.columns.find((each) => each.column === name);
		return found && (role === undefined || found.can.includes(role)) ? found : refuse(`“${name}”`, role ?? 'a column', role === undefined ? plan.columns.map((each) => each.column) : able(role));
	};
	const pair = (start: string, end: string): QuickPlan['pairs'][number] =>
		plan.pairs.find((each) => each.start === start && each.end === end) ?? refuse('The time', `from ${start} to ${end}`, plan.pairs.map((each) => `from ${each.start} to ${each.end}`));
	switch (edit.kind) {
		case 'time':
		case 'key': {
			if (edit.column !== null) column(edit.column, edit.kind);
			const was = plan[edit.kind];
			const others = [...new Set([was.value, ...was.others])].filter((other) => other !== edit.column);
			return { ...plan, [edit.kind]: { value: edit.column, because: said.chosen, others, sure: true } };
		}
		case 'dimension': {
			const { label, type } = column(edit.column, 'dimension');
			return { ...plan, dimensions: first(plan.dimensions, { column: edit.column, label, ...(type === 'number' && inOrder(wordsOf(edit.column)) ? { ordered: true } : {}), because: said.chosen }) };
		}
		case 'number': {
			const number = column(edit.column, 'number').asNumber;
			return number ? { ...plan, numbers: first(plan.numbers, { ...number, because: said.chosen }) } : plan;
		}
		case 'rate':
			return { ...plan, rates: first(plan.rates, { column: edit.column, label: column(edit.column, 'rate').label, because: said.chosen }) };
		case 'not-dimension':
			return { ...plan, dimensions: without(plan.dimensions, edit.column) };
		case 'not-number':
			return { ...plan, numbers: without(plan.numbers, edit.column) };
		case 'not-rate':
			return { ...plan, rates: without(plan.rates, edit.column) };
		case 'leave':
			return leave(plan, column(edit.column).column);
		case 'use': {
			const number = plan.numbers.find((each) => each.column === edit.column) ?? refuse('A number', edit.column, plan.numbers.map((each) => each.column));
			if (!number.uses.includes(edit.use)) refuse(`What is shown of “${number.label}”`, edit.use, number.uses);
			return { ...plan, numbers: plan.numbers.map((each) => (each === number ? { ...each, use: edit.use, because: said.chosen } : each)) };
		}
		case 'label':
			return labelled(plan, column(edit.column).column, plainly(edit.label));
		case 'name':
			return { ...plan, label: plainly(edit.label) || plan.label, entity: [plainly(edit.entity[0]) || plan.entity[0], plainly(edit.entity[1]) || plan.entity[1]] };
		case 'span': {
			const span = { ...spanOf(pair(edit.start, edit.end), plan.columns, edit.open), because: said.chosen };
			return { ...plan, spans: [span, ...plan.spans.filter(({ start, end }) => start !== edit.start || end !== edit.end)] };
		}
		case 'limit':
			if (!(edit.days > 0 && edit.days <= 36_500)) refuse('The time', String(edit.days), ['days above 0']);
			return { ...plan, spans: plan.spans.map((span) => (span.start === edit.start && span.end === edit.end ? { ...span, limitDays: edit.days } : span)) };
		case 'not-span':
			return { ...plan, spans: plan.spans.filter(({ start, end }) => start !== edit.start || end !== edit.end) };
		case 'ratio': {
			const added = [edit.part, edit.whole].map((each) => column(each, 'number').asNumber).filter((number) => number?.uses.includes('sum'));
			if (added.length < 2 || edit.part === edit.whole) refuse('A ratio', `of ${edit.part} and ${edit.whole}`, plan.columns.filter(({ asNumber }) => asNumber?.uses.includes('sum')).map((each) => each.column));
			const missing = added.filter((number) => number !== null && number !== undefined).filter((number) => !plan.numbers.some((each) => each.column === number.column));
			return { ...plan, numbers: [...plan.numbers, ...missing], ratios: [{ part: edit.part, whole: edit.whole, because: said.chosen }, ...plan.ratios.filter(({ part, whole }) => part !== edit.part || whole !== edit.whole)] };
		}
		case 'not-ratio':
			return { ...plan, ratios: plan.ratios.filter(({ part, whole }) => part !== edit.part || whole !== edit.whole) };
		case 'event-log': {
			column(edit.activity, 'activity');
			if (edit.lifecycle !== null) column(edit.lifecycle, 'dimension');
			if (plan.time.value === null) refuse('An event log', 'one without a time', ['a table with a time']);
			if (!plan.cases.some((each) => each.column === edit.case) || edit.case === edit.activity) refuse('The case', edit.case, plan.cases.map((each) => each.column).filter((each) => each !== edit.activity));
			return { ...plan, entity: entityOf(edit.case), eventLog: logWith(edit.case, edit.activity, plan.columns, edit.lifecycle, said.chosen) };
		}
		case 'not-event-log':
			return { ...plan, eventLog: null };
	}
}

function leave(plan: QuickPlan, gone: string): QuickPlan {
	const log = plan.eventLog;
	const kept = log === null || log.case === gone || log.activity === gone ? null : { ...log, resource: log.resource === gone ? null : log.resource, lifecycle: log.lifecycle === gone ? null : log.lifecycle };
	const none = { value: null, because: said.removed, sure: true } as const;
	return {
		...plan,
		time: plan.time.value === gone ? { ...none, others: [gone, ...plan.time.others.filter((other) => other !== null)] } : plan.time,
		key: plan.key.value === gone ? { ...none, others: [gone, ...plan.key.others.filter((other) => other !== null)] } : plan.key,
		dimensions: without(plan.dimensions, gone),
		numbers: without(plan.numbers, gone),
		rates: without(plan.rates, gone),
		ratios: plan.ratios.filter(({ part, whole }) => part !== gone && whole !== gone),
		spans: plan.spans.filter(({ start, end }) => start !== gone && end !== gone),
		eventLog: kept,
		left: [...plan.left, { column: gone, because: said.removed }],
	};
}

function labelled(plan: QuickPlan, name: string, label: string): QuickPlan {
	const taken = plan.columns.some((each) => each.column !== name && each.label === label);
	if (label === '' || taken) refuse('The label', label, ['a text that no other column has']);
	const relabel = <T extends { column: string; label: string }>(items: readonly T[]): T[] => items.map((item) => (item.column === name ? { ...item, label } : item));
	return {
		...plan,
		columns: relabel(plan.columns).map((each) => (each.column === name && each.asNumber ? { ...each, asNumber: { ...each.asNumber, label } } : each)),
		dimensions: relabel(plan.dimensions),
		numbers: relabel(plan.numbers),
		rates: relabel(plan.rates),
	};
}
