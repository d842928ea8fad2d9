import type { EngineApi } from '../engine/api.ts';
import { ThroughlineError } from '../lib/errors.ts';
import { wrap } from '../lib/rpc.ts';
import type { Started } from './engine-life.ts';

/**
 * A worker that ends, whatever ended it, says nothing; but the browser then frees the lock that it held
 * (workers/engine.worker.ts), and who waits for that lock knows. Without Web Locks only errors are heard.
 */
export function startEngine(worker: Worker): Started {
	const gone = new Promise<ThroughlineError>((resolve) => {
		let alive = false;
		worker.addEventListener('message', ({ data }: MessageEvent<{ holds?: string } | null>) => {
			alive = true;
			if (data?.holds !== undefined) void navigator.locks.request(data.holds, () => resolve(new ThroughlineError('engine.trap', { message: 'it ended without a word' })));
		});
		worker.addEventListener('error', (event) => {
			if (!alive && !event.message) resolve(new ThroughlineError('page.part', { part: 'the engine' }));
			else resolve(new ThroughlineError(alive ? 'engine.trap' : 'engine.start', { message: event.message || 'it ended without a word' }));
		});
	});
	return { engine: wrap<EngineApi>(worker), stop: () => worker.terminate(), gone };
}
