import type { GeneratedTable } from '../../../pack/types.ts';
import { textColumn, textTable } from '../../../lib/text-columns.ts';
import type { TextColumn } from '../../../lib/text-columns.ts';

const CHUNK = 100_000;

/** Rows on their way into Arrow chunks of at most 100,000. Fill every column of `columns`, then `endRow`. */
export interface TableWriter<Name extends string> {
	columns: Record<Name, TextColumn>;
	names: readonly Name[];
	/** Room of the columns under construction. */
	room: number;
	filled: number;
	rows: number;
	chunks: Uint8Array[];
}

function emptyColumns<Name extends string>(names: readonly Name[], rows: number): Record<Name, TextColumn> {
	return Object.fromEntries(names.map((name) => [name, textColumn(rows)])) as Record<Name, TextColumn>;
}

/** `expected` rows or a few more; the exact number is not needed. */
export function tableWriter<Name extends string>(names: readonly Name[], expected: number): TableWriter<Name> {
	const room = Math.min(CHUNK, Math.ceil(expected * 1.05) + 100);
	return { columns: emptyColumns(names, room), names, room, filled: 0, rows: 0, chunks: [] };
}

function flush<Name extends string>(writer: TableWriter<Name>): void {
	writer.chunks.push(textTable(writer.columns, writer.rows - writer.filled + 1));
	writer.columns = emptyColumns(writer.names, writer.room);
	writer.filled = 0;
}

export function endRow<Name extends string>(writer: TableWriter<Name>): void {
	writer.rows++;
	if (++writer.filled === writer.room) flush(writer);
}

export function finish<Name extends string>(writer: TableWriter<Name>): GeneratedTable {
	if (writer.filled > 0 || writer.chunks.length === 0) flush(writer);
	return { chunks: writer.chunks, rows: writer.rows };
}
