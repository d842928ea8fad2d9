import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import { ThroughlineError } from '../lib/errors.ts';
import { openDuck, type Duck } from './duckdb.ts';

type Instantiated = (instance: WebAssembly.Instance, module: WebAssembly.Module) => void;

/** An engine from the compiled eh build. The package would fetch the file itself, and never say that it could not. */
export async function bootInBrowser(module: Promise<WebAssembly.Module>): Promise<Duck> {
	const wasm = await module;
	try {
		const nowhere = { mainModule: '', mainWorker: '' };
		const bindings = await createDuckDB({ mvp: nowhere, eh: nowhere }, new VoidLogger(), BROWSER_RUNTIME);
		await new Promise<void>((resolve, reject) => {
			const instantiateWasm = (imports: WebAssembly.Imports, done: Instantiated): object => {
				WebAssembly.instantiate(wasm, imports).then((instance) => done(instance, wasm), reject);
				return {};
			};
			globalThis.DUCKDB_RUNTIME = BROWSER_RUNTIME;
			Object.assign(bindings, { instantiateWasm });
			bindings.instantiate(() => undefined).then(() => resolve(), reject);
		});
		return openDuck(bindings);
	} catch (error) {
		throw new ThroughlineError('engine.start', { message: error instanceof Error ? error.message : String(error) });
	}
}
