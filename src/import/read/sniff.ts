import type { Dialect } from '../types.ts';
import { kindOf } from './cell-kinds.ts';
import { copyCell } from './columns.ts';
import { CR, grammarOf, LF, type Grammar } from './grammar.ts';
import { mend } from './mend.ts';
import { newScan, scanRecord, STRAY, WHOLE } from './scan.ts';

/** One record of the sample. */
export interface Sampled {
	line: number;
	cells: string[];
	/** Whether each cell was quoted. */
	quoted: boolean[];
}

/** What a sample gives when read in one way. */
export interface Reading {
	grammar: Grammar;
	delimiter: string;
	quote: string;
	escape: string;
	records: Sampled[];
	/** The most frequent number of cells, above one where there is any. */
	width: number;
	/** Share of the records, from the first of that width on, that have it. */
	share: number;
	/** Quotes that open, close or are escaped, and those that stand anywhere else. */
	fitting: number;
	stray: number;
	escaped: number;
	irregular: number;
	score: number;
}

const RECORDS = 1500;
/** Bytes that are tried in every dialect; more only where no record ends in them. */
const LOOKED_AT = 96 * 1024;
const decoder = new TextDecoder();

function recordsOf(bytes: Uint8Array, size: number, whole: boolean, g: Grammar): { records: Sampled[]; irregular: number; escaped: number } {
	const scan = newScan();
	const records: Sampled[] = [];
	let irregular = 0;
	let escaped = 0;
	let at = 0;
	let line = 1;
	let room = new Uint8Array(1024);
	while (at < size && records.length < RECORDS) {
		let status = scanRecord(g, bytes, at, size, whole, scan);
		if (status === STRAY) {
			irregular++;
			status = mend(g, bytes, at, size, whole, scan, records.at(-1)?.cells.length ?? -1);
			if (status === STRAY) status = mend(g, bytes, at, size, whole, scan, -1);
		} else if (status !== WHOLE && status !== 0) irregular += 2;
		if (status === WHOLE) {
			const cells: string[] = [];
			const quoted: boolean[] = [];
			for (let c = 0; c < scan.cells; c++) {
				const start = scan.starts[c] ?? 0;
				const end = scan.ends[c] ?? 0;
				if (end - start > room.length) room = new Uint8Array(end - start);
				const length = copyCell(g, bytes, start, end, scan.kinds[c] ?? 0, room, 0);
				if (scan.kinds[c] === 2) escaped++;
				cells.push(decoder.decode(room.subarray(0, length)));
				quoted.push((scan.kinds[c] ?? 0) > 0);
			}
			records.push({ line, cells, quoted });
			at = scan.end;
			line += scan.breaks;
			continue;
		}
		if (status === 0 && !whole) break;
		while (at < size && bytes[at] !== LF && !(g.cr && bytes[at] === CR)) at++;
		at++;
		line++;
	}
	return { records, irregular, escaped };
}

export const isBlank = (record: Sampled): boolean => record.cells.length === 1 && record.cells[0] === '' && record.quoted[0] !== true;

function widthOf(filled: readonly Sampled[]): number {
	const counts = new Map<number, number>();
	for (const { cells } of filled) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
	let width = 1;
	let most = 0;
	const first = filled[0]?.cells.length;
	for (const [cells, count] of counts) {
		if (cells > 1 && (count > most || (count === most && (cells === first || (width !== first && cells > width))))) {
			width = cells;
			most = count;
		}
	}
	return width;
}

const worth = (cell: string, quoted: boolean): number => {
	if (quoted) return 1;
	const kind = kindOf(cell);
	if (kind === 'empty') return 0.7;
	if (kind !== 'text') return 1;
	return /^[\p{L}\p{M}\p{N}' .()&/_-]{1,60}$/u.test(cell) ? 0.8 : 0.1;
};

/** How usual a delimiter is; a space or a colon stands in too many texts to be believed as easily. */
const prior = (delimiter: string): number => {
	if (delimiter === ' ' || delimiter === ':') return 0.35;
	return /^([,;\t|] ?|\u0001)$/.test(delimiter) ? 1 : 0.7;
};

export function readAs(bytes: Uint8Array, size: number, whole: boolean, cr: boolean, dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>): Reading {
	const grammar = grammarOf(dialect, cr);
	const { records, irregular, escaped } = recordsOf(bytes, size, whole, grammar);
	const filled = records.filter((record) => !isBlank(record));
	const width = dialect.delimiter === '' ? 1 : widthOf(filled);
	const start = filled.findIndex((record) => record.cells.length === width);
	const table = start < 0 ? [] : filled.slice(start);
	const share = table.length === 0 ? 0 : table.filter((record) => record.cells.length === width).length / table.length;
	let fitting = 0;
	let stray = 0;
	let strayCells = 0;
	let bare = 0;
	let sum = 0;
	let cells = 0;
	for (const record of filled) {
		record.cells.forEach((cell, c) => {
			if (record.quoted[c] === true) fitting += 2;
			else {
				const enclosed = dialect.quote !== "'" && cell.length > 2 && cell.startsWith("'") && cell.endsWith("'");
				const quotes = cell.includes('"') ? cell.split('"').length - 1 : enclosed ? 2 : 0;
				stray += quotes;
				if (quotes > 0) strayCells++;
				if (cell.includes('\r')) bare++;
			}
		});
	}
	for (const record of table.slice(0, 200)) {
		if (record.cells.length !== width) continue;
		record.cells.forEach((cell, c) => (sum += worth(cell, record.quoted[c] === true)));
		cells += width;
	}
	const typed = cells === 0 ? 0 : sum / cells;
	const fit = stray === 0 ? 1 : 1 - (stray / (fitting + stray)) * Math.min(1, (5 * strayCells) / filled.length);
	const first = filled[0]?.cells[0] ?? '';
	const likeNames = width === 1 && /^([\p{L}_][\p{L}\p{N}_ .]*)([,;\t|]\s?[\p{L}_][\p{L}\p{N}_ .]*){2,}$/u.test(first);
	const shape = width === 1 ? (dialect.delimiter === '' ? (likeNames ? 0.2 : 0.35) : 0.05) : share ** 1.5 * (1 - 1 / width) * prior(dialect.delimiter);
	const late = filled.length === 0 ? 1 : 1 - Math.max(0, start) / filled.length;
	const score = shape * late * (1 - Math.min(0.9, bare / Math.max(1, filled.length))) * (width === 1 ? 0.2 + 0.8 * typed : 0.4 + 0.6 * typed) * (0.3 + 0.7 * fit) * (1 - Math.min(0.9, irregular / Math.max(1, filled.length))) ** 2;
	return { grammar, ...dialect, records, width, share, fitting, stray, escaped, irregular, score };
}

const usual = [',', ';', '\t', '|', ':', ' ', '^', '~', '\u0001'];
const never = /[\p{L}\p{N}\s"'`\-./_@+()&%$\ufffd]/u;

/** Characters that stand in four of five lines and could separate. */
function unusual(lines: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const line of lines) for (const c of new Set(line)) if (!never.test(c)) counts.set(c, (counts.get(c) ?? 0) + 1);
	return [...counts].filter(([c, count]) => count >= lines.length * 0.8 && !usual.includes(c)).sort((a, b) => b[1] - a[1]).slice(0, 6).map(([c]) => c);
}

function delimitersIn(text: string): string[] {
	const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '').slice(0, 200);
	const single = [...usual.filter((c) => text.includes(c)), ...unusual(lines)];
	return single.flatMap((c) => {
		const found = text.split(c).length - 1;
		const twice = text.split(c + c).length - 1;
		const spaced = c === ' ' ? 0 : text.split(`${c} `).length - 1;
		if (c !== ' ' && c !== ',' && c !== ';' && c !== '\t' && twice > 0 && twice * 2 === found) return [c + c];
		return spaced >= found * 0.9 && spaced > 0 ? [`${c} `, c] : [c];
	});
}

/** A delimiter with a space is one only where the space follows each time. */
function spacedThroughout(bytes: Uint8Array, size: number, { grammar }: Reading): boolean {
	const { records } = recordsOf(bytes, size, true, { ...grammar, spaced: false, quote: -1, escape: -1 });
	const several = records.filter((record) => record.cells.length > 1);
	const spaced = several.filter((record) => record.cells.slice(1).every((cell) => cell === '' || cell.startsWith(' ')) && record.cells.slice(1).some((cell) => cell !== ''));
	return spaced.length >= several.length * 0.9;
}

/** The ways in which the sample could be read, best first. `given`: what a person chose. */
export function readings(bytes: Uint8Array, size: number, whole: boolean, given: Partial<Dialect>): Reading[] {
	const found = readingsOf(bytes, size, whole, given, LOOKED_AT);
	return found[0]?.records.length === 0 && size > LOOKED_AT ? readingsOf(bytes, size, whole, given, size) : found;
}

function readingsOf(bytes: Uint8Array, size: number, whole: boolean, given: Partial<Dialect>, most: number): Reading[] {
	const text = decoder.decode(bytes.subarray(0, Math.min(size, most)));
	const lone = (text.match(/\r(?!\n)/g) ?? []).length;
	const feeds = (text.match(/\n/g) ?? []).length;
	const ends = lone === 0 ? [false] : feeds === 0 ? [true] : lone > feeds ? [true, false] : [false, true];
	const sizeUsed = Math.min(size, most);
	const atEnd = whole && sizeUsed === size;
	const delimiters = given.delimiter === undefined ? [...delimitersIn(text), ''] : [given.delimiter];
	const doubles = text.includes('"');
	const singles = /(^|[^\p{L}\p{N}])'[^\r\n]*'([^\p{L}\p{N}]|$)/mu.test(text);
	const quotes = given.quote === undefined ? [...(doubles || !singles ? ['"'] : []), ...(singles ? ["'"] : []), ...(doubles ? [''] : singles ? ['"'] : [])] : [given.quote];
	const room = new Uint8Array(sizeUsed + 1);
	room.set(bytes.subarray(0, sizeUsed));
	room[sizeUsed] = LF;
	const found: Reading[] = [];
	for (const cr of ends) {
		for (const delimiter of delimiters) {
			for (const quote of quotes) {
				if (quote !== '' && delimiter.includes(quote)) continue;
				const escapes = given.escape === undefined ? [quote, ...(quote !== '' && text.includes(`\\${quote}`) ? ['\\'] : [])] : [given.escape];
				const tried = escapes.map((escape) => readAs(room, sizeUsed, atEnd, cr, { delimiter, quote, escape }));
				if (given.escape === undefined && quote !== '' && tried.every((one) => one.irregular > 0)) tried.push(readAs(room, sizeUsed, atEnd, cr, { delimiter, quote, escape: '' }));
				found.push(...tried);
			}
		}
	}
	for (const one of found) {
		if (one.grammar.spaced && !spacedThroughout(room, sizeUsed, one)) one.score *= 0.5;
		if (one.grammar.spaced) one.score *= 1.02;
		if (one.escape === '\\' && one.escaped > 0) one.score *= 1.01;
		if (one.escape === '' && one.quote !== '') one.score *= plainQuotes(one);

		if (one.quote === "'") one.score *= (one.irregular > 0 && one.escape !== '' ? 0.5 : 1) * (one.fitting * 5 < one.records.length ? 0.9 : 1);
		if (one.quote === '' && one.stray > 0) one.score *= 0.98;
	}
	const paired = (text.match(/"+/g) ?? []).every((run) => run.length % 2 === 0) && doubles;
	for (const one of [...found]) {
		if (given.escape !== undefined || !paired || one.quote !== "'" || one.escape !== '') continue;
		found.push({ ...readAs(room, sizeUsed, atEnd, one.grammar.cr, { delimiter: one.delimiter, quote: one.quote, escape: '"' }), score: one.score * 1.001 });
	}
	return found.map((one, i) => ({ one, i })).sort((a, b) => b.one.score - a.one.score || a.i - b.i).map(({ one }) => one);
}

/** How far quotes inside quoted cells stand as they are: more than once, and not in pairs. */
function plainQuotes(reading: Reading): number {
	let pairs = 0;
	let cells = 0;
	for (const { cells: texts, quoted } of reading.records) {
		texts.forEach((cell, c) => {
			if (quoted[c] !== true || !cell.includes(reading.quote)) return;
			cells++;
			if (cell.slice(0, -1).includes(reading.quote + reading.quote)) pairs++;
		});
	}
	return cells < 2 ? 0.2 : pairs > 0 ? 0.1 : 0.97;
}
