import * as duckdb from '@duckdb/duckdb-wasm';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import { clausePoints } from '@uwdata/mosaic-core';
import * as vg from '@uwdata/vgplot';
import { statements } from './questions.mjs';

/** Mosaic with its own plots over DuckDB-Wasm in a worker, as its documentation sets it up, from local files. */
export async function start(bytes, host) {
	const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(workerUrl));
	await db.instantiate(new URL(wasmUrl, document.baseURI).href);
	const connection = await db.connect();
	await connection.insertArrowFromIPCStream(bytes, { name: 'cases', create: true });
	const coordinator = vg.coordinator();
	coordinator.logger(null);
	coordinator.databaseConnector(vg.wasmConnector({ duckdb: db, connection }));
	const chosen = vg.Selection.intersect();
	const source = vg.from('cases', { filterBy: chosen });
	const size = [vg.width(600), vg.height(160), vg.marginLeft(140)];
	const plots = [
		vg.plot(vg.barX(source, { x: vg.count(), y: 'case_type' }), ...size),
		vg.plot(vg.lineY(source, { x: 'week', y: vg.count() }), ...size),
		vg.plot(vg.barX(source, { x: vg.avg('days'), y: 'urgency' }), ...size),
		vg.plot(vg.barX(source, { x: vg.avg('broken'), y: 'insurance' }), ...size),
	];
	const drawn = (work) =>
		new Promise((resolve) => {
			const left = new Set(plots);
			const observers = plots.map((plot) => {
				const observer = new MutationObserver(() => {
					left.delete(plot);
					if (left.size === 0) {
						observers.forEach((each) => each.disconnect());
						resolve();
					}
				});
				observer.observe(plot, { childList: true, subtree: true });
				return observer;
			});
			work();
		});
	await drawn(() => host.append(...plots));
	const owner = {};
	let slicersNow = {};
	return {
		change(slicers) {
			// A selection that says the same again redraws nothing.
			if (JSON.stringify(slicers) === JSON.stringify(slicersNow)) return undefined;
			slicersNow = slicers;
			const fields = Object.keys(slicers);
			return drawn(() => chosen.update(clausePoints(fields.length > 0 ? fields : ['case_type'], fields.length > 0 ? [Object.values(slicers)] : undefined, { source: owner })));
		},
		async answers() {
			const asked = statements(slicersNow);
			const rows = async (sql) => (await connection.query(sql)).toArray().map((row) => ({ key: row.key, value: row.value }));
			return { types: await rows(asked.types), weeks: await rows(asked.weeks), days: await rows(asked.days), broken: await rows(asked.broken) };
		},
	};
}
