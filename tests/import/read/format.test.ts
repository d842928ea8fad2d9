import { gzipSync, strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { formatOf } from '../../../src/import/read/format.ts';
import { unpack } from '../../../src/import/read/unpack.ts';
import type { InputFile } from '../../../src/import/types.ts';
import { fileOf, hasShared, sharedFile, taken } from './support.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...strToU8(part)] : part)));
const utf16 = (text: string): number[] => [0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])];
const named = (files: InputFile[]): string[] => files.map((file) => file.name);
const textsOf = (files: InputFile[]): Promise<string[]> => Promise.all(files.map((file) => file.blob.text()));

describe('what a file is', () => {
	test.each([
		['gzip', gzipSync(strToU8('a,b'))],
		['zip', zipSync({ 'a.csv': strToU8('a,b') })],
		['excel', zipSync({ '[Content_Types].xml': strToU8('x'), 'xl/workbook.xml': strToU8('<workbook/>') })],
		['parquet', bytes('PAR1', [0, 0, 1])],
		['event-log', bytes('<?xml version="1.0"?>\n<!-- made by a tool -->\n<log xes.version="1.0" xmlns="http://www.xes-standard.org/">')],
		['event-log', bytes('<log xes.version="2.0">')],
		['json', bytes('\ufeff [\n {"a": 1}\n]')],
		['json', bytes('{\n "cases": []\n}')],
		['json', bytes('{"a": 1}')],
		['json-lines', bytes('{"a": 1}\n{"a": 2}\n')],
		['json-lines', bytes('["a", "b"]\n[1, 2]\n')],
		['delimited', bytes('[case_id],[opened]\n1,2\n')],
		['delimited', bytes('<id>,<name>\n1,2\n')],
		['delimited', bytes('BM,x\n1,2\n')],
		['delimited', bytes('{a};{b}\n1;2\n')],
		['delimited', Uint8Array.from(utf16('a,b\n1,2\n'))],
		['json', Uint8Array.from(utf16('[{"a": 1}]'))],
		['delimited', bytes('a', [1], 'b\n1', [1], '2\n')],
	])('%s is told from its bytes', async (format, content) => {
		expect(await formatOf(fileOf(content, 'misnamed.png'))).toBe(format);
	});

	test.each([
		['an old Excel workbook', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], 'x')],
		['PDF', bytes('%PDF-1.7')],
		['PNG', bytes([0x89], 'PNG')],
		['web page', bytes('<!DOCTYPE html><html><body><table>')],
		['web page', bytes('<table><tr><td>1</td></tr></table>')],
		['Excel 2003', bytes('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">')],
		['not an event log', bytes('<?xml version="1.0"?><orders/>')],
		['SQLite', bytes('SQLite format 3', [0])],
		['Word', zipSync({ 'word/document.xml': strToU8('x') })],
		['OpenDocument', zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': strToU8('x') })],
		['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 97, 0, 0, 0])],
		['unknown kind', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 31)],
	])('what is called "%s" is refused by that name', async (kind, content) => {
		await expect(formatOf(fileOf(content, 'cases.csv'))).rejects.toMatchObject({ code: 'read.kind', message: expect.stringContaining(kind) as string });
	});

	test('a file without bytes is refused', async () => {
		await expect(formatOf(fileOf(''))).rejects.toMatchObject({ code: 'files.empty' });
	});

	test.skipIf(!hasShared).each([
		['event-logs/running-example.xes', 'event-log'],
		['event-logs/running-example.parquet', 'parquet'],
		['event-logs/running-example.csv', 'delimited'],
		['tracker/initial_advocacy_cases.json', 'json'],
		['hard-csv/duckdb/encodings/all_utf16.csv', 'delimited'],
		['hard-csv/duckdb/encodings/shift_jis.csv', 'delimited'],
		['hard-csv/duckdb/auto/product_codes_HS17_V202301.csv.gz', 'gzip'],
	])('%s is %s', async (path, format) => {
		expect(await formatOf(sharedFile(path))).toBe(format);
	});
});

describe('unpacking', () => {
	const csv = `id,text\n${Array.from({ length: 50_000 }, (_, i) => `${String(i)},some text ${String(i * 7919)}`).join('\n')}\n`;

	test('what is no archive comes back as it is', async () => {
		const file = fileOf('a,b\n1,2', 'x.csv');
		expect(await unpack(file)).toEqual([file]);
		const workbook = fileOf(zipSync({ 'xl/workbook.xml': strToU8('x') }), 'x.xlsx');
		expect(await unpack(workbook)).toEqual([workbook]);
		const picture = fileOf(bytes([0x89], 'PNG'), 'x.png');
		expect(await unpack(picture)).toEqual([picture]);
	});

	test('gzip gives its file, also when it was joined from several', async () => {
		const one = gzipSync(strToU8(csv));
		expect(await textsOf(await unpack(fileOf(one, 'day/cases.csv.gz')))).toEqual([csv]);
		expect(named(await unpack(fileOf(one, 'day/cases.csv.gz')))).toEqual(['day/cases.csv']);
		const two = gzipSync(strToU8('9,last\n'));
		expect(await textsOf(await unpack(fileOf(Uint8Array.from([...one, ...two]), 'c.gz')))).toEqual([`${csv}9,last\n`]);
	});

	test('zip gives its files with their folders, without what systems hide in archives', async () => {
		const archive = zipSync({
			'data/cases.csv': strToU8(csv),
			'data/stored.csv': [strToU8('a,b\n'), { level: 0 }],
			'data/': new Uint8Array(0),
			'__MACOSX/data/._cases.csv': strToU8('x'),
			'.DS_Store': strToU8('x'),
			'größe.csv': strToU8('x,y\n'),
		});
		const files = await unpack(fileOf(archive, 'all.zip'));
		expect(named(files).sort()).toEqual(['all.zip/data/cases.csv', 'all.zip/data/stored.csv', 'all.zip/größe.csv']);
		expect((await textsOf(files)).sort()).toEqual(['a,b\n', csv, 'x,y\n'].sort());
	});

	test('an archive in an archive is unpacked, one in that one is refused', async () => {
		const inner = zipSync({ 'a.csv': strToU8('a,b\n'), 'b.csv.gz': gzipSync(strToU8('c,d\n')) });
		await expect(unpack(fileOf(zipSync({ 'inner.zip': inner }), 'o.zip'))).rejects.toMatchObject({ code: 'read.archive' });
		const files = await unpack(fileOf(zipSync({ 'b.csv.gz': gzipSync(strToU8('c,d\n')) }), 'o.zip'));
		expect(named(files)).toEqual(['o.zip/b.csv']);
	});

	test('an archive that would fill memory is refused with the estimate, before and while it unpacks', async () => {
		const large = zipSync({ 'a.csv': new Uint8Array(3_000_000) });
		await expect(unpack(fileOf(large, 'a.zip'), { most: 1_000_000 })).rejects.toMatchObject({ code: 'read.too-large', message: expect.stringContaining('3.0 MB') as string });
		const lying = large.slice();
		const end = lying.length - 22;
		const directory = new DataView(lying.buffer).getUint32(end + 16, true);
		new DataView(lying.buffer).setUint32(directory + 24, 10, true);
		await expect(unpack(fileOf(lying, 'a.zip'), { most: 1_000_000 })).rejects.toMatchObject({ code: 'read.too-large', message: expect.stringContaining('more than') as string });
		const zipped = gzipSync(new Uint8Array(3_000_000));
		await expect(unpack(fileOf(zipped, 'a.gz'), { most: 1_000_000 })).rejects.toMatchObject({ code: 'read.too-large', message: expect.stringContaining('about 3.0 MB') as string });
		zipped.set([9, 0, 0, 0], zipped.length - 4);
		await expect(unpack(fileOf(zipped, 'a.gz'), { most: 1_000_000 })).rejects.toMatchObject({ code: 'read.too-large' });
	});

	test('a damaged archive is refused, wherever it is cut or changed', async () => {
		const one = gzipSync(strToU8(csv));
		const two = zipSync({ 'a.csv': strToU8(csv) });
		for (const cut of [12, 200, Math.floor(one.length / 2), one.length - 3]) await expect(unpack(fileOf(one.slice(0, cut), 'a.gz'))).rejects.toMatchObject({ code: 'read.archive' });
		for (const cut of [12, 200, Math.floor(two.length / 2), two.length - 3]) await expect(unpack(fileOf(two.slice(0, cut), 'a.zip'))).rejects.toMatchObject({ code: 'read.archive' });
		for (const at of [100, 5000, two.length - 400]) {
			const changed = two.slice();
			changed[at] = (changed[at] ?? 0) ^ 0x55;
			await expect(unpack(fileOf(changed, 'a.zip'))).rejects.toMatchObject({ code: 'read.archive' });
		}
	});

	test('an archive with a password is refused as such', async () => {
		const locked = zipSync({ 'a.csv': strToU8('a,b\n') });
		const directory = new DataView(locked.buffer).getUint32(locked.length - 6, true);
		locked[directory + 8] = 1;
		await expect(unpack(fileOf(locked, 'a.zip'))).rejects.toMatchObject({ code: 'read.archive', message: expect.stringContaining('password') as string });
	});

	test.skipIf(!hasShared)('the zipped files of ../shared/data are read', async () => {
		const [codes] = await unpack(sharedFile('hard-csv/duckdb/auto/product_codes_HS17_V202301.csv.gz'));
		expect((await taken(codes ?? fileOf(''))).source).toMatchObject({ rows: 5384, skipped: 0, columns: ['code', 'description'] });
		for (const name of ['latin1', 'utf16']) {
			const [inner] = await unpack(sharedFile(`hard-csv/duckdb/encodings/${name}.csv.gz`));
			expect((await taken(inner ?? fileOf(''))).rows).toEqual((await taken(sharedFile(`hard-csv/duckdb/encodings/${name}.csv`))).rows);
		}
	});
});
