import type { InputFile } from '../engine/api.ts';

/** Files in memory, by their print: those that are not kept on the device, so that undo can go back to them. */
export class Imports {
	readonly #most: number;
	readonly #held = new Map<string, readonly InputFile[]>();

	constructor(most = 4) {
		this.#most = most;
	}

	/** The latest put in survive longest. */
	put(print: string, files: readonly InputFile[]): void {
		this.#held.delete(print);
		this.#held.set(print, files);
		for (const oldest of [...this.#held.keys()].slice(0, -this.#most)) this.#held.delete(oldest);
	}

	get(print: string): readonly InputFile[] | undefined {
		return this.#held.get(print);
	}

	drop(print: string): void {
		this.#held.delete(print);
	}

	clear(): void {
		this.#held.clear();
	}
}
