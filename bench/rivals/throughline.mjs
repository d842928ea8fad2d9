import { BROWSER_RUNTIME, createDuckDB, VoidLogger } from '@duckdb/duckdb-wasm/blocking';
import wasm from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { openDuck } from '../../src/engine/duckdb.ts';
import { runKernel } from '../../src/engine/kernels.ts';
import { Vectors } from '../../src/engine/vectors.ts';
import { drawAll } from './pictures.mjs';

/** Throughline's engine and charts as they are, on the page's own thread, without its views, tests and intervals. */
export async function start(bytes, host) {
	const at = new URL(wasm, document.baseURI).href;
	const bindings = await createDuckDB({ mvp: { mainModule: at, mainWorker: '' }, eh: { mainModule: at, mainWorker: '' } }, new VoidLogger(), BROWSER_RUNTIME);
	await bindings.instantiate(() => undefined);
	const duck = openDuck(bindings);
	duck.insertArrow(bytes, 'main', 'cases', true);
	const vectors = new Vectors(duck);
	const from = 'main."cases"';
	const by = (column, text) => [{ name: 'key', sql: column, text }];
	let latest;
	return {
		change(slicers) {
			const where = Object.entries(slicers).map(([column, value]) => `${column} = '${value}'`);
			const over = (keys) => ({ from, where, keys });
			const counted = (rows) => rows.map(({ key, n }) => ({ key, value: n }));
			const averaged = (rows) => rows.map(({ key, mean }) => ({ key, value: mean }));
			latest = {
				types: counted(runKernel(vectors, { kind: 'count', ...over(by('case_type', true)) })),
				weeks: counted(runKernel(vectors, { kind: 'count', ...over(by('week', false)) })).sort((a, b) => a.key - b.key),
				days: averaged(runKernel(vectors, { kind: 'mean', ...over(by('urgency', true)), x: 'days' })),
				broken: averaged(runKernel(vectors, { kind: 'mean', ...over(by('insurance', true)), x: 'broken' })),
			};
			drawAll(host, latest);
		},
		answers: () => latest,
	};
}
