import perspective from '@perspective-dev/client';
import clientWasm from '@perspective-dev/client/dist/wasm/perspective-js.wasm?url';
import serverWasm from '@perspective-dev/server/dist/wasm/perspective-server.wasm?url';
import { drawAll } from './pictures.mjs';

/** Perspective's engine in its worker; its answers drawn with Throughline's charts, which are lighter than its own viewer. */
export async function start(bytes, host) {
	await Promise.all([perspective.init_server(fetch(serverWasm)), perspective.init_client(fetch(clientWasm))]);
	const client = await perspective.worker();
	const table = await client.table(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
	const asked = { types: ['case_type', 'broken', 'count'], weeks: ['week', 'broken', 'count'], days: ['urgency', 'days', 'avg'], broken: ['insurance', 'broken', 'avg'] };
	let latest;
	return {
		async change(slicers) {
			const filter = Object.entries(slicers).map(([column, value]) => [column, '==', value]);
			const answer = async ([by, column, aggregate]) => {
				const view = await table.view({ group_by: [by], columns: [column], aggregates: { [column]: aggregate }, filter });
				const columns = await view.to_columns();
				await view.delete();
				return columns.__ROW_PATH__.flatMap((path, i) => (path.length === 0 ? [] : [{ key: path[0], value: columns[column][i] }]));
			};
			const [types, weeks, days, broken] = await Promise.all(Object.values(asked).map(answer));
			latest = { types, weeks, days, broken };
			drawAll(host, latest);
		},
		answers: () => latest,
	};
}
