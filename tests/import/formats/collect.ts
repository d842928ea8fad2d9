import { ThroughlineError } from '../../../src/lib/errors.ts';
import type { InputFile, Reader, ReadOptions, Source, TextBatch, TextColumn } from '../../../src/import/types.ts';

export type Row = Record<string, string | null>;

export interface Collected {
	sources: Source[];
	/** By source id, in order; every cell by its column. */
	rows: Record<string, Row[]>;
	lines: Record<string, number[]>;
	batches: Record<string, number>;
}

export function fileOf(content: string | Uint8Array, name = 'given'): InputFile {
	return { name, blob: new Blob([content as BlobPart]) };
}

export function cellsOf(column: TextColumn, rows: number): (string | null)[] {
	const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	if (column.offsets.length !== rows + 1 || column.offsets[0] !== 0) throw new Error('offsets');
	if (column.offsets[rows] !== column.bytes.length) throw new Error('bytes');
	if (column.validity && column.validity.length !== (rows + 7) >> 3) throw new Error('validity');
	return Array.from({ length: rows }, (_, row) => {
		const valid = column.validity === null || ((column.validity[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;
		return valid ? decoder.decode(column.bytes.subarray(column.offsets[row], column.offsets[row + 1])) : null;
	});
}

function rowsOf(batch: TextBatch, columns: readonly string[]): Row[] {
	if (batch.columns.length !== columns.length) throw new Error('columns');
	const cells = batch.columns.map((column) => cellsOf(column, batch.rows));
	return Array.from({ length: batch.rows }, (_, row) => Object.fromEntries(columns.map((name, i) => [name, cells[i]?.[row] ?? null])));
}

/** Reads into memory, holding the reader to its contract: begin before rows, known columns, counts that agree. */
export async function collect(reader: Reader, file: InputFile, options: ReadOptions = {}): Promise<Collected> {
	const begun = new Map<string, readonly string[]>();
	const out: Collected = { sources: [], rows: {}, lines: {}, batches: {} };
	out.sources = await reader(
		file,
		{
			begin: ({ id, columns }) => {
				if (begun.has(id)) throw new Error(`${id} begins twice`);
				if (new Set(columns).size < columns.length || columns.some((name) => name === '' || name !== name.trim())) throw new Error('names');
				begun.set(id, columns);
				out.rows[id] = [];
				out.lines[id] = [];
			},
			rows: (id, batch) => {
				const columns = begun.get(id);
				if (!columns) throw new Error(`${id} has rows before it begins`);
				out.rows[id]?.push(...rowsOf(batch, columns));
				out.lines[id]?.push(...batch.lines);
				out.batches[id] = (out.batches[id] ?? 0) + 1;
			},
		},
		options,
	);
	for (const { id, rows, columns } of out.sources) {
		if ((out.rows[id]?.length ?? 0) !== rows) throw new Error(`${id} says ${String(rows)} rows`);
		if (columns.length > 0 && String(begun.get(id)) !== String(columns)) throw new Error(`${id} says other columns`);
	}
	return out;
}

/** The error of a refused file; anything else that is thrown, or nothing, is a failure of the test. */
export async function refusal(reader: Reader, file: InputFile, options: ReadOptions = {}): Promise<ThroughlineError> {
	try {
		await collect(reader, file, options);
	} catch (error) {
		if (error instanceof ThroughlineError && error.code !== 'unexpected') return error;
		throw error;
	}
	throw new Error('it was read');
}

/** Whether bytes are read or refused; anything else that is thrown fails the test. */
export async function readOrRefused(reader: Reader, content: Uint8Array, name = 'given'): Promise<'read' | 'refused'> {
	try {
		await collect(reader, fileOf(content, name));
		return 'read';
	} catch (error) {
		if (error instanceof ThroughlineError && error.code !== 'unexpected') return 'refused';
		throw error;
	}
}
