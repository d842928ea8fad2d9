import { ThroughlineError } from '../../lib/errors.ts';
import { dialects as says } from '../../lib/texts/dialects.ts';
import type { Choice, Dialect, InputFile, Note, Reader, ReadOptions, Sink, Source, TextBatch } from '../types.ts';
import { newAccount } from './account.ts';
import { detect, type Detected } from './detect.ts';
import { encodingOf } from './encoding.ts';
import { LF } from './grammar.ts';
import { bytesOf, PIECE, piecesOf } from './pieces.ts';
import { surveyor, type Survey } from './survey.ts';
import { newTable } from './table.ts';
import { transcoder, type Transcoder } from './transcode.ts';

/** Bytes of the beginning from which the dialect is told, and how many where no record ends in those. */
const SAMPLE = 256 * 1024;
const LONG_SAMPLE = 16 * 1024 * 1024;

async function surveyOf(file: InputFile, options: ReadOptions, upTo: number): Promise<Survey> {
	const survey = surveyor();
	for await (const piece of piecesOf({ name: file.name, blob: upTo < file.blob.size ? file.blob.slice(0, upTo) : file.blob }, options.signal)) survey.take(piece);
	return survey.done();
}

async function lineAt(file: InputFile, at: number): Promise<number> {
	let line = 1;
	for (let from = 0; from < at; from += PIECE) {
		const piece = await bytesOf(file, from, Math.min(at, from + PIECE));
		for (let found = piece.indexOf(LF); found >= 0; found = piece.indexOf(LF, found + 1)) line++;
	}
	return line;
}

const markLength = (encoding: string, head: Uint8Array): number => {
	if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf && encoding === 'utf-8') return 3;
	const utf16 = (head[0] === 0xff && head[1] === 0xfe && encoding === 'utf-16le') || (head[0] === 0xfe && head[1] === 0xff && encoding === 'utf-16be');
	return utf16 ? 2 : 0;
};

async function detectIn(file: InputFile, start: number, size: number, encoding: string, given: Partial<Dialect>): Promise<Detected | null> {
	const head = await bytesOf(file, start, start + size);
	const whole = start + head.length >= file.blob.size;
	const text = transcoder(encoding, false, () => undefined).take(head, whole);
	const sample = new Uint8Array(text.length + 4);
	sample.set(text);
	sample[text.length] = LF;
	return detect(sample, text.length, whole, given);
}

interface Opened {
	encoding: Choice<string>;
	/** Where the text begins, behind a byte-order mark. */
	start: number;
	transcode: (bad: (line: number) => void) => Transcoder;
	detected: Detected;
}

async function open(file: InputFile, options: ReadOptions, surveyed: number): Promise<Opened> {
	const given: Partial<Dialect> = options.dialect ?? {};
	if (file.blob.size === 0) throw new ThroughlineError('files.empty', { file: file.name, reason: 'the file has no bytes' });
	let survey: Survey | null = null;
	let encoding: Choice<string>;
	if (given.encoding === undefined) {
		survey = await surveyOf(file, options, surveyed);
		encoding = encodingOf(survey, survey.invalid > 0 ? await lineAt(file, survey.invalidAt) : 1);
	} else encoding = { value: given.encoding, because: says.chosen, others: [], sure: true };
	if (encoding.value === 'utf-32le') throw new ThroughlineError('read.kind', { file: file.name, kind: 'text in UTF-32' });
	let label: string;
	try {
		label = new TextDecoder(encoding.value).encoding;
	} catch {
		throw new ThroughlineError('request.invalid', { what: 'The encoding', given: encoding.value, allowed: 'a name that browsers know, such as utf-8 or windows-1252' });
	}
	const clean = survey !== null && survey.invalid === 0 && surveyed >= file.blob.size;
	const start = markLength(label, await bytesOf(file, 0, 4));
	let detected: Detected | null = null;
	for (const size of [SAMPLE, LONG_SAMPLE]) detected ??= await detectIn(file, start, size, label, given);
	if (!detected) throw new ThroughlineError('files.empty', { file: file.name, reason: file.blob.size > LONG_SAMPLE ? 'no line ends in its first 16 MB' : 'there is nothing in it' });
	return { encoding, start, transcode: (bad) => transcoder(label, clean, bad), detected };
}

async function pour(file: InputFile, opened: Opened, options: ReadOptions, pieceSize: number, most: number | null, emit: (batch: TextBatch) => void, capacity?: number): Promise<Omit<Source, 'id' | 'file' | 'part' | 'format'>> {
	const { detected, start } = opened;
	const account = newAccount();
	const table = newTable(detected.grammar, detected.layout, account, emit, capacity);
	const transcode = opened.transcode((line) => account.odd('undecodable', line));
	let buffer = new Uint8Array(PIECE + 64);
	let filled = 0;
	let read = start;
	const take = (piece: Uint8Array, final: boolean): void => {
		const text = transcode.take(piece, final);
		const needed = filled + text.length + 8;
		if (needed > buffer.length) {
			const grown = new Uint8Array(Math.max(needed, buffer.length * 2));
			grown.set(buffer.subarray(0, filled));
			buffer = grown;
		}
		buffer.set(text, filled);
		filled += text.length;
		buffer[filled] = LF;
		const used = table.feed(buffer, 0, filled, final);
		buffer.copyWithin(0, used, filled);
		table.moved(used);
		filled -= used;
		read += piece.length;
		options.progress?.(read, table.rows());
	};
	for await (const piece of piecesOf(file, options.signal, pieceSize, start)) {
		take(piece, read + piece.length >= file.blob.size);
		if (most !== null && table.rows() >= most) break;
	}
	if (read === start && start === file.blob.size) take(new Uint8Array(0), true);
	const footers = table.finish(read < file.blob.size);
	const given = options.dialect?.footer;
	const notes: Note[] = [...detected.notes, ...account.notes().map((note) => (note.code === 'undecodable' ? { ...note, encoding: opened.encoding.value } : note))];
	return {
		columns: detected.columns,
		header: detected.header,
		rows: table.rows(),
		skipped: account.skipped(),
		skippedLines: account.skippedLines(),
		notes,
		dialect: {
			encoding: opened.encoding,
			...detected.dialect,
			footer: given === undefined ? { value: footers, because: footers === 0 ? says.footer.none : says.footer.some(footers), others: footers === 0 ? [] : [0], sure: footers === 0 } : { value: given, because: says.chosen, others: given === 0 ? [] : [0], sure: true },
		},
	};
}

/** Reads delimited text; `pieceSize` bytes of the file at a time. The rows do not depend on it. */
export const delimitedReader =
	(pieceSize = PIECE): Reader =>
	async (file: InputFile, sink: Sink, options: ReadOptions) => {
		const opened = await open(file, options, file.blob.size);
		sink.begin({ id: file.name, part: null, columns: opened.detected.columns });
		const read = await pour(file, opened, options, pieceSize, null, (batch) => sink.rows(file.name, batch));
		return [{ id: file.name, file: file.name, part: null, format: 'delimited', ...read }];
	};

/** Lines of delimited text into a sink. The encoding is told from the whole file, the rest of the dialect from its beginning. */
export const readDelimited: Reader = delimitedReader();

/** Bytes of the beginning from which a preview tells the encoding. */
const PREVIEWED = 4 * 1024 * 1024;

/**
 * The first rows under a dialect, from the beginning of the file only: what a preview's `source` counts ends where its rows end,
 * and its encoding is not sure of what comes later.
 */
export async function previewDelimited(file: InputFile, options: ReadOptions, rows: number): Promise<{ source: Source; batch: TextBatch }> {
	const opened = await open(file, options, PREVIEWED);
	const batches: TextBatch[] = [];
	const step = file.blob.size <= SAMPLE ? PIECE : 512 * 1024;
	const read = await pour(file, opened, options, step, rows, (batch) => batches.push(batch), Math.max(rows, 32) + 4096);
	const [first] = batches;
	const batch = first ?? { rows: 0, lines: new Int32Array(0), columns: read.columns.map(() => ({ offsets: new Int32Array(1), bytes: new Uint8Array(0), validity: null })) };
	const shown = Math.min(rows, batch.rows);
	const source: Source = { id: file.name, file: file.name, part: null, format: 'delimited', ...read, rows: shown };
	return { source, batch: { ...batch, rows: shown } };
}
