import { readFileSync, existsSync } from 'node:fs';
import type { EngineApi, Dataset } from '../../../src/engine/api.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { quickPack } from '../../../src/import/quick/pack.ts';
import type { Evidence, QuickPlan } from '../../../src/import/quick/types.ts';
import type { ColumnProfile, ColumnReading, Conversion, Source } from '../../../src/import/types.ts';
import { pushNull, pushText, textColumn, textTable } from '../../../src/lib/text-columns.ts';
import type { GeneratedTable, Pack } from '../../../src/pack/types.ts';
import { sharedData } from '../../support/engine.ts';

/** A table as it came, by columns. */
export interface Given {
	name: string;
	columns: { name: string; cells: (string | null)[] }[];
}

type Kind = 'text' | 'number' | 'timestamp' | 'boolean';

const day = /^(\d{4})-(\d{2})-(\d{2})$/;
const american = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const instant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

function timestamp(text: string): string | null {
	const us = american.exec(text);
	if (us) return `${us[3] ?? ''}-${us[1] ?? ''}-${us[2] ?? ''} 00:00:00`;
	if (day.test(text)) return `${text} 00:00:00`;
	if (!instant.test(text)) return null;
	const iso = text.replace(' ', 'T');
	const zoned = /(Z|[+-]\d{2}:\d{2})$/.test(iso) ? iso : `${iso}Z`;
	const ms = Date.parse(zoned);
	return Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}

const number = (text: string): string | null => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && !/^0\d/.test(text) ? text : null);
const flag = (text: string): string | null => (/^(yes|y|true)$/i.test(text) ? 'true' : /^(no|n|false)$/i.test(text) ? 'false' : null);
const readers: readonly (readonly [Kind, (text: string) => string | null])[] = [['boolean', flag], ['timestamp', timestamp], ['number', number]];
const conversions: Readonly<Record<Kind, Conversion>> = {
	text: { kind: 'text', missing: [] },
	number: { kind: 'number', missing: [], decimal: '.', group: '', percent: false, currency: '' },
	timestamp: { kind: 'timestamp', missing: [], forms: ['%Y-%m-%d'] },
	boolean: { kind: 'boolean', missing: [], yes: ['yes'], no: ['no'] },
};

export interface Table {
	source: Source;
	profiles: ColumnProfile[];
	readings: ColumnReading[];
	/** Texts as the raw table holds them: converted where they can be read, as they came where not. */
	raw: (string | null)[][];
	kinds: Kind[];
}

/** What reading and inferring would say of a table: a column is what nine tenths of its cells can be read as. */
export function tableOf(given: Given): Table {
	const rows = given.columns[0]?.cells.length ?? 0;
	const read = given.columns.map(({ name, cells }) => {
		const filled = cells.flatMap((cell, i) => (cell !== null && cell.trim() !== '' ? [{ text: cell.trim(), line: i + 2 }] : []));
		const counts = new Map<string, { count: number; line: number }>();
		for (const { text, line } of filled) counts.set(text, { count: (counts.get(text)?.count ?? 0) + 1, line: counts.get(text)?.line ?? line });
		const [kind, reader] = (filled.length > 0 ? readers.find(([, one]) => filled.filter(({ text }) => one(text) !== null).length >= 0.9 * filled.length) : undefined) ?? (['text', (text: string) => text] as const);
		const bad = filled.filter(({ text }) => reader(text) === null);
		const values = [...counts].map(([text, { count, line }]) => ({ text, count, line })).sort((a, b) => b.count - a.count).slice(0, 200);
		const profile: ColumnProfile = { column: name, rows, filled: filled.length, distinct: counts.size, values, shapes: [], longest: Math.max(0, ...filled.map(({ text }) => text.length)) };
		const reading: ColumnReading = { column: name, conversion: conversions[kind], because: '', bad: bad.length, badCells: bad.slice(0, 3), questions: [], warnings: [], others: [], unanswered: { conversion: conversions[kind], bad: bad.length, badCells: bad.slice(0, 3) } };
		return { kind, profile, reading, raw: cells.map((cell) => (cell === null || cell.trim() === '' ? null : (reader(cell.trim()) ?? cell))) };
	});
	const columns = given.columns.map(({ name }) => name);
	const source: Source = { id: given.name, file: given.name, part: null, format: 'delimited', columns, header: columns, rows, skipped: 0, skippedLines: [], notes: [], dialect: null };
	return { source, profiles: read.map(({ profile }) => profile), readings: read.map(({ reading }) => reading), raw: read.map(({ raw }) => raw), kinds: read.map(({ kind }) => kind) };
}

function arrow(names: readonly string[], cells: readonly (readonly (string | null)[])[]): GeneratedTable {
	const rows = cells[0]?.length ?? 0;
	const columns = names.map((name, i) => {
		const column = textColumn(rows);
		for (const cell of cells[i] ?? []) if (cell === null) pushNull(column);
			else pushText(column, cell);
		return [name, column] as const;
	});
	return { chunks: rows === 0 ? [] : [textTable(Object.fromEntries(columns), 1)], rows };
}

let tables = 0;

/** The table in a database of its own, its columns named by place, as the evidence of an inference. */
export function evidenceOf(duck: Duck, { source, raw, kinds }: Table): Evidence {
	const table = `source_${String(tables++)}`;
	const names = raw.map((_, i) => `c${String(i)}`);
	const { chunks } = arrow(names, raw);
	if (chunks[0]) duck.insertArrow(chunks[0], 'main', table, true);
	else duck.run(`create table ${table} (_row integer, ${names.map((name) => `${name} varchar`).join(', ')})`);
	const casts: Readonly<Record<Kind, string>> = { text: 'varchar', number: 'double', timestamp: 'timestamp', boolean: 'boolean' };
	return {
		db: duck,
		table,
		value: (column) => {
			const at = source.columns.indexOf(column);
			return `try_cast(nullif(trim(c${String(at)}), '') as ${casts[kinds[at] ?? 'text']})`;
		},
	};
}

/** Builds the pack of a plan over the table's rows. */
export async function opened(engine: EngineApi, plan: QuickPlan, table: Table, asOf: string | null = null): Promise<{ pack: Pack; dataset: Dataset }> {
	// A page posts it to a worker.
	const pack = structuredClone(quickPack(plan));
	const records = arrow(plan.columns.map(({ name }) => name), table.raw);
	return { pack, dataset: await engine.open({ pack: pack.id, definition: pack, tables: { records }, asOf }) };
}

/** Reads RFC 4180; a test of the import itself has its own. */
function csv(text: string, delimiter: string): string[][] {
	const rows: string[][] = [];
	let [row, cell, quoted]: [string[], string, boolean] = [[], '', false];
	for (let i = 0; i < text.length; i++) {
		const c = text[i] ?? '';
		if (quoted && c === '"' && text[i + 1] === '"') {
			cell += '"';
			i++;
		} else if (c === '"') quoted = !quoted;
		else if (c === delimiter && !quoted) {
			row.push(cell);
			cell = '';
		} else if ((c === '\n' || c === '\r') && !quoted) {
			if (c === '\r' && text[i + 1] === '\n') i++;
			rows.push([...row, cell]);
			[row, cell] = [[], ''];
		} else cell += c;
	}
	if (cell !== '' || row.length > 0) rows.push([...row, cell]);
	return rows.filter((cells) => cells.length > 1 || cells[0] !== '');
}

/** A file of the shared folder as a table; null where the folder is not there. */
export function sharedTable(path: string, delimiter = ','): Table | null {
	const url = new URL(path.split('/').map(encodeURIComponent).join('/'), sharedData);
	if (!existsSync(url)) return null;
	const [header = [], ...rows] = csv(readFileSync(url, 'utf8').replace(/^\uFEFF/, ''), delimiter);
	return tableOf({ name: path.split('/').pop() ?? path, columns: header.map((name, i) => ({ name: name === '' ? `column ${String(i + 1)}` : name, cells: rows.map((row) => (row[i] === '' ? null : (row[i] ?? null))) })) });
}
