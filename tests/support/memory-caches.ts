import type { Place } from '../../src/offline/scope.ts';

/** Caches in memory, as far as the worker uses them. */
export function memoryCaches(): CacheStorage {
	const all = new Map<string, Map<string, Response>>();
	const cacheOf = (held: Map<string, Response>): Cache =>
		({
			match: async (url: string) => held.get(url)?.clone(),
			put: async (url: string, response: Response) => void held.set(url, response),
			keys: async () => [...held.keys()].map((url) => new Request(url)),
		}) as unknown as Cache;
	return {
		keys: async () => [...all.keys()],
		has: async (name: string) => all.has(name),
		delete: async (name: string) => all.delete(name),
		open: async (name: string) => {
			const held = all.get(name) ?? new Map<string, Response>();
			all.set(name, held);
			return cacheOf(held);
		},
		match: async (url: string, { cacheName }: { cacheName: string }) => all.get(cacheName)?.get(url)?.clone(),
	};
}

export interface Served {
	body: Uint8Array | string;
	headers?: Record<string, string>;
}

/** An app's folder on a host; what was asked for is written down. */
export function memoryPlace(files: Record<string, Served>, base = 'https://host.test/app/'): Place & { asked: string[] } {
	const asked: string[] = [];
	return {
		base,
		folder: new URL(base).pathname,
		caches: memoryCaches(),
		asked,
		fetch: async (input, init) => {
			const url = input instanceof Request ? input.url : String(input);
			asked.push(`${url.slice(base.length)} ${init?.cache ?? ''}`);
			const file = files[url.slice(base.length)];
			return file ? new Response(typeof file.body === 'string' ? file.body : new Uint8Array(file.body), { headers: { 'content-type': 'text/plain', ...file.headers } }) : new Response('', { status: 404 });
		},
	};
}
