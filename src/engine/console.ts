import { tableFromIPC } from '@uwdata/flechette';
import { ThroughlineError } from '../lib/errors.ts';
import type { SqlAnswer } from './api.ts';
import type { Duck } from './duckdb.ts';

const skippable = /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|;/y;
const solid = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|[^]/y;

/** A text without the comments, blanks and semicolons around it; those inside stay. */
function statementIn(text: string): string {
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
	return start < 0 ? '' : text.slice(start, end);
}

const words = 'select|from|with|values|table|pivot|unpivot|describe|desc|show|summarize';
const reading = new RegExp(`^(\\(|(${words})\\b)`, 'i');
const explaining = new RegExp(`^explain\\s+(analyze\\s+)?(${words})\\b`, 'i');

/**
 * One reading statement over the open catalog, at most `limit` rows. Only words that read may begin it; the connection
 * below refuses what a reading word can hide (a second statement, a write inside `with` or `explain analyze`).
 */
export function answer(duck: Duck, catalog: string, text: string, limit: number): SqlAnswer {
	const begun = performance.now();
	const statement = statementIn(text);
	if (explaining.test(statement)) return { table: duck.read(catalog, statement), cut: false, milliseconds: performance.now() - begun };
	if (!reading.test(statement)) {
		throw new ThroughlineError('sql.read-only', { message: statement === '' ? 'there is no statement in the text' : `it begins with "${statement.split(/\s/, 1)[0] ?? ''}"` });
	}
	duck.prepare(catalog, statement);
	const first = (rows: number): Uint8Array => duck.read(catalog, `from (\n${statement}\n) limit ${String(rows)}`);
	const table = first(limit + 1);
	const cut = tableFromIPC(table).numRows > limit;
	return { table: cut ? first(limit) : table, cut, milliseconds: performance.now() - begun };
}
