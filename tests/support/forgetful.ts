import type { Store } from '../../src/state/kept.svelte.ts';

/** A device that keeps things until the test is over. */
export function forgetful(): Store {
	const kept = new Map<string, string>();
	return { read: (name) => kept.get(name) ?? null, write: (name, value) => void kept.set(name, value) };
}
