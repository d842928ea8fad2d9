import { judge, toCode, type Verdict } from './same-code.ts';
import type { Session } from './session.svelte.ts';

const source = ({ state }: Session): string => JSON.stringify([state.pack, state.source, state.asOf]);

/** Whether this page shows the numbers of the one that the link was copied from. */
export class Sameness {
	readonly #session: Session;
	readonly #said: string | null;
	readonly #asked: string;

	/** Null where the link says nothing of it, until it is known, and after it was put away. */
	verdict = $state.raw<Verdict | null>(null);

	/** `said`: what the link carries. */
	constructor(session: Session, said: string | null) {
		[this.#session, this.#said, this.#asked] = [session, said, source(session)];
	}

	/** To be called when the view stands. Says nothing where something else than the link asked for is open. */
	async check(): Promise<void> {
		if (this.#said === null) return;
		const { dataset } = this.#session;
		const here = await this.#session.engine.fingerprint();
		if (this.#session.dataset === dataset && source(this.#session) === this.#asked) this.verdict = judge(this.#said, here);
	}
}

/** A query string to what is on screen, with the fingerprint of its numbers. */
export async function sameQuery(session: Session): Promise<string> {
	const { query } = session;
	return `${query === '' ? '?v=1' : query}&same=${toCode(await session.engine.fingerprint())}`;
}
