import type { Format, Note, ReadOptions, Sink, Source } from '../types.ts';
import { footerOf, headerNames, headerOf, type HeaderPlace } from './excel-header.ts';
import { columnLetters, type SheetFacts, type SheetRow } from './excel-sheet.ts';
import type { Room } from './reading.ts';
import { Table } from './table.ts';

const ahead = 60;
const held = 20;

/** The rows of one sheet as a table: what stands before the header and after the data becomes skipped lines, each with its reason. */
export class SheetTable {
	readonly #table: Table;
	readonly #options: ReadOptions;
	#place: HeaderPlace | null = null;
	#before: SheetRow[] = [];
	#header: SheetRow[] = [];
	#last: SheetRow[] = [];
	#width = 0;

	constructor(file: string, room: Room, options: ReadOptions) {
		this.#table = new Table(file, room);
		this.#options = options;
	}

	get rows(): number {
		return this.#table.rows;
	}

	row(row: SheetRow): void {
		this.#width = Math.max(this.#width, row.cells.length);
		if (this.#place) this.#hold(row);
		else if (this.#before.push(row) >= ahead) this.#begin();
	}

	finish(sink: Sink, source: { id: string; file: string; part: string | null; format: Format; notes: readonly Note[] }, facts: SheetFacts): Source {
		if (!this.#place) this.#begin();
		const names = headerNames(this.#header, facts.merges, this.#width);
		const footer = this.#options.dialect?.footer ?? footerOf(this.#last, Math.max(this.#filled().size, names.filter(Boolean).length));
		const data = this.#last.slice(0, Math.max(0, this.#last.length - footer));
		data.forEach((row) => this.#data(row));
		this.#last.slice(data.length).forEach((row) => this.#skip(row, 'excel.footer'));
		const filled = this.#filled();
		const notes = [...source.notes, ...this.#notes(facts, footer)];
		const order = Array.from({ length: this.#width }, (_, column) => column).filter((column) => filled.has(column) || (names[column] ?? '') !== '');
		return this.#table.deliver(sink, { ...source, notes }, {
			order: order.map(String),
			names: order.map((column) => names[column] ?? ''),
			unnamed: (index) => `column ${columnLetters(order[index] ?? index)}`,
		});
	}

	#begin(): void {
		const { preamble, headers } = this.#options.dialect ?? {};
		const found = headerOf(this.#before);
		this.#place = { preamble: preamble === undefined ? found.preamble : this.#before.filter(({ line }) => line <= preamble).length, headers: headers ?? found.headers };
		const start = this.#place.preamble + this.#place.headers;
		this.#before.slice(0, this.#place.preamble).forEach((row) => this.#skip(row, 'excel.preamble'));
		this.#header = this.#before.slice(this.#place.preamble, start);
		const rest = this.#before.slice(start);
		this.#before = [];
		rest.forEach((row) => this.#hold(row));
	}

	#hold(row: SheetRow): void {
		this.#last.push(row);
		if (this.#last.length > Math.max(held, this.#options.dialect?.footer ?? 0)) this.#data(this.#last.shift() as SheetRow);
	}

	#data(row: SheetRow): void {
		if (this.#isHeaderAgain(row)) return this.#skip(row, 'excel.header-again');
		row.cells.forEach((cell, column) => {
			if (!cell) return;
			const [key, name] = [String(column), columnLetters(column)];
			this.#table.cell(key, name, cell.text);
			if (cell.note) this.#table.note(cell.note, { key, name });
		});
		this.#table.endRow(row.line);
	}

	#isHeaderAgain({ cells }: SheetRow): boolean {
		const header = this.#header.at(-1)?.cells ?? [];
		return header.length > 1 && Array.from({ length: Math.max(header.length, cells.length) }, (_, i) => header[i]?.text === cells[i]?.text).every(Boolean);
	}

	#skip({ line, cells }: SheetRow, code: string): void {
		this.#table.skip(line, code, Array.from(cells, (cell) => cell?.text ?? '').filter((text) => text !== '').join(' · '));
	}

	/** Columns in which rows so far hold something. */
	#filled(): Set<number> {
		return new Set(this.#table.columns.map(({ key }) => Number(key)));
	}

	#notes(facts: SheetFacts, footer: number): Note[] {
		const { preamble = 0, headers = 0 } = this.#place ?? {};
		const start = this.#header.at(-1)?.line ?? 0;
		const merged = facts.merges.filter(({ lastRow }) => lastRow > start).length;
		return [
			{ code: 'excel.layout', preamble: (this.#header[0]?.line ?? preamble + 1) - 1, headers, footer },
			...(this.#width === 0 ? [{ code: 'excel.empty' }] : headers === 0 ? [{ code: 'excel.no-header' }] : []),
			...(merged > 0 ? [{ code: 'excel.merged', ranges: merged }] : []),
			...(facts.hiddenRows > 0 ? [{ code: 'excel.hidden-rows', rows: facts.hiddenRows }] : []),
			...(facts.hiddenColumns > 0 ? [{ code: 'excel.hidden-columns', columns: facts.hiddenColumns }] : []),
		];
	}
}
