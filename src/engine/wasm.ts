import { ThroughlineError } from '../lib/errors.ts';
import type { WantsWasm, WasmMessage } from './wasm-source.ts';

type Bytes = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * The wasm in a body that holds it plain or gzipped: some hosts answer for a `.gz` file with `Content-Encoding: gzip`, and
 * then the browser has inflated it already. Anything else (a host's own page for what is missing) is refused.
 */
export async function inflated(body: Bytes): Promise<Bytes> {
	const reader = body.getReader();
	const held: Uint8Array<ArrayBuffer>[] = [];
	const magic: number[] = [];
	while (magic.length < 4) {
		const { done, value } = await reader.read();
		if (done) break;
		held.push(value);
		magic.push(...value.subarray(0, 4));
	}
	const starts = (...bytes: number[]): boolean => bytes.every((byte, i) => magic[i] === byte);
	const whole: Bytes = new ReadableStream({
		async pull(controller) {
			const next = held.shift() ?? (await reader.read()).value;
			if (next) controller.enqueue(next);
			else controller.close();
		},
		cancel: (reason) => reader.cancel(reason),
	});
	if (starts(0x1f, 0x8b)) return whole.pipeThrough(new DecompressionStream('gzip'));
	if (starts(0x00, 0x61, 0x73, 0x6d)) return whole;
	await whole.cancel();
	throw new ThroughlineError('engine.fetch', { reason: 'the host sent something else in its place' });
}

/** Compiles while it comes. A file that ends too soon is a connection that broke. */
export async function compiled(body: Bytes): Promise<WebAssembly.Module> {
	const wasm = new Response(await inflated(body), { headers: { 'Content-Type': 'application/wasm' } });
	try {
		return await WebAssembly.compileStreaming(wasm);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		if (error instanceof WebAssembly.CompileError) throw new ThroughlineError('engine.start', { message });
		throw new ThroughlineError('engine.fetch', { reason: `what came is not whole (${message})` });
	}
}

/** In a worker: the compiled wasm, from the page (see `wasmSource`), which is given back what had to be compiled. */
export async function wantWasm(scope: { postMessage: (message: WantsWasm, options: { transfer: Transferable[] }) => void }): Promise<WebAssembly.Module> {
	const { port1: port, port2 } = new MessageChannel();
	let failure: ThroughlineError | null = null;
	try {
		return await new Promise<WebAssembly.Module>((resolve, reject) => {
			const body: Bytes = new ReadableStream({
				start(controller) {
					port.onmessageerror = () => reject(new ThroughlineError('engine.start', { message: 'this browser does not hand compiled code to a worker' }));
					port.onmessage = ({ data }: MessageEvent<WasmMessage>) => {
						if ('wasm' in data) resolve(data.wasm);
						else if ('chunk' in data) controller.enqueue(data.chunk);
						else if ('end' in data) controller.close();
						else controller.error((failure = new ThroughlineError(data.code, data.detail)));
					};
				},
			});
			compiled(body).then((module) => {
				resolve(module);
				try {
					port.postMessage(module);
				} catch {
					// Only the next worker would have gained by it.
				}
			}, reject);
			scope.postMessage({ wants: 'wasm' }, { transfer: [port2] });
		});
	} catch (error) {
		throw failure ?? error;
	} finally {
		port.close();
	}
}
