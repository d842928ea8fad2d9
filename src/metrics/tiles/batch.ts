import type { ResultRow } from '../finish.ts';
import { kernelsOf, type Kernels, type Plan, type Selection } from './plan.ts';

export interface Batch {
	selections: Selection[];
	/** Each statement once, however many plans ask it. */
	statements: string[];
	kernels: Kernels;
	/** The answers of one plan, from those to `statements`, each read when it is needed. */
	answersTo: <T>(plan: Plan<T>, answers: readonly (() => readonly ResultRow[])[]) => (readonly ResultRow[])[];
}

export function batchOf(plans: readonly Plan<unknown>[]): Batch {
	const selections = new Map(plans.flatMap((plan) => plan.selections).map((selection) => [selection.name, selection]));
	const statements = [...new Set(plans.flatMap((plan) => plan.statements))];
	const place = new Map(statements.map((statement, i) => [statement, i]));
	return {
		selections: [...selections.values()],
		statements,
		kernels: kernelsOf(plans),
		answersTo: (plan, answers) => plan.statements.map((statement) => answers[place.get(statement) ?? -1]?.() ?? []),
	};
}
