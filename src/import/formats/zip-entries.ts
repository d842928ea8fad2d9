import { Inflate } from 'fflate';

/** A file in a zip archive (PKWARE APPNOTE 4.3.12), by the archive's directory. Sizes are what the archive claims. */
export interface ZipEntry {
	name: string;
	method: number;
	packed: number;
	size: number;
	/** Where its local header begins. */
	at: number;
}

const piece = 64 << 10;

/** Null where the bytes are no zip archive. */
export async function zipEntries(blob: Blob): Promise<ZipEntry[] | null> {
	const tailAt = Math.max(0, blob.size - 65_557);
	const tail = await viewOf(blob, tailAt, blob.size);
	let end = tail.byteLength - 22;
	while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
	if (end < 0) return null;
	const [count, length, start] = [tail.getUint16(end + 10, true), tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
	if (start + length > blob.size) return null;
	const directory = await viewOf(blob, start, start + length);
	const entries: ZipEntry[] = [];
	for (let at = 0, i = 0; i < count; i++) {
		if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== 0x02014b50) return null;
		const u16 = (offset: number): number => directory.getUint16(at + offset, true);
		const u32 = (offset: number): number => directory.getUint32(at + offset, true);
		const nameLength = u16(28);
		if (at + 46 + nameLength > directory.byteLength) return null;
		const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameLength));
		entries.push({ name: name.replaceAll('\\', '/').replace(/^\//, ''), method: u16(10), packed: u32(20), size: u32(24), at: u32(42) });
		at += 46 + nameLength + u16(30) + u16(32);
	}
	return entries;
}

/** The bytes of one entry as they unpack. Throws where they do not, or are more than the archive claims. */
export async function* unpacked(blob: Blob, entry: ZipEntry): AsyncGenerator<Uint8Array> {
	if (entry.method !== 0 && entry.method !== 8) throw new Error('it is packed in a way that is not known');
	const header = await viewOf(blob, entry.at, entry.at + 30);
	if (header.byteLength < 30 || header.getUint32(0, true) !== 0x04034b50) throw new Error('its archive is damaged');
	const start = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
	const end = start + entry.packed;
	if (end > blob.size) throw new Error('its archive ends too early');
	let ready: Uint8Array[] = [];
	const inflate = new Inflate((bytes) => ready.push(bytes));
	let given = 0;
	for (let at = start; at < end; at += piece) {
		const packed = new Uint8Array(await blob.slice(at, Math.min(at + piece, end)).arrayBuffer());
		if (entry.method === 0) ready.push(packed);
		else inflate.push(packed, at + piece >= end);
		for (const bytes of ready) {
			given += bytes.length;
			if (given > entry.size) throw new Error('its archive holds more than it says');
			if (bytes.length > 0) yield bytes;
		}
		ready = [];
	}
	if (given !== entry.size) throw new Error('its archive holds less than it says');
}

async function viewOf(blob: Blob, start: number, end: number): Promise<DataView> {
	return new DataView(await blob.slice(start, end).arrayBuffer());
}
