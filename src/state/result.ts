import { tableFromIPC, Type } from '@uwdata/flechette';
import type { Column } from '../lib/cells.ts';
import type { ResultRow } from '../metrics/finish.ts';

export interface Result {
	columns: Column[];
	rows: ResultRow[];
}

const numbers: ReadonlySet<number> = new Set([Type.Int, Type.Float, Type.Decimal]);

/** Rows with the kinds of their columns, which stand even where there is no row. */
export function resultOf(bytes: Uint8Array): Result {
	const table = tableFromIPC(bytes, { useProxy: false });
	const columns = table.schema.fields.map(({ name, type }): Column => {
		const { typeId } = type;
		return { name, kind: numbers.has(typeId) ? 'number' : typeId === Type.Timestamp ? 'instant' : typeId === Type.Date ? 'day' : 'text' };
	});
	return { columns, rows: table.toArray() };
}
