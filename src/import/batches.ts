import type { TextBatch, TextColumn } from './types.ts';

const encoder = new TextEncoder();

/** A batch ends after so many rows, cells or bytes, whichever comes first. */
const most = { rows: 50_000, cells: 4_000_000, bytes: 64 << 20 };

const nothing = new Uint8Array(0);

/** A column in whose rows nothing stands. */
export function missingColumn(rows: number): TextColumn {
	return { offsets: new Int32Array(rows + 1), bytes: nothing, validity: new Uint8Array((rows + 7) >> 3) };
}

/** A column whose rows all hold the same text. */
export function constantColumn(rows: number, text: string): TextColumn {
	const one = encoder.encode(text);
	const bytes = new Uint8Array(one.length * rows);
	for (let row = 0; row < rows; row++) bytes.set(one, row * one.length);
	return { offsets: Int32Array.from({ length: rows + 1 }, (_, row) => row * one.length), bytes, validity: null };
}

/** Texts pushed one after another into Arrow's Utf8 layout; a lone surrogate becomes U+FFFD. */
export class TextColumnBuilder {
	rows = 0;
	size = 0;
	#bytes = new Uint8Array(256);
	#offsets = new Int32Array(64);
	#validity: Uint8Array | null = null;

	push(text: string): void {
		const needed = this.size + text.length * 3;
		if (needed > this.#bytes.length) this.#grow(needed);
		if (!this.#writeAscii(text)) this.size += encoder.encodeInto(text, this.#bytes.subarray(this.size)).written;
		this.#close();
		if (this.#validity) this.#mark(this.rows - 1);
	}

	pushMissing(count = 1): void {
		if (count <= 0) return;
		if (!this.#validity) {
			this.#validity = new Uint8Array((this.#offsets.length + 7) >> 3);
			for (let row = 0; row < this.rows; row++) this.#mark(row);
		}
		for (let i = 0; i < count; i++) this.#close();
	}

	/** What was pushed; the builder is empty afterwards. */
	finish(): TextColumn {
		const column = {
			offsets: this.#offsets.slice(0, this.rows + 1),
			bytes: this.#bytes.slice(0, this.size),
			validity: this.#validity && this.#validity.slice(0, (this.rows + 7) >> 3),
		};
		this.rows = this.size = 0;
		this.#validity = null;
		return column;
	}

	/** For short texts a loop is several times faster than encodeInto. */
	#writeAscii(text: string): boolean {
		if (text.length > 48) return false;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			if (code > 127) return false;
			this.#bytes[this.size + i] = code;
		}
		this.size += text.length;
		return true;
	}

	#grow(needed: number): void {
		const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
		grown.set(this.#bytes.subarray(0, this.size));
		this.#bytes = grown;
	}

	#mark(row: number): void {
		if (!this.#validity) return;
		this.#validity[row >> 3] = (this.#validity[row >> 3] ?? 0) | (1 << (row & 7));
	}

	#close(): void {
		if (++this.rows >= this.#offsets.length) {
			const offsets = new Int32Array(this.#offsets.length * 2);
			offsets.set(this.#offsets);
			this.#offsets = offsets;
			if (this.#validity) {
				const validity = new Uint8Array((offsets.length + 7) >> 3);
				validity.set(this.#validity);
				this.#validity = validity;
			}
		}
		this.#offsets[this.rows] = this.size;
	}
}

/**
 * Rows of cells into batches. A cell that is not set is missing, and columns may appear at any time: a batch has as many as were
 * known when it ended (`widened` adds the others).
 */
export class BatchBuilder {
	rows = 0;
	#columns: TextColumnBuilder[] = [];
	#lines = new Int32Array(256);
	#bytes = 0;
	readonly #emit: (batch: TextBatch) => void;

	constructor(emit: (batch: TextBatch) => void, columns = 0) {
		this.#emit = emit;
		if (columns > 0) this.#column(columns - 1);
	}

	/** Once per row and column. */
	set(index: number, text: string | null): void {
		const column = this.#column(index);
		if (column.rows > this.rows) throw new RangeError('two texts for one cell');
		if (text === null) return;
		column.pushMissing(this.rows - column.rows);
		const before = column.size;
		column.push(text);
		this.#bytes += column.size - before;
	}

	/** `line`: where the row begins. */
	endRow(line: number): void {
		if (this.rows >= this.#lines.length) {
			const lines = new Int32Array(this.#lines.length * 2);
			lines.set(this.#lines);
			this.#lines = lines;
		}
		this.#lines[this.rows++] = line;
		const cells = this.rows * this.#columns.length;
		if (this.rows >= most.rows || cells >= most.cells || this.#bytes >= most.bytes) this.finish();
	}

	finish(): void {
		if (this.rows === 0) return;
		const { rows } = this;
		const columns = this.#columns.map((column) => {
			if (column.rows === 0) return missingColumn(rows);
			column.pushMissing(rows - column.rows);
			return column.finish();
		});
		const lines = this.#lines.slice(0, rows);
		this.rows = this.#bytes = 0;
		this.#emit({ rows, columns, lines });
	}

	#column(index: number): TextColumnBuilder {
		while (this.#columns.length <= index) this.#columns.push(new TextColumnBuilder());
		return this.#columns[index] as TextColumnBuilder;
	}
}

export function batchBytes(batch: TextBatch): number {
	return batch.columns.reduce((sum, { offsets, bytes, validity }) => sum + offsets.byteLength + bytes.length + (validity?.length ?? 0), batch.lines.byteLength);
}
