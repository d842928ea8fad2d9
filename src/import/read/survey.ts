/** What the bytes of a whole file say about their encoding. */
export interface Survey {
	bytes: number;
	/** Byte-order mark: the encoding it stands for and its length. */
	mark: { encoding: string; length: number } | null;
	/** Bytes 0x80 and above. */
	high: number;
	/** Sequences that UTF-8 has for one character of more than one byte. */
	sequences: number;
	/** Places where the bytes are no UTF-8, and where in the file the first of them is. */
	invalid: number;
	invalidAt: number;
	/** Zero bytes at even and odd places. */
	zeros: readonly [number, number];
	/** Escape characters, with which text of ISO-2022 is ASCII too. */
	escapes: boolean;
	/** Lines with high bytes from all over the file, at most 64 kB. */
	around: Uint8Array;
}

const LINE = 256;
const MOST = 64 * 1024;

const marks: readonly (readonly [string, readonly number[]])[] = [
	['utf-8', [0xef, 0xbb, 0xbf]],
	['utf-32le', [0xff, 0xfe, 0, 0]],
	['utf-16le', [0xff, 0xfe]],
	['utf-16be', [0xfe, 0xff]],
];

/** Bytes of the character that `lead` begins, and the range of its second byte. 0: none begins so. */
function expects(lead: number): [length: number, low: number, high: number] {
	if (lead < 0xc2 || lead > 0xf4) return [0, 0, 0];
	if (lead < 0xe0) return [2, 0x80, 0xbf];
	if (lead < 0xf0) return [3, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf];
	return [4, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf];
}

/** Checks UTF-8 piece by piece; a sequence may lie across pieces. */
export function utf8Check(): { take: (piece: Uint8Array, bad: (at: number) => void) => void; end: () => boolean; sequences: () => number } {
	let missing = 0;
	let low = 0x80;
	let high = 0xbf;
	let sequences = 0;
	return {
		take: (piece, bad) => {
			for (let i = 0; i < piece.length; i++) {
				const c = piece[i] as number;
				if (missing > 0) {
					if (c >= low && c <= high) {
						low = 0x80;
						high = 0xbf;
						if (--missing === 0) sequences++;
						continue;
					}
					missing = 0;
					bad(i);
				}
				if (c < 0x80) continue;
				const [length, from, to] = expects(c);
				if (length === 0) bad(i);
				else {
					missing = length - 1;
					low = from;
					high = to;
				}
			}
		},
		end: () => missing > 0,
		sequences: () => sequences,
	};
}

function isAscii(piece: Uint8Array): boolean {
	const words = new Int32Array(piece.buffer, piece.byteOffset, piece.byteLength >> 2);
	for (let i = 0; i < words.length; i++) if (((words[i] as number) & 0x80808080) !== 0) return false;
	for (let i = words.length * 4; i < piece.length; i++) if ((piece[i] as number) > 0x7f) return false;
	return true;
}

export function surveyor(): { take: (piece: Uint8Array) => void; done: () => Survey } {
	const head: number[] = [];
	const around = new Uint8Array(MOST);
	const check = utf8Check();
	const zeros: [number, number] = [0, 0];
	let invalidAt = -1;
	let noted = 0;
	let bytes = 0;
	let high = 0;
	let escapes = false;
	let invalid = 0;
	let open = false;

	/** Whole lines that hold high bytes, or their first part: characters of several bytes are not cut in two. */
	function context(piece: Uint8Array): void {
		const stop = noted + Math.min(MOST - noted, MOST / 4);
		for (let i = 0; i < piece.length; i++) {
			if ((piece[i] as number) < 0x80) continue;
			const before = piece.lastIndexOf(10, i) + 1;
			const from = i - before > LINE ? i : before;
			const end = piece.indexOf(10, i);
			const to = Math.min(end < 0 ? piece.length : end, from + 2 * LINE);
			if (noted + to - from + 1 > stop) return;
			around.set(piece.subarray(from, to), noted);
			noted += to - from;
			around[noted++] = 10;
			i = to;
		}
	}

	return {
		take: (piece) => {
			for (let i = 0; head.length < 4 && i < piece.length; i++) head.push(piece[i] ?? 0);
			for (let at = piece.indexOf(0); at >= 0; at = piece.indexOf(0, at + 1)) {
				if (((bytes + at) & 1) === 0) zeros[0]++;
				else zeros[1]++;
			}
			escapes ||= piece.includes(0x1b);
			const aligned = (piece.byteOffset & 3) === 0 ? piece : piece.slice();
			if (open || !isAscii(aligned)) {
				check.take(piece, (at) => {
					if (invalid++ === 0) invalidAt = bytes + at;
				});
				for (const c of piece) if (c > 0x7f) high++;
				context(piece);
				open = check.end();
			}
			bytes += piece.length;
		},
		done: () => {
			if (check.end()) {
				if (invalid++ === 0) invalidAt = bytes;
			}
			const found = marks.find(([, mark]) => mark.every((byte, i) => head[i] === byte));
			return {
				bytes,
				mark: found ? { encoding: found[0], length: found[1].length } : null,
				high,
				sequences: check.sequences(),
				invalid,
				invalidAt,
				zeros,
				escapes,
				around: around.slice(0, noted),
			};
		},
	};
}
