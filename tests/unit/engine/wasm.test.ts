import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { compiled, inflated, wantWasm } from '../../../src/engine/wasm.ts';
import { wasmSource, type WantsWasm } from '../../../src/engine/wasm-source.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** An empty module with a custom section of 5,000 bytes, so that there is something to break off. */
const plain: Bytes = Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0x00, 0x88, 0x27, 1, 0x78, ...Array.from({ length: 4998 }, (_, i) => (i * 7919) % 251)]);
const packed: Bytes = Uint8Array.from(gzipSync(plain));

function stream(bytes: Bytes, size: number, fails = false): ReadableStream<Bytes> {
	let at = 0;
	return new ReadableStream({
		pull(controller) {
			if (at < bytes.length) controller.enqueue(bytes.slice(at, (at += size)));
			else if (fails) controller.error(new TypeError('network error'));
			else controller.close();
		},
	});
}

const whole = async (body: ReadableStream<Bytes>): Promise<Bytes> => new Uint8Array(await new Response(body).arrayBuffer());

describe('the wasm as it comes from a host', () => {
	test.each([1, 3, 1000, 100_000])('is the same, packed or inflated by the browser already, in pieces of %i bytes', async (size) => {
		expect(await whole(await inflated(stream(packed, size)))).toEqual(plain);
		expect(await whole(await inflated(stream(plain, size)))).toEqual(plain);
		expect(await compiled(stream(packed, size))).toBeInstanceOf(WebAssembly.Module);
	});

	test.each([
		['a page', new TextEncoder().encode('<!doctype html>')],
		['nothing', new Uint8Array()],
		['two bytes', Uint8Array.of(0x00, 0x61)],
	])('is refused when it is %s', async (_, bytes) => {
		await expect(inflated(stream(bytes, 4))).rejects.toMatchObject({ code: 'engine.fetch', detail: { reason: 'the host sent something else in its place' } });
	});

	test('that ends too soon is a connection that broke, and one that is no module is an engine that cannot start', async () => {
		await expect(compiled(stream(packed.slice(0, -50), 100))).rejects.toMatchObject({ code: 'engine.fetch' });
		await expect(compiled(stream(packed.slice(0, -50), 100, true))).rejects.toMatchObject({ code: 'engine.fetch' });
		await expect(compiled(stream(Uint8Array.of(...plain.slice(0, 8), 0x0e, 1, 1), 100))).rejects.toMatchObject({ code: 'engine.start' });
	});
});

describe('the page hands it to workers', () => {
	afterEach(() => vi.unstubAllGlobals());

	/** A worker's two ends: what the page hears, and what the worker's code posts to. */
	function worker(): { page: Worker; scope: Parameters<typeof wantWasm>[0] } {
		const page = new EventTarget();
		const scope = { postMessage: (data: WantsWasm, { transfer: [port] }: { transfer: Transferable[] }) => void page.dispatchEvent(Object.assign(new Event('message'), { data, ports: [port] })) };
		return { page: page as Worker, scope };
	}

	function answering(...answers: (Response | Error)[]): RequestInit[] {
		const asked: RequestInit[] = [];
		vi.stubGlobal('fetch', async (_: string, init: RequestInit = {}) => {
			asked.push(init);
			const answer = answers.shift();
			if (answer instanceof Response) return answer;
			throw answer ?? new TypeError('Failed to fetch');
		});
		return asked;
	}

	test('before any asks it is fetched; the second is given what the first compiled', async () => {
		const asked = answering(new Response(stream(packed, 700)));
		const give = wasmSource('engine.wasm.gz');
		expect(asked.length).toBe(1);
		const [first, second] = [worker(), worker()];
		give(first.page);
		expect(await wantWasm(first.scope)).toBeInstanceOf(WebAssembly.Module);
		await new Promise((done) => setTimeout(done, 50));
		give(second.page);
		expect(await wantWasm(second.scope)).toBeInstanceOf(WebAssembly.Module);
		expect(asked.length).toBe(1);
	});

	test('what broke off says after how much, and is fetched past the cache when it is wanted again', async () => {
		const half = packed.slice(0, packed.length / 2);
		const asked = answering(new Response(stream(half, 100, true)), new TypeError('Failed to fetch'), new Response('', { status: 503 }), new Response(stream(packed, 700)));
		const give = wasmSource('engine.wasm.gz');
		const { page, scope } = worker();
		give(page);
		await expect(wantWasm(scope)).rejects.toMatchObject({ code: 'engine.fetch', detail: { reason: 'the connection ended after 0.0 MB' } });
		await expect(wantWasm(scope)).rejects.toMatchObject({ code: 'engine.fetch', detail: { reason: 'the connection failed' } });
		await expect(wantWasm(scope)).rejects.toMatchObject({ code: 'engine.fetch', detail: { reason: 'the host answered 503' } });
		expect(await wantWasm(scope)).toBeInstanceOf(WebAssembly.Module);
		expect(asked.map(({ cache }) => cache)).toEqual([undefined, 'reload', 'reload', 'reload']);
	});
});
