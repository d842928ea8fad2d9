import { quoted } from '../lib/sql-text.ts';
import { tableFromIPC, Type } from '@uwdata/flechette';
import { ThroughlineError } from '../lib/errors.ts';
import type { SqlAnswer } from './api.ts';
import type { Duck } from './duckdb.ts';
import { placed } from './place.ts';

const skippable = /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|;/y;
const solid = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|[^]/y;

/** A text without the comments, blanks and semicolons around it, and where it starts; those inside stay. */
function statementIn(text: string): { statement: string; start: number } {
	let start = -1;
	let end = 0;
	for (let at = 0; at < text.length; ) {
		skippable.lastIndex = at;
		if (skippable.test(text)) {
			at = skippable.lastIndex;
			continue;
		}
		solid.lastIndex = at;
		solid.test(text);
		if (start < 0) start = at;
		at = solid.lastIndex;
		end = at;
	}
	return start < 0 ? { statement: '', start: 0 } : { statement: text.slice(start, end), start };
}

const words = 'select|from|with|values|table|pivot|unpivot|describe|desc|show|summarize';
const reading = new RegExp(`^(\\(|(${words})\\b)`, 'i');
const explaining = new RegExp(`^explain\\s+(analyze\\s+)?(${words})\\b`, 'i');

const whole: ReadonlySet<number> = new Set([Type.Int, Type.Float, Type.Decimal, Type.Bool, Type.Date, Type.Timestamp, Type.Utf8, Type.Null]);

/**
 * A BIGINT inside a list or struct leaves duckdb-wasm declared as a DOUBLE with its bits as they were, the words of an ENUM
 * are missing from what a pending query gives, and intervals and bytes have no plain form on the page: such columns are
 * asked for as DuckDB writes them.
 */
function asText(empty: Uint8Array): string {
	const { fields } = tableFromIPC(empty).schema;
	const names = fields.filter(({ type }) => !whole.has(type.typeId)).map(({ name }) => quoted(name));
	return names.length === 0 ? '' : `select * replace (${names.map((name) => `${name}::varchar as ${name}`).join(', ')}) `;
}

/**
 * One reading statement over the open catalog, at most `limit` rows. Only words that read may begin it; the connection
 * below refuses what a reading word can hide (a second statement, a write inside `with` or `explain analyze`).
 */
export async function answer(duck: Duck, catalog: string, text: string, limit: number, stopped: () => boolean): Promise<SqlAnswer> {
	const begun = performance.now();
	const { statement, start } = statementIn(text);
	const prepare = (sql: string, shift: number): Promise<void> => duck.prepare(catalog, sql).catch((error: unknown) => Promise.reject(placed(error, { text, sql, shift })));
	const read = (sql: string, shift: number): Promise<Uint8Array> => duck.read(catalog, sql, stopped).catch((error: unknown) => Promise.reject(placed(error, { text, sql, shift })));
	if (explaining.test(statement)) return { table: await read(statement, start), cut: false, milliseconds: performance.now() - begun };
	if (!reading.test(statement)) {
		throw new ThroughlineError('sql.read-only', { message: statement === '' ? 'there is no statement in the text' : `it begins with "${statement.split(/\s/, 1)[0] ?? ''}"` });
	}
	await prepare(statement, start);
	const first = (rows: number, columns = ''): Promise<Uint8Array> => {
		const opening = `${columns}from (\n`;
		return read(`${opening}${statement}\n) limit ${String(rows)}`, start - opening.length);
	};
	const columns = asText(await first(0));
	const table = await first(limit + 1, columns);
	const cut = tableFromIPC(table).numRows > limit;
	return { table: cut ? await first(limit, columns) : table, cut, milliseconds: performance.now() - begun };
}
