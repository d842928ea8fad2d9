import type { Depot } from '../../src/state/workspaces/depot.ts';

/** Boxes in memory: what survives when the page over it dies. */
export type Boxes = Map<string, Map<string, Blob>>;

/** How far a step of a page that dies came. */
export type Reached = 'nothing' | 'half' | 'all';

export class Died extends Error {}

interface Fault {
	/** The step, from 0, at which the page dies. */
	at: number;
	reached: Reached;
}

/** A file system in memory, on which a page can die at any step; after that it can do nothing. Beyond `quota` it refuses bytes; `pace` says how many turns a step takes. */
export function memoryDepot(boxes: Boxes, { dies, quota = Infinity, pace = () => 1 }: { dies?: Fault | undefined; quota?: number; pace?: () => number } = {}): Depot & { steps: () => number } {
	let step = 0;
	const used = (): number => [...boxes.values()].flatMap((entries) => [...entries.values()]).reduce((sum, { size }) => sum + size, 0);
	const act = async <T>(whole: () => T, half: () => void = () => undefined): Promise<T> => {
		for (let turns = pace(); turns > 0; turns--) await Promise.resolve();
		const now = step++;
		if (dies && now > dies.at) throw new Died();
		if (dies && now === dies.at) {
			if (dies.reached === 'half') half();
			if (dies.reached === 'all') whole();
			throw new Died();
		}
		return whole();
	};
	const put = (box: string, entry: string, blob: Blob): void => {
		if (!boxes.has(box)) boxes.set(box, new Map());
		boxes.get(box)?.set(entry, blob);
	};
	return {
		kind: 'folder',
		steps: () => step,
		boxes: () => act(() => [...boxes.keys()]),
		entries: (box) => act(() => [...(boxes.get(box)?.keys() ?? [])]),
		write: (box, entry, blob) =>
			act(
				() => {
					if (used() + blob.size > quota) {
						put(box, entry, blob.slice(0, 1));
						throw new DOMException('', 'QuotaExceededError');
					}
					put(box, entry, blob);
				},
				() => put(box, entry, blob.slice(0, Math.floor(blob.size / 2))),
			),
		read: (box, entry) => act(() => boxes.get(box)?.get(entry) ?? null),
		remove: (box, entry) => act(() => void boxes.get(box)?.delete(entry)),
		removeBox: (box) =>
			act(() => {
				if ((boxes.get(box)?.size ?? 0) > 0) throw new DOMException('', 'InvalidModificationError');
				boxes.delete(box);
			}),
		clear: () =>
			act(
				() => boxes.clear(),
				() => {
					const [first] = boxes.keys();
					if (first !== undefined) boxes.delete(first);
				},
			),
	};
}
