import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import ehWasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import mvpWasm from '@duckdb/duckdb-wasm/dist/duckdb-mvp.wasm?url';
import { ThroughlineError } from '../lib/errors.ts';
import { openDuck, type Duck } from './duckdb.ts';

/** The eh build where the browser has wasm exceptions, else mvp; both served from the page's own origin. */
export async function bootInBrowser(base: string): Promise<Duck> {
	const at = (url: string): string => new URL(url, base).href;
	try {
		const bindings = await createDuckDB(
			{ mvp: { mainModule: at(mvpWasm), mainWorker: '' }, eh: { mainModule: at(ehWasm), mainWorker: '' } },
			new VoidLogger(),
			BROWSER_RUNTIME,
		);
		await bindings.instantiate(() => undefined);
		return openDuck(bindings);
	} catch (error) {
		throw new ThroughlineError('engine.start', { message: error instanceof Error ? error.message : String(error) });
	}
}
