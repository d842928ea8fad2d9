import { Field, Int32, makeData, RecordBatch, Schema, Struct, Table, tableToIPC, Utf8 } from 'apache-arrow';
import type { TextBatch } from '../types.ts';

/** The column that holds the line each row begins at. */
export const LINE = '_line';

/**
 * DuckDB-Wasm takes five times as long for batches that are inserted each in a transaction of its own: begin one before the first.
 *
 * One Arrow IPC stream: the columns by their names (unique, none of them `_line`) as Utf8, then `_line` as Int32.
 */
export function arrowOf(columns: readonly string[], batch: TextBatch): Uint8Array {
	const schema = new Schema([...columns.map((name) => new Field(name, new Utf8(), true)), new Field(LINE, new Int32(), false)]);
	const texts = batch.columns.map(({ offsets, bytes, validity }) =>
		makeData({
			type: new Utf8(),
			length: batch.rows,
			nullCount: validity === null ? 0 : -1,
			nullBitmap: validity,
			valueOffsets: offsets.subarray(0, batch.rows + 1),
			data: bytes,
		}),
	);
	const lines = makeData({ type: new Int32(), length: batch.rows, nullCount: 0, data: batch.lines.subarray(0, batch.rows) });
	const data = makeData({ type: new Struct(schema.fields), length: batch.rows, nullCount: 0, children: [...texts, lines] });
	return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}
