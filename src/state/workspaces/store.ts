import type { Recipe } from '../../import/types.ts';
import type { Before } from '../imports.ts';
import { trial, type Depot } from './depot.ts';
import type { Locks } from './locks.ts';
import { readManifest, written, type KeptFile, type Workspace } from './manifest.ts';

/** What is put into a workspace. Bytes come as blobs, which are read in pieces. */
export interface Draft {
	name: string;
	pack: string;
	files: readonly { name: string; print: string; blob: Blob }[];
	print: string;
	recipe: Recipe | null;
	state: string;
	rows: number;
	before?: Before | undefined;
}

export interface StoreParts {
	depot: Depot;
	locks: Locks;
	now: () => number;
	/** A name that no other window makes. */
	unique: () => string;
}

const everything = 'all';
const day = 86_400_000;
const isManifest = (entry: string): boolean => entry.startsWith('m-');
/** When an entry was begun, from its name. */
const begunAt = (entry: string): number => parseInt(entry.split('-')[1] ?? '', 36);

interface Box {
	/** The newest whole manifest, and its entry. */
	holds: { workspace: Workspace; entry: string } | null;
	/** Whole manifests that it has taken the place of. */
	older: readonly string[];
	entries: readonly string[];
}

/**
 * Workspaces, each in a box of its own: the bytes under names never used before, then one manifest with a higher version. The
 * highest manifest that is whole holds, so that a page that dies at any point leaves what was there or what was to come.
 */
export class Store {
	readonly #parts: StoreParts;

	constructor(parts: StoreParts) {
		this.#parts = parts;
	}

	#fresh(kind: 'm' | 'b'): string {
		return `${kind}-${this.#parts.now().toString(36)}-${this.#parts.unique()}`;
	}

	async #look(id: string): Promise<Box> {
		const { depot } = this.#parts;
		for (let time = 1; ; time++) {
			const entries = await depot.entries(id);
			const texts = await Promise.all(entries.filter(isManifest).map(async (entry) => ({ entry, text: await (await depot.read(id, entry))?.text() })));
			// Another window has put a newer one in its place since the entries were listed.
			if (time < 5 && texts.some(({ text }) => text === undefined)) continue;
			const whole = texts.flatMap(({ entry, text }) => {
				const workspace = readManifest(text ?? '');
				return workspace?.files.every((file) => entries.includes(file.entry)) ? [{ entry, workspace }] : [];
			});
			const [first, ...older] = whole.sort((a, b) => b.workspace.version - a.workspace.version || (a.entry < b.entry ? 1 : -1));
			return { holds: first ?? null, older: older.map(({ entry }) => entry), entries };
		}
	}

	/** What each box holds; boxes of imports that were cut off hold nothing. */
	async list(): Promise<Workspace[]> {
		const boxes = await Promise.all((await this.#parts.depot.boxes()).map((id) => this.#look(id)));
		return boxes.flatMap(({ holds }) => (holds ? [holds.workspace] : []));
	}

	/** Blobs of its files; null when it is not kept any more. */
	async files(id: string): Promise<{ name: string; blob: Blob }[] | null> {
		const { holds } = await this.#look(id);
		if (!holds) return null;
		const blobs = await Promise.all(holds.workspace.files.map(async ({ name, entry, size }) => ({ name, size, blob: await this.#parts.depot.read(id, entry) })));
		return blobs.every(({ blob, size }) => blob?.size === size) ? blobs.flatMap(({ name, blob }) => (blob ? [{ name, blob }] : [])) : null;
	}

	#inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
		return this.#parts.locks.shared(everything, () => this.#parts.locks.alone(id, work));
	}

	/** Keeps a draft as a new workspace, or as the next version of one. On an error what was kept is unchanged. */
	put(draft: Draft, id: string = this.#parts.unique()): Promise<Workspace> {
		return this.#inTurn(id, async () => {
			const { depot } = this.#parts;
			const { holds } = await this.#look(id);
			const files: KeptFile[] = [];
			try {
				for (const { name, print, blob } of draft.files) {
					const entry = this.#fresh('b');
					files.push({ name, print, size: blob.size, entry });
					await depot.write(id, entry, blob);
				}
				const now = this.#parts.now();
				const { files: _, ...rest } = draft;
				return await this.#commit(id, { ...rest, files, id, created: holds?.workspace.created ?? now, changed: now, version: (holds?.workspace.version ?? 0) + 1 });
			} catch (error) {
				for (const { entry } of files) await depot.remove(id, entry).catch(() => undefined);
				if (!holds) await depot.removeBox(id).catch(() => undefined);
				throw error;
			}
		});
	}

	/** Changes what is said of the files, not the files. Null when it is not kept any more, or holds other files than those of the print. */
	change(id: string, what: Partial<Pick<Workspace, 'name' | 'state'>>, print?: string): Promise<Workspace | null> {
		return this.#inTurn(id, async () => {
			const { holds } = await this.#look(id);
			return holds && (print === undefined || print === holds.workspace.print) ? this.#commit(id, { ...holds.workspace, ...what, changed: this.#parts.now(), version: holds.workspace.version + 1 }) : null;
		});
	}

	async #commit(id: string, workspace: Workspace): Promise<Workspace> {
		const entry = this.#fresh('m');
		try {
			await this.#parts.depot.write(id, entry, new Blob([written(workspace)]));
		} catch (error) {
			await this.#parts.depot.remove(id, entry).catch(() => undefined);
			throw error;
		}
		await this.#tidy(id).catch(() => undefined);
		return workspace;
	}

	/** Removes what nothing needs: first earlier manifests, then bytes without one. */
	async #tidy(id: string): Promise<void> {
		const { depot, locks, now } = this.#parts;
		const { holds, older, entries } = await this.#look(id);
		const needed = new Set([holds?.entry, ...(holds?.workspace.files ?? []).map(({ entry }) => entry)]);
		const idle = entries.filter((entry) => !needed.has(entry) && ((locks.among === 'windows' && id !== trial) || older.includes(entry) || begunAt(entry) < now() - day));
		for (const entry of [...idle].sort((a, b) => Number(isManifest(b)) - Number(isManifest(a)) || (a < b ? -1 : 1))) await depot.remove(id, entry);
		if (!holds && id !== trial && idle.length === entries.length) await depot.removeBox(id);
	}

	/** Removes what imports that were cut off have left, where no window is at work. */
	async sweep(): Promise<void> {
		const { depot, locks } = this.#parts;
		await locks.shared(everything, async () => {
			for (const id of await depot.boxes()) await locks.ifFree(id, () => this.#tidy(id));
		});
	}

	forget(id: string): Promise<void> {
		return this.#inTurn(id, async () => {
			const { depot } = this.#parts;
			const { holds, entries } = await this.#look(id);
			// The manifest that holds goes last among them: an earlier one would take its place.
			const order = (entry: string): number => (entry === holds?.entry ? 1 : isManifest(entry) ? 0 : 2);
			for (const entry of [...entries].sort((a, b) => order(a) - order(b))) await depot.remove(id, entry);
			await depot.removeBox(id);
		});
	}

	/** Everything, once no window writes. */
	forgetAll(): Promise<void> {
		return this.#parts.locks.alone(everything, () => this.#parts.depot.clear());
	}
}
