import type { JsonEvents } from './json-tokens.ts';

/** A number, true or false, as written. */
export interface Written {
	written: string;
}

export type JsonScalar = string | Written | null;
export type Json = JsonScalar | Json[] | JsonObject;
export type JsonObject = Map<string, Json>;

export const isScalar = (value: Json): value is JsonScalar => !(value instanceof Map) && !Array.isArray(value);

/** A scalar as text; null is null. */
export function scalarText(value: JsonScalar): string | null {
	return value === null || typeof value === 'string' ? value : value.written;
}

export function jsonText(value: Json): string {
	if (value instanceof Map) return `{${[...value].map(([key, inner]) => `${JSON.stringify(key)}:${jsonText(inner)}`).join(',')}}`;
	if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
	return typeof value === 'string' ? JSON.stringify(value) : (value?.written ?? 'null');
}

/** What a document gives: the elements of arrays that are reached through objects only, and the values beside them. */
export interface JsonParts {
	element(path: readonly string[], value: Json, line: number): void;
	endOfArray(path: readonly string[], line: number): void;
	member(path: readonly string[], value: JsonScalar, line: number): void;
	/** A name that stands twice in one object; the later value counts. */
	repeated(name: string): void;
}

type Frame = { kind: 'around' } | { kind: 'elements' } | { kind: 'built'; value: Json[] | JsonObject; key: string; line: number };

/** Builds one element after another and forgets it, so that a long array is never in memory as a whole. */
export class JsonAssembler implements JsonEvents {
	readonly #parts: JsonParts;
	readonly #stack: Frame[] = [];
	readonly #path: string[] = [];
	#key = '';

	/** `within`: the texts are the elements of one array (JSON lines). */
	constructor(parts: JsonParts, within = false) {
		this.#parts = parts;
		if (within) this.#stack.push({ kind: 'elements' });
	}

	/** Forgets an element that was not finished. */
	reset(): void {
		this.#stack.length = 1;
	}

	open(kind: 'object' | 'array', line: number): void {
		const top = this.#stack.at(-1);
		if (top === undefined || top.kind === 'around') {
			if (top) this.#path.push(this.#key);
			this.#stack.push({ kind: kind === 'object' ? 'around' : 'elements' });
		} else {
			this.#stack.push({ kind: 'built', value: kind === 'object' ? new Map<string, Json>() : [], key: this.#key, line });
		}
	}

	close(): void {
		const closed = this.#stack.pop();
		if (closed?.kind === 'built') {
			this.#key = closed.key;
			this.#put(closed.value, closed.line);
			return;
		}
		if (closed?.kind === 'elements') this.#parts.endOfArray(this.#path, 0);
		this.#path.pop();
	}

	key(name: string): void {
		this.#key = name;
		const top = this.#stack.at(-1);
		if (top?.kind === 'built' && top.value instanceof Map && top.value.has(name)) this.#parts.repeated(name);
	}

	value(text: string, quoted: boolean, line: number): void {
		this.#put(quoted ? text : text === 'null' ? null : { written: text }, line);
	}

	#put(value: Json, line: number): void {
		const top = this.#stack.at(-1);
		if (top === undefined) this.#parts.member([], isScalar(value) ? value : null, line);
		else if (top.kind === 'elements') this.#parts.element(this.#path, value, line);
		else if (top.kind === 'around') this.#parts.member([...this.#path, this.#key], isScalar(value) ? value : null, line);
		else if (Array.isArray(top.value)) top.value.push(value);
		else top.value.set(this.#key, value);
	}
}
