import { quick as said } from '../../lib/texts/quick.ts';
import type { ColumnProfile } from '../types.ts';
import { constantWithin } from './evidence.ts';
import { begins, has, identifies, wordsOf } from './names.ts';
import type { Evidence, QuickColumn, QuickLog, QuickPlan } from './types.ts';

const mostCases = 3;

/** How much a name speaks of what things happen to, and of what happens; 0: not at all. */
function namesCase(words: readonly string[]): number {
	if (has(words, 'case') && words.every((word) => ['case', 'id', 'no', 'nr', 'number', 'key', 'code', 'ref', 'concept', 'name'].includes(word))) return 3;
	return has(words, 'trace') ? 1 : begins(words, 'patient', 'ticket', 'order', 'claim', 'incident', 'request', 'session', 'application', 'visit', 'encounter', 'journey') ? 2 : 0;
}

function namesActivity(words: readonly string[]): number {
	if (has(words, 'case', 'instance', 'time', 'date', 'resource') || identifies(words)) return 0;
	if (has(words, 'activity')) return 3;
	return (has(words, 'concept') && has(words, 'name')) || has(words, 'event', 'action', 'step', 'task') ? 2 : begins(words, 'handling', 'procedure', 'operation', 'milestone', 'stage') ? 1 : 0;
}

const namesPerson = (words: readonly string[]): boolean => has(words, 'resource', 'employee', 'agent', 'user', 'operator', 'assignee', 'staff', 'clinician', 'nurse', 'doctor', 'owner', 'handler') && !has(words, 'group');

const best = <T extends { column: string }>(columns: readonly T[], score: (words: readonly string[]) => number): T | undefined =>
	columns.filter(({ column }) => score(wordsOf(column)) > 0).sort((a, b) => score(wordsOf(b.column)) - score(wordsOf(a.column)))[0];

/** What could be the case of an event log, measured: the columns that never change within one. */
export function casesOf(columns: readonly QuickColumn[], evidence: Evidence): QuickPlan['cases'] {
	const named = columns.filter(({ column, can }) => can.includes('case') && (namesCase(wordsOf(column)) > 0 || identifies(wordsOf(column))));
	const others = (one: string): string[] => columns.flatMap(({ column, filled }) => (column === one || filled === 0 ? [] : [column]));
	return named
		.sort((a, b) => namesCase(wordsOf(b.column)) - namesCase(wordsOf(a.column)))
		.slice(0, mostCases)
		.map(({ column }) => ({ column, constant: constantWithin(evidence, column, others(column)) }));
}

/** A column that tells a start from a completion of the same activity. */
function lifecycleOf(profiles: readonly ColumnProfile[]): string | null {
	const found = profiles.find(({ values, distinct }) => distinct <= 12 && ['start', 'complete'].every((word) => values.some(({ text }) => text.toLowerCase() === word)));
	return found?.column ?? null;
}

/** The parts of an event log beside its case and activity. */
export function logWith(one: string, activity: string, columns: readonly QuickColumn[], lifecycle: string | null, because: string, unit: QuickLog['unit'] = 'days'): QuickLog {
	const person = columns.find(({ column, can }) => column !== one && column !== activity && can.includes('dimension') && namesPerson(wordsOf(column)));
	return { case: one, activity, resource: person?.column ?? null, lifecycle: lifecycle === one || lifecycle === activity ? null : lifecycle, unit, because };
}

/** An event log, where names speak of a case and an activity, every row has both, and most cases have several rows. */
export function logOf(cases: QuickPlan['cases'], columns: readonly QuickColumn[], profiles: readonly ColumnProfile[], rows: number): QuickLog | null {
	const one = best(cases, namesCase);
	const found = columns.find(({ column }) => column === one?.column);
	if (!one || !found || found.distinct < 2) return null;
	const activity = best(columns.filter(({ column, filled, can }) => column !== one.column && filled === rows && can.includes('activity') && !one.constant.includes(column)), namesActivity);
	return activity ? logWith(one.column, activity.column, columns, lifecycleOf(profiles), said.log(one.column, activity.column, found.distinct, rows)) : null;
}
