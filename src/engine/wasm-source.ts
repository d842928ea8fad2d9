import { ThroughlineError, type Detail, type ErrorCode } from '../lib/errors.ts';

/** What a worker is sent when it wants the wasm: all of it compiled, or the file as it comes, or why it does not. */
export type WasmMessage = { wasm: WebAssembly.Module } | { chunk: Uint8Array<ArrayBuffer> } | { end: true } | { code: ErrorCode; detail: Detail };

/** What the worker says when it wants it, with a port for the answer; the module that it compiled comes back through that port. */
export interface WantsWasm {
	wants?: 'wasm';
}

async function pass(response: Promise<Response>, port: MessagePort): Promise<void> {
	const answer = (message: WasmMessage, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
	let received = 0;
	try {
		const { ok, status, body } = await response;
		if (!ok || !body) throw new ThroughlineError('engine.fetch', { reason: `the host answered ${String(status)}` });
		const reader = body.getReader();
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			received += next.value.length;
			answer({ chunk: next.value }, [next.value.buffer]);
		}
		answer({ end: true });
	} catch (error) {
		const known = error instanceof ThroughlineError ? error : new ThroughlineError('engine.fetch', { reason: received > 0 ? `the connection ended after ${(received / 1e6).toFixed(1)} MB` : 'the connection failed' });
		answer({ code: known.code, detail: known.detail });
	}
}

/**
 * Fetches the wasm at once, before any worker wants it, and hands it to workers that do. The page only passes it on:
 * inflating 34 MB would block it. What one worker has compiled the next one is given.
 */
export function wasmSource(url: string): (worker: Worker) => void {
	let kept: WebAssembly.Module | null = null;
	let early: Promise<Response> | null = fetch(url);
	early.catch(() => undefined);
	return (worker) =>
		worker.addEventListener('message', ({ data, ports: [port] }: MessageEvent<WantsWasm | null>) => {
			if (data?.wants !== 'wasm' || !port) return;
			if (kept) {
				port.postMessage({ wasm: kept } satisfies WasmMessage);
				return;
			}
			port.onmessage = ({ data: module }: MessageEvent<WebAssembly.Module>) => (kept = module);
			// What broke off may stand in the browser's cache.
			void pass(early ?? fetch(url, { cache: 'reload' }), port);
			early = null;
		});
}
