import type { AsyncBuffer, Compressors, FileMetaData, SchemaElement, SchemaTree } from 'hyparquet';
import { ThroughlineError } from '../../lib/errors.ts';
import { TextColumnBuilder } from '../batches.ts';
import { columnNames } from '../column-names.ts';
import type { InputFile, Note, Reader, TextColumn } from '../types.ts';
import { checkPages } from './parquet-pages.ts';
import { leafText, nestedText } from './parquet-values.ts';
import { instantText } from './plain-values.ts';
import { goOn, malformed, Room } from './reading.ts';

const batchRows = 50_000;

/** A column's texts in batches of 50,000 rows. */
function* columnBatches(values: ArrayLike<unknown>, text: (value: unknown) => string | null): Generator<TextColumn> {
	const builder = new TextColumnBuilder();
	for (let row = 0; row < values.length; row++) {
		const cell = text(values[row]);
		if (cell === null) builder.pushMissing();
		else builder.push(cell);
		if (builder.rows >= batchRows || builder.size > 64 << 20) throwIfTooWide(builder);
		if (builder.rows === batchRows || row === values.length - 1) yield builder.finish();
	}
}

function throwIfTooWide(builder: TextColumnBuilder): void {
	if (builder.size > 1 << 30) throw new RangeError('one column is too large');
}

/** hyparquet makes numbers of decimals and Dates of instants, which lose digits: it is told of plain types, and texts are made here. */
function plainMetadata(metadata: FileMetaData, nested: ReadonlySet<SchemaElement>): FileMetaData {
	const schema = metadata.schema.map((element): SchemaElement => {
		if (element.type === undefined || (element.num_children ?? 0) > 0) return element;
		const { converted_type: converted, logical_type: logical, ...plain } = element;
		const isText = element.type === 'BYTE_ARRAY' && converted !== 'DECIMAL' && logical?.type !== 'DECIMAL';
		return nested.has(element) && isText ? { ...plain, converted_type: 'UTF8' } : plain;
	});
	return { ...metadata, schema };
}

const leavesOf = (node: SchemaTree): SchemaElement[] => (node.children.length === 0 ? [node.element] : node.children.flatMap(leavesOf));

function estimate(metadata: FileMetaData): number {
	return metadata.row_groups.reduce((most, { columns, num_rows: rows }) => {
		const bytes = columns.reduce((sum, { meta_data: meta }) => sum + Number(meta?.total_uncompressed_size ?? 0) + 8 * Number(meta?.num_values ?? 0), 0);
		return Math.max(most, bytes + 4 * Number(rows));
	}, 0);
}

/** One row group after another is in memory, as texts, with one column of it as values. */
export const readParquet: Reader = async (file, sink, options) => {
	try {
		return await read(file, sink, options);
	} catch (error) {
		if (error instanceof ThroughlineError) throw error;
		throw malformed(file.name, 'Parquet', error instanceof Error ? error.message : String(error));
	}
};

const read: Reader = async (file, sink, options) => {
	const [{ parquetMetadataAsync, parquetSchema }, { parquetReadColumn }, { compressors }] = await Promise.all([import('hyparquet'), import('hyparquet/src/read.js'), import('hyparquet-compressors')]);
	goOn(file, options);
	const buffer: AsyncBuffer = { byteLength: file.blob.size, slice: (start, end) => file.blob.slice(start, end).arrayBuffer() };
	const metadata = await parquetMetadataAsync(buffer, { geoparquet: false, parsers: { jsonFromBytes: () => null } });
	const { children } = parquetSchema(metadata);
	const header = children.map(({ element }) => element.name);
	if (new Set(header).size < header.length) throw malformed(file.name, 'Parquet', 'two columns have the same name');
	if (header.length > 5000) throw malformed(file.name, 'Parquet', 'it has more than 5000 columns');
	new Room(file.name, options).require(estimate(metadata));
	const nested = new Set(children.filter(({ children: inner }) => inner.length > 0).flatMap(leavesOf));
	const plain = plainMetadata(metadata, nested);
	const columns = columnNames(header);
	const source = { id: file.name, file: file.name, part: null, format: 'parquet' as const, columns, header };
	sink.begin({ id: source.id, part: null, columns });

	const odd = new Map<string, number>();
	const texts = children.map((node, i) => {
		const name = columns[i] ?? '';
		const oddBytes = (): void => void odd.set(name, (odd.get(name) ?? 0) + 1);
		if (node.children.length === 0 && node.element.repetition_type !== 'REPEATED') return leafText(node.element, oddBytes);
		const text = nestedText(node, oddBytes);
		return (value: unknown) => (value === null || value === undefined ? null : text(value));
	});
	let rows = 0;
	for (const group of metadata.row_groups) {
		const groupRows = Number(group.num_rows);
		if (groupRows <= 0) continue;
		await checkGroup(file, metadata, group, compressors);
		const batches: TextColumn[][] = [];
		for (const [i, name] of header.entries()) {
			goOn(file, options);
			const values = await parquetReadColumn({ file: buffer, metadata: plain, columns: [name], rowStart: rows, rowEnd: rows + groupRows, compressors, utf8: false, parsers: { timestampFromNanoseconds: (units: bigint) => instantText(units, 1_000_000_000n) } });
			if (values.length !== groupRows) throw malformed(file.name, 'Parquet', `column ${name} has ${String(values.length)} values where ${String(groupRows)} rows should be`);
			let batch = 0;
			for (const column of columnBatches(values, texts[i] ?? String)) (batches[batch++] ??= []).push(column);
			options.progress?.(progressOf(file, metadata, rows, groupRows, (i + 1) / header.length), rows);
		}
		for (const batch of batches) {
			const count = (batch[0]?.offsets.length ?? 1) - 1;
			sink.rows(source.id, { rows: count, columns: batch, lines: Int32Array.from({ length: count }, (_, i) => rows + i + 1) });
			rows += count;
		}
	}
	if (rows === 0) throw new ThroughlineError('files.no-records', { file: file.name, reason: 'it has no rows' });
	const notes: Note[] = [...odd].map(([column, cells]) => ({ code: 'parquet.bytes', column, cells }));
	children.forEach((node, i) => {
		if (node.children.length > 0) notes.push({ code: 'parquet.nested', column: columns[i] });
	});
	return [{ ...source, rows, skipped: 0, skippedLines: [], notes, dialect: null }];
};

function progressOf(file: InputFile, metadata: FileMetaData, rows: number, groupRows: number, share: number): number {
	return Math.min(file.blob.size, Math.round((file.blob.size * (rows + groupRows * share)) / Math.max(1, Number(metadata.num_rows))));
}

async function checkGroup(file: InputFile, metadata: FileMetaData, group: FileMetaData['row_groups'][number], compressors: Compressors): Promise<void> {
	for (const { meta_data: meta } of group.columns) {
		if (!meta) throw malformed(file.name, 'Parquet', 'it is encrypted or lacks the place of a column');
		const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
		const end = start + Number(meta.total_compressed_size);
		if (!(start >= 0 && end >= start && end <= file.blob.size)) throw malformed(file.name, 'Parquet', `column ${meta.path_in_schema.join('.')} lies outside of the file`);
		await checkPages(await file.blob.slice(start, end).arrayBuffer(), metadata, meta, compressors);
	}
}

