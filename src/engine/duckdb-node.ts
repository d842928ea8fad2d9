import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DuckDBBindings } from '@duckdb/duckdb-wasm/blocking';
import type * as Blocking from '@duckdb/duckdb-wasm/blocking';
import { openDuck, type Duck } from './duckdb.ts';

interface NodeBlocking {
	createDuckDB: (bundles: Blocking.DuckDBBundles, logger: Blocking.Logger, runtime: unknown) => Promise<DuckDBBindings>;
	NODE_RUNTIME: unknown;
	VoidLogger: new () => Blocking.Logger;
}

/** The browser's own wasm, in Node: what tests and the bench run on. `eh` is another file of it. */
export async function bootInNode(eh?: string): Promise<Duck> {
	const require = createRequire(import.meta.url);
	const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
	const { createDuckDB, NODE_RUNTIME, VoidLogger } = require(path) as NodeBlocking;
	const wasm = (name: string): string => join(dirname(path), name);
	const bindings = await createDuckDB(
		{ mvp: { mainModule: wasm('duckdb-mvp.wasm'), mainWorker: '' }, eh: { mainModule: eh ?? wasm('duckdb-eh.wasm'), mainWorker: '' } },
		new VoidLogger(),
		NODE_RUNTIME,
	);
	await bindings.instantiate(() => undefined);
	return openDuck(bindings);
}
