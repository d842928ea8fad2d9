import { codePage } from './code-pages.ts';
import { utf8Check } from './survey.ts';

/** Turns bytes of an encoding into UTF-8. What cannot be decoded becomes U+FFFD and is told by the line it stands in (once a character). */
export interface Transcoder {
	take: (piece: Uint8Array, final: boolean) => Uint8Array;
}

const encoder = new TextEncoder();
const REPLACEMENT = Uint8Array.of(0xef, 0xbf, 0xbd);

function fromSingleByte(table: readonly Uint8Array[], bad: (line: number) => void): Transcoder {
	const lengths = Uint8Array.from(table, (bytes) => bytes.length);
	const replaced = table.map((bytes) => bytes.length === 3 && bytes.every((byte, i) => byte === REPLACEMENT[i]));
	let line = 1;
	return {
		take: (piece) => {
			let size = 0;
			for (const byte of piece) size += lengths[byte] ?? 0;
			const out = new Uint8Array(size);
			let at = 0;
			for (const byte of piece) {
				if (byte === 10) line++;
				if (byte < 128 && lengths[byte] === 1) {
					out[at++] = byte;
					continue;
				}
				if (replaced[byte]) bad(line);
				for (const each of table[byte] ?? []) out[at++] = each;
			}
			return out;
		},
	};
}

function fromUtf8(bad: (line: number) => void): Transcoder {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const check = utf8Check();
	let line = 1;
	return {
		take: (piece, final) => {
			let counted = 0;
			const upTo = (at: number): void => {
				for (; counted < at; counted++) if (piece[counted] === 10) line++;
			};
			check.take(piece, (at) => {
				upTo(at);
				bad(line);
			});
			upTo(piece.length);
			if (final && check.end()) bad(line);
			return encoder.encode(decoder.decode(piece, { stream: !final }));
		},
	};
}

function fromAny(encoding: string, bad: (line: number) => void): Transcoder {
	const decoder = new TextDecoder(encoding, { ignoreBOM: true });
	let line = 1;
	return {
		take: (piece, final) => {
			const text = decoder.decode(piece, { stream: !final });
			let counted = 0;
			for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) {
				for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) line++;
				bad(line);
			}
			for (let at = text.indexOf('\n', counted); at >= 0; at = text.indexOf('\n', at + 1)) line++;
			return encoder.encode(text);
		},
	};
}

/** `clean`: the bytes are known to be UTF-8 and pass as they are. Throws a RangeError for a label that TextDecoder does not know. */
export function transcoder(encoding: string, clean: boolean, bad: (line: number) => void): Transcoder {
	const label = new TextDecoder(encoding).encoding;
	if (label === 'utf-8') return clean ? { take: (piece) => piece } : fromUtf8(bad);
	const page = codePage(label);
	return page ? fromSingleByte(page.map((text) => encoder.encode(text)), bad) : fromAny(label, bad);
}
