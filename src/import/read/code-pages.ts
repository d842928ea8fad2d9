/** Node's TextDecoder reads 0x80–0x9F of windows-1252 as control characters (nodejs/node#56542); browsers do not. */
const upper1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The character of each of the 256 bytes; U+FFFD where there is none; null: the encoding takes several bytes for some. */
export function codePage(label: string): readonly string[] | null {
	const decoder = new TextDecoder(label);
	if (/^(utf|shift_jis|euc|gb|big5|iso-2022|replacement)/.test(decoder.encoding)) return null;
	return Array.from({ length: 256 }, (_, byte) =>
		decoder.encoding === 'windows-1252' && byte >= 0x80 && byte <= 0x9f ? (upper1252[byte - 0x80] ?? '\ufffd') : decoder.decode(Uint8Array.of(byte)),
	);
}
