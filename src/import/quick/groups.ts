import { cases, events, labelled, type Layout } from './layout.ts';
import { constant } from './settle.ts';
import { wordsOf, begins } from './names.ts';

/** A dimension of the pack as tiles name it. */
export interface Group {
	id: string;
	label: string;
	/** The source column; null for what the pack adds. */
	column: string | null;
	ordered: boolean;
}

/** The dimensions of a mart, those of the source first in the plan's order. */
export function groupsOf(layout: Layout, mart: string): Group[] {
	const { plan, column } = layout;
	const log = plan.eventLog;
	const given = [...new Set([...plan.dimensions, ...plan.rates].map((dimension) => dimension.column))].filter((each) => mart !== cases || constant(plan, each));
	const group = (id: string, label: string): Group => ({ id, label, column: null, ordered: false });
	const own = given.map((each): Group => ({ id: column(each).name, label: labelled(layout, each), column: each, ordered: plan.dimensions.find((dimension) => dimension.column === each)?.ordered === true }));
	const open = mart === layout.main && plan.spans.some((span) => span.open) ? [group('record__state', 'State')] : [];
	if (mart === cases) return [...own, group('case__variant', 'Variant'), ...open];
	if (mart === events && log) return [{ id: column(log.activity).name, label: labelled(layout, log.activity), column: log.activity, ordered: false }, ...own, group('event__step', 'Step')];
	return [...own, ...open];
}

/** Names of what is decided at the end of something, or changes while it lasts: no reason for how long it took. */
const lateWords = ['status', 'outcome', 'result', 'respon', 'resol', 'dispos', 'decision', 'clos', 'satisf', 'dispute', 'escalat', 'reopen', 'timely', 'feedback', 'sentiment'];

/** Groups whose values may have stood when something began; whether they did, the table does not say. */
export const early = (groups: readonly Group[]): Group[] => groups.filter(({ column }) => column !== null && !begins(wordsOf(column), ...lateWords));
