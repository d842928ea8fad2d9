import type { InputFile } from '../../engine/api.ts';
import type { Recipe } from '../../import/types.ts';
import { ThroughlineError } from '../../lib/errors.ts';
import { byteText } from '../../lib/format.ts';
import { Imports, type Before, type Held } from '../imports.ts';
import type { Store as Shelf } from '../kept.svelte.ts';
import { addedTo } from './added.ts';
import type { Depot } from './depot.ts';
import { sizeOf, type Workspace } from './manifest.ts';
import { freeNameFor } from './names.ts';
import { filePrint, printOf } from './print.ts';
import type { Store } from './store.ts';

/** What a window tells the others of this device. */
export type Told = { kind: 'changed' | 'forgotten'; id: string } | { kind: 'emptied' };

export interface Device {
	/** Opened when it is first needed. */
	open: () => Promise<{ store: Store; kind: Depot['kind'] }>;
	/** Bytes in use and allowed; null where the browser does not say. */
	room: () => Promise<{ used: number; allowed: number } | null>;
	/** Asks the browser not to clear this by itself. */
	persist: () => void;
	tell: (told: Told) => void;
	listen: (heard: (told: Told) => void) => void;
	/** What else of ours is on the device: other places, caches. */
	clearRest: () => Promise<void>;
	shelf: Shelf;
}

/** Files that were loaded, with what was made of them. */
export interface Loaded {
	pack: string;
	files: readonly InputFile[];
	recipe: Recipe | null;
	state: string;
	rows: number;
	/** What was open before some of them were added. */
	before?: Before | undefined;
	/** The workspace that they become the next version of; absent: one of their own. */
	into?: string;
}

/** Bytes that stay in memory so that an undone import can be brought back. */
const mostRemembered = 64 * 1024 * 1024;

/** Small things beside the bytes: the manifest, and what the browser rounds up. */
const margin = 64 * 1024;

/** The imports of this device: kept where the browser lets the page keep them, else in memory while the page is open. */
export class Workspaces {
	readonly #device: Device | null;
	readonly #memory = new Imports();
	readonly #prints = new WeakMap<InputFile, Promise<string>>();
	#begun: Promise<Store | null> | null = null;
	#later: ReturnType<typeof setTimeout> | null = null;
	#looked: { id: string; print: string; state: string } | null = null;

	list = $state.raw<readonly Workspace[]>([]);
	/** Null until it is known. */
	kind = $state.raw<Depot['kind'] | null>(null);
	/** True while files are written. */
	writing = $state(false);
	/** The workspace whose files are open in this window. */
	here = $state.raw<string | null>(null);
	/** Another window has changed or forgotten what is open here; this one goes on showing what it shows. */
	overtaken = $state.raw<'changed' | 'forgotten' | null>(null);

	constructor(device: Device | null) {
		this.#device = device;
		device?.listen((told) => void this.#hear(told));
	}

	/** Opens the place where things are kept, and sweeps it. */
	begin(): Promise<Store | null> {
		return (this.#begun ??= this.#open());
	}

	async #open(): Promise<Store | null> {
		const opened = await this.#device?.open().catch(() => null);
		this.kind = opened?.kind ?? 'nothing';
		if (!opened || opened.kind === 'nothing') return null;
		await this.#read(opened.store);
		void opened.store.sweep().catch(() => undefined);
		return opened.store;
	}

	async #read(store: Store): Promise<void> {
		this.list = (await store.list().catch(() => [])).sort((a, b) => b.changed - a.changed);
	}

	async #hear(told: Told): Promise<void> {
		const before = this.list.find(({ id }) => id === this.here);
		const store = await this.begin();
		// Reading would make the place anew that was just removed.
		if (told.kind === 'emptied') this.list = [];
		else if (store) await this.#read(store);
		if (!before) return;
		const now = this.list.find(({ id }) => id === before.id);
		if (!now && told.kind !== 'changed') this.overtaken = 'forgotten';
		else if (now && now.print !== before.print) this.overtaken = 'changed';
	}

	find(print: string): Workspace | undefined {
		return this.list.find((workspace) => workspace.print === print);
	}

	knows(print: string): boolean {
		return this.#memory.get(print) !== undefined || this.find(print) !== undefined || this.#earlier(print) !== undefined;
	}

	/** Files of a print, from memory or from the device; null where they are neither. */
	async files(print: string): Promise<Held | null> {
		const held = this.#memory.get(print);
		if (held) return held;
		const store = await this.begin();
		const kept = this.find(print);
		const older = kept ? undefined : this.#earlier(print);
		const id = kept?.id ?? older?.id;
		const files = id === undefined ? null : await store?.files(id).catch(() => null);
		if (kept && files) return { files, recipe: kept.recipe, before: kept.before };
		const earlier = older && files?.filter(({ name }) => older.before.names.includes(name));
		return older && earlier?.length === older.before.names.length ? { files: earlier, recipe: older.before.recipe, before: older.before.before } : null;
	}

	/** The workspace that was this before files were added to it. */
	#earlier(print: string): { id: string; before: Before } | undefined {
		for (const { id, before } of this.list) {
			for (let each = before; each; each = each.before) if (each.print === print) return { id, before: each };
		}
		return undefined;
	}

	/** What was open before files were added to these. */
	before(print: string): Before | undefined {
		return this.#memory.get(print)?.before ?? this.find(print)?.before;
	}

	/** Those of some files whose bytes are not among these already, under names that these do not have. */
	async among(files: readonly InputFile[], these: readonly InputFile[]): Promise<InputFile[]> {
		const printed = (all: readonly InputFile[]) => Promise.all(all.map(async (file) => ({ file, print: await this.#printOf(file) })));
		return addedTo(await printed(these), await printed(files));
	}

	/** Holds files in memory while their bytes on the device are replaced, where that is not too much. */
	async remember(print: string, held: Held): Promise<void> {
		if (held.files.reduce((sum, { blob }) => sum + blob.size, 0) > mostRemembered) return;
		const files = await Promise.all(held.files.map(async ({ name, blob }) => ({ name, blob: new Blob([await blob.arrayBuffer()]) })));
		this.#memory.put(print, { ...held, files });
	}

	/** How files are called in an address, by what is in them. */
	async print(files: readonly InputFile[], recipe: Recipe | null): Promise<string> {
		return printOf(await Promise.all(files.map(async (file) => ({ name: file.name, print: await this.#printOf(file) }))), recipe);
	}

	#printOf(file: InputFile): Promise<string> {
		const print = this.#prints.get(file) ?? filePrint(file.blob);
		this.#prints.set(file, print);
		return print;
	}

	/** Files that are open and not kept yet stay in memory. */
	hold(print: string, held: Held): void {
		if (!this.find(print)) this.#memory.put(print, held);
	}

	/** The files of this print are open in this window; null: demo data is. */
	opened(print: string | null): void {
		this.here = (print === null ? undefined : this.find(print)?.id) ?? null;
		this.overtaken = null;
		this.#device?.shelf.write('workspace', this.here ?? (print === null ? '' : (this.#earlier(print)?.id ?? '')));
	}

	/** Files were open in the last visit: they may be found again. */
	get hasLast(): boolean {
		return (this.#device?.shelf.read('workspace') ?? '') !== '';
	}

	/** What was open in the last visit. */
	async last(): Promise<Workspace | null> {
		const id = this.#device?.shelf.read('workspace') ?? '';
		if (id === '') return null;
		await this.begin();
		return this.list.find((workspace) => workspace.id === id) ?? null;
	}

	/** Keeps what was loaded. Rejects with `kept.…` where it cannot; then it stays in memory, and what was kept before stays kept. */
	async keep(print: string, loaded: Loaded): Promise<void> {
		const known = this.find(print);
		if (known) return this.opened(print);
		this.writing = true;
		try {
			const store = await this.begin();
			if (!store) throw new ThroughlineError('kept.refused');
			const files = await Promise.all(loaded.files.map(async (file) => ({ name: file.name, print: await this.#printOf(file), blob: file.blob })));
			const into = this.list.find(({ id }) => id === loaded.into);
			const bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
			await this.#fits(bytes);
			const { pack, recipe, state, rows } = loaded;
			const draft = { name: into?.name ?? freeNameFor(loaded.files, this.list), pack, files, print, recipe, state, rows, ...(loaded.before ? { before: loaded.before } : {}) };
			const kept = await store.put(draft, into?.id).catch((error: unknown) => Promise.reject(this.#failure(error, bytes)));
			this.#memory.drop(print);
			await this.#changed(store, kept.id);
			this.opened(print);
			if (this.#device?.shelf.read('persist') === null) {
				this.#device.shelf.write('persist', 'asked');
				this.#device.persist();
			}
		} finally {
			this.writing = false;
		}
	}

	async #fits(bytes: number): Promise<void> {
		const room = await this.#device?.room().catch(() => null);
		if (room && room.allowed - room.used < bytes + margin) throw new ThroughlineError('kept.no-room', { size: byteText(bytes), missing: byteText(bytes + margin - (room.allowed - room.used)) });
	}

	#failure(error: unknown, bytes: number): ThroughlineError {
		if (error instanceof DOMException && error.name === 'QuotaExceededError') {
			// Chromium's estimate is no measure of what is free, so what is missing is not known here.
			return new ThroughlineError('kept.no-room', { size: byteText(bytes), missing: '' });
		}
		return new ThroughlineError('kept.failed', { message: error instanceof Error ? error.message : String(error) });
	}

	async #changed(store: Store, id: string): Promise<void> {
		await this.#read(store);
		this.#device?.tell({ kind: 'changed', id });
	}

	/** The page shows this state of what is open; written a little later, so that a hand that goes on is not waited for. */
	looked(state: string): void {
		const workspace = this.list.find(({ id }) => id === this.here);
		if (!workspace || this.overtaken !== null || workspace.state === state) return;
		this.#looked = { id: workspace.id, print: workspace.print, state };
		this.#later ??= setTimeout(() => void this.settle(), 1000);
	}

	/** Writes what waits to be written. */
	async settle(): Promise<void> {
		if (this.#later !== null) clearTimeout(this.#later);
		const [looked, store] = [this.#looked, await this.begin()];
		[this.#later, this.#looked] = [null, null];
		if (!looked || !store) return;
		const changed = await store.change(looked.id, { state: looked.state }, looked.print).catch(() => null);
		if (changed) this.list = this.list.map((each) => (each.id === changed.id ? changed : each));
	}

	async rename(id: string, name: string): Promise<void> {
		const store = await this.begin();
		if (name.trim() === '' || !(await store?.change(id, { name: name.trim() })) || !store) return;
		await this.#changed(store, id);
	}

	/** Removes one with its bytes. */
	async forget(id: string): Promise<void> {
		const store = await this.begin();
		await store?.forget(id);
		if (this.here === id) this.opened(null);
		if (store) await this.#read(store);
		this.#device?.tell({ kind: 'forgotten', id });
	}

	/** Removes all workspaces, whatever else of ours is on the device, and what is held in memory. */
	async forgetAll(): Promise<void> {
		const store = await this.begin();
		this.#looked = null;
		await store?.forgetAll();
		await this.#device?.clearRest();
		this.#memory.clear();
		this.list = [];
		this.opened(null);
		this.#device?.tell({ kind: 'emptied' });
	}

	get bytes(): number {
		return this.list.reduce((sum, each) => sum + sizeOf(each), 0);
	}
}
