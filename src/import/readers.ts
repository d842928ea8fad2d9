import type { Format, Reader } from './types.ts';

/** Readers by format; those of formats that few files have are loaded when one comes. */
export async function readerFor(format: Format): Promise<Reader> {
	switch (format) {
		case 'delimited':
			return (await import('./read/delimited.ts')).readDelimited;
		case 'json':
			return (await import('./formats/json.ts')).readJson;
		case 'json-lines':
			return (await import('./formats/json-lines.ts')).readJsonLines;
		case 'excel':
			return (await import('./formats/excel.ts')).readExcel;
		case 'parquet':
			return (await import('./formats/parquet.ts')).readParquet;
		case 'event-log':
			return (await import('./formats/event-log.ts')).readXes;
	}
}
