import { mount } from 'svelte';
import App from './App.svelte';
import { chosen, localeFor } from './lib/locale.svelte.ts';
import { packs } from './packs/index.ts';
import { consoleApi, type ConsoleApi } from './state/console.ts';
import { livingEngine } from './state/engine-life.ts';
import { askAbout, onLaunch } from './state/arrivals.ts';
import { readFirstSight } from './state/first-sight.svelte.ts';
import { Kept, type Store } from './state/kept.svelte.ts';
import { Offline } from './state/offline.svelte.ts';
import { Sameness } from './state/sameness.svelte.ts';
import { Session } from './state/session.svelte.ts';
import { generator, nextEngine, unique } from './starting.ts';
import { fetchPages } from './views/pages.ts';
import { clearPlaces, openStore } from './state/workspaces/browser.ts';
import { Workspaces, type Told } from './state/workspaces/workspaces.svelte.ts';
import './styles/base.css';

/** Says what this code was built from. */
declare const __BUILD__: string;

declare global {
	interface Window {
		throughline: ConsoleApi;
	}
}

/** A browser may refuse to keep anything; then nothing is kept. */
function attempt<T>(work: () => T): T | null {
	try {
		return work();
	} catch {
		return null;
	}
}

const prefix = 'throughline.';
const shelf: Store = {
	read: (name) => attempt(() => localStorage.getItem(`${prefix}${name}`)),
	write: (name, text) => void attempt(() => localStorage.setItem(`${prefix}${name}`, text)),
	watch: (changed) => window.addEventListener('storage', ({ key }) => changed(key?.replace(/^throughline\./, '') ?? null)),
	clear: () => void attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix) || key === 'theme').forEach((key) => localStorage.removeItem(key))),
};
const kept = new Kept(shelf);
chosen.id = kept.locale ?? localeFor(navigator.languages);

const channel = attempt(() => new BroadcastChannel('throughline-workspaces'));
const served = import.meta.env.PROD && /^https?:$/.test(location.protocol) && 'serviceWorker' in navigator;
const { href: base, pathname: folder } = new URL('./', location.href);
const offline = new Offline(served ? { container: navigator.serviceWorker, locks: navigator.locks, caches, base, folder, script: import.meta.url, reload: () => location.reload() } : null);
const workspaces = new Workspaces({
	open: () => openStore({ now: () => Date.now(), unique }),
	room: async () => {
		const { usage, quota } = await navigator.storage.estimate();
		return usage === undefined || quota === undefined ? null : { used: usage, allowed: quota };
	},
	persist: () => void attempt(() => navigator.storage.persist().catch(() => undefined)),
	tell: (told) => channel?.postMessage(told),
	listen: (heard) => channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => heard(data)),
	clearRest: () => offline.forget().catch(() => undefined).then(clearPlaces),
	shelf,
});

const life = livingEngine(nextEngine);

const session = new Session({
	engine: life.engine,
	onloss: life.onloss,
	workspaces,
	generator,
	packs,
	kept,
	first: attempt(() => readFirstSight(document.getElementById('first-sight')?.textContent ?? null, __BUILD__)),
	address: {
		read: () => location.search,
		write: (query, replace) => {
			const url = `${location.pathname}${query}`;
			if (url === `${location.pathname}${location.search}`) return;
			const { step = 0 } = (history.state ?? {}) as { step?: number };
			if (replace) history.replaceState({ step }, '', url);
			else history.pushState({ step: step + 1 }, '', url);
		},
	},
});

window.addEventListener('popstate', () => void session.follow());

const sameness = new Sameness(session, new URLSearchParams(location.search).get('same'));
const target = document.getElementById('app');
document.getElementById('late')?.remove();
if (target) mount(App, { target, props: { session, offline, sameness } });

const ready = session.start();
window.throughline = consoleApi(session, ready);
/** Once the first sight stands, the rest of the app comes, so that it is there when the network is not. */
ready.then(() => setTimeout(() => void fetchPages().then(() => offline.begin()), 3000)).catch(() => undefined);
ready.catch(() => undefined).finally(() => void workspaces.begin());
void ready.then(() => sameness.check()).catch(() => undefined);
onLaunch(window, ready, session);
void ready.catch(() => undefined).then(() => offline.shared()).then((files) => askAbout(session, files)).catch(() => undefined);
window.addEventListener('pagehide', () => void workspaces.settle());
window.throughline.ready.catch(() => undefined);
