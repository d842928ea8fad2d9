import { tick } from 'svelte';
import type { Session } from '../../state/session.svelte.ts';
import type { Desk } from '../desk.svelte.ts';
import { saveKept } from '../keep/file.ts';
import { undo } from '../keys.ts';
import { theme } from '../theme.svelte.ts';
import type { Doors } from './commands.ts';

/** A tile under the eye and in focus; its view is opened first where another is in front. */
async function reveal(session: Session, view: string, tile: string): Promise<void> {
	if (session.state.view !== view) await session.setView(view);
	await tick();
	const target = document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(tile)}"]`);
	if (!target) return;
	target.tabIndex = -1;
	target.focus({ preventScroll: true });
	target.scrollIntoView({ block: 'start' });
}

export function doorsOf(session: Session, desk: Desk): Doors {
	return {
		reveal: (view, tile) => reveal(session, view, tile),
		keep: () => document.querySelector<HTMLElement>('[data-menu="keep"] button')?.click(),
		saveKept: () => saveKept(session.kept),
		print: () => window.print(),
		theme: () => theme.turn(),
		shortcuts: () => (desk.front = 'shortcuts'),
		present: () => void desk.presenter.start(),
		undo,
		redo: () => history.forward(),
	};
}
