import { tableFromIPC } from '@uwdata/flechette';
import type { EngineApi } from '../engine/api.ts';
import { asThroughlineError, type ThroughlineError } from '../lib/errors.ts';
import type { Remote } from '../lib/rpc.ts';
import type { ResultRow } from '../metrics/finish.ts';
import { batchOf } from '../metrics/tiles/batch.ts';
import type { Plan } from '../metrics/tiles/plan.ts';

export function rowsOf(bytes: Uint8Array): ResultRow[] {
	return tableFromIPC(bytes, { useProxy: false }).toArray();
}

export async function ask<T>(engine: Remote<EngineApi>, plan: Plan<T>): Promise<T> {
	const { tables } = await engine.query({ selections: plan.selections, statements: plan.statements });
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
	loading = $state(false);

	constructor(engine: Remote<EngineApi>) {
		this.#engine = engine;
	}

	/** Resolves when these plans are answered, or void because newer ones came. */
	ask(plans: Readonly<Record<string, Plan<T>>>): Promise<void> {
		const turn = ++this.#latest;
		this.loading = true;
		this.#running = this.#running.then(() => (turn === this.#latest ? this.#run(turn, plans) : undefined));
		return this.#running;
	}

	async #run(turn: number, plans: Readonly<Record<string, Plan<T>>>): Promise<void> {
		const entries = Object.entries(plans);
		const batch = batchOf(entries.map(([, plan]) => plan));
		try {
			const { tables } = await this.#engine.query({ selections: batch.selections, statements: batch.statements });
			if (turn !== this.#latest) return;
			const rows = tables.map(rowsOf);
			const byId: Record<string, T> = {};
			const failed: Record<string, ThroughlineError> = {};
			for (const [id, plan] of entries) {
				try {
					byId[id] = plan.read(batch.answersTo(plan, rows));
				} catch (error) {
					failed[id] = asThroughlineError(error);
				}
			}
			this.byId = byId;
			this.failed = failed;
		} catch (error) {
			if (turn !== this.#latest) return;
			const known = asThroughlineError(error);
			this.failed = Object.fromEntries(entries.map(([id]) => [id, known]));
		} finally {
			if (turn === this.#latest) this.loading = false;
		}
	}
}
