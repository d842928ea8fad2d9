import { bootInBrowser } from '../src/engine/duckdb-browser.ts';
import type { Duck } from '../src/engine/duckdb.ts';
import { createEngine, filesPart } from '../src/engine/engine.ts';
import { wantWasm } from '../src/engine/wasm.ts';
import { expose, transfer } from '../src/lib/rpc.ts';
import type { EngineApi } from '../src/engine/api.ts';

/** DuckDB starts while the generator works, not after it. */
const boot = (): Promise<Duck> => bootInBrowser(wantWasm(self));
let early: Promise<Duck> | null = boot();
early.catch(() => undefined);

function booted(): Promise<Duck> {
	const duck = early ?? boot();
	early = null;
	return duck;
}

const engine = createEngine(booted, () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32);

const api: EngineApi = {
	...engine,
	async open(request, progress) {
		const dataset = await engine.open(request, progress);
		// So that files can be taken in when the network is gone.
		setTimeout(() => void filesPart().catch(() => undefined), 3000);
		return dataset;
	},
	async query(batch) {
		const answer = await engine.query(batch);
		return transfer(answer, answer.tables.flatMap((table) => (table instanceof Uint8Array ? [table.buffer as ArrayBuffer] : [])));
	},
};

expose(api);

/** Held for life, so that the page learns of its end. */
const life = self.name;
void navigator.locks?.request(life, () => {
	self.postMessage({ holds: life });
	return new Promise(() => undefined);
});
