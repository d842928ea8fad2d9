/** Lets the page paint and hear the hand before more is done. */
export function breath(): Promise<void> {
	const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } };
	return scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));
}
