import { mount } from 'svelte';
import engineUrl from '../workers/engine.worker.ts?worker&url';
import generatorUrl from '../workers/generator.worker.ts?worker&url';
import App from './App.svelte';
import { chosen, localeFor } from './lib/locale.svelte.ts';
import { wrap } from './lib/rpc.ts';
import { packs } from './packs/index.ts';
import { consoleApi, type ConsoleApi } from './state/console.ts';
import { livingEngine } from './state/engine-life.ts';
import { readFirstSight } from './state/first-sight.svelte.ts';
import { startEngine } from './state/engine-worker.ts';
import { Kept, type Store } from './state/kept.svelte.ts';
import { Session, type Generator } from './state/session.svelte.ts';
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

/**
 * A worker started from a URL takes the policy of its own response, and static hosts send none; started from a blob it
 * inherits the page's, so that nothing in it can reach another origin.
 */
function startWorker(url: string, name: string): Worker {
	const absolute = new URL(url, document.baseURI).href;
	const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(absolute)};`], { type: 'text/javascript' }));
	return new Worker(source, { type: 'module', name });
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

const unique = (): string => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');
const channel = attempt(() => new BroadcastChannel('throughline-workspaces'));
const workspaces = new Workspaces({
	open: () => openStore({ now: () => Date.now(), unique }),
	room: async () => {
		const { usage, quota } = await navigator.storage.estimate();
		return usage === undefined || quota === undefined ? null : { used: usage, allowed: quota };
	},
	persist: () => void attempt(() => navigator.storage.persist().catch(() => undefined)),
	tell: (told) => channel?.postMessage(told),
	listen: (heard) => channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => heard(data)),
	clearRest: clearPlaces,
	shelf,
});

const life = livingEngine(() => startEngine(startWorker(engineUrl, `engine-${unique()}`)));

const session = new Session({
	engine: life.engine,
	onloss: life.onloss,
	workspaces,
	generator: wrap<Generator>(startWorker(generatorUrl, 'generator')),
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

const target = document.getElementById('app');
if (target) mount(App, { target, props: { session } });

const ready = session.start();
window.throughline = consoleApi(session, ready);
/** Once the first sight stands, the rest of the app comes, so that it is there when the network is not. */
ready.then(() => setTimeout(() => void fetchPages(), 3000)).catch(() => undefined);
ready.catch(() => undefined).finally(() => void workspaces.begin());
window.addEventListener('pagehide', () => void workspaces.settle());
window.throughline.ready.catch(() => undefined);
