import { existsSync, readFileSync } from 'node:fs';
import { Field, Int32, Schema, Struct, Table, Utf8, makeData, RecordBatch, tableToIPC, vectorFromArray } from 'apache-arrow';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { sharedData } from '../../support/engine.ts';

/** Records of RFC 4180 with any line ends, each with the line at which it begins. The app's own reader is tested elsewhere. */
export function records(text: string, delimiter = ','): { line: number; cells: string[] }[] {
	const found: { line: number; cells: string[] }[] = [];
	let [cells, cell, quoted, line, begun]: [string[], string, boolean, number, number] = [[], '', false, 1, 1];
	const end = (): void => {
		if (cells.length > 0 || cell !== '') found.push({ line: begun, cells: [...cells, cell] });
		[cells, cell] = [[], ''];
	};
	for (let i = 0; i < text.length; i++) {
		const c = text[i] ?? '';
		if (c === '"') {
			if (quoted && text[i + 1] === '"') cell += text[++i] ?? '';
			else quoted = !quoted;
		} else if (c === delimiter && !quoted) {
			cells.push(cell);
			cell = '';
		} else if (c === '\n' && !quoted) {
			end();
			begun = line + 1;
		} else if (c !== '\r' || quoted) cell += c;
		if (c === '\n') line++;
	}
	end();
	return found;
}

/** A source as it is kept after reading: columns of texts and the line of each row. */
export function load(duck: Duck, name: string, columns: Readonly<Record<string, readonly (string | null)[]>>, lines?: readonly number[]): string {
	const names = Object.keys(columns);
	const length = Object.values(columns)[0]?.length ?? 0;
	const schema = new Schema([...names.map((column) => new Field(column, new Utf8(), true)), new Field('_line', new Int32(), false)]);
	const texts = Object.values(columns).map((cells) => vectorFromArray(cells as (string | null)[], new Utf8()).data[0]!);
	const numbers = makeData({ type: new Int32(), length, nullCount: 0, data: Int32Array.from(lines ?? Array.from({ length }, (_, i) => i + 2)) });
	const data = makeData({ type: new Struct(schema.fields), length, nullCount: 0, children: [...texts, numbers] });
	duck.run('create schema if not exists import');
	duck.run(`drop table if exists import."${name}"`);
	duck.insertArrow(tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream'), 'import', name, true);
	return `import."${name}"`;
}

export function loadCsv(duck: Duck, path: string, delimiter = ','): { table: string; columns: string[] } {
	const [header, ...rows] = records(readFileSync(new URL(path, sharedData), 'utf8').replace(/^\ufeff/, ''), delimiter);
	const columns = (header?.cells ?? []).map((name, i) => (name === '' ? `column ${String(i + 1)}` : name));
	const cells = Object.fromEntries(columns.map((name, i) => [name, rows.map((row) => (row.cells[i] === undefined || row.cells[i] === '' ? null : row.cells[i]))]));
	return { table: load(duck, path.replaceAll(/[^\w.]/g, '_'), cells, rows.map(({ line }) => line)), columns };
}

export const has = (...paths: string[]): boolean => paths.every((path) => existsSync(new URL(path, sharedData)));
