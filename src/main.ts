import { mount } from 'svelte';
import engineUrl from '../workers/engine.worker.ts?worker&url';
import generatorUrl from '../workers/generator.worker.ts?worker&url';
import App from './App.svelte';
import type { EngineApi } from './engine/api.ts';
import { chosen, localeFor } from './lib/locale.svelte.ts';
import { wrap } from './lib/rpc.ts';
import { packs } from './packs/index.ts';
import { consoleApi, type ConsoleApi } from './state/console.ts';
import { Kept } from './state/kept.svelte.ts';
import { Session, type Generator } from './state/session.svelte.ts';
import { fetchPages } from './views/pages.ts';
import './styles/base.css';

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

const kept = new Kept({
	read: (name) => attempt(() => localStorage.getItem(`throughline.${name}`)),
	write: (name, text) => void attempt(() => localStorage.setItem(`throughline.${name}`, text)),
	watch: (changed) => window.addEventListener('storage', ({ key }) => changed(key?.replace(/^throughline\./, '') ?? null)),
});
chosen.id = kept.locale ?? localeFor(navigator.languages);

const session = new Session({
	engine: wrap<EngineApi>(startWorker(engineUrl, 'engine')),
	generator: wrap<Generator>(startWorker(generatorUrl, 'generator')),
	packs,
	kept,
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
window.throughline.ready.catch(() => undefined);
