import type { InputFile } from '../engine/api.ts';

/** The files that were loaded since the page was opened, by what is in them, so that undo and redo can go back to them. */
export class Imports {
	readonly #most: number;
	readonly #kept = new Map<string, readonly InputFile[]>();

	constructor(most = 4) {
		this.#most = most;
	}

	/** Keeps them, the latest put in surviving longest, and says how they are called. */
	put(files: readonly InputFile[]): string {
		const print = fingerprintOf(files);
		this.#kept.delete(print);
		this.#kept.set(print, files);
		for (const oldest of [...this.#kept.keys()].slice(0, -this.#most)) this.#kept.delete(oldest);
		return print;
	}

	get(print: string): readonly InputFile[] | undefined {
		return this.#kept.get(print);
	}
}

/** FNV-1a over names and bytes, in two halves of different start: names files by what is in them, and is no secret. */
export function fingerprintOf(files: readonly InputFile[]): string {
	const named = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
	const half = (seed: number): string => {
		let hash = seed;
		for (const { name, bytes } of named) {
			for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
			for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
		}
		return (hash >>> 0).toString(36);
	};
	return `${half(0x811c9dc5)}${half(0x2f0b4c47)}`;
}
