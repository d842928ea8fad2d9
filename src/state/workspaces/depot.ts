/**
 * Where bytes are kept on this device: boxes of named entries. A write that is cut off may leave a part of its own entry and
 * touches no other; one that has resolved is there after the page has died.
 */
export interface Depot {
	kind: 'folder' | 'database' | 'nothing';
	boxes: () => Promise<readonly string[]>;
	entries: (box: string) => Promise<readonly string[]>;
	write: (box: string, entry: string, blob: Blob) => Promise<void>;
	read: (box: string, entry: string) => Promise<Blob | null>;
	remove: (box: string, entry: string) => Promise<void>;
	/** An empty box. */
	removeBox: (box: string) => Promise<void>;
	/** Everything, and the place itself. */
	clear: () => Promise<void>;
}

/** A device that keeps nothing. */
export const nothing: Depot = {
	kind: 'nothing',
	boxes: async () => [],
	entries: async () => [],
	write: () => Promise.reject(new DOMException('', 'SecurityError')),
	read: async () => null,
	remove: async () => undefined,
	removeBox: async () => undefined,
	clear: async () => undefined,
};

/** Where it is tried whether anything is kept; never removed, since another window may be trying at the same time. */
export const trial = 'try';

/** The first that takes a byte and gives it back. */
export async function workingDepot(depots: readonly (() => Promise<Depot>)[], entry: string): Promise<Depot> {
	for (const open of depots) {
		try {
			const depot = await open();
			await depot.write(trial, entry, new Blob(['1']));
			const text = await (await depot.read(trial, entry))?.text();
			await depot.remove(trial, entry);
			if (text === '1') return depot;
		} catch {
			continue;
		}
	}
	return nothing;
}
