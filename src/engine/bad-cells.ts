import { ThroughlineError } from '../lib/errors.ts';
import type { CellType, RawTable } from '../pack/types.ts';
import type { BadCells } from './api.ts';
import type { Duck } from './duckdb.ts';

const readable: Partial<Record<CellType, (column: string) => string>> = {
	timestamp: (column) => `try_cast(${column} as timestamp) is not null`,
	number: (column) => `try_cast(${column} as double) is not null`,
	integer: (column) => `try_cast(${column} as double) is not null`,
	boolean: (column) => `lower(${column}) in ('0', '1', 'true', 'false')`,
};
const typeWords: Partial<Record<CellType, string>> = { timestamp: 'a date and time', number: 'a number', integer: 'a number', boolean: '0 or 1' };

/** Cells whose text is not of the column's type. A column that is mostly unreadable is the wrong column: the load is refused. */
export function findBadCells(duck: Duck, table: string, file: string, contract: RawTable): BadCells[] {
	const typed = Object.entries(contract.columns).filter(([, column]) => readable[column.type]);
	if (typed.length === 0) return [];
	const cell = (name: string): string => `nullif(trim("${name}"), '')`;
	const bad = (name: string, type: CellType): string => `(${cell(name)} is not null and not (${readable[type]?.(cell(name)) ?? 'true'}))`;
	const counts = duck.rows(`select ${typed.map(([name, { type }], i) => `count(${cell(name)}) as f${String(i)}, count(*) filter (where ${bad(name, type)}) as b${String(i)}`).join(', ')} from raw."${table}"`)[0] ?? {};
	return typed.flatMap(([name, { type }], i): BadCells[] => {
		const count = Number(counts[`b${String(i)}`] ?? 0);
		const filled = Number(counts[`f${String(i)}`] ?? 0);
		if (count === 0) return [];
		const examples = duck.rows(`select _row, "${name}" as text from raw."${table}" where ${bad(name, type)} order by _row limit 10`);
		const shown = examples.slice(0, 3).map((row) => `"${String(row.text).slice(0, 40)}" in row ${String(Number(row._row))}`).join(', ');
		if (count * 2 > filled) throw new ThroughlineError('files.cells', { file, column: name, count, filled, type: typeWords[type] ?? type, examples: shown });
		return [{ table, file, column: name, count, rows: examples.map((row) => Number(row._row)), example: String(examples[0]?.text ?? '').slice(0, 40) }];
	});
}
