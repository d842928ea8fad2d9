import { ThroughlineError } from '../../lib/errors.ts';
import type { Note, Reader, Source } from '../types.ts';
import { partReader, readBook, type Book } from './excel-book.ts';
import { readSheet } from './excel-sheet.ts';
import { SheetTable } from './excel-table.ts';
import { malformed, Room } from './reading.ts';
import { zipEntries, type ZipEntry } from './zip-entries.ts';

/** About what stays in memory of a sheet's XML: texts as bytes and four bytes a cell, where XML takes forty. */
const keptOf = { sheet: 0.4, strings: 2 };

const isNamed = (name: string) => (entry: ZipEntry): boolean => entry.name.toLowerCase().endsWith(name);

/**
 * Every sheet with something in it as a source; the texts of one sheet are in memory at a time. read-excel-file is not used: it gives nothing
 * for error cells, cuts times to the millisecond before (10:30 → 10:29:59.999) and takes the whole workbook into memory unmeasured.
 */
export const readExcel: Reader = async (file, sink, options) => {
	const refuse = (reason: string, place = ''): ThroughlineError => malformed(file.name, 'an Excel workbook', reason, place);
	try {
		const start = new Uint8Array(await file.blob.slice(0, 8).arrayBuffer());
		if (start[0] === 0xd0 && start[1] === 0xcf) throw refuse('it is protected by a password, or of the format before 2007; save it as .xlsx without a password');
		const entries = await zipEntries(file.blob);
		if (!entries) throw refuse('its archive is damaged');
		const room = new Room(file.name, options);
		const strings = entries.find(isNamed('sharedstrings.xml'));
		room.require((strings?.size ?? 0) * keptOf.strings);
		let rows = 0;
		const readPart = partReader(file, options, () => rows);
		const book = await readBook(file, entries, readPart, room);
		const wanted = book.sheets.filter(({ name }) => options.parts?.includes(name) ?? true);
		if (wanted.length === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: `it has no such sheet; its sheets: ${book.sheets.map(({ name }) => name).join(', ')}` });
		const sources: Source[] = [];
		for (const sheet of wanted) {
			const own = new Room(file.name, options);
			own.take(room.used);
			own.require(room.used + sheet.entry.size * keptOf.sheet);
			const table = new SheetTable(file.name, own, options);
			const before = rows;
			const facts = await readSheet(sheet.entry, book, readPart, (reason, place) => refuse(reason, [`sheet ${sheet.name}`, place].filter(Boolean).join(', ')), (row) => {
				rows = before + table.rows;
				table.row(row);
			});
			sources.push(table.finish(sink, { id: idOf(file.name, book, sheet.name), file: file.name, part: sheet.name, format: 'excel', notes: notesOf(sheet.state) }, facts));
			rows = before + table.rows;
		}
		if (rows === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: 'its sheets are empty' });
		return sources;
	} catch (error) {
		if (error instanceof ThroughlineError) throw error;
		throw refuse(error instanceof Error ? error.message : String(error));
	}
};

const idOf = (file: string, book: Book, sheet: string): string => (book.sheets.length > 1 ? `${file}#${sheet}` : file);

const notesOf = (state: string): Note[] => (state === 'visible' ? [] : [{ code: 'excel.hidden-sheet', state }]);
