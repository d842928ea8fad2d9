/** What the first sight of a view does not need, loaded when it is asked for or when the page has nothing better to do. */
export const pages = {
	proof: () => import('../panels/proof/Proof.svelte'),
	timeline: () => import('../panels/timeline/CaseTimeline.svelte'),
	data: () => import('./DataView.svelte'),
	catalogue: () => import('./Catalogue.svelte'),
	intake: () => import('./Intake.svelte'),
};

/** Fetches all of it, so that it is there when the network is not. */
export async function fetchPages(): Promise<void> {
	await Promise.allSettled(Object.values(pages).map((load) => load()));
}
