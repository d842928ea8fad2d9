import type { InputFile } from '../engine/api.ts';

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
