import { ThroughlineError } from '../../lib/errors.ts';
import type { InputFile } from '../types.ts';
import { bytesOf } from './pieces.ts';

export interface ZipEntry {
	name: string;
	/** Bytes in the archive and unpacked, as its directory says. */
	packed: number;
	size: number;
	/** 0: stored, 8: deflated. */
	method: number;
	encrypted: boolean;
	crc: number;
	header: number;
}

const damaged = (file: InputFile, reason: string): ThroughlineError => new ThroughlineError('read.archive', { file: file.name, reason });
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const long = (at: DataView, offset: number): number => Number(at.getBigUint64(offset, true));

function nameOf(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('ibm866').decode(bytes);
	}
}

/** Where the directory of the archive lies. */
async function directory(file: InputFile): Promise<{ at: number; size: number; entries: number }> {
	const tailFrom = Math.max(0, file.blob.size - 65_557 - 20);
	const tail = await bytesOf(file, tailFrom, file.blob.size);
	const data = view(tail);
	let end = tail.length - 22;
	while (end >= 0 && data.getUint32(end, true) !== 0x06054b50) end--;
	if (end < 0) throw damaged(file, 'its directory is missing, so it is damaged or cut off');
	const found = { entries: data.getUint16(end + 10, true), size: data.getUint32(end + 12, true), at: data.getUint32(end + 16, true) };
	if (found.at !== 0xffffffff && found.entries !== 0xffff) return found;
	if (end < 20 || data.getUint32(end - 20, true) !== 0x07064b50) throw damaged(file, 'its directory is damaged');
	const at = long(data, end - 12);
	const record = await bytesOf(file, at, at + 56);
	if (record.length < 56 || view(record).getUint32(0, true) !== 0x06064b50) throw damaged(file, 'its directory is damaged');
	return { entries: long(view(record), 32), size: long(view(record), 40), at: long(view(record), 48) };
}

/** Sizes beyond 4 GB, and those of writers that always use this field. */
function wide(entry: ZipEntry, extra: Uint8Array): void {
	const data = view(extra);
	for (let at = 0; at + 4 <= extra.length; ) {
		const [id, length] = [data.getUint16(at, true), data.getUint16(at + 2, true)];
		let value = at + 4;
		const stop = Math.min(value + length, extra.length);
		if (id === 1) {
			for (const key of ['size', 'packed', 'header'] as const) {
				if (entry[key] === 0xffffffff && value + 8 <= stop) {
					entry[key] = long(data, value);
					value += 8;
				}
			}
		}
		at += 4 + length;
	}
}

/** What the archive's directory lists. */
export async function entriesOf(file: InputFile): Promise<ZipEntry[]> {
	const { at, size, entries } = await directory(file);
	if (at + size > file.blob.size || size > 64 * 1024 * 1024) throw damaged(file, 'its directory is damaged');
	const bytes = await bytesOf(file, at, at + size);
	const data = view(bytes);
	const found: ZipEntry[] = [];
	for (let offset = 0; found.length < entries && offset + 46 <= bytes.length; ) {
		if (data.getUint32(offset, true) !== 0x02014b50) throw damaged(file, 'its directory is damaged');
		const [name, extra, comment] = [data.getUint16(offset + 28, true), data.getUint16(offset + 30, true), data.getUint16(offset + 32, true)];
		const entry: ZipEntry = {
			name: nameOf(bytes.subarray(offset + 46, offset + 46 + name)),
			packed: data.getUint32(offset + 20, true),
			size: data.getUint32(offset + 24, true),
			method: data.getUint16(offset + 10, true),
			encrypted: (data.getUint16(offset + 8, true) & 1) === 1,
			crc: data.getUint32(offset + 16, true),
			header: data.getUint32(offset + 42, true),
		};
		wide(entry, bytes.subarray(offset + 46 + name, offset + 46 + name + extra));
		found.push(entry);
		offset += 46 + name + extra + comment;
	}
	if (found.length < entries) throw damaged(file, 'its directory is cut off');
	return found;
}

/** The packed bytes of one entry. */
export async function packedOf(file: InputFile, entry: ZipEntry): Promise<Blob> {
	const head = await bytesOf(file, entry.header, entry.header + 30);
	if (head.length < 30 || view(head).getUint32(0, true) !== 0x04034b50) throw damaged(file, `${entry.name} in it is damaged`);
	const start = entry.header + 30 + view(head).getUint16(26, true) + view(head).getUint16(28, true);
	if (start + entry.packed > file.blob.size) throw damaged(file, `${entry.name} in it is cut off`);
	return file.blob.slice(start, start + entry.packed);
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
	let c = byte;
	for (let k = 0; k < 8; k++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
	return c;
});

/** CRC-32 carried on over pieces; begin with 0. */
export function crc32(before: number, bytes: Uint8Array): number {
	let c = ~before;
	for (let i = 0; i < bytes.length; i++) c = (crcTable[(c ^ (bytes[i] as number)) & 255] as number) ^ (c >>> 8);
	return ~c >>> 0;
}
