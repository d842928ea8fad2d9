import { ThroughlineError } from '../../lib/errors.ts';

/** A dialect as the scanner needs it: bytes of UTF-8. */
export interface Grammar {
	/** Empty: nothing separates, each line is one cell. */
	delimiter: Uint8Array;
	/** A space after the delimiter belongs to it where there is one. */
	spaced: boolean;
	/** −1: nothing quotes. */
	quote: number;
	/** Equal to `quote`: quotes are doubled. −1: a quote ends its cell only before a delimiter or a line end. */
	escape: number;
	/** A lone carriage return ends a line. */
	cr: boolean;
	/** 1 for bytes at which a cell without quotes may end. */
	stops: Uint8Array;
}

const encoder = new TextEncoder();

export const LF = 10;
export const CR = 13;
export const SPACE = 32;

function oneByte(what: string, text: string): number {
	if (text === '') return -1;
	const bytes = encoder.encode(text);
	if (bytes.length !== 1) throw new ThroughlineError('request.invalid', { what, given: text, allowed: 'one character of ASCII, or nothing' });
	return bytes[0] ?? -1;
}

/** `delimiter`: any text without quotes and line breaks. One that ends in a space (", ") takes the space where there is one. */
export function grammarOf(dialect: { delimiter: string; quote: string; escape: string }, cr: boolean): Grammar {
	const quote = oneByte('The quote', dialect.quote);
	const escape = quote < 0 ? -1 : oneByte('The escape', dialect.escape);
	const spaced = dialect.delimiter.length > 1 && dialect.delimiter.endsWith(' ');
	const delimiter = encoder.encode(spaced ? dialect.delimiter.slice(0, -1) : dialect.delimiter);
	if (/[\r\n]/.test(dialect.delimiter) || (quote >= 0 && delimiter.includes(quote))) {
		throw new ThroughlineError('request.invalid', { what: 'The delimiter', given: dialect.delimiter, allowed: 'any text without line breaks and without the quote' });
	}
	const stops = new Uint8Array(256);
	stops[LF] = 1;
	if (cr) stops[CR] = 1;
	if (delimiter.length > 0) stops[delimiter[0] ?? 0] = 1;
	return { delimiter, spaced, quote, escape, cr, stops };
}
