import type { Recipe } from '../../import/types.ts';

/** Bytes are read and summed in pieces of this length, so that a large file is never held twice. */
const piece = 4 * 1024 * 1024;

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** FNV-1a in two halves, for pages without a secure context, where crypto.subtle is missing. */
function plainSum(bytes: Uint8Array): string {
	const half = (seed: number): string => {
		let hash = seed;
		for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
		return (hash >>> 0).toString(16).padStart(8, '0');
	};
	return `${half(0x811c9dc5)}${half(0x2f0b4c47)}`;
}

const subtle = (): SubtleCrypto | undefined => (globalThis.crypto as Crypto | undefined)?.subtle;

async function sumOf(bytes: Uint8Array): Promise<string> {
	const digest = subtle();
	return digest ? hex(await digest.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)) : plainSum(bytes);
}

const textSum = (text: string): Promise<string> => sumOf(new TextEncoder().encode(text));

/** SHA-256 of the SHA-256 of each piece, as 64 hexadecimal digits. */
export async function filePrint(content: Uint8Array | Blob): Promise<string> {
	const size = content instanceof Uint8Array ? content.length : content.size;
	const sums: string[] = [];
	for (let from = 0; from < size; from += piece) {
		const part = content instanceof Uint8Array ? content.subarray(from, from + piece) : new Uint8Array(await content.slice(from, from + piece).arrayBuffer());
		sums.push(await sumOf(part));
	}
	return textSum(sums.join(''));
}

/** Names files, in any order, and what is made of them. Equal for equal contents on every device; no secret. */
export async function printOf(files: readonly { name: string; print: string }[], recipe: Recipe | null): Promise<string> {
	const named = files.map(({ name, print }) => [name, print] as const).sort(([a], [b]) => (a < b ? -1 : 1));
	return (await textSum(JSON.stringify([named, recipe]))).slice(0, 20);
}
