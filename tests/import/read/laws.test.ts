import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codePage } from '../../../src/import/read/code-pages.ts';
import { delimitedReader, readDelimited } from '../../../src/import/read/delimited.ts';
import { surveyor } from '../../../src/import/read/survey.ts';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import { fileOf, taken, type Cell, type Taken } from './support.ts';

interface Written {
	delimiter: string;
	quote: string;
	escape: string;
	end: string;
	always: boolean;
	lastEnd: boolean;
}

const dialects = fc.record({
	delimiter: fc.constantFrom(',', ';', '\t', '|', '^', '~', '\u0001', '::', '§'),
	quote: fc.constantFrom('"', '"', '"', "'"),
	backslash: fc.boolean(),
	end: fc.constantFrom('\n', '\r\n', '\r'),
	always: fc.boolean(),
	lastEnd: fc.boolean(),
}).map(({ backslash, ...one }): Written => ({ ...one, escape: backslash ? '\\' : one.quote }));

const pieces = fc.constantFrom('a', 'Zoë', '12', '3,5', '2026-01-31', ' ', '  x', ',', ';', '\t', '|', '::', '^', '"', "'", '""', '\\', '\\"', '\n', '\r\n', '\r', '#', '😎', 'ł', '日本', '-', 'total', '\u0001', 'null');
const cells: fc.Arbitrary<Cell> = fc.oneof(
	{ weight: 2, arbitrary: fc.constant(null) },
	{ weight: 5, arbitrary: fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join('')) },
	{ weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);
const tables = fc.integer({ min: 1, max: 6 }).chain((width) =>
	fc.record({
		names: fc.uniqueArray(fc.stringMatching(/^[a-z][a-z_]{2,8}$/), { minLength: width, maxLength: width }),
		rows: fc.array(fc.array(cells, { minLength: width, maxLength: width }), { maxLength: 25 }),
	}),
).map(({ names, rows }) => ({ names, rows: rows.filter((row) => names.length === 1 || row.some((cell) => cell !== null)) }));

function write({ names, rows }: { names: string[]; rows: Cell[][] }, { delimiter, quote, escape, end, always, lastEnd }: Written): string {
	const special = (cell: string): boolean => always || cell === '' || cell.includes(delimiter) || cell.includes(delimiter[0] ?? '') || cell.includes(quote) || /[\r\n\\]|^\s|\s$|^sep=/.test(cell);
	const escaped = (cell: string): string => (escape === '\\' ? cell.replaceAll('\\', '\\\\') : cell).replaceAll(quote, escape + quote);
	const cell = (text: Cell): string => (text === null ? '' : special(text) ? quote + escaped(text) + quote : text);
	const text = [names, ...rows].map((row) => row.map(cell).join(delimiter)).join(end);
	const lastIsBlank = names.length === 1 && rows.at(-1)?.[0] === null;
	return lastEnd || lastIsBlank ? text + end : text;
}

const bytesIn = (text: string, encoding: 'utf-8' | 'utf-8-mark' | 'utf-16le' | 'utf-16be'): Uint8Array => {
	if (encoding === 'utf-8') return new TextEncoder().encode(text);
	if (encoding === 'utf-8-mark') return new TextEncoder().encode(`\ufeff${text}`);
	const marked = `\ufeff${text}`;
	const bytes = new Uint8Array(marked.length * 2);
	for (let i = 0; i < marked.length; i++) new DataView(bytes.buffer).setUint16(i * 2, marked.charCodeAt(i), encoding === 'utf-16le');
	return bytes;
};
const encodings = fc.constantFrom('utf-8', 'utf-8-mark', 'utf-16le', 'utf-16be');

const same = (read: Taken, names: readonly string[], rows: readonly Cell[][]): boolean => JSON.stringify([read.columns, read.rows]) === JSON.stringify([names, rows]);
/** What a person is told: a choice that is not sure, a note, a skipped line. */
const says = ({ source }: Taken): boolean => source.skipped > 0 || source.notes.length > 0 || Object.values(source.dialect ?? {}).some((choice) => !choice.sure);

/** Lone surrogates have no UTF-8 and a row like the header is a repeated header. */
const wellFormed = ({ names, rows }: { names: string[]; rows: Cell[][] }): boolean => rows.every((row) => row.every((cell) => cell === null || !/\p{Surrogate}/u.test(cell)) && row.some((cell, c) => cell?.trim() !== names[c]));

describe('tables', () => {
	test('written in any dialect and encoding, read in the same dialect, are equal: every character, missing and empty told apart', async () => {
		await fc.assert(
			fc.asyncProperty(tables.filter(wellFormed), dialects, encodings, async (table, dialect, encoding) => {
				const given = { delimiter: dialect.delimiter, quote: dialect.quote, escape: dialect.escape, headers: 1, preamble: 0, footer: 0 };
				const read = await taken(fileOf(bytesIn(write(table, dialect), encoding)), { dialect: given });
				expect(read.rows).toEqual(table.rows);
				expect(read.columns).toEqual(table.names);
				expect(read.source.skipped).toBe(0);
			}),
			{ numRuns: 200 },
		);
	});

	test('written in any dialect and encoding, read with nothing given, are equal, or what is doubtful is said', async () => {
		await fc.assert(
			fc.asyncProperty(tables.filter(wellFormed), dialects, encodings, async (table, dialect, encoding) => {
				const text = write(table, dialect);
				const read = await taken(fileOf(bytesIn(text, encoding)));
				if (!same(read, table.names, table.rows)) expect(says(read), JSON.stringify({ text, read: read.rows, dialect: read.source.dialect })).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});

	test('plain tables of ten rows and more are read as they were written, without a doubt about the delimiter', async () => {
		const plain = fc.record({ rows: fc.array(fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('open', 'closed', 'in review', 'a "quoted" word', 'one, two'), fc.integer({ min: 1, max: 28 }), fc.constantFrom('Łódź', 'Zürich', 'New York')), { minLength: 10, maxLength: 40 }) });
		await fc.assert(
			fc.asyncProperty(plain, dialects.filter((one) => one.quote === '"'), encodings, async ({ rows }, dialect, encoding) => {
				const table = { names: ['case', 'status', 'opened', 'place'], rows: rows.map(([id, status, day, place]) => [`C-${String(id)}`, status, `2026-01-${String(day).padStart(2, '0')}`, place]) };
				const read = await taken(fileOf(bytesIn(write(table, dialect), encoding)));
				expect(read.rows).toEqual(table.rows);
				expect(read.columns).toEqual(table.names);
				expect(read.source.dialect).toMatchObject({ delimiter: { value: dialect.delimiter }, headers: { value: 1 }, footer: { value: 0 } });
			}),
			{ numRuns: 100 },
		);
	});
});

const messy = fc.array(fc.constantFrom('a', 'b', '1', ',', ',', ';', '"', '"', '""', '\n', '\n', '\r\n', '\r', ' ', '\\', "'", '#', 'é', 'total', 'a,b\n', '\n\n', '\t'), { maxLength: 120 }).map((parts) => parts.join(''));

describe('any bytes', () => {
	test('are read or refused with a ThroughlineError, and every line is a row, skipped, blank or a header', async () => {
		const anything = fc.oneof(fc.uint8Array({ maxLength: 400 }), messy.map((text) => new TextEncoder().encode(text)));
		await fc.assert(
			fc.asyncProperty(anything, async (bytes) => {
				try {
					const { source, rows, lines } = await taken(fileOf(bytes));
					expect(rows.length).toBe(source.rows);
					expect(rows.every((row) => row.length === source.columns.length)).toBe(true);
					expect(new Set(source.columns.map((name) => name.toLowerCase())).size).toBe(source.columns.length);
					const accounted = [...lines, ...source.skippedLines.map((line) => line.line)];
					expect(new Set(accounted).size).toBe(accounted.length);
				} catch (error) {
					if (!(error instanceof ThroughlineError)) throw error;
				}
			}),
			{ numRuns: 400 },
		);
	});

	test('give the same rows, lines, skips and notes wherever they are cut into pieces', async () => {
		const dialect = fc.constantFrom({}, { delimiter: ',', quote: '"', escape: '"' }, { delimiter: ',', quote: '"', escape: '' }, { delimiter: ',', quote: '"', escape: '\\' }, { delimiter: ';' });
		const bytes = fc.oneof(messy.map((text) => new TextEncoder().encode(text)), messy.map((text) => bytesIn(text, 'utf-16le')), messy.map((text) => Uint8Array.from([...text].map((c) => c.charCodeAt(0) & 255))));
		await fc.assert(
			fc.asyncProperty(bytes, fc.integer({ min: 1, max: 40 }), dialect, async (content, size, given) => {
				const once = await taken(fileOf(content), { dialect: given }, readDelimited).catch((error: unknown) => error);
				const cut = await taken(fileOf(content), { dialect: given }, delimitedReader(size)).catch((error: unknown) => error);
				const plain = (read: unknown): unknown => (read instanceof Error ? read.message : { ...(read as Taken), batches: null });
				expect(plain(cut)).toEqual(plain(once));
			}),
			{ numRuns: 300 },
		);
	});
});

test('what a survey counts does not depend on where the bytes are cut', () => {
	fc.assert(
		fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => new TextEncoder().encode(text))), fc.integer({ min: 1, max: 9 }), (bytes, size) => {
			const once = surveyor();
			once.take(bytes);
			const cut = surveyor();
			for (let at = 0; at < bytes.length; at += size) cut.take(bytes.slice(at, at + size));
			expect({ ...cut.done(), around: null }).toEqual({ ...once.done(), around: null });
			let valid = true;
			try {
				new TextDecoder('utf-8', { fatal: true }).decode(bytes);
			} catch {
				valid = false;
			}
			expect(once.done().invalid === 0).toBe(valid);
		}),
		{ numRuns: 2000 },
	);
});

describe('encodings of one byte', () => {
	const texts: readonly (readonly [string, string])[] = [
		['windows-1250', 'Příliš žluťoučký kůň úpěl ďábelské ódy|Zażółć gęślą jaźń|Árvíztűrő tükörfúrógép|Łódź;Kraków;Gdańsk|Průměrná doba čekání v říjnu'],
		['windows-1251', 'Съешь ещё этих мягких французских булок|Москва|Время ожидания пациента|Отделение неотложной помощи'],
		['windows-1252', 'José Álvarez|Müller|François Dupont|Zoë|Ångström|“quoted” – 5 €|Straße|garçon à l’hôpital|Señor Muñoz'],
		['windows-1253', 'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία|Αθήνα|Θεσσαλονίκη|ώρα αναμονής ασθενών'],
		['windows-1254', 'Pijamalı hasta yağız şoföre çabucak güvendi|İstanbul|Eskişehir|Ağrı|Muğla hastanesi'],
		['windows-1255', 'דג סקרן שט בים מאוכזב|ירושלים|זמן המתנה במיון'],
		['windows-1256', 'نص حكيم له سر قاطع وذو شأن عظيم|القاهرة|وقت انتظار المريض'],
		['windows-1257', 'Įlinkdama fechtuotojo špaga sublykčiojusi|Glāžšķūņa rūķīši|Šiauliai|Rēzekne|Jūrmala'],
	];

	test.each(texts)('%s is told from the letters, and never called sure', async (encoding, text) => {
		const page = codePage(encoding) ?? [];
		const lines = ['name;count', ...text.split('|').map((line, i) => `"${line}";${String(i)}`)];
		const bytes = Uint8Array.from([...lines.join('\n')].map((c) => page.indexOf(c)));
		const { rows, source } = await taken(fileOf(bytes));
		expect(rows.map((row) => row[0])).toEqual(text.split('|'));
		expect(source.dialect?.encoding).toMatchObject({ value: encoding, sure: false });
		expect(source.dialect?.encoding.others).toContain('utf-8');
	});

	test('a byte that is no UTF-8 in the last line of a long file is seen, and its line named', async () => {
		const lines = Array.from({ length: 200_000 }, (_, i) => `${String(i)},closed`);
		const bytes = new TextEncoder().encode(`id,status\n${lines.join('\n')}\n7,`);
		const { rows, source } = await taken(fileOf(Uint8Array.from([...bytes, 0xe9, 0x74, 0xe9])));
		expect(source.dialect?.encoding.value).toBe('windows-1252');
		expect(source.dialect?.encoding.because).toContain('line 200002');
		expect(rows.at(-1)).toEqual(['7', 'été']);
	});

	test('bytes that cannot be decoded stand as � and are counted with their lines', async () => {
		const { rows, source } = await taken(fileOf(Uint8Array.from([...new TextEncoder().encode('id,name\n1,x'), 0xff, ...new TextEncoder().encode('y\n2,ok\n3,'), 0xc3])), { dialect: { encoding: 'utf-8' } });
		expect(rows).toEqual([['1', 'x\ufffdy'], ['2', 'ok'], ['3', '\ufffd']]);
		expect(source.notes).toEqual([{ code: 'undecodable', count: 2, lines: [2, 4], encoding: 'utf-8' }]);
	});
});
