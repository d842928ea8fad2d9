/** The parts of the service worker's world that are used here; the page's types do not have them. */
export interface WorkerScope {
	registration: ServiceWorkerRegistration;
	clients: { claim(): Promise<void> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate', heard: (event: Lasting) => void): void;
	addEventListener(type: 'fetch', heard: (event: Fetching) => void): void;
	addEventListener(type: 'message', heard: (event: MessageEvent<unknown> & Lasting) => void): void;
}

export interface Lasting {
	waitUntil(work: Promise<unknown>): void;
}

export interface Fetching extends Lasting {
	request: Request;
	respondWith(answer: Promise<Response>): void;
}

/** What the worker stands on: the folder's address, with a slash at its end. */
export interface Place {
	base: string;
	folder: string;
	caches: CacheStorage;
	fetch: typeof fetch;
}
