import type fc from 'fast-check';

/** A failure prints its seed; FC_SEED (and FC_PATH) play it again. */
export function replayable<T>(runs: number): fc.Parameters<T> {
	const [seed, path] = [process.env.FC_SEED, process.env.FC_PATH];
	return { numRuns: runs, seed: seed === undefined ? 20260630 : Number(seed), ...(path === undefined ? {} : { path }), endOnFailure: true };
}
