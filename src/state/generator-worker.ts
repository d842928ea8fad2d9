import { ThroughlineError } from '../lib/errors.ts';
import { wrap } from '../lib/rpc.ts';
import type { Generator } from './session.svelte.ts';

interface Running {
	generator: Generator;
	/** Rejects when the worker's file could not be loaded, which a call would wait for without end. */
	failed: Promise<never>;
	stop: () => void;
}

function run(worker: Worker): Running {
	const failed = new Promise<never>((_, reject) => worker.addEventListener('error', () => reject(new ThroughlineError('page.part', { part: 'the maker of demo data' }))));
	failed.catch(() => undefined);
	return { generator: wrap<Generator>(worker), failed, stop: () => worker.terminate() };
}

/** A generator that is started at once, and anew after it has failed: a worker keeps no second try for a file that did not come. */
export function startGenerator(start: () => Worker): Generator {
	let running: Running | null = run(start());
	return {
		async generate(pack, request) {
			const { generator, failed, stop } = (running ??= run(start()));
			try {
				return await Promise.race([generator.generate(pack, request), failed]);
			} catch (error) {
				stop();
				running = null;
				throw error;
			}
		},
	};
}
