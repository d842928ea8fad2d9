import { tick } from 'svelte';
import type { Session } from '../state/session.svelte.ts';

/** A click that the browser should take itself: a new tab, a new window. */
const elsewhere = (event: MouseEvent): boolean => event.metaKey || event.ctrlKey || event.shiftKey;

export const measureAddress = (id: string): string => `?view=measures&measure=${encodeURIComponent(id)}`;

/** Pages come on demand: what is jumped to may stand a few frames later, two seconds at most. */
async function appears(selector: string): Promise<HTMLElement | null> {
	await tick();
	for (let frames = 0; frames < 120; frames++) {
		const found = document.querySelector<HTMLElement>(selector);
		if (found) return found;
		await new Promise((done) => requestAnimationFrame(done));
	}
	return null;
}

/** To the entry of a measure, its heading under the eye and the focus. */
export async function toMeasure(session: Session, id: string, event: MouseEvent): Promise<void> {
	if (elsewhere(event)) return;
	event.preventDefault();
	await session.showMeasure(id);
	const heading = await appears(`[data-entry="${CSS.escape(id)}"] h2`);
	window.scrollTo(0, 0);
	heading?.focus({ preventScroll: true });
}

/** To a tile of a view, scrolled to and in focus. */
export async function toTile(session: Session, view: string, tile: string, event: MouseEvent): Promise<void> {
	if (elsewhere(event)) return;
	event.preventDefault();
	await session.setView(view);
	await tick();
	const target = document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(tile)}"]`);
	if (!target) return;
	target.tabIndex = -1;
	target.focus({ preventScroll: true });
	target.scrollIntoView({ block: 'start' });
}
