import { breath } from '../lib/breath.ts';
import type { GeneratedTable } from '../pack/types.ts';

type Tables = Record<string, GeneratedTable>;

/** Generated tables that are kept for an engine that may have to be replaced. */
export interface PutBy {
	/** The same tables; null where they could not be kept. */
	taken(): Promise<Tables | null>;
}

/** As Blobs, which the browser holds outside the page's memory and may write to disk. Chunk by chunk, so that no copy blocks the page for long. */
export function putBy(tables: Tables): PutBy {
	const away = putAway(tables).catch(() => null);
	return { taken: async () => fetched(await away).catch(() => null) };
}

/** All memory that tables stand in, to be handed over with them. */
export function buffersOf(tables: Tables): ArrayBuffer[] {
	return [...new Set(Object.values(tables).flatMap(({ chunks }) => chunks.map(({ buffer }) => buffer as ArrayBuffer)))];
}

interface Away {
	name: string;
	rows: number;
	chunks: Blob[];
}

async function putAway(tables: Tables): Promise<Away[]> {
	const away: Away[] = [];
	for (const [name, { chunks, rows }] of Object.entries(tables)) {
		const table: Away = { name, rows, chunks: [] };
		for (const chunk of chunks) {
			await breath();
			// Bytes that have been handed to a worker are gone from here.
			if (chunk.length === 0) throw new RangeError(`the bytes of ${name} are gone`);
			table.chunks.push(new Blob([chunk as Uint8Array<ArrayBuffer>]));
		}
		away.push(table);
	}
	return away;
}

async function fetched(away: readonly Away[] | null): Promise<Tables | null> {
	if (away === null) return null;
	const tables = away.map(async ({ name, rows, chunks }) => [name, { rows, chunks: await Promise.all(chunks.map(async (chunk) => new Uint8Array(await chunk.arrayBuffer()))) }] as const);
	return Object.fromEntries(await Promise.all(tables));
}
