import { tableFromIPC } from '@uwdata/flechette';
import type { EngineApi, QueryTable } from '../engine/api.ts';
import { breath } from '../lib/breath.ts';
import { asThroughlineError, type ThroughlineError } from '../lib/errors.ts';
import type { Remote } from '../lib/rpc.ts';
import type { ResultRow } from '../metrics/finish.ts';
import { batchOf } from '../metrics/tiles/batch.ts';
import type { Plan } from '../metrics/tiles/plan.ts';

export function rowsOf(answer: QueryTable): ResultRow[] {
	return Array.isArray(answer) ? answer : tableFromIPC(answer, { useProxy: false }).toArray();
}

type Outcome<T> = { value: T } | { error: ThroughlineError };

export async function ask<T>(engine: Remote<EngineApi>, plan: Plan<T>): Promise<T> {
	const { tables } = await engine.query({ selections: plan.selections, statements: plan.statements, kernels: plan.kernels ?? {} });
	return plan.read(tables.map(rowsOf));
}

/**
 * Answers to one set of plans at a time. A newer question makes the older answer void; while one is on its way the
 * old answers stay, so that a tile keeps its picture.
 */
export class Answers<T> {
	#engine: Remote<EngineApi>;
	#latest = 0;
	#running: Promise<void> = Promise.resolve();

	byId = $state.raw<Readonly<Record<string, T>>>({});
	failed = $state.raw<Readonly<Record<string, ThroughlineError>>>({});
	/** Tiles whose answer is to the latest question. */
	fresh = $state.raw<readonly string[]>([]);
	loading = $state(false);
	/** The answers when the latest question was last answered to the end: what must not say half of the old and half of the new. */
	whole = $state.raw<Readonly<Record<string, T>>>({});

	constructor(engine: Remote<EngineApi>) {
		this.#engine = engine;
	}

	/**
	 * Answers groups of plans one after another, so that what stands first on the page is there first. Resolves when all are
	 * answered, or void because newer ones came.
	 */
	ask(groups: readonly Readonly<Record<string, Plan<T>>>[]): Promise<void> {
		const turn = ++this.#latest;
		this.loading = true;
		this.fresh = [];
		this.#running = this.#running.then(() => (turn === this.#latest ? this.#run(turn, groups) : undefined));
		return this.#running;
	}

	/** Shows answers that are known already; what was asked before is void. */
	put(answers: Readonly<Record<string, T>>): void {
		this.#latest++;
		this.byId = answers;
		this.whole = answers;
		this.failed = {};
		this.fresh = Object.keys(answers);
		this.loading = false;
	}

	/** The first group, what stands in the window, is shown in one piece; the tiles of the others one by one, each in a task of its own. */
	async #run(turn: number, groups: readonly Readonly<Record<string, Plan<T>>>[]): Promise<void> {
		for (const [place, group] of groups.entries()) {
			const reads = await this.#answer(turn, Object.entries(group));
			const pieces = place === 0 ? [Object.entries(reads)] : Object.entries(reads).map((entry) => [entry]);
			for (const piece of pieces) {
				if (place > 0) await breath();
				if (turn !== this.#latest) return;
				this.#show(piece.map(([id, read]) => [id, outcomeOf(read)]));
			}
		}
		if (turn !== this.#latest) return;
		this.whole = this.byId;
		this.loading = false;
	}

	#show(outcomes: readonly (readonly [string, Outcome<T>])[]): void {
		const without = <V>(record: Readonly<Record<string, V>>): Record<string, V> => Object.fromEntries(Object.entries(record).filter(([id]) => !outcomes.some(([shown]) => shown === id)));
		this.byId = { ...without(this.byId), ...Object.fromEntries(outcomes.flatMap(([id, outcome]) => ('value' in outcome ? [[id, outcome.value]] : []))) };
		this.failed = { ...without(this.failed), ...Object.fromEntries(outcomes.flatMap(([id, outcome]) => ('error' in outcome ? [[id, outcome.error]] : []))) };
		this.fresh = [...this.fresh, ...outcomes.map(([id]) => id)];
	}

	/** What came back for each plan, yet to be read. */
	async #answer(turn: number, entries: readonly [string, Plan<T>][]): Promise<Record<string, () => T>> {
		const batch = batchOf(entries.map(([, plan]) => plan));
		try {
			const { tables } = await this.#engine.query({ selections: batch.selections, statements: batch.statements, kernels: batch.kernels });
			const rows = tables.map(onceRead);
			return Object.fromEntries(entries.map(([id, plan]) => [id, () => plan.read(batch.answersTo(plan, rows))]));
		} catch {
			// One refused statement refuses the request; asked one by one, only its own tile fails.
			const reads: Record<string, () => T> = {};
			for (const [id, plan] of entries) {
				if (turn !== this.#latest) break;
				try {
					const value = await ask(this.#engine, plan);
					reads[id] = () => value;
				} catch (error) {
					reads[id] = () => {
						throw error;
					};
				}
			}
			return reads;
		}
	}
}

function outcomeOf<T>(read: () => T): Outcome<T> {
	try {
		return { value: read() };
	} catch (error) {
		return { error: asThroughlineError(error) };
	}
}

/** Decoded when it is first read, and not again. */
export function onceRead(table: QueryTable): () => readonly ResultRow[] {
	let rows: readonly ResultRow[] | undefined;
	return () => (rows ??= rowsOf(table));
}
