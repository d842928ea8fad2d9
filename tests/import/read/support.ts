import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cellText } from '../../../src/import/read/columns.ts';
import { readDelimited } from '../../../src/import/read/delimited.ts';
import type { InputFile, ReadOptions, Reader, Source, TextBatch } from '../../../src/import/types.ts';
import { sharedData } from '../../support/engine.ts';

export type Cell = string | null;

export interface Taken {
	source: Source;
	columns: readonly string[];
	rows: Cell[][];
	lines: number[];
	batches: TextBatch[];
}

export const fileOf = (content: string | Uint8Array, name = 'a.csv'): InputFile => ({ name, blob: new Blob([typeof content === 'string' ? content : content.slice()]) });

export const rowsOf = (batch: TextBatch): Cell[][] => Array.from({ length: batch.rows }, (_, row) => batch.columns.map((_, c) => cellText(batch.columns, c, row)));

/** Everything a reader puts into a sink. */
export async function taken(file: InputFile, options: ReadOptions = {}, reader: Reader = readDelimited): Promise<Taken> {
	const batches: TextBatch[] = [];
	let columns: readonly string[] = [];
	const [source] = await reader(file, { begin: (begun) => (columns = begun.columns), rows: (_, batch) => batches.push(batch) }, options);
	if (!source) throw new Error('no source');
	return { source, columns, batches, rows: batches.flatMap(rowsOf), lines: batches.flatMap((batch) => [...batch.lines]) };
}

export const shared = (path: string): URL => new URL(path, sharedData);
export const hasShared = existsSync(sharedData);
export const sharedFile = (path: string): InputFile => ({ name: path.split('/').at(-1) ?? path, blob: new Blob([readFileSync(shared(path))]) });
export const sharedText = (path: string): string => readFileSync(shared(path), 'utf8');
export const sharedNames = (folder: string): string[] => (hasShared ? readdirSync(shared(folder)).sort() : []);
