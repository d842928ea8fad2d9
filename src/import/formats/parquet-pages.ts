import type { ColumnChunk, Compressors, FileMetaData, PageHeader } from 'hyparquet';

type ColumnMetaData = NonNullable<ColumnChunk['meta_data']>;

/** Values of a page at most: more, and a few bytes could ask for any amount of memory. */
const mostValues = 50_000_000;
const mostBytes = 1 << 30;

const bitWidth = (value: number): number => 32 - Math.clz32(value);

/**
 * hyparquet believes what pages say of their sizes and runs, and then fills memory or does not end. This looks at them before it does,
 * and throws where they cannot be true.
 */
export async function checkPages(buffer: ArrayBuffer, metadata: FileMetaData, meta: ColumnMetaData, compressors: Compressors): Promise<void> {
	const [{ parquetHeader }, { decompressPage }, { getSchemaPath, getMaxDefinitionLevel, getMaxRepetitionLevel }] = await Promise.all([import('hyparquet/src/column.js'), import('hyparquet/src/datapage.js'), import('hyparquet/src/schema.js')]);
	const path = getSchemaPath(metadata.schema, meta.path_in_schema);
	const levels = { repetition: getMaxRepetitionLevel(path), definition: getMaxDefinitionLevel(path) };
	const reader = { view: new DataView(buffer), offset: 0 };
	const size = reader.view.byteLength;
	let left = Number(meta.num_values);
	if (!(left >= 0 && left <= mostValues)) throw new Error('a column has impossibly many values');
	while (reader.offset < size - 1) {
		const header = parquetHeader(reader);
		const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
		if (!(packed >= 0 && reader.offset + packed <= size && unpacked >= 0 && unpacked <= mostBytes)) throw new Error('a page has an impossible size');
		const bytes = new Uint8Array(buffer, reader.offset, packed);
		reader.offset += packed;
		const first = header.data_page_header ?? header.data_page_header_v2;
		const values = header.type === 'DICTIONARY_PAGE' ? (header.dictionary_page_header?.num_values ?? -1) : (first?.num_values ?? -1);
		if (!(values >= 0 && values <= mostValues)) throw new Error('a page has impossibly many values');
		if (header.type === 'DICTIONARY_PAGE') {
			if (values > unpacked * 8) throw new Error('a dictionary is shorter than it says');
			continue;
		}
		left -= values;
		if (left < 0) throw new Error('pages have more values than their column');
		if (header.type === 'DATA_PAGE') checkFirst(decompressPage(bytes, unpacked, meta.codec, compressors), header, meta, levels);
		else if (header.type === 'DATA_PAGE_V2') checkSecond(bytes, header, meta, levels, (page, length) => decompressPage(page, length, meta.codec, compressors));
		else throw new Error('a page is of no known kind');
	}
}

interface Levels {
	repetition: number;
	definition: number;
}

function checkFirst(page: Uint8Array, header: PageHeader, meta: ColumnMetaData, { repetition, definition }: Levels): void {
	const { num_values: values = 0, encoding } = header.data_page_header ?? {};
	const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
	let at = 0;
	let present = values;
	for (const [level, counts] of [[repetition, false], [definition, true]] as const) {
		if (level === 0) continue;
		const length = view.getUint32(at, true);
		const full = checkRuns(view, at + 4, at + 4 + length, bitWidth(level), values, counts ? level : -1);
		if (counts) present = full;
		at += 4 + length;
	}
	checkValues(view, at, encoding, meta, present);
}

function checkSecond(bytes: Uint8Array, header: PageHeader, meta: ColumnMetaData, { repetition, definition }: Levels, unpack: (page: Uint8Array, length: number) => Uint8Array): void {
	const page = header.data_page_header_v2;
	if (!page) throw new Error('a page lacks its header');
	const { repetition_levels_byte_length: first, definition_levels_byte_length: second, num_values: values, num_nulls: nulls } = page;
	if (!(first >= 0 && second >= 0 && first + second <= bytes.length && nulls >= 0 && nulls <= values)) throw new Error('a page has impossible levels');
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (repetition > 0) checkRuns(view, 0, first, bitWidth(repetition), values, -1);
	if (definition > 0) checkRuns(view, first, first + second, bitWidth(definition), values, -1);
	const rest = bytes.subarray(first + second);
	const unpacked = page.is_compressed === false ? rest : unpack(rest, header.uncompressed_page_size - first - second);
	checkValues(new DataView(unpacked.buffer, unpacked.byteOffset, unpacked.byteLength), 0, page.encoding, meta, values - nulls);
}

function checkValues(view: DataView, start: number, encoding: string | undefined, meta: ColumnMetaData, values: number): void {
	let at = start;
	if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY' || encoding === 'RLE') {
		const isBoolean = meta.type === 'BOOLEAN';
		const width = isBoolean ? 1 : values > 0 ? view.getUint8(at++) : 0;
		if (width > 32) throw new Error('a page has impossible places in its dictionary');
		if (width === 0 && values > 0 && encoding !== 'RLE') return;
		const length = isBoolean && values > 0 ? view.getUint32(at, true) : view.byteLength - at;
		if (isBoolean) at += 4;
		if (values > 0) checkRuns(view, at, Math.min(at + length, view.byteLength), width, values, -1);
	} else if (encoding?.startsWith('DELTA_')) {
		if (values > 0) checkDelta(view, at);
	} else if (values > (view.byteLength - at) * 8) throw new Error('a page is shorter than it says');
}

function checkDelta(view: DataView, start: number): void {
	const block = variableInteger(view, start);
	const miniblocks = variableInteger(view, block.next);
	const perMiniblock = block.value / miniblocks.value;
	if (!(block.value > 0 && miniblocks.value > 0 && block.value <= 1 << 20 && Number.isInteger(perMiniblock))) throw new Error('a page has impossible blocks');
}

/** Walks runs of the RLE / bit-packed hybrid; returns how many of the values are `counted`. */
function checkRuns(view: DataView, start: number, end: number, width: number, values: number, counted: number): number {
	if (end > view.byteLength) throw new Error('a page is shorter than it says');
	let [at, seen, found] = [start, 0, 0];
	while (seen < values) {
		if (at >= end) throw new Error('a page is shorter than it says');
		const header = variableInteger(view, at);
		at = header.next;
		const count = header.value & 1 ? (header.value >>> 1) * 8 : header.value >>> 1;
		if (count === 0 || count > values - seen + (header.value & 1 ? 512 : 0)) throw new Error('a page has an impossible run');
		if (header.value & 1) {
			for (let i = 0; counted >= 0 && i < Math.min(count, values - seen); i++) if (bitsAt(view, at, i * width, width) === counted) found++;
			at += (count * width) / 8;
		} else {
			let value = 0;
			for (let byte = 0; byte < (width + 7) >> 3; byte++) value |= view.getUint8(at++) << (8 * byte);
			if (value === counted) found += count;
		}
		seen += count;
	}
	return counted >= 0 ? found : values;
}

function bitsAt(view: DataView, start: number, bit: number, width: number): number {
	let value = 0;
	for (let i = 0; i < width; i++) {
		const at = start + ((bit + i) >> 3);
		if (at < view.byteLength) value |= ((view.getUint8(at) >> ((bit + i) & 7)) & 1) << i;
	}
	return value;
}

/** An unsigned LEB128 number of at most five bytes. */
function variableInteger(view: DataView, start: number): { value: number; next: number } {
	let value = 0;
	for (let at = start; at < start + 5; at++) {
		const byte = view.getUint8(at);
		value = (value | ((byte & 127) << (7 * (at - start)))) >>> 0;
		if (byte < 128) return { value, next: at + 1 };
	}
	throw new Error('a page has an impossible number');
}
