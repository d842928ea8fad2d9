import { tableFromIPC } from '@uwdata/flechette';
import type { InputFile } from '../../src/engine/api.ts';
import type { Generated, GeneratedTable } from '../../src/pack/types.ts';

export type RawRow = Readonly<Record<string, string | null>>;

/** The rows of a generated table as text, without their row numbers. */
export function rawRows(table: GeneratedTable | undefined): RawRow[] {
	return (table?.chunks ?? []).flatMap((chunk) =>
		(tableFromIPC(chunk).toArray() as Record<string, unknown>[]).map((row) =>
			Object.fromEntries(Object.entries(row).flatMap(([name, cell]) => (name === '_row' ? [] : [[name, typeof cell === 'string' ? cell : null]]))),
		),
	);
}

export function rawTables(generated: Generated): Record<string, RawRow[]> {
	return Object.fromEntries(Object.entries(generated.tables).map(([name, table]) => [name, rawRows(table)]));
}

const cellText = (cell: string | null | undefined): string => (cell == null ? '' : /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** One CSV file per table, named and headed as the pack's contract says; RFC 4180. */
export function csvFiles(tables: Readonly<Record<string, readonly RawRow[]>>): InputFile[] {
	return Object.entries(tables).map(([name, rows]) => {
		const header = Object.keys(rows[0] ?? {});
		const lines = [header, ...rows.map((row) => header.map((column) => row[column]))].map((cells) => cells.map(cellText).join(','));
		return { name: `${name}.csv`, blob: new Blob([`${lines.join('\n')}\n`]) };
	});
}
