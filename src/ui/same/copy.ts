import { texts } from '../../lib/texts/index.ts';
import { sameQuery } from '../../state/sameness.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** Copies a link to what is on screen, and says that it is copied; where the browser does not let it, the link itself. */
export async function copyLink(session: Session): Promise<string> {
	const link = `${location.origin}${location.pathname}${await sameQuery(session)}`;
	try {
		await navigator.clipboard.writeText(link);
		return texts.same.copied;
	} catch {
		return texts.same.byHand(link);
	}
}
