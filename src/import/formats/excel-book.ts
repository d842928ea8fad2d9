import type { InputFile, ReadOptions } from '../types.ts';
import { formatShows, unescaped, type BookValues, type Shows } from './excel-cells.ts';
import { goOn, malformed, type Room } from './reading.ts';
import { XmlError, xmlReading, type XmlEvents } from './xml.ts';
import { unpacked, type ZipEntry } from './zip-entries.ts';

export interface BookSheet {
	name: string;
	/** `visible`, `hidden` or `veryHidden`. */
	state: string;
	entry: ZipEntry;
}

export interface Book extends BookValues {
	sheets: readonly BookSheet[];
}

export type ReadPart = (entry: ZipEntry, events: XmlEvents) => Promise<void>;

/** Reads one XML part of the workbook as it unpacks. */
export function partReader(file: InputFile, options: ReadOptions, rows: () => number): ReadPart {
	let done = 0;
	return async (entry, events) => {
		const xml = await xmlReading(events);
		const refuse = (reason: string, place: string): Error => malformed(file.name, 'an Excel workbook', reason, place);
		let taken = 0;
		try {
			const decoder = new TextDecoder('utf-8', { fatal: true });
			for await (const bytes of unpacked(file.blob, entry)) {
				goOn(file, options);
				xml.write(decoder.decode(bytes, { stream: true }));
				taken += bytes.length;
				options.progress?.(Math.min(file.blob.size, Math.round(done + (entry.packed * taken) / Math.max(1, entry.size))), rows());
			}
			xml.write(decoder.decode());
			xml.end();
			done += entry.packed;
		} catch (error) {
			if (error instanceof XmlError) throw refuse(error.message, `${entry.name}, line ${String(error.line)}`);
			if (error instanceof TypeError || isInflateError(error)) throw refuse('its archive is damaged', entry.name);
			throw error;
		}
	};
}

const isInflateError = (error: unknown): boolean => error instanceof Error && typeof (error as { code?: unknown }).code === 'number' && error.name !== 'ThroughlineError';

const attribute = (attributes: Readonly<Record<string, string>>, local: string): string | undefined => attributes[local] ?? Object.entries(attributes).find(([name]) => name.endsWith(`:${local}`))?.[1];

/** What stands around the sheets: their names and places, formats and shared texts. */
export async function readBook(file: InputFile, entries: readonly ZipEntry[], readPart: ReadPart, room: Room): Promise<Book> {
	const named = (name: string): ZipEntry | undefined => entries.find((entry) => entry.name.toLowerCase() === name.toLowerCase());
	const refuse = (reason: string): Error => malformed(file.name, 'an Excel workbook', reason);
	const main = await mainPart(named('_rels/.rels'), readPart);
	const workbook = named(main);
	if (!workbook) throw refuse(`${main} is missing in it`);
	const folder = main.slice(0, main.lastIndexOf('/') + 1);
	const relations = new Map<string, { type: string; path: string }>();
	const relationPart = named(`${folder}_rels/${main.slice(folder.length)}.rels`);
	if (!relationPart) throw refuse('the list of its parts is missing');
	await readPart(relationPart, {
		open: (name, { Id = '', Type = '', Target = '' }) => {
			if (name === 'Relationship') relations.set(Id, { type: Type.slice(Type.lastIndexOf('/') + 1), path: resolved(folder, Target) });
		},
		close: () => undefined,
	});
	const sheets: BookSheet[] = [];
	let from1904 = false;
	await readPart(workbook, {
		open: (name, attributes) => {
			if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '');
			if (name !== 'sheet') return;
			const relation = relations.get(attribute(attributes, 'id') ?? '');
			if (relation?.type !== 'worksheet') return;
			const entry = named(relation.path);
			if (!entry) throw refuse(`the sheet ${attributes.name ?? ''} is missing in it`);
			sheets.push({ name: unescaped(attributes.name ?? ''), state: attributes.state ?? 'visible', entry });
		},
		close: () => undefined,
	});
	const pathOf = (type: string): string => [...relations.values()].find((relation) => relation.type === type)?.path ?? '';
	const [styles, strings] = [named(pathOf('styles')), named(pathOf('sharedStrings'))];
	return { sheets, from1904, shows: styles ? await readStyles(styles, readPart) : [], strings: strings ? await readStrings(strings, readPart, room) : [] };
}

async function mainPart(relations: ZipEntry | undefined, readPart: ReadPart): Promise<string> {
	let path = 'xl/workbook.xml';
	if (!relations) return path;
	await readPart(relations, {
		open: (name, { Type = '', Target = '' }) => {
			if (name === 'Relationship' && Type.endsWith('/officeDocument')) path = resolved('', Target);
		},
		close: () => undefined,
	});
	return path;
}

function resolved(folder: string, target: string): string {
	if (target.startsWith('/')) return target.slice(1);
	const steps: string[] = [];
	for (const step of (folder + target).split('/')) {
		if (step === '..') steps.pop();
		else if (step !== '.') steps.push(step);
	}
	return steps.join('/');
}

async function readStyles(entry: ZipEntry, readPart: ReadPart): Promise<Shows[]> {
	const codes = new Map<number, string>();
	const ids: number[] = [];
	let within = false;
	await readPart(entry, {
		open: (name, { numFmtId = '0', formatCode = '' }) => {
			if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
			else if (name === 'cellXfs') within = true;
			else if (name === 'xf' && within) ids.push(Number(numFmtId));
		},
		close: (name) => {
			if (name === 'cellXfs') within = false;
		},
	});
	return ids.map((id) => formatShows(id, codes.get(id) ?? null));
}

/** Phonetic readings (`rPh`) are no part of the text. */
async function readStrings(entry: ZipEntry, readPart: ReadPart, room: Room): Promise<string[]> {
	const strings: string[] = [];
	let text = '';
	let inText = false;
	let phonetic = false;
	await readPart(entry, {
		open: (name) => {
			if (name === 'si') text = '';
			else if (name === 'rPh') phonetic = true;
			else if (name === 't') inText = !phonetic;
		},
		text: (piece) => {
			if (inText) text += piece;
		},
		close: (name) => {
			if (name === 't') inText = false;
			else if (name === 'rPh') phonetic = false;
			else if (name === 'si') {
				room.take(2 * text.length + 24);
				strings.push(unescaped(text));
			}
		},
	});
	return strings;
}
