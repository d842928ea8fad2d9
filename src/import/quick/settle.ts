import type { QuickColumn, QuickPlan } from './types.ts';

/** Columns that something is made of. */
export function used(plan: QuickPlan): Set<string> {
	const { eventLog: log } = plan;
	return new Set(
		[
			plan.time.value,
			log ? null : plan.key.value,
			...[...plan.dimensions, ...plan.numbers, ...plan.rates].map(({ column }) => column),
			...plan.ratios.flatMap(({ part, whole }) => [part, whole]),
			...plan.spans.flatMap(({ start, end }) => [start, end]),
			...(log ? [log.case, log.activity, log.resource, log.lifecycle] : []),
		].filter((column) => column !== null),
	);
}

/** Whether rows of one case can be told by the column: it never changes within a case. */
export function constant(plan: QuickPlan, column: string): boolean {
	const { eventLog: log } = plan;
	return log === null || log.case === column || (plan.cases.find((each) => each.column === log.case)?.constant.includes(column) ?? false);
}

/** The plan with what no longer fits taken out, and every column that nothing is made of named with its reason. */
export function settled(plan: QuickPlan): QuickPlan {
	const able = new Map(plan.columns.map((column) => [column.column, column]));
	const can = (column: string, role: QuickColumn['can'][number]): boolean => able.get(column)?.can.includes(role) === true;
	const time = plan.time.value !== null && can(plan.time.value, 'time') ? plan.time : { ...plan.time, value: null };
	const eventLog = plan.eventLog && time.value !== null && plan.eventLog.case !== plan.eventLog.activity ? plan.eventLog : null;
	const once = { ...plan, time, eventLog };
	const numbers = plan.numbers.filter(({ column }) => can(column, 'number') && column !== eventLog?.case && column !== eventLog?.activity);
	const within: QuickPlan = {
		...once,
		dimensions: plan.dimensions.filter(({ column }) => can(column, 'dimension') && column !== eventLog?.case && column !== eventLog?.activity && (eventLog !== null || column !== plan.key.value)),
		numbers,
		rates: plan.rates.filter(({ column }) => can(column, 'rate')),
		ratios: plan.ratios.filter(({ part, whole }) => [part, whole].every((column) => numbers.some((number) => number.column === column && number.uses.includes('sum')))),
		// A log tells times by its events; a span of a case is one of columns that its rows share.
		spans: plan.spans.filter(({ start, end }) => start !== end && can(start, 'time') && can(end, 'time') && constant(once, start) && constant(once, end)),
	};
	const taken = used(within);
	return { ...within, left: plan.columns.flatMap(({ column, because }) => (taken.has(column) ? [] : [{ column, because: plan.left.find((left) => left.column === column)?.because ?? because }])) };
}
