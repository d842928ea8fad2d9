import { dialects as says } from '../../lib/texts/dialects.ts';
import type { Choice, DetectedDialect, Dialect, Note } from '../types.ts';
import type { Grammar } from './grammar.ts';
import { layoutOf } from './layout.ts';
import { asTheyStood, columnNames } from './names.ts';
import { isBlank, readings, type Reading } from './sniff.ts';
import type { Layout } from './table.ts';

export interface Detected {
	grammar: Grammar;
	layout: Layout;
	/** Without the encoding and the footer, which the whole file tells. */
	dialect: Omit<DetectedDialect, 'encoding' | 'footer'>;
	columns: string[];
	header: string[];
	notes: Note[];
}

const chosen = <T>(value: T, others: readonly T[]): Choice<T> => ({ value, because: says.chosen, others: others.filter((other) => other !== value), sure: true });

const usual = [',', ';', '\t', '|'];

function delimiterChoice(best: Reading, all: readonly Reading[]): Choice<string> {
	const records = best.records.filter((record) => !isBlank(record)).length;
	const rivals = all.filter((one) => one.delimiter.trim() !== best.delimiter.trim() || one.delimiter.trim() === '');
	const others = [...new Set([...rivals.filter((one) => one.delimiter !== best.delimiter && (one.width > 1 || one.delimiter === '')).map((one) => one.delimiter), ...usual, ''])].filter((other) => other !== best.delimiter);
	if (best.width === 1) return { value: best.delimiter, because: says.delimiter.single, others, sure: rivals.every((one) => one.width === 1) && records > 0 };
	const fits = rivals.some((one) => one.delimiter !== best.delimiter && one.width > 1 && one.share > 0.9 && one.score > best.score / 2);
	return { value: best.delimiter, because: says.delimiter.even(best.share, best.width), others, sure: best.share === 1 && !fits && records > 2 && best.irregular === 0 };
}

function quoteChoice(best: Reading): Choice<string> {
	const others = ['"', "'", ''].filter((other) => other !== best.quote);
	if (best.quote === '') return { value: '', because: says.quote.loose, others, sure: false };
	if (best.fitting === 0) return { value: best.quote, because: says.quote.unused, others, sure: best.stray === 0 };
	return { value: best.quote, because: says.quote.used(best.fitting / 2), others, sure: best.stray === 0 && best.irregular === 0 };
}

function escapeChoice(best: Reading): Choice<string> {
	const others = [...new Set([best.quote, '\\', ''])].filter((other) => other !== best.escape);
	const backslash = best.records.some((record) => record.cells.some((cell, c) => record.quoted[c] === true && cell.includes('\\')));
	if (best.escape === '') return { value: '', because: says.escape.none, others, sure: best.quote === '' };
	if (best.escape !== best.quote && best.escape !== '\\') return { value: best.escape, because: says.escape.pairs, others, sure: false };
	if (best.escape === '\\') return { value: '\\', because: says.escape.backslash, others, sure: false };
	return { value: best.escape, because: best.escaped > 0 ? says.escape.doubled : says.escape.unused, others, sure: best.irregular === 0 && !backslash };
}

interface Start {
	/** Where the sample goes on behind lines that were cut off. */
	at: number;
	preamble: Choice<number>;
}

/** Lines that a person said are no data, or Excel's first line that names the delimiter. */
function cut(sample: Uint8Array, size: number, given: Partial<Dialect>): { start: Start | null; delimiter: string | null } {
	const first = new TextDecoder().decode(sample.subarray(0, Math.min(size, 64)));
	const separator = /^"?sep=([^\r\n]{1,3}?)"?[\r\n]/i.exec(first);
	const count = given.preamble ?? (separator ? 1 : 0);
	if (given.preamble === undefined && !separator) return { start: null, delimiter: null };
	let at = 0;
	for (let n = 0; n < count && at < size; n++) {
		while (at < size && sample[at] !== 10 && sample[at] !== 13) at++;
		at += sample[at] === 13 && sample[at + 1] === 10 ? 2 : 1;
	}
	const preamble = given.preamble === undefined ? { value: count, because: says.preamble.separatorLine, others: [0], sure: true } : chosen(count, [0]);
	return { start: { at: Math.min(at, size), preamble }, delimiter: separator && count > 0 ? (separator[1] ?? null) : null };
}

/** How a sample of UTF-8 (with a byte of room behind it) is best read; `whole`: there is no more. null: nothing stands in it. */
export function detect(sample: Uint8Array, size: number, whole: boolean, given: Partial<Dialect>): Detected | null {
	const { start, delimiter: named } = cut(sample, size, given);
	const at = start?.at ?? 0;
	const skippedLines = start?.preamble.value ?? 0;
	const wanted = named !== null && given.delimiter === undefined ? { ...given, delimiter: named } : given;
	const all = readings(sample.subarray(at), size - at, whole, wanted);
	const [best] = all;
	if (!best || best.records.length === 0 || (best.records.every(isBlank) && given.headers === undefined)) return null;
	const laid = layoutOf(best, given, start?.preamble ?? null);
	const layout = { ...laid.layout, preamble: laid.preamble.value };
	const { columns, empty, repeated } = columnNames(laid.names, layout.width);
	const notes: Note[] = [...laid.notes];
	if (layout.headers > 0 && empty.length > 0) notes.push({ code: 'empty-names', columns: empty });
	if (repeated.length > 0) notes.push({ code: 'repeated-names', names: repeated });
	const unused = best.quote === '' ? best.records.filter((record) => record.cells.some((cell) => /^["']/.test(cell))) : [];
	if (unused.length > 0 && given.quote === undefined) notes.push({ code: 'quotes-not-used', count: unused.length, lines: unused.slice(0, 20).map((record) => record.line + skippedLines) });
	if (named !== null) notes.push({ code: 'separator-line', delimiter: named });
	const text = new TextDecoder().decode(sample.subarray(0, size));
	const returns = (text.match(/\r(?!\n)/g) ?? []).length;
	const feeds = (text.match(/\n/g) ?? []).length;
	if (returns > 0 && feeds > 0) notes.push({ code: 'line-ends', feeds, returns });
	return {
		grammar: best.grammar,
		layout,
		columns,
		header: layout.headers === 0 ? [] : asTheyStood(laid.names, layout.width),
		notes,
		dialect: {
			delimiter: given.delimiter !== undefined ? chosen(given.delimiter, [...usual, '']) : named !== null ? { value: named, because: says.delimiter.separatorLine, others: usual.filter((one) => one !== named), sure: true } : delimiterChoice(best, all),
			quote: given.quote === undefined ? quoteChoice(best) : chosen(given.quote, ['"', "'", '']),
			escape: given.escape === undefined ? escapeChoice(best) : chosen(given.escape, ['"', '\\', '']),
			preamble: laid.preamble,
			headers: laid.headers,
		},
	};
}
