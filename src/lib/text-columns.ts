import { Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from 'apache-arrow';

/** A column of text under construction: the bytes, offsets and validity bits of an Arrow Utf8 array. */
export interface TextColumn {
	bytes: Uint8Array;
	offsets: Int32Array;
	valid: Uint8Array;
	/** Cells so far. */
	length: number;
	/** Bytes so far. */
	size: number;
	nulls: number;
}

const encoder = new TextEncoder();
const ZERO = 48;

/** An empty column with room for `rows` cells; `width` is a guess of bytes per cell and may be exceeded. */
export function textColumn(rows: number, width = 12): TextColumn {
	return {
		bytes: new Uint8Array(rows * width + 64),
		offsets: new Int32Array(rows + 1),
		valid: new Uint8Array((rows + 7) >> 3),
		length: 0,
		size: 0,
		nulls: 0,
	};
}

function reserve(column: TextColumn, more: number): void {
	const needed = column.size + more;
	if (needed <= column.bytes.length) return;
	const grown = new Uint8Array(Math.max(needed, column.bytes.length * 2));
	grown.set(column.bytes.subarray(0, column.size));
	column.bytes = grown;
}

function close(column: TextColumn): void {
	const row = column.length++;
	if (row + 1 >= column.offsets.length) throw new RangeError(`text column: more than ${row} cells`);
	column.valid[row >> 3] = (column.valid[row >> 3] ?? 0) | (1 << (row & 7));
	column.offsets[row + 1] = column.size;
}

export function pushNull(column: TextColumn): void {
	close(column);
	const row = column.length - 1;
	column.valid[row >> 3] = (column.valid[row >> 3] ?? 0) & ~(1 << (row & 7));
	column.nulls++;
}

/** Text encoded once with `encodeText` and written many times. */
export function pushBytes(column: TextColumn, text: Uint8Array): void {
	reserve(column, text.length);
	column.bytes.set(text, column.size);
	column.size += text.length;
	close(column);
}

export function encodeText(text: string): Uint8Array {
	return encoder.encode(text);
}

export function pushText(column: TextColumn, text: string): void {
	reserve(column, text.length * 3);
	column.size += encoder.encodeInto(text, column.bytes.subarray(column.size)).written;
	close(column);
}

function writeInteger(column: TextColumn, value: number): void {
	if (value < 0) {
		column.bytes[column.size++] = 45;
		value = -value;
	}
	let digits = 1;
	for (let power = 10; power <= value; power *= 10) digits++;
	for (let at = column.size + digits - 1; at >= column.size; at--) {
		column.bytes[at] = ZERO + (value % 10);
		value = Math.floor(value / 10);
	}
	column.size += digits;
}

export function pushInteger(column: TextColumn, value: number): void {
	reserve(column, 20);
	writeInteger(column, value);
	close(column);
}

/** One decimal, from a whole number of tenths: 37 → `3.7`. Tenths are not negative. */
export function pushTenths(column: TextColumn, tenths: number): void {
	reserve(column, 20);
	writeInteger(column, Math.floor(tenths / 10));
	column.bytes[column.size++] = 46;
	column.bytes[column.size++] = ZERO + (tenths % 10);
	close(column);
}

function writePair(column: TextColumn, value: number): void {
	column.bytes[column.size++] = ZERO + Math.floor(value / 10);
	column.bytes[column.size++] = ZERO + (value % 10);
}

/** Year, month and day of a day number since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms"). */
export function civilDate(day: number): { year: number; month: number; day: number } {
	const shifted = day + 719468;
	const era = Math.floor(shifted / 146097);
	const dayOfEra = shifted - era * 146097;
	const yearOfEra = Math.floor(
		(dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
	);
	const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
	const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
	return {
		year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
		month,
		day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
	};
}

function writeDate(column: TextColumn, day: number): void {
	const date = civilDate(day);
	writePair(column, Math.floor(date.year / 100));
	writePair(column, date.year % 100);
	column.bytes[column.size++] = 45;
	writePair(column, date.month);
	column.bytes[column.size++] = 45;
	writePair(column, date.day);
}

/** `2026-03-01`, from days since 1970-01-01. */
export function pushDate(column: TextColumn, day: number): void {
	reserve(column, 10);
	writeDate(column, day);
	close(column);
}

/** `2026-03-01T09:15:00`, from whole seconds since 1970-01-01T00:00:00. */
export function pushTimestamp(column: TextColumn, seconds: number): void {
	reserve(column, 19);
	const day = Math.floor(seconds / 86400);
	const second = seconds - day * 86400;
	writeDate(column, day);
	column.bytes[column.size++] = 84;
	writePair(column, Math.floor(second / 3600));
	column.bytes[column.size++] = 58;
	writePair(column, Math.floor((second % 3600) / 60));
	column.bytes[column.size++] = 58;
	writePair(column, second % 60);
	close(column);
}

/** Arrow IPC stream bytes: `_row` (Int32, counting from `firstRow`), then the columns in the order given. */
export function textTable(columns: Readonly<Record<string, TextColumn>>, firstRow: number): Uint8Array {
	const names = Object.keys(columns);
	const built = Object.values(columns);
	const rows = built[0]?.length ?? 0;
	const schema = new Schema([
		new Field('_row', new Int32(), false),
		...names.map((name) => new Field(name, new Utf8(), true)),
	]);
	const numbers = makeData({ type: new Int32(), length: rows, nullCount: 0, data: Int32Array.from({ length: rows }, (_, i) => firstRow + i) });
	const texts = built.map((column) => {
		if (column.length !== rows) throw new RangeError('text table: columns of different lengths');
		return makeData({
			type: new Utf8(),
			length: rows,
			nullCount: column.nulls,
			nullBitmap: column.nulls > 0 ? column.valid : null,
			valueOffsets: column.offsets.subarray(0, rows + 1),
			data: column.bytes.subarray(0, column.size),
		});
	});
	const data = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children: [numbers, ...texts] });
	return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}
