import { answerTo } from '../src/offline/answer.ts';
import type { Asked, Build, Standing } from '../src/offline/build.ts';
import { keep, ownCaches, sweep } from '../src/offline/keep.ts';
import type { Place, WorkerScope } from '../src/offline/scope.ts';
import { isShare, receive } from '../src/offline/shared.ts';

/** Written before this script by scripts/offline.mjs. */
declare const BUILD: Build;

const worker = self as unknown as WorkerScope;
const base = worker.registration.scope;
const place: Place = { base, folder: new URL(base).pathname, caches, fetch: (...args) => fetch(...args) };
let forgotten = false;

const swept = (): Promise<void> => sweep(place, BUILD, navigator.locks, () => worker.registration.installing !== null || worker.registration.waiting !== null);

async function forget(): Promise<void> {
	forgotten = true;
	await worker.registration.unregister();
	for (const name of await ownCaches(place)) await caches.delete(name);
}

const answers: Record<Asked, () => Promise<Standing | null>> = {
	standing: async () => ({ version: BUILD.version, files: BUILD.files.length, bytes: BUILD.files.reduce((sum, { bytes }) => sum + bytes, 0) }),
	take: () => worker.skipWaiting().then(() => null),
	sweep: () => swept().then(() => null),
	forget: () => forget().then(() => null),
};

worker.addEventListener('install', (event) => event.waitUntil(keep(place, BUILD, () => forgotten)));

worker.addEventListener('activate', (event) => event.waitUntil(swept().then(() => worker.clients.claim())));

worker.addEventListener('message', (event) => {
	const answer = Object.hasOwn(answers, String(event.data)) ? answers[event.data as Asked] : null;
	if (answer) event.waitUntil(answer().then((said) => event.ports[0]?.postMessage(said)));
});

worker.addEventListener('fetch', (event) => {
	if (isShare(place, event.request)) return event.respondWith(receive(place, event.request));
	const answer = answerTo(place, BUILD, event.request);
	if (answer) event.respondWith(answer());
});
