import { ThroughlineError } from '../../lib/errors.ts';
import type { InputFile } from '../types.ts';
import { formatOf } from './format.ts';
import { bytesOf, piecesOf, stopIfAsked } from './pieces.ts';
import { crc32, entriesOf, packedOf, type ZipEntry } from './zip.ts';

export interface UnpackOptions {
	signal?: AbortSignal;
	/** Bytes that all files together may have unpacked; two gigabytes unless said. */
	most?: number;
}

const MOST = 2 * 1024 * 1024 * 1024;
const sizeText = (bytes: number): string => (bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`);

/** Bytes that may still come out of an archive and what is in it. */
interface Room {
	file: string;
	most: number;
	left: number;
}

const tooLarge = (room: Room, estimate: string): ThroughlineError => new ThroughlineError('read.too-large', { file: room.file, estimate, limit: sizeText(room.most) });

function collector(room: Room): { take: (piece: Uint8Array) => void; blob: () => Blob } {
	const parts: Blob[] = [];
	let pending: Uint8Array<ArrayBuffer>[] = [];
	let held = 0;
	const settle = (): void => {
		if (held > 0) parts.push(new Blob(pending));
		pending = [];
		held = 0;
	};
	return {
		take: (piece) => {
			room.left -= piece.length;
			if (room.left < 0) throw tooLarge(room, `more than ${sizeText(room.most)}`);
			pending.push(new Uint8Array(piece));
			held += piece.length;
			if (held > 8 * 1024 * 1024) settle();
		},
		blob: () => {
			settle();
			return new Blob(parts);
		},
	};
}

async function throughStream(file: InputFile, room: Room, signal: AbortSignal | undefined): Promise<Blob> {
	const out = collector(room);
	const reader = file.blob.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
	for (;;) {
		stopIfAsked(room.file, signal);
		const { done, value } = await reader.read();
		if (done) return out.blob();
		try {
			out.take(value);
		} catch (error) {
			await reader.cancel().catch(() => undefined);
			throw error;
		}
	}
}

/** Streams refuse files of several gzip members, such as logs that were joined; fflate reads them, but does not see that one is cut off. */
async function member(file: InputFile, room: Room, signal: AbortSignal | undefined): Promise<Blob> {
	const { Gunzip } = await import('fflate');
	const out = collector(room);
	let crc = 0;
	const gunzip = new Gunzip((piece) => {
		crc = crc32(crc, piece);
		out.take(piece);
	});
	gunzip.onmember = () => (crc = 0);
	let read = 0;
	for await (const piece of piecesOf(file, signal, 256 * 1024)) {
		read += piece.length;
		gunzip.push(piece, read >= file.blob.size);
	}
	const end = await bytesOf(file, Math.max(0, file.blob.size - 8), file.blob.size);
	if (end.length < 8 || new DataView(end.buffer, end.byteOffset, 8).getUint32(0, true) !== crc) throw new Error('unexpected end');
	return out.blob();
}

async function gunzip(file: InputFile, room: Room, signal: AbortSignal | undefined): Promise<InputFile[]> {
	const tail = await bytesOf(file, Math.max(0, file.blob.size - 4), file.blob.size);
	const said = tail.length === 4 ? new DataView(tail.buffer, tail.byteOffset, 4).getUint32(0, true) : 0;
	if (said > room.left && said < file.blob.size * 1100) throw tooLarge(room, `about ${sizeText(said)}`);
	const name = file.name.replace(/\.(gz|gzip)$/i, '').replace(/\.tgz$/i, '.tar');
	const before = room.left;
	try {
		return [{ name, blob: await throughStream(file, room, signal) }];
	} catch (error) {
		if (error instanceof ThroughlineError) throw error;
		room.left = before;
	}
	try {
		return [{ name, blob: await member(file, room, signal) }];
	} catch (error) {
		if (error instanceof ThroughlineError) throw error;
		throw new ThroughlineError('read.archive', { file: room.file, reason: 'it is damaged or cut off' });
	}
}

async function inflate(file: InputFile, entry: ZipEntry, room: Room, signal: AbortSignal | undefined): Promise<Blob> {
	const packed = { name: file.name, blob: await packedOf(file, entry) };
	const fail = (reason: string): ThroughlineError => new ThroughlineError('read.archive', { file: room.file, reason: `${entry.name} in it ${reason}` });
	if (entry.encrypted) throw fail('is locked with a password');
	if (entry.method !== 0 && entry.method !== 8) throw fail(`is packed in a way (${String(entry.method)}) that is not known here`);
	const out = collector(room);
	let crc = 0;
	let ended = entry.method === 0;
	const take = (piece: Uint8Array): void => {
		crc = crc32(crc, piece);
		out.take(piece);
	};
	const { Inflate } = await import('fflate');
	const inflater = new Inflate((piece, final) => {
		take(piece);
		ended ||= final;
	});
	let read = 0;
	try {
		for await (const piece of piecesOf(packed, signal, 256 * 1024)) {
			read += piece.length;
			if (entry.method === 0) take(piece);
			else inflater.push(piece, read >= packed.blob.size);
		}
	} catch (error) {
		if (error instanceof ThroughlineError) throw error;
		throw fail('is damaged');
	}
	if (!ended || (crc !== entry.crc && entry.size > 0)) throw fail('is damaged');
	return out.blob();
}

const isHidden = (name: string): boolean => name.split(/[/\\]/).some((part) => part.startsWith('.') || part === '__MACOSX' || /^(thumbs\.db|desktop\.ini)$/i.test(part));

async function unzip(file: InputFile, room: Room, signal: AbortSignal | undefined): Promise<InputFile[]> {
	const entries = (await entriesOf(file)).filter((entry) => !/[/\\]$/.test(entry.name) && !isHidden(entry.name));
	const total = entries.reduce((sum, entry) => sum + entry.size, 0);
	if (total > room.left) throw tooLarge(room, sizeText(total));
	const files: InputFile[] = [];
	for (const entry of entries) files.push({ name: `${file.name}/${entry.name}`, blob: await inflate(file, entry, room, signal) });
	return files;
}

/**
 * The files in a gzip or zip archive, archives in it unpacked once more; a file that is no archive comes back as it is. Hidden
 * files and folders are left out. Rejects with read.archive or, before memory is full, with read.too-large.
 */
export async function unpack(file: InputFile, options: UnpackOptions = {}): Promise<InputFile[]> {
	const most = options.most ?? MOST;
	return open(file, { file: file.name, most, left: most }, options.signal, 2);
}

async function open(file: InputFile, room: Room, signal: AbortSignal | undefined, levels: number): Promise<InputFile[]> {
	if (file.blob.size === 0) return [file];
	const format = await formatOf(file).catch((error: unknown) => {
		if (error instanceof ThroughlineError && (error.code === 'read.kind' || error.code === 'files.empty')) return null;
		throw error;
	});
	if (format !== 'gzip' && format !== 'zip') return [file];
	if (levels === 0) throw new ThroughlineError('read.archive', { file: room.file, reason: `${file.name} is an archive in an archive in an archive` });
	const inner = format === 'gzip' ? await gunzip(file, room, signal) : await unzip(file, room, signal);
	const files: InputFile[] = [];
	for (const one of inner) files.push(...(await open(one, room, signal, levels - 1)));
	return files;
}
