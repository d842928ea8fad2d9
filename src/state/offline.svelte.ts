import { pageLock, type Asked, type Standing } from '../offline/build.ts';
import { takeShared } from '../offline/shared.ts';

export interface OfflineParts {
	container: ServiceWorkerContainer;
	locks: LockManager | undefined;
	caches: CacheStorage;
	/** The app's folder, with a slash at its end. */
	base: string;
	/** Its path. */
	folder: string;
	/** The script that started this page. */
	script: string;
	reload: () => void;
}

const hour = 3_600_000;

/** Where a worker is stopped or broken it may never answer. */
const patience = 10_000;

function ask(worker: ServiceWorker, what: Asked): Promise<Standing | null> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((done) => {
		port1.onmessage = ({ data }: MessageEvent<Standing | null>) => done(data);
		setTimeout(() => done(null), patience);
		worker.postMessage(what, [port2]);
	});
}

/** The app as it is kept on this device by its service worker. Without parts (no worker here, or not served) nothing is. */
export class Offline {
	readonly #parts: OfflineParts | null;
	#registration: ServiceWorkerRegistration | null = null;
	#forgotten = false;
	/** On a first visit the worker takes the page that it came with; whoever takes it later is another build. */
	#controlled = false;
	#overtaken = false;
	/** This page has asked for the newer build. */
	#accepted = false;

	/** What is kept; null while nothing is. */
	kept = $state.raw<Standing | null>(null);
	/** It was tried in this visit and did not work. */
	failed = $state(false);
	/** Another build is kept and waits to be taken. */
	newer = $state(false);

	constructor(parts: OfflineParts | null) {
		this.#parts = parts;
		if (parts) void parts.locks?.request(pageLock(parts.folder, parts.script), { mode: 'shared' }, () => new Promise(() => undefined)).catch(() => undefined);
	}

	/** Has the app kept; called when the first view stands, so that it is not slowed down. */
	async begin(): Promise<void> {
		const parts = this.#parts;
		if (!parts || this.#forgotten) return;
		this.#controlled = parts.container.controller !== null;
		parts.container.addEventListener('controllerchange', () => this.#taken());
		try {
			const registration = await parts.container.register(`${parts.base}sw.js`, { scope: parts.base, updateViaCache: 'none' });
			this.#registration = registration;
			registration.addEventListener('updatefound', () => this.#follow(registration.installing));
			this.#follow(registration.installing);
			await this.#look();
			if (registration.active) void ask(registration.active, 'sweep');
			setInterval(() => void registration.update().catch(() => undefined), hour);
		} catch {
			this.failed = true;
		}
	}

	#follow(worker: ServiceWorker | null): void {
		worker?.addEventListener('statechange', () => {
			if (worker.state === 'redundant' && this.kept === null && !this.#forgotten) this.failed = true;
			void this.#look();
		});
	}

	async #look(): Promise<void> {
		const { waiting = null, active = null } = this.#registration ?? {};
		this.newer = !this.#forgotten && (this.#overtaken || (waiting !== null && active !== null));
		const kept = active && !this.#forgotten ? await ask(active, 'standing') : null;
		this.kept = this.#forgotten ? null : kept;
		if (this.kept) this.failed = false;
	}

	#taken(): void {
		if (this.#accepted) return this.#parts?.reload();
		this.#overtaken = this.#controlled;
		this.#controlled = true;
		void this.#look();
	}

	/** Takes the newer build and shows it: the only time that the page reloads itself. */
	accept(): void {
		const waiting = this.#registration?.waiting;
		if (!waiting) return this.#parts?.reload();
		this.#accepted = true;
		waiting.postMessage('take' satisfies Asked);
	}

	/** Keeps nothing any more, and nothing again in this visit. */
	async forget(): Promise<void> {
		this.#forgotten = true;
		const registration = this.#registration ?? (await this.#parts?.container.getRegistration(this.#parts.base));
		const workers = [registration?.installing, registration?.waiting, registration?.active].filter((worker) => !!worker);
		await Promise.all(workers.map((worker) => ask(worker, 'forget')));
		await registration?.unregister();
		[this.kept, this.newer, this.failed] = [null, false, false];
	}

	/** Files that the system has handed to the app, once. Null where there are none; empty where none could be read. */
	async shared(): Promise<File[] | null> {
		return this.#parts ? takeShared(this.#parts) : null;
	}
}
