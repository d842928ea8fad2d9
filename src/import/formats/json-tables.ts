import type { Format, InputFile, Note, ReadOptions, Sink, Source } from '../types.ts';
import { ThroughlineError } from '../../lib/errors.ts';
import { carriedFrom, isCarried, Path, pathKey } from './json-paths.ts';
import { isScalar, jsonText, scalarText, type Json, type JsonObject, type JsonParts, type JsonScalar } from './json-values.ts';
import { Room } from './reading.ts';
import { Table } from './table.ts';

/** Longer texts of a record are not repeated on the records within it, nor those around a list on its rows. */
const longestCarried = 1000;

interface Cell {
	path: Path;
	text: string | null;
}

interface Place {
	table: Table;
	part: string | null;
	root: Path;
	/** The part whose records these stand in. */
	parent: Place | null;
}

/**
 * Records as tables: an object within a record becomes columns `a.b`, a list of records within it a table of its own that carries the
 * scalars of the records it stands in (as `parent.column` where names collide), a list of scalars one text joined by `; `.
 */
export class JsonTables implements JsonParts {
	rows = 0;
	skipped = 0;
	readonly #file: InputFile;
	readonly #options: ReadOptions;
	readonly #room: Room;
	readonly #places = new Map<string | null, Place>();
	readonly #around = new Map<string, { path: Path; text: string | null }>();
	readonly #scalars = new Map<string, { part: string | null; texts: string[]; lines: number[] }>();
	readonly #notes: Note[] = [];
	#repeated = 0;
	#repeatedName = '';

	constructor(file: InputFile, options: ReadOptions) {
		this.#file = file;
		this.#options = options;
		this.#room = new Room(file.name, options);
	}

	element(path: readonly string[], value: Json, line: number): void {
		const part = path.length === 0 ? null : path.join('.');
		if (value instanceof Map) this.#record(this.#place(part, null), value, line, []);
		else if (Array.isArray(value)) this.#list(this.#place(part, null), value, line);
		else if (value !== null) this.#scalar(part, path, value, line);
	}

	endOfArray(path: readonly string[]): void {
		const waiting = this.#scalars.get(pathKey(path));
		if (!waiting || path.length === 0 || this.#places.has(path.join('.'))) return;
		this.#scalars.delete(pathKey(path));
		this.#notes.push({ code: 'json.joined', column: path.join('.'), cells: 1 });
		this.member(path, waiting.texts.join('; '));
	}

	member(path: readonly string[], value: JsonScalar): void {
		if (path.length === 0) return;
		const key = pathKey(path);
		if (this.#around.has(key)) this.repeated(path.at(-1) ?? '');
		const text = scalarText(value);
		this.#room.take(2 * ((text?.length ?? 0) + key.length) + 100);
		this.#around.set(key, { path: new Path(key, path.join('.'), path), text });
	}

	repeated(name: string): void {
		this.#repeated++;
		this.#repeatedName ||= name;
	}

	/** A line or element that is no record. */
	skip(line: number, code: string, text: string): void {
		this.skipped++;
		this.#place(null, null).table.skip(line, code, text);
	}

	deliver(sink: Sink, format: Format): Source[] {
		for (const { part, texts, lines } of this.#scalars.values()) {
			texts.forEach((text, i) => this.#places.get(part)?.table.skip(lines[i] ?? 0, 'json.no-record', text));
		}
		if (this.#places.size === 0) this.#onlyRecord();
		const places = [...this.#places.values()].filter(({ table }) => table.columns.length > 0 || table.skipped > 0);
		if (!places.some(({ table }) => table.columns.length > 0 && table.rows > 0)) throw this.#nothing(this.#scalars.size > 0 ? 'it holds values, but no records' : 'it holds no list with records');
		if (this.#repeated > 0) this.#notes.push({ code: 'json.repeated-name', name: this.#repeatedName, cells: this.#repeated });
		const constants = this.#constants();
		const wanted = places.filter(({ part }) => this.#options.parts?.includes(part ?? '') ?? true);
		return wanted.map((place) => this.#give(place, sink, format, places.length > 1, constants));
	}

	#give({ table, part, parent }: Place, sink: Sink, format: Format, several: boolean, around: readonly { name: string; text: string }[]): Source {
		const own = new Set(table.columns.filter(({ key }) => !isCarried(key)).map(({ name }) => name));
		const names = table.columns.map(({ key, name }) => {
			if (!isCarried(key) || !own.has(name)) return name;
			return `${carriedFrom(key)}.${name}`;
		});
		const constants = around.map(({ name, text }) => ({ name: names.includes(name) ? `file.${name}` : name, text }));
		const id = several && part !== null ? `${this.#file.name}#${part}` : this.#file.name;
		const notes = [...this.#notes, ...(parent ? [{ code: 'json.nested', within: parent.part }] : [])];
		return table.deliver(sink, { id, file: this.#file.name, part, format, notes }, { names, constants });
	}

	/** A file that is one object without lists of records is one record. */
	#onlyRecord(): void {
		if (this.#around.size === 0) return;
		const { table } = this.#place(null, null);
		for (const { path, text } of this.#around.values()) table.cell(path.key, path.name, text);
		table.endRow(1);
		this.#around.clear();
	}

	#constants(): { name: string; text: string }[] {
		const cells = [...this.#around.values()];
		if (cells.length === 0) return [];
		const carried = cells.flatMap(({ path, text }) => (text !== null && text.length <= longestCarried ? [{ name: path.name, text }] : []));
		this.#notes.push({ code: 'json.around', columns: carried.map(({ name }) => name), left: cells.filter(({ text }) => text !== null && text.length > longestCarried).map(({ path }) => path.name) });
		return carried;
	}

	#nothing(reason: string): ThroughlineError {
		return new ThroughlineError('files.no-records', { file: this.#file.name, reason });
	}

	#place(part: string | null, parent: Place | null): Place {
		const known = this.#places.get(part);
		if (known) return known;
		if (this.#places.size >= 200) throw this.#nothing('it holds more than 200 lists of records');
		const place = { table: new Table(this.#file.name, this.#room), part, root: new Path('', '', []), parent };
		this.#places.set(part, place);
		return place;
	}

	#scalar(part: string | null, path: readonly string[], value: JsonScalar, line: number): void {
		const text = scalarText(value) ?? '';
		if (this.#places.has(part)) {
			this.skipped++;
			this.#places.get(part)?.table.skip(line, 'json.no-record', text);
			return;
		}
		this.#room.take(2 * text.length + 40);
		const waiting = this.#scalars.get(pathKey(path)) ?? { part, texts: [], lines: [] };
		waiting.texts.push(text);
		waiting.lines.push(line);
		this.#scalars.set(pathKey(path), waiting);
	}

	/** A row given as a list: its columns are named by their places. */
	#list(place: Place, values: readonly Json[], line: number): void {
		place.table.note('json.rows-as-lists');
		this.#record(place, new Map(values.map((value, i) => [String(i + 1), value])), line, []);
	}

	#record(place: Place, record: JsonObject, line: number, carried: readonly Cell[]): void {
		const { table, part } = place;
		const own: Cell[] = [];
		const within: { path: Path; records: readonly Json[] }[] = [];
		this.#flatten(table, record, place.root, own, within);
		for (const { path, text } of carried) table.cell(path.key, path.name, text);
		for (const { path, text } of own) table.cell(path.key, path.name, text);
		table.endRow(line);
		this.rows++;
		const more = within.length === 0 ? [] : [...carried, ...own.map((cell) => this.#carry(cell, part, table))];
		for (const { path, records } of within) {
			const child = this.#place([...(part === null ? [] : [part]), path.name].join('.'), place);
			for (const one of records) {
				if (one instanceof Map) this.#record(child, one, line, more);
				else if (one !== null) child.table.skip(line, 'json.no-record', isScalar(one) ? (scalarText(one) ?? '') : jsonText(one));
			}
		}
	}

	#carry({ path, text }: Cell, part: string | null, table: Table): Cell {
		const long = text !== null && text.length > longestCarried;
		if (long) table.note('json.not-carried', path);
		return { path: path.carriedFrom(part), text: long ? null : text };
	}

	#flatten(table: Table, record: JsonObject, before: Path, own: Cell[], within: { path: Path; records: readonly Json[] }[]): void {
		for (const [name, value] of record) {
			const path = before.then(name);
			if (value instanceof Map) this.#flatten(table, value, path, own, within);
			else if (!Array.isArray(value)) own.push({ path, text: scalarText(value) });
			else if (value.some((one) => one instanceof Map)) within.push({ path, records: value });
			else if (value.length > 0) own.push({ path, text: this.#joined(table, path, value) });
		}
	}

	#joined(table: Table, path: Path, list: readonly Json[]): string {
		const scalars = list.filter(isScalar);
		const nested = scalars.length < list.length;
		table.note(nested ? 'json.lists' : 'json.joined', path);
		return nested ? jsonText([...list]) : scalars.map((one) => scalarText(one) ?? '').join('; ');
	}
}
