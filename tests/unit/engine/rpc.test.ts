import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi, ProgressEvent } from '../../../src/engine/api.ts';
import { decode } from '../../../src/engine/duckdb.ts';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import { expose, proxy, wrap, type Endpoint, type Remote } from '../../../src/lib/rpc.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

type Listener = (event: MessageEvent) => void;

/** comlink listens with addEventListener and reads event.data; ports of Node emit the data itself. */
function endpoint(port: MessagePort): Endpoint {
	const heard = new Map<unknown, (data: unknown) => void>();
	return {
		postMessage: (message: unknown, transfer?: Transferable[]) => port.postMessage(message, transfer as ArrayBuffer[] | undefined),
		addEventListener: (_: string, listener: EventListenerOrEventListenerObject) => {
			const hear = (data: unknown): void => (listener as Listener)({ data } as MessageEvent);
			heard.set(listener, hear);
			port.on('message', hear);
		},
		removeEventListener: (_: string, listener: EventListenerOrEventListenerObject) => {
			const hear = heard.get(listener);
			if (hear) port.off('message', hear);
		},
		start: () => port.start(),
	};
}

const channel = new MessageChannel();
let remote: Remote<EngineApi>;

beforeAll(async () => {
	expose(nodeEngine(), endpoint(channel.port1));
	remote = wrap<EngineApi>(endpoint(channel.port2));
	await remote.load({ pack: 'advocacy', files: filesWith(), asOf: null });
});

afterAll(() => {
	channel.port1.close();
	channel.port2.close();
});

describe('over a message channel', () => {
	it('an error keeps its class, code, detail, message and next step', async () => {
		const error: unknown = await remote.load({ pack: 'advocacy', files: filesWith({ patients: '' }), asOf: null }).then(() => null, (thrown: unknown) => thrown);
		expect(error).toBeInstanceOf(ThroughlineError);
		const local = new ThroughlineError('files.empty', { file: 'patients.csv', reason: 'the file has no bytes' });
		expect(error).toMatchObject({ code: local.code, detail: local.detail, message: local.message, next: local.next });
	});

	it('an error of DuckDB arrives as a failed statement', async () => {
		await expect(remote.sql('select nothing_like_it', 1)).rejects.toMatchObject({ code: 'sql.failed', message: expect.stringContaining('nothing_like_it') as string });
	});

	it('answers arrive as bytes that decode', async () => {
		const { tables } = await remote.query({ selections: [], statements: ['select count(*)::integer as n from marts.fct_case_lifecycle', "select 'a' as b"] });
		expect(tables.map((table) => decode(table))).toEqual([[{ n: 3 }], [{ b: 'a' }]]);
	});

	it('progress arrives while it runs, one event for each model, in order', async () => {
		const events: ProgressEvent[] = [];
		const dataset = await remote.asOf('2025-02-03T00:00:00', proxy((event: ProgressEvent) => void events.push(event)));
		await new Promise((done) => setTimeout(done, 20));
		expect(events.map((event) => event.done)).toEqual(events.map((_, i) => i + 1));
		expect(events.map((event) => event.name)).toEqual(dataset.timings.filter((timing) => timing.layer !== 'staging').map((timing) => timing.name));
	});
});
