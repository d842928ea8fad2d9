import type { InputFile } from '../engine/api.ts';
import type { Recipe } from '../import/types.ts';

/** Files with what was made of them; null: what they say by themselves. */
export interface Held {
	files: readonly InputFile[];
	recipe: Recipe | null;
	/** What was open before files were added to it. */
	before?: Before | undefined;
}

/** Some of the files, by their names, with what was made of them then. */
export interface Before {
	names: readonly string[];
	print: string;
	recipe: Recipe | null;
	/** The query string of the page then. */
	state: string;
	before?: Before | undefined;
}

/** Files in memory, by their print: those that are not kept on the device, so that undo can go back to them. */
export class Imports {
	readonly #most: number;
	readonly #held = new Map<string, Held>();

	constructor(most = 4) {
		this.#most = most;
	}

	/** The latest put in survive longest. */
	put(print: string, held: Held): void {
		this.#held.delete(print);
		this.#held.set(print, held);
		for (const oldest of [...this.#held.keys()].slice(0, -this.#most)) this.#held.delete(oldest);
	}

	get(print: string): Held | undefined {
		return this.#held.get(print);
	}

	drop(print: string): void {
		this.#held.delete(print);
	}

	clear(): void {
		this.#held.clear();
	}
}
