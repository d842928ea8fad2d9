import { tableFromIPC } from '@uwdata/flechette';
import type { EngineApi, QueryTable } from '../engine/api.ts';
import { asThroughlineError, type ThroughlineError } from '../lib/errors.ts';
import type { Remote } from '../lib/rpc.ts';
import type { ResultRow } from '../metrics/finish.ts';
import { batchOf } from '../metrics/tiles/batch.ts';
import type { Plan } from '../metrics/tiles/plan.ts';

export function rowsOf(answer: QueryTable): ResultRow[] {
	return Array.isArray(answer) ? answer : tableFromIPC(answer, { useProxy: false }).toArray();
}

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

	async #run(turn: number, groups: readonly Readonly<Record<string, Plan<T>>>[]): Promise<void> {
		for (const group of groups) {
			const { byId, failed } = await this.#answer(turn, Object.entries(group));
			if (turn !== this.#latest) return;
			const ids = Object.keys(group);
			const without = <V>(record: Readonly<Record<string, V>>): Record<string, V> => Object.fromEntries(Object.entries(record).filter(([id]) => !ids.includes(id)));
			this.byId = { ...without(this.byId), ...byId };
			this.failed = { ...without(this.failed), ...failed };
			this.fresh = [...this.fresh, ...ids];
		}
		this.whole = this.byId;
		this.loading = false;
	}

	async #answer(turn: number, entries: readonly [string, Plan<T>][]): Promise<{ byId: Record<string, T>; failed: Record<string, ThroughlineError> }> {
		const batch = batchOf(entries.map(([, plan]) => plan));
		const byId: Record<string, T> = {};
		const failed: Record<string, ThroughlineError> = {};
		try {
			const { tables } = await this.#engine.query({ selections: batch.selections, statements: batch.statements, kernels: batch.kernels });
			const rows = tables.map(rowsOf);
			for (const [id, plan] of entries) {
				try {
					byId[id] = plan.read(batch.answersTo(plan, rows));
				} catch (error) {
					failed[id] = asThroughlineError(error);
				}
			}
		} catch {
			// One refused statement refuses the request; asked one by one, only its own tile fails.
			for (const [id, plan] of entries) {
				if (turn !== this.#latest) break;
				try {
					byId[id] = await ask(this.#engine, plan);
				} catch (error) {
					failed[id] = asThroughlineError(error);
				}
			}
		}
		return { byId, failed };
	}
}
