import { literal } from '../lib/sql-text.ts';
import type { GeneratedTable, Pack, RawTable } from '../pack/types.ts';
import type { Progress } from './api.ts';
import type { Duck } from './duckdb.ts';

/** Columns of a raw table as DuckDB holds them: the row number, the contract's columns as text, and a place for re-read JSON. */
export function rawColumns(table: RawTable): { name: string; type: string }[] {
	return [
		{ name: '_row', type: 'integer' },
		...Object.keys(table.columns).map((name) => ({ name, type: 'varchar' })),
		...jsonColumns(table).map((name) => ({ name: `${name}_fields`, type: 'varchar' })),
	];
}

export function jsonColumns(table: RawTable): string[] {
	return Object.entries(table.columns).filter(([, column]) => column.type === 'json').map(([name]) => name);
}

/** A raw table without a row: for optional files that were not given. */
export function createEmpty(duck: Duck, name: string, table: RawTable): void {
	duck.run(`create or replace table raw."${name}" (${rawColumns(table).map((column) => `"${column.name}" ${column.type}`).join(', ')})`);
}

export function insertGenerated(duck: Duck, pack: Pack, tables: Record<string, GeneratedTable>, progress?: Progress): void {
	const names = Object.keys(pack.raw);
	names.forEach((name, index) => {
		const contract = pack.raw[name];
		if (!contract) return;
		const started = performance.now();
		const given = tables[name];
		if (!given || given.chunks.length === 0) {
			createEmpty(duck, name, contract);
		} else {
			given.chunks.forEach((chunk, i) => duck.insertArrow(chunk, 'raw', name, i === 0));
			for (const column of jsonColumns(contract)) duck.run(`alter table raw."${name}" add column "${column}_fields" varchar`);
		}
		progress?.({ phase: 'raw', name, rows: given?.rows ?? 0, milliseconds: performance.now() - started, done: index + 1, total: names.length });
	});
}

function fieldType(fields: Readonly<Record<string, string>>): string {
	return `struct(${Object.entries(fields).map(([key, type]) => `"${key}" ${type}`).join(', ')})`;
}

/**
 * DuckDB's struct cast nulls the whole value at one unknown key and does not decode \n or \u. Cells that it cannot take,
 * or that hold an escape, are read here and written again with the declared keys only; the raw text stays as it came.
 */
export function rereadJson(duck: Duck, name: string, table: RawTable): void {
	for (const column of jsonColumns(table)) {
		const fields = table.columns[column]?.fields ?? {};
		const cells = duck.rows(`select _row, "${column}" as text from raw."${name}"
			where "${column}" is not null and trim("${column}") <> '' and (contains("${column}", '\\') or try_cast("${column}" as ${fieldType(fields)}) is null)`);
		const found = cells.flatMap((cell) => {
			const text = declaredOnly(String(cell.text), Object.keys(fields));
			return text === null ? [] : [{ row: Number(cell._row), text }];
		});
		for (let start = 0; start < found.length; start += 1000) {
			const values = found.slice(start, start + 1000).map(({ row, text }) => `(${String(row)}, ${literal(text)})`);
			duck.run(`update raw."${name}" as r set "${column}_fields" = v.text from (values ${values.join(', ')}) as v(row_number, text) where r._row = v.row_number`);
		}
	}
}

function declaredOnly(text: string, keys: readonly string[]): string | null {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
		const kept = Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
		return JSON.stringify(kept).replaceAll(/\\[nrt]/g, ' ');
	} catch {
		return null;
	}
}
