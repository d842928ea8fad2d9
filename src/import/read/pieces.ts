import { ThroughlineError } from '../../lib/errors.ts';
import type { InputFile } from '../types.ts';

export const PIECE = 4 * 1024 * 1024;

/** Messages to the worker (such as a cancel) are heard only in a turn of the event loop. */
const otherTurn = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

export function stopIfAsked(file: string, signal: AbortSignal | undefined): void {
	if (signal?.aborted === true) throw new ThroughlineError('files.stopped', { file });
}

export async function bytesOf(file: InputFile, from: number, to: number): Promise<Uint8Array> {
	try {
		return new Uint8Array(await file.blob.slice(from, to).arrayBuffer());
	} catch (error) {
		throw new ThroughlineError('read.unreadable', { file: file.name, message: error instanceof Error ? error.message : String(error) });
	}
}

/** The file's bytes in pieces, other work having its turn between them. */
export async function* piecesOf(file: InputFile, signal?: AbortSignal, size = PIECE, from = 0): AsyncGenerator<Uint8Array> {
	for (let at = from; at < file.blob.size; at += size) {
		stopIfAsked(file.name, signal);
		yield await bytesOf(file, at, at + size);
		if (size >= PIECE || at % PIECE < size) await otherTurn();
	}
	stopIfAsked(file.name, signal);
}
