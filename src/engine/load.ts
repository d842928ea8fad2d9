import { ThroughlineError } from '../lib/errors.ts';
import type { CellType, Pack, RawTable } from '../pack/types.ts';
import type { BadCells, InputFile } from './api.ts';
import type { Duck } from './duckdb.ts';
import { createEmpty, jsonColumns } from './raw.ts';

export interface Matched {
	table: string;
	file: InputFile;
	header: string[];
}

const baseName = (name: string): string => (name.split(/[/\\]/).pop() ?? name).replace(/\.[^.]*$/, '').toLowerCase();

/** The first record of a CSV text, RFC 4180 quotes. */
function headerOf(text: string): string[] {
	const names: string[] = [];
	let name = '';
	let quoted = false;
	for (let i = 0; i < text.length; i++) {
		const c = text[i];
		if (quoted) {
			if (c === '"' && text[i + 1] === '"') name += text[++i] ?? '';
			else if (c === '"') quoted = false;
			else name += c ?? '';
		} else if (c === '"') quoted = true;
		else if (c === ',') {
			names.push(name);
			name = '';
		} else if (c === '\n' || c === '\r') break;
		else name += c ?? '';
	}
	return [...names, name].map((each) => each.trim());
}

/** What a text is when it is plainly something else than comma-separated lines. */
function otherFormat(text: string): string | null {
	const start = text.trimStart();
	if (start.startsWith('<')) return 'it is a web page or XML';
	if (/^[[{]/.test(start)) return 'it is JSON';
	return null;
}

function textOf(file: InputFile): string {
	if (file.bytes.length === 0) throw new ThroughlineError('files.empty', { file: file.name, reason: 'the file has no bytes' });
	if (file.bytes.subarray(0, 4096).includes(0)) throw new ThroughlineError('files.not-text', { file: file.name, reason: 'it holds binary data' });
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
	} catch {
		throw new ThroughlineError('files.not-text', { file: file.name, reason: 'its text is not UTF-8' });
	}
}

/** Which file is which table, or the reason why these files cannot be this pack's data. Nothing is changed. */
export function matchFiles(pack: Pack, files: readonly InputFile[]): Matched[] {
	const matched = files.map((file): Matched => {
		const table = Object.keys(pack.raw).find((name) => name.toLowerCase() === baseName(file.name));
		const contract = table === undefined ? undefined : pack.raw[table];
		if (table === undefined || !contract) {
			throw new ThroughlineError('files.unknown', { file: file.name, expected: Object.keys(pack.raw).map((name) => `${name}.csv`).join(', ') });
		}
		const text = textOf(file);
		const other = otherFormat(text);
		if (other !== null) throw new ThroughlineError('files.not-text', { file: file.name, reason: other });
		const header = headerOf(text);
		if (text.trim() === '') throw new ThroughlineError('files.empty', { file: file.name, reason: 'there is nothing in it' });
		if (header.length < 2) throw new ThroughlineError('files.not-text', { file: file.name, reason: 'its first line has no comma' });
		const missing = Object.entries(contract.columns).filter(([name, column]) => column.required !== false && !header.includes(name)).map(([name]) => name);
		if (missing.length > 0) {
			throw new ThroughlineError('files.columns', { file: file.name, columns: missing.join(', '), plural: missing.length > 1 ? 's' : '', header: header.slice(0, 20).join(', ').slice(0, 300) });
		}
		const twice = header.filter((name, i) => header.indexOf(name) !== i);
		if (twice.length > 0) throw new ThroughlineError('files.duplicate-columns', { file: file.name, columns: [...new Set(twice)].join(', ') });
		const firstBreak = text.search(/[\r\n]/);
		if (firstBreak < 0 || text.slice(firstBreak).trim() === '') throw new ThroughlineError('files.empty', { file: file.name, reason: 'there is a header and nothing under it' });
		return { table, file, header };
	});
	for (const { table } of matched) {
		const same = matched.filter((other) => other.table === table);
		if (same.length > 1) throw new ThroughlineError('files.twice', { table, files: same.map((other) => other.file.name).join(', ') });
	}
	const absent = Object.entries(pack.raw).filter(([name, table]) => table.required && !matched.some((other) => other.table === name)).map(([name]) => `${name}.csv`);
	if (absent.length > 0) throw new ThroughlineError('files.missing', { files: absent.join(', ') });
	return matched;
}

/** Reads a matched file into raw, every cell as text, and returns how many lines were no record. */
export function readCsv(duck: Duck, { table, file, header }: Matched, contract: RawTable): { rows: number; rejected: number } {
	const name = `${table}.csv`;
	const columns = Object.keys(contract.columns).map((column) => (header.includes(column) ? `"${column}"` : `null::varchar as "${column}"`));
	duck.putFile(name, file.bytes.slice());
	try {
		const declared = header.map((column, i) => `'${(column === '' ? `column_${String(i + 1)}` : column).replaceAll("'", "''")}': 'varchar'`).join(', ');
		const options = `auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', columns = {${declared}}, null_padding = false, max_line_size = 16777216`;
		duck.run(`create or replace table raw."${table}" as
			select cast(row_number() over () as integer) as _row, ${columns.join(', ')}${jsonColumns(contract).map((column) => `, null::varchar as "${column}_fields"`).join('')}
			from read_csv('import/${name}', ${options}, store_rejects = true, rejects_table = 'rejected_lines', rejects_scan = 'rejected_scans')`);
		const rejected = Number(duck.rows('select count(distinct line) as n from rejected_lines')[0]?.n ?? 0);
		duck.run('drop table if exists rejected_lines');
		duck.run('drop table if exists rejected_scans');
		const rows = Number(duck.rows(`select count(*) as n from raw."${table}"`)[0]?.n ?? 0);
		if (rows === 0) throw new ThroughlineError('files.empty', { file: file.name, reason: rejected > 0 ? `none of its ${String(rejected)} lines fits the header` : 'there is a header and nothing under it' });
		return { rows, rejected };
	} catch (error) {
		if (error instanceof ThroughlineError && error.code === 'sql.failed') throw new ThroughlineError('files.not-text', { file: file.name, reason: error.message.split('\n')[0] ?? '' });
		throw error;
	} finally {
		duck.dropFile(name);
	}
}

export function fillMissing(duck: Duck, pack: Pack, matched: readonly Matched[]): void {
	for (const [name, table] of Object.entries(pack.raw)) {
		if (!matched.some((other) => other.table === name)) createEmpty(duck, name, table);
	}
}

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
