import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?packed';
import engineUrl from '../workers/engine.worker.ts?worker&url';
import generatorUrl from '../workers/generator.worker.ts?worker&url';
import { wasmSource } from './engine/wasm-source.ts';
import type { Started } from './state/engine-life.ts';
import { startEngine } from './state/engine-worker.ts';
import { startGenerator } from './state/generator-worker.ts';

/** What takes longest begins here: this file is small and runs before the rest of the page has come. */

/**
 * A worker started from a URL takes the policy of its own response, and static hosts send none; started from a blob it
 * inherits the page's, so that nothing in it can reach another origin.
 */
function startWorker(url: string, name: string): Worker {
	const absolute = new URL(url, document.baseURI).href;
	const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(absolute)};`], { type: 'text/javascript' }));
	return new Worker(source, { type: 'module', name });
}

export const unique = (): string => Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join('');

const giveWasm = wasmSource(new URL(wasmUrl, document.baseURI).href);

function beginEngine(): Started {
	const worker = startWorker(engineUrl, `engine-${unique()}`);
	giveWasm(worker);
	return startEngine(worker);
}

let early: Started | null = beginEngine();

/** The engine that was started with the page; each further time a new one. */
export function nextEngine(): Started {
	const engine = early ?? beginEngine();
	early = null;
	return engine;
}

export const generator = startGenerator(() => startWorker(generatorUrl, 'generator'));
