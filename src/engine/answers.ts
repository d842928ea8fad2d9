import type { QueryTable } from './api.ts';

const sizeOf = (answer: QueryTable): number => (answer instanceof Uint8Array ? answer.length : answer.length * Object.keys(answer[0] ?? {}).length * 16);

/** Answers to statements over data that has not changed since, the latest used kept up to a number of bytes. */
export class AnswerCache {
	readonly #limit: number;
	readonly #kept = new Map<string, QueryTable>();
	#bytes = 0;

	constructor(limit = 48 * 1024 * 1024) {
		this.#limit = limit;
	}

	has(statement: string): boolean {
		return this.#kept.has(statement);
	}

	/** A copy of bytes, because what leaves the worker is transferred and gone. */
	get(statement: string): QueryTable | undefined {
		const answer = this.#kept.get(statement);
		if (!answer) return undefined;
		this.#kept.delete(statement);
		this.#kept.set(statement, answer);
		return answer instanceof Uint8Array ? answer.slice() : answer;
	}

	put(statement: string, answer: QueryTable): void {
		const size = sizeOf(answer);
		if (size * 8 > this.#limit) return;
		this.#kept.set(statement, answer instanceof Uint8Array ? answer.slice() : answer);
		this.#bytes += size;
		for (const [oldest, old] of this.#kept) {
			if (this.#bytes <= this.#limit) return;
			this.#kept.delete(oldest);
			this.#bytes -= sizeOf(old);
		}
	}

	clear(): void {
		this.#kept.clear();
		this.#bytes = 0;
	}
}
