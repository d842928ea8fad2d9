import { cacheName, type Build } from './build.ts';
import { ownCaches } from './keep.ts';
import type { Place } from './scope.ts';

type Answer = () => Promise<Response>;

/** Files of this build from its own cache. */
async function built(place: Place, build: Build, url: string, request: Request): Promise<Response> {
	return (await place.caches.match(url, { cacheName: cacheName(place.folder, build.version) })) ?? place.fetch(request);
}

/** A page that was started by an earlier build goes on with the files of that build, whose names carry their content. */
async function earlier(place: Place, url: string, request: Request): Promise<Response> {
	for (const cacheName of await ownCaches(place)) {
		const held = await place.caches.match(url, { cacheName });
		if (held) return held;
	}
	return place.fetch(request);
}

/** How a request is answered; null: not by the worker. Only reading in the app's own folder is. */
export function answerTo(place: Place, build: Build, request: Request): Answer | null {
	const url = new URL(request.url);
	const asked = url.origin + url.pathname;
	if (request.method !== 'GET' || !asked.startsWith(place.base)) return null;
	const path = asked.slice(place.base.length);
	const page = new URL('index.html', place.base).href;
	if (path === '' || path === 'index.html') return () => built(place, build, page, request);
	if (build.files.some((file) => file.path === path)) return () => built(place, build, asked, request);
	if (request.mode === 'navigate') return () => place.fetch(request).catch(() => built(place, build, page, request));
	return path.startsWith('assets/') ? () => earlier(place, asked, request) : null;
}
