import { cacheName, isCacheOf, scriptsInUse, type Build, type BuiltFile } from './build.ts';
import type { Place } from './scope.ts';

const hex = (bytes: ArrayBuffer): string => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function isWhole({ sum, inner }: BuiltFile, body: ArrayBuffer): Promise<boolean> {
	const found = hex(await crypto.subtle.digest('SHA-256', body));
	return found === sum || found === inner;
}

/** Says how the body came over the wire, which is over. */
const spent = ['content-encoding', 'content-length', 'transfer-encoding'];

function whole(body: ArrayBuffer, { headers }: Response): Response {
	const kept = new Headers(headers);
	for (const name of spent) kept.delete(name);
	return new Response(body, { headers: kept });
}

async function checked(file: BuiltFile, response: Response | undefined): Promise<Response | null> {
	if (!response?.ok) return null;
	const body = await response.arrayBuffer();
	return (await isWhole(file, body)) ? whole(body, response) : null;
}

/** A file as it was built: from an earlier version that has it, from the browser's own store, else anew. Null where the host sends another. */
async function obtained(place: Place, file: BuiltFile, earlier: readonly Cache[]): Promise<Response | null> {
	const url = new URL(file.path, place.base).href;
	for (const cache of earlier) {
		const held = await checked(file, await cache.match(url));
		if (held) return held;
	}
	const ask = async (cache: RequestCache): Promise<Response | null> => checked(file, await place.fetch(url, { cache, priority: 'low' }));
	return (await ask('default')) ?? (await ask('reload'));
}

export async function ownCaches({ caches, folder }: Place): Promise<string[]> {
	return (await caches.keys()).filter((name) => isCacheOf(folder, name));
}

/** Few at a time: a first visit may still be busy. */
const lanes = 3;

/**
 * Keeps a build whole in a cache of its own, every file proved by its sum; rejects, leaving nothing behind, when one is missing, was
 * changed on the way or belongs to another build, or when `stopped`.
 */
export async function keep(place: Place, build: Build, stopped: () => boolean): Promise<void> {
	const name = cacheName(place.folder, build.version);
	const names = await ownCaches(place);
	const earlier = await Promise.all(names.map((each) => place.caches.open(each)));
	const waiting = [...build.files];
	try {
		const cache = await place.caches.open(name);
		const lane = async (): Promise<void> => {
			for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
				const response = await obtained(place, file, earlier);
				if (!response || stopped()) throw new TypeError(`${file.path} could not be kept as it was built`);
				await cache.put(new URL(file.path, place.base).href, response);
			}
		};
		await Promise.all(Array.from({ length: lanes }, () => lane()));
	} catch (error) {
		waiting.length = 0;
		// A build that comes back may be the one in use.
		if (!names.includes(name)) await place.caches.delete(name);
		throw error;
	}
}

/** Removes the caches of builds that no page uses any more; none while another build is being kept or waits. */
export async function sweep(place: Place, build: Build, locks: Pick<LockManager, 'query'> | undefined, other: () => boolean): Promise<void> {
	const names = await ownCaches(place);
	if (other()) return;
	const used = scriptsInUse(place.folder, (await locks?.query())?.held ?? []).filter((script) => !build.files.some(({ path }) => new URL(path, place.base).href === script));
	for (const name of names) {
		if (name === cacheName(place.folder, build.version)) continue;
		const cache = await place.caches.open(name);
		const uses = await Promise.all(used.map((script) => cache.match(script)));
		if (!uses.some(Boolean)) await place.caches.delete(name);
	}
}
