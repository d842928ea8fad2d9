import { ThroughlineError } from '../../lib/errors.ts';
import type { Format, InputFile } from '../types.ts';
import { beginsWith, binaryKind } from './magic.ts';
import { bytesOf } from './pieces.ts';
import { entriesOf } from './zip.ts';

const HEAD = 64 * 1024;

function textOf(head: Uint8Array): string | null {
	if (beginsWith(head, 0xff, 0xfe, 0, 0)) return null;
	if (beginsWith(head, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(head);
	if (beginsWith(head, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(head);
	const zeros: [number, number] = [0, 0];
	head.forEach((byte, i) => {
		if (byte === 0) zeros[(i & 1) as 0 | 1]++;
	});
	const all = zeros[0] + zeros[1];
	if (all * 20 >= head.length && all > 0) {
		if (zeros[1] > zeros[0] * 9) return new TextDecoder('utf-16le').decode(head);
		return zeros[0] > zeros[1] * 9 ? new TextDecoder('utf-16be').decode(head) : null;
	}
	const controls = head.reduce((count, byte) => count + (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12 && byte !== 1 && byte !== 27 ? 1 : 0), 0);
	return controls * 10 > head.length || all * 100 > head.length ? null : new TextDecoder().decode(head);
}

function markup(text: string, refuse: (kind: string) => ThroughlineError): Format | null {
	if (!/^<(\?xml|!doctype|!--|html|head|body|table|div|meta|script|svg|log|workbook|rss|feed)\b|^<!/i.test(text)) return null;
	if (/<(\w+:)?log[\s>]/.test(text)) return 'event-log';
	if (/urn:schemas-microsoft-com:office:spreadsheet/.test(text)) throw refuse('an Excel 2003 workbook in XML');
	if (/^<(!doctype html|html|head|body|table|div|meta|script)|<html[\s>]/i.test(text)) throw refuse('a web page');
	throw refuse('XML, and not an event log (XES)');
}

function isJson(line: string): boolean {
	try {
		JSON.parse(line);
		return true;
	} catch {
		return false;
	}
}

function json(text: string): Format | null {
	if (!/^(\{\s*["}]|\[\s*([{["\]\d-]|true|false|null))/.test(text)) return null;
	const [first = '', ...rest] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
	const second = rest[0]?.trim() ?? '';
	if (isJson(first) && (first.startsWith('{') ? second.startsWith('{') : second.startsWith('['))) return 'json-lines';
	if (text.startsWith('[') && /^\[[^\]{"]*\]\s*[,;\t|]/.test(first)) return null;
	return 'json';
}

async function zipKind(file: InputFile, refuse: (kind: string) => ThroughlineError): Promise<'zip' | 'excel'> {
	const names = new Set((await entriesOf(file)).map((entry) => entry.name));
	if (names.has('xl/workbook.xml')) return 'excel';
	if (names.has('xl/workbook.bin')) throw refuse('a binary Excel workbook (.xlsb)');
	if (names.has('word/document.xml')) throw refuse('a Word document');
	if (names.has('ppt/presentation.xml')) throw refuse('a PowerPoint presentation');
	if (names.has('content.xml') && names.has('mimetype')) throw refuse('an OpenDocument file (.ods, .odt)');
	if (names.has('Index/Document.iwa')) throw refuse('a document of Numbers, Pages or Keynote');
	return 'zip';
}

/**
 * What a file is, by its bytes and not by its name. Rejects with read.kind, which says what it is, where it can hold no table that
 * could be read; with files.empty where it has no bytes.
 */
export async function formatOf(file: InputFile): Promise<Format | 'gzip' | 'zip'> {
	const refuse = (kind: string): ThroughlineError => new ThroughlineError('read.kind', { file: file.name, kind });
	const head = await bytesOf(file, 0, HEAD);
	if (head.length === 0) throw new ThroughlineError('files.empty', { file: file.name, reason: 'the file has no bytes' });
	if (beginsWith(head, 0x1f, 0x8b)) return 'gzip';
	if (beginsWith(head, 0x50, 0x4b, 3, 4) || beginsWith(head, 0x50, 0x4b, 5, 6)) return zipKind(file, refuse);
	if (beginsWith(head, 0x50, 0x41, 0x52, 0x31)) return 'parquet';
	const binary = binaryKind(head);
	if (binary !== null) throw refuse(binary);
	const text = textOf(head);
	if (text === null) throw refuse(beginsWith(head, 0xff, 0xfe, 0, 0) ? 'text in UTF-32' : 'binary data of an unknown kind');
	const begin = text.replace(/^[\ufeff\s]+/, '');
	return markup(begin, refuse) ?? json(begin) ?? 'delimited';
}
