import { float64, tableFromArrays, tableFromIPC, tableToIPC, utf8 } from '@uwdata/flechette';
import { kernelRows, type Kernel, type KernelGroup, type KernelRow } from '../metrics/statistics/kernels.ts';
import type { Duck } from './duckdb.ts';

const empty = new Float64Array();

/** Lists that one batch has fetched: several kernels may build on the same. */
export type Lists = Map<string, KernelGroup[]>;

/** A statement's rows by its kernel, as Arrow IPC bytes. */
export function runKernel(duck: Duck, kernel: Kernel, lists: Lists): Uint8Array {
	const groups = lists.get(kernel.sql) ?? groupsOf(duck.bytes(kernel.sql));
	lists.set(kernel.sql, groups);
	const limits = kernel.kind === 'survival' && kernel.limits !== null ? Object.values(duck.rows(kernel.limits)[0] ?? {}).map(Number) : [];
	return encoded(kernelRows(kernel, groups, limits));
}

/** Lists of numbers, without nulls, sorted; other columns are keys. */
function groupsOf(bytes: Uint8Array): KernelGroup[] {
	const table = tableFromIPC(bytes, { useProxy: false });
	const columns = table.schema.fields.map(({ name, type }) => ({ name, isList: 'children' in type, cells: table.getChild(name) }));
	return Array.from({ length: table.numRows }, (_, i) => {
		const keys: KernelRow = {};
		const lists: Record<string, Float64Array> = {};
		for (const { name, isList, cells } of columns) {
			const cell = cells.at(i) as string | number | ArrayLike<number> | null;
			if (isList) lists[name] = cell === null ? empty : Float64Array.from(cell as ArrayLike<number>).sort();
			else keys[name] = cell as string | number | null;
		}
		return { keys, lists };
	});
}

function encoded(rows: readonly KernelRow[]): Uint8Array {
	const names = Object.keys(rows[0] ?? { n: null });
	const isText = (name: string): boolean => rows.some((row) => typeof row[name] === 'string');
	const table = tableFromArrays(names.map((name): [string, (string | number | null)[]] => [name, rows.map((row) => row[name] ?? null)]), { types: Object.fromEntries(names.map((name) => [name, isText(name) ? utf8() : float64()])) });
	const bytes = tableToIPC(table, { format: 'file' });
	if (!bytes) throw new TypeError('no sink was given, so there must be bytes');
	return bytes;
}
