type Mode = 'exclusive' | 'shared';
interface Request {
	mode: Mode;
	go: () => void;
}

/** Web Locks in memory, as browsers keep them: in the order in which they were asked for, shared ones together. */
export function memoryLocks(): LockManager {
	const held = new Map<string, Mode[]>();
	const waiting = new Map<string, Request[]>();
	const free = (name: string, mode: Mode): boolean => {
		const now = held.get(name) ?? [];
		return now.length === 0 || (mode === 'shared' && now.every((each) => each === 'shared'));
	};
	const next = (name: string): void => {
		const queue = waiting.get(name) ?? [];
		while (queue[0] && free(name, queue[0].mode)) {
			const request = queue.shift();
			if (!request) return;
			held.set(name, [...(held.get(name) ?? []), request.mode]);
			request.go();
		}
	};
	const request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
		const work = rest.at(-1) as (lock: object | null) => unknown;
		const { mode = 'exclusive', ifAvailable = false } = (rest.length > 1 ? rest[0] : {}) as { mode?: Mode; ifAvailable?: boolean };
		const queue = waiting.get(name) ?? [];
		waiting.set(name, queue);
		if (ifAvailable && (queue.length > 0 || !free(name, mode))) return work(null);
		await new Promise<void>((go) => {
			queue.push({ mode, go });
			next(name);
		});
		try {
			return await work({ name, mode });
		} finally {
			const now = held.get(name) ?? [];
			now.splice(now.indexOf(mode), 1);
			next(name);
		}
	};
	return { request, query: () => Promise.reject(new Error('not asked')) };
}
