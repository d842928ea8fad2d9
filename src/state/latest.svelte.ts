import { untrack } from 'svelte';
import { asThroughlineError, type ThroughlineError } from '../lib/errors.ts';

export interface Latest<T> {
	readonly value: T | null;
	readonly error: ThroughlineError | null;
	/** A newer value is on its way. */
	readonly waiting: boolean;
}

/** What was asked for last and has come; the old value stays until then, so that the page does not jump. Called where a component is made. */
export function latest<T>(ask: () => Promise<T>): Latest<T> {
	let turn = 0;
	let state = $state.raw<Latest<T>>({ value: null, error: null, waiting: true });
	$effect(() => {
		const mine = ++turn;
		const put = (next: Partial<Latest<T>>): void => {
			if (mine === turn) state = { ...state, ...next };
		};
		untrack(() => put({ waiting: true }));
		void ask().then(
			(value) => put({ value, error: null, waiting: false }),
			(error: unknown) => put({ error: asThroughlineError(error), waiting: false }),
		);
	});
	return {
		get value() {
			return state.value;
		},
		get error() {
			return state.error;
		},
		get waiting() {
			return state.waiting;
		},
	};
}
