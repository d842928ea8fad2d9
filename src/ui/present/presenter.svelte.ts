import { tick } from 'svelte';
import type { Session } from '../../state/session.svelte.ts';

export interface Step {
	name: string;
	/** What to say. */
	note: string;
	query: string;
}

/** The bookmarks in their order; without any, the views of the pack under the present filters. */
export function stepsOf(session: Session): Step[] {
	const { bookmarks } = session.kept;
	if (bookmarks.length > 0) return bookmarks.map(({ name, note, query }) => ({ name, note, query }));
	return session.pack.views.map((view) => ({ name: view.label, note: view.about, query: session.queryOf(view.id) }));
}

/** Steps through views before an audience. The address stays that of the view from before, to which it returns at the end. */
export class Presenter {
	readonly #session: Session;
	#before = '';
	#running: Promise<void> = Promise.resolve();

	steps = $state.raw<readonly Step[]>([]);
	at = $state(0);
	notes = $state(true);
	/** The step in front is not complete yet. */
	moving = $state(false);

	constructor(session: Session) {
		this.#session = session;
	}

	get on(): boolean {
		return this.steps.length > 0;
	}

	get step(): Step | undefined {
		return this.steps[this.at];
	}

	async start(): Promise<void> {
		if (this.on) return;
		this.#before = this.#session.query;
		this.at = 0;
		this.steps = stepsOf(this.#session);
		await this.#follow();
	}

	/** To a step; beyond either end nothing moves. */
	async to(step: number): Promise<void> {
		const next = Math.max(0, Math.min(this.steps.length - 1, step));
		if (next === this.at) return;
		this.at = next;
		await this.#follow();
	}

	/** Back to what was on screen before; with `elsewhere` to what the address says by now. */
	async stop(elsewhere = false): Promise<void> {
		if (!this.on) return;
		this.steps = [];
		await this.#running;
		await (elsewhere ? this.#session.follow() : this.#session.go(this.#before));
	}

	/** Shows the step in front once the one before has settled; steps that were passed over meanwhile are left out. */
	#follow(): Promise<void> {
		if (!this.moving) {
			this.moving = true;
			this.#running = this.#run();
		}
		return this.#running;
	}

	async #run(): Promise<void> {
		let shown: Step | undefined;
		while (this.step && this.step !== shown) {
			shown = this.step;
			await this.#session.follow(shown.query);
			await tick();
		}
		this.moving = false;
	}
}
