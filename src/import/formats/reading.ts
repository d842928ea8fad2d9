import { ThroughlineError } from '../../lib/errors.ts';
import type { InputFile, ReadOptions } from '../types.ts';

const piece = 1 << 20;

/** Bytes of text that a reader holds at most, where the options say nothing. */
const mostBytes = 1 << 30;

/** The file breaks the rules of its format. `place`: such as `line 3, column 7`, or empty. */
export function malformed(file: string, format: string, reason: string, place = ''): ThroughlineError {
	return new ThroughlineError('files.malformed', { file, format, reason, place });
}

/** Counts what a reader holds, and refuses before it is more than there is room for. */
export class Room {
	used = 0;
	readonly #most: number;
	readonly #file: string;

	constructor(file: string, options: ReadOptions) {
		this.#file = file;
		this.#most = options.memory ?? mostBytes;
	}

	take(bytes: number): void {
		this.used += bytes;
		this.require(this.used);
	}

	/** `estimate` bytes will be needed altogether. */
	require(estimate: number): void {
		if (estimate <= this.#most) return;
		throw new ThroughlineError('files.too-large', { file: this.#file, estimate: megabytes(estimate), limit: megabytes(this.#most) });
	}
}

const megabytes = (bytes: number): string => `${String(Math.ceil(bytes / (1 << 20)))} MB`;

export function goOn(file: InputFile, options: ReadOptions): void {
	if (options.signal?.aborted) throw new ThroughlineError('files.stopped', { file: file.name });
}

/** The bytes in pieces of 1 MB; progress and stopping between them. `rows` says how many rows there are so far. */
export async function* bytesOf(file: InputFile, options: ReadOptions, rows: () => number): AsyncGenerator<Uint8Array> {
	for (let at = 0; at < file.blob.size; at += piece) {
		goOn(file, options);
		yield new Uint8Array(await file.blob.slice(at, at + piece).arrayBuffer());
		options.progress?.(Math.min(at + piece, file.blob.size), rows());
	}
}

/** The encoding that the first bytes name: a byte order mark, the declaration of an XML file, else UTF-8. */
export function encodingOf(start: Uint8Array): string {
	if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
	if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
	const declared = /^(?:ï»¿)?<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(String.fromCharCode(...start.subarray(0, 200)));
	return declared?.[1] ?? 'utf-8';
}

/** The text in pieces. Bytes that the encoding does not know are an error: `place` says where reading is. */
export async function* textOf(file: InputFile, options: ReadOptions, format: string, rows: () => number, place: () => string): AsyncGenerator<string> {
	let decoder: TextDecoder | null = null;
	const refuse = (reason: string): ThroughlineError => malformed(file.name, format, reason, place());
	const decoderFor = (start: Uint8Array): TextDecoder => {
		const encoding = options.dialect?.encoding ?? encodingOf(start);
		try {
			return new TextDecoder(encoding, { fatal: true });
		} catch {
			throw refuse(`its encoding ${encoding} is not known`);
		}
	};
	const decode = (bytes?: Uint8Array): string => {
		try {
			return decoder?.decode(bytes, { stream: bytes !== undefined }) ?? '';
		} catch {
			throw refuse(`there are bytes that are not ${decoder?.encoding ?? 'text'}`);
		}
	};
	for await (const bytes of bytesOf(file, options, rows)) {
		decoder ??= decoderFor(bytes);
		const text = decode(bytes);
		if (text !== '') yield text;
	}
	const rest = decode();
	if (rest !== '') yield rest;
}
