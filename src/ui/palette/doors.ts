import { tick } from 'svelte';
import { asThroughlineError } from '../../lib/errors.ts';
import type { Session } from '../../state/session.svelte.ts';
import type { Desk } from '../desk.svelte.ts';
import type { ExportFormat } from '../export/formats.ts';
import { saveKept } from '../keep/file.ts';
import { printPage } from '../paper.svelte.ts';
import { theme } from '../theme.svelte.ts';
import { redo, undo } from '../undo.ts';
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

/** Says on the page what was done, as no menu is open that could. */
async function take(session: Session, tile: string, format: ExportFormat): Promise<void> {
	try {
		const { exportTile } = await import('../export/index.ts');
		session.notice = await exportTile(session, tile, format);
	} catch (error) {
		session.error = asThroughlineError(error);
	}
}

async function link(session: Session): Promise<void> {
	const { copyLink } = await import('../same/copy.ts');
	session.notice = await copyLink(session);
}

export function doorsOf(session: Session, desk: Desk): Doors {
	return {
		reveal: (view, tile) => reveal(session, view, tile),
		take: (tile, format) => take(session, tile, format),
		keep: () => document.querySelector<HTMLElement>('[data-menu="keep"] button')?.click(),
		link: () => link(session),
		saveKept: () => saveKept(session.kept),
		print: () => void printPage(),
		theme: () => theme.turn(),
		shortcuts: () => (desk.front = 'shortcuts'),
		present: () => void desk.presenter.start(),
		undo,
		redo,
	};
}
