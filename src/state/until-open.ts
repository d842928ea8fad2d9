import type { EngineApi } from '../engine/api.ts';
import type { Remote } from '../lib/rpc.ts';

/**
 * An engine whose questions wait until it has opened data for the first time, instead of being refused; where that fails, they fail
 * as it did, and later ones are asked as they are. For a page that shows something before anything is open. `engine` is a plain object of verbs.
 */
export function untilOpen(engine: Remote<EngineApi>): Remote<EngineApi> {
	const { promise, resolve, reject } = gate();
	let opened: Promise<void> = promise;
	const opening = <A extends unknown[], R>(verb: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
		try {
			const result = await verb(...args);
			resolve();
			return result;
		} catch (error) {
			reject(error);
			opened = Promise.resolve();
			throw error;
		}
	};
	const waiting = <A extends unknown[], R>(verb: (...args: A) => Promise<R>) => async (...args: A): Promise<R> => {
		await opened;
		return verb(...args);
	};
	const { open, load, query, sql, models } = engine;
	// comlink gives each verb names of its own, which nobody asks a verb for.
	return { ...engine, open: opening(open), load: opening(load), query: waiting(query), sql: waiting(sql), models: waiting(models) } as Remote<EngineApi>;
}

function gate(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
	let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined];
	const promise = new Promise<void>((yes, no) => ([resolve, reject] = [yes, no]));
	promise.catch(() => undefined);
	return { promise, resolve, reject };
}
