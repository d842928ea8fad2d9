import type { Format, Reader } from '../types.ts';

/** Readers of all formats but delimited text; each is loaded when a file needs it. */
export const formatReaders: Readonly<Record<Exclude<Format, 'delimited'>, Reader>> = {
	json: async (file, sink, options) => (await import('./json.ts')).readJson(file, sink, options),
	'json-lines': async (file, sink, options) => (await import('./json-lines.ts')).readJsonLines(file, sink, options),
	excel: async (file, sink, options) => (await import('./excel.ts')).readExcel(file, sink, options),
	parquet: async (file, sink, options) => (await import('./parquet.ts')).readParquet(file, sink, options),
	'event-log': async (file, sink, options) => (await import('./event-log.ts')).readXes(file, sink, options),
};
