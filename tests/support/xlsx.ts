import { inflateRawSync } from 'node:zlib';
import { JSDOM } from 'jsdom';

/** The files of a zip archive by its central directory (PKWARE APPNOTE 4.3.12), as text. */
export function unzipped(bytes: Uint8Array): Record<string, string> {
	const buffer = Buffer.from(bytes);
	const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
	let at = buffer.readUInt32LE(end + 16);
	const files: Record<string, string> = {};
	for (let i = 0; i < buffer.readUInt16LE(end + 10); i++) {
		const [method, size, nameLength, extra, comment, local] = [buffer.readUInt16LE(at + 10), buffer.readUInt32LE(at + 20), buffer.readUInt16LE(at + 28), buffer.readUInt16LE(at + 30), buffer.readUInt16LE(at + 32), buffer.readUInt32LE(at + 42)];
		const name = buffer.toString('utf8', at + 46, at + 46 + nameLength);
		const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
		const data = buffer.subarray(start, start + size);
		files[name] = (method === 8 ? inflateRawSync(data) : data).toString('utf8');
		at += 46 + nameLength + extra + comment;
	}
	return files;
}

export interface ReadCell {
	value: string | number | boolean | null;
	/** The number format in force, empty where there is none. */
	format: string;
}

export interface ReadBook {
	sheets: Record<string, ReadCell[][]>;
	/** Elements that would compute something. */
	formulas: number;
}

const columnOf = (address: string): number => [...address.replace(/\d+$/, '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

/** Excel's own escapes for characters in cells (`_x000D_`). */
const unescaped = (text: string): string => text.replaceAll(/_x([0-9a-fA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** Reads a workbook (ECMA-376) by its XML alone. */
export function readXlsx(bytes: Uint8Array): ReadBook {
	const files = unzipped(bytes);
	const parsed = (name: string): Document => new JSDOM(files[name] ?? '', { contentType: 'text/xml' }).window.document;
	const all = (node: Document | Element, name: string): Element[] => [...node.getElementsByTagName(name)];
	const strings = all(parsed('xl/sharedStrings.xml'), 'si').map((si) => unescaped(si.textContent));
	const styles = parsed('xl/styles.xml');
	const formats = new Map(all(styles, 'numFmt').map((format) => [format.getAttribute('numFmtId'), format.getAttribute('formatCode') ?? '']));
	const styleFormats = all(all(styles, 'cellXfs')[0] ?? styles, 'xf').map((xf) => formats.get(xf.getAttribute('numFmtId')) ?? '');
	const cellOf = (c: Element): ReadCell => {
		const text = all(c, 'v')[0]?.textContent ?? null;
		const type = c.getAttribute('t') ?? 'n';
		const value = text === null ? null : type === 's' ? (strings[Number(text)] ?? null) : type === 'b' ? text === '1' : type === 'n' ? Number(text) : text;
		return { value, format: styleFormats[Number(c.getAttribute('s') ?? -1)] ?? '' };
	};
	let formulas = 0;
	const sheets = all(parsed('xl/workbook.xml'), 'sheet').map((sheet, i): [string, ReadCell[][]] => {
		const document = parsed(`xl/worksheets/sheet${String(i + 1)}.xml`);
		formulas += all(document, 'f').length;
		const rows = all(document, 'row').map((row) => {
			const cells: ReadCell[] = [];
			for (const c of all(row, 'c')) cells[columnOf(c.getAttribute('r') ?? 'A1')] = cellOf(c);
			return Array.from(cells, (cell): ReadCell => cell ?? { value: null, format: '' });
		});
		return [sheet.getAttribute('name') ?? '', rows];
	});
	return { sheets: Object.fromEntries(sheets), formulas };
}

/** The instant of a serial number of the 1900 date system, ms. */
export const serialToMs = (serial: number): number => Math.round((serial - 25_569) * 86_400_000);
