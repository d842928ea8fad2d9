/** Turns among all windows of this device. */
export interface Locks {
	/** Whether other windows are kept out. Without that, nothing that another window may be writing is removed. */
	among: 'windows' | 'this window';
	alone: <T>(name: string, work: () => Promise<T>) => Promise<T>;
	/** At the same time as others that share, and not while one is alone. */
	shared: <T>(name: string, work: () => Promise<T>) => Promise<T>;
	/** Null, and no work, where another one has the turn. */
	ifFree: <T>(name: string, work: () => Promise<T>) => Promise<T | null>;
}

export function webLocks(manager: LockManager, prefix: string): Locks {
	return {
		among: 'windows',
		alone: async (name, work) => manager.request(`${prefix}${name}`, work),
		shared: async (name, work) => manager.request(`${prefix}${name}`, { mode: 'shared' }, work),
		ifFree: async (name, work) => manager.request(`${prefix}${name}`, { ifAvailable: true }, (lock) => (lock ? work() : null)),
	};
}

/** One after another within this window, where the browser has no Web Locks. */
export function ownLocks(): Locks {
	const last = new Map<string, Promise<unknown>>();
	const alone = <T>(name: string, work: () => Promise<T>): Promise<T> => {
		const turn = (last.get(name) ?? Promise.resolve()).then(work, work);
		last.set(name, turn);
		return turn;
	};
	return { among: 'this window', alone, shared: (_, work) => work(), ifFree: alone };
}
