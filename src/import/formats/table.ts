import { BatchBuilder, batchBytes, constantColumn, missingColumn } from '../batches.ts';
import { columnNames } from '../column-names.ts';
import type { Format, Note, Sink, SkippedLine, Source, TextBatch } from '../types.ts';
import { malformed, type Room } from './reading.ts';

const mostColumns = 5000;
const mostSkipped = 1000;

/**
 * A table whose columns show themselves row by row. Its batches are held (texts as bytes, four more per cell) until all columns are
 * known; then `deliver` gives them on.
 */
export class Table {
	rows = 0;
	skipped = 0;
	readonly skippedLines: SkippedLine[] = [];
	readonly #columns = new Map<string, number>();
	readonly #header: string[] = [];
	readonly #notes = new Map<string, { code: string; column: number | null; cells: number }>();
	#batches: TextBatch[] = [];
	readonly #builder: BatchBuilder;
	readonly #file: string;

	constructor(file: string, room: Room) {
		this.#file = file;
		this.#builder = new BatchBuilder((batch) => {
			room.take(batchBytes(batch));
			this.#batches.push(batch);
		});
	}

	/** A cell of the row that is being written; `key` tells columns apart, `name` is what stands in the file. */
	cell(key: string, name: string, text: string | null): void {
		this.#builder.set(this.#column(key, name), text);
	}

	endRow(line: number): void {
		this.rows++;
		this.#builder.endRow(line);
	}

	skip(line: number, code: string, text: string): void {
		this.skipped++;
		if (this.skippedLines.length < mostSkipped) this.skippedLines.push({ line, code, text: text.slice(0, 200) });
	}

	/** Counted by code and column. */
	note(code: string, column?: { key: string; name: string }): void {
		const index = column ? this.#column(column.key, column.name) : null;
		const id = `${code}\u0000${String(index)}`;
		const note = this.#notes.get(id) ?? { code, column: index, cells: 0 };
		note.cells++;
		this.#notes.set(id, note);
	}

	/** Keys of the columns in their order, and their names as they stand in the file. */
	get columns(): readonly { key: string; name: string }[] {
		return [...this.#columns].map(([key, index]) => ({ key, name: this.#header[index] ?? '' }));
	}

	/** Gives everything to the sink; rows in which no column was ever named are none. `layout` may rename and order the columns; `constants` are columns with one text in all rows. */
	deliver(sink: Sink, source: { id: string; file: string; part: string | null; format: Format; notes: readonly Note[] }, layout: Layout = {}): Source {
		this.#builder.finish();
		const constants = layout.constants ?? [];
		const order = layout.order ?? [...this.#columns.keys()];
		const places = order.map((key) => this.#columns.get(key) ?? -1);
		const header = [...places.map((place, i) => layout.names?.[i] ?? this.#header[place] ?? ''), ...constants.map(({ name }) => name)];
		const columns = columnNames(header, layout.unnamed);
		if (columns.length === 0) this.#batches = [];
		else sink.begin({ id: source.id, part: source.part, columns });
		for (let batch = this.#batches.shift(); batch; batch = this.#batches.shift()) {
			const { rows, columns: held, lines } = batch;
			const cells = places.map((place) => held[place] ?? missingColumn(rows));
			sink.rows(source.id, { rows, lines, columns: [...cells, ...constants.map(({ text }) => constantColumn(rows, text))] });
		}
		const shown = (index: number | null): string | undefined => (index === null ? undefined : columns[places.indexOf(index)]);
		const counted = [...this.#notes.values()].map(({ code, column, cells }): Note => ({ code, ...(column === null ? {} : { column: shown(column) }), cells }));
		const { skipped, skippedLines } = this;
		const rows = columns.length === 0 ? 0 : this.rows;
		return { ...source, columns, header, rows, skipped, skippedLines, notes: [...source.notes, ...counted], dialect: null };
	}

	#column(key: string, name: string): number {
		const known = this.#columns.get(key);
		if (known !== undefined) return known;
		if (this.#header.length >= mostColumns) throw malformed(this.#file, 'a table', `it has more than ${String(mostColumns)} columns`);
		this.#columns.set(key, this.#header.length);
		return this.#header.push(name) - 1;
	}
}

export interface Layout {
	/** Keys in the order in which they are shown; absent: as they appeared. A key without cells is an empty column. */
	order?: readonly string[];
	/** Names for `order`; absent: those given with the cells. */
	names?: readonly string[];
	unnamed?: (index: number) => string;
	constants?: readonly { name: string; text: string }[];
}
