import { ThroughlineError } from '../lib/errors.ts';
import { wrap } from '../lib/rpc.ts';
import type { Generator } from './session.svelte.ts';

/** A generator whose worker could not be loaded says so, and is started anew when it is next asked. */
export function startGenerator(start: () => Worker): Generator {
	let running: { generator: Generator; failed: Promise<never> } | null = begin();

	function begin(): { generator: Generator; failed: Promise<never> } {
		const worker = start();
		const failed = new Promise<never>((_, reject) => worker.addEventListener('error', () => reject(new ThroughlineError('page.part', { part: 'the maker of demo data' }))));
		failed.catch(() => {
			worker.terminate();
			running = null;
		});
		return { generator: wrap<Generator>(worker), failed };
	}

	return {
		generate: async (pack, request) => {
			const { generator, failed } = (running ??= begin());
			return Promise.race([generator.generate(pack, request), failed]);
		},
	};
}
