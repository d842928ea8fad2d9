import { DuckDBDataChunk, DuckDBInstance, INTEGER, VARCHAR } from '@duckdb/node-api';
import { createServer } from 'vite';

const perChunk = 2048;

/** Every statement that the engine runs to open the data, in order, with the tables it takes in. */
function recording(duck, steps) {
	return {
		...duck,
		run: (sql) => {
			steps.push({ sql });
			duck.run(sql);
		},
		rows: (sql) => {
			steps.push({ sql });
			return duck.rows(sql);
		},
		insertArrow: (stream, schema, table, create) => {
			steps.push({ stream: stream.slice(), schema, table, create });
			duck.insertArrow(stream, schema, table, create);
		},
	};
}

async function record(size) {
	const vite = await createServer({
		server: { middlewareMode: true, watch: null, ws: false },
		appType: 'custom',
		logLevel: 'error',
		optimizeDeps: { noDiscovery: true },
	});
	try {
		const load = (path) => vite.ssrLoadModule(path);
		const [{ createEngine }, { bootInNode }, { generate }, { packs }] = await Promise.all(
			['/src/engine/engine.ts', '/src/engine/duckdb-node.ts', '/src/packs/generators.ts', '/src/packs/index.ts'].map(
				load,
			),
		);
		const pack = Object.values(packs)[0];
		const steps = [];
		const begun = performance.now();
		const { tables } = await generate(pack.id, { seed: 42, size, scenario: Object.keys(pack.scenarios)[0] });
		const generated = performance.now() - begun;
		const engine = createEngine(async () => recording(await bootInNode(), steps), () => 0);
		await engine.open({ pack: pack.id, tables, asOf: null });
		return { steps, generated };
	} finally {
		await vite.close();
	}
}

async function takeIn(connection, { stream, schema, table, create }) {
	const { tableFromIPC } = await import('@uwdata/flechette');
	const arrow = tableFromIPC(stream);
	const names = arrow.schema.fields.map(({ name }) => name);
	const types = names.map((name) => (name === '_row' ? INTEGER : VARCHAR));
	if (create)
		await connection.run(
			`create table ${schema}."${table}" (${names.map((name, i) => `"${name}" ${types[i]}`).join(', ')})`,
		);
	const catalog = (await connection.runAndReadAll('select current_database()')).getRows()[0][0];
	const appender = await connection.createAppender(table, schema, catalog);
	const columns = names.map((name) => arrow.getChild(name).toArray());
	for (let from = 0; from < arrow.numRows; from += perChunk) {
		const chunk = DuckDBDataChunk.create(types, Math.min(perChunk, arrow.numRows - from));
		chunk.setColumns(columns.map((cells) => Array.from(cells.slice(from, from + perChunk))));
		appender.appendDataChunk(chunk);
	}
	appender.closeSync();
}

/** Milliseconds that the build's statements take in native DuckDB with one thread, by layer, on the same generated rows. */
export async function measureNative(size) {
	const { steps, generated } = await record(size);
	const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
	const connection = await instance.connect();
	const layers = {};
	let layer = null;
	for (const step of steps) {
		if (step.stream) {
			await takeIn(connection, step);
			continue;
		}
		layer = /^create or replace (?:table|view) (staging|intermediate|marts)\./.exec(step.sql)?.[1] ?? layer;
		const begun = performance.now();
		await connection.runAndReadAll(step.sql);
		if (layer) layers[layer] = (layers[layer] ?? 0) + performance.now() - begun;
	}
	connection.closeSync();
	instance.closeSync();
	return { layers, generated };
}
