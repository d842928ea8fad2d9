import { ThroughlineError } from '../lib/errors.ts';

export interface Turns {
	/** Waits for those before, then works in slices; `stopped` says when to give up. */
	inTurn<T>(work: (stopped: () => boolean) => Promise<T>): Promise<T>;
	/** Stops those before, then works in one go. Those that come later wait for it. */
	alone<T>(work: () => T): Promise<T>;
	/** Stops those that work or wait. */
	stop(): void;
}

/** Who works after whom, where some of the work takes many turns of the event loop. */
export function createTurns(): Turns {
	let last: Promise<unknown> = Promise.resolve();
	let stops = 0;
	const after = <T>(work: () => T | Promise<T>): Promise<T> => {
		const turn = last.then(work);
		last = turn.catch(() => undefined);
		return turn;
	};
	return {
		inTurn: (work) => {
			const before = stops;
			const stopped = (): boolean => stops > before;
			return after(() => {
				if (stopped()) throw new ThroughlineError('sql.stopped');
				return work(stopped);
			});
		},
		alone: (work) => {
			stops++;
			return after(work);
		},
		stop: () => {
			stops++;
		},
	};
}
