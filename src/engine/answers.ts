/** Answers to statements over data that has not changed since, the latest used kept up to a number of bytes. */
export class AnswerCache {
	readonly #limit: number;
	readonly #kept = new Map<string, Uint8Array>();
	#bytes = 0;

	constructor(limit = 48 * 1024 * 1024) {
		this.#limit = limit;
	}

	/** A copy, because what leaves the worker is transferred and gone. */
	get(statement: string): Uint8Array | undefined {
		const bytes = this.#kept.get(statement);
		if (!bytes) return undefined;
		this.#kept.delete(statement);
		this.#kept.set(statement, bytes);
		return bytes.slice();
	}

	put(statement: string, bytes: Uint8Array): void {
		if (bytes.length * 8 > this.#limit) return;
		this.#kept.set(statement, bytes.slice());
		this.#bytes += bytes.length;
		for (const [oldest, old] of this.#kept) {
			if (this.#bytes <= this.#limit) return;
			this.#kept.delete(oldest);
			this.#bytes -= old.length;
		}
	}

	clear(): void {
		this.#kept.clear();
		this.#bytes = 0;
	}
}
