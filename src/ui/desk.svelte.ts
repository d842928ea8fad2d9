import type { Session } from '../state/session.svelte.ts';
import { Presenter } from './present/presenter.svelte.ts';

/** What lies over the page and is in no address: the dialog in front, the presentation. */
export class Desk {
	readonly presenter: Presenter;
	front = $state<'palette' | 'shortcuts' | null>(null);

	constructor(session: Session) {
		this.presenter = new Presenter(session);
	}
}
