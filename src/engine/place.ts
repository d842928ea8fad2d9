import { asThroughlineError, ThroughlineError } from '../lib/errors.ts';

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/u;
const widthOf = (character: string): number => (character < ' ' ? 0 : wide.test(character) ? 2 : 1);

/** DuckDB puts its caret by columns as a terminal shows them: wide characters count two, tabs none. */
function indexAt(line: string, columns: number): number {
	let seen = 0;
	let index = 0;
	for (const character of line) {
		const width = widthOf(character);
		if (seen >= columns && width > 0) break;
		seen += width;
		index += character.length;
	}
	return index;
}

const pointed = /\n+LINE (\d+): ([^\n]*)\n( *)\^/;

/** The character of `sql` that a message of DuckDB points at, or null where it points at none. Long lines come cut, with dots. */
export function placeIn(message: string, sql: string): number | null {
	if (/syntax error at end of input/i.test(message)) return sql.length;
	const found = pointed.exec(message);
	if (!found) return null;
	const [, number = '1', shown = '', blanks = ''] = found;
	const lines = sql.split('\n');
	const line = lines[Number(number) - 1] ?? '';
	const before = lines.slice(0, Number(number) - 1).reduce((length, each) => length + each.length + 1, 0);
	const columns = blanks.length - `LINE ${number}: `.length;
	if (columns < 0) return null;
	const cut = shown.startsWith('...') && !line.startsWith('...') ? 3 : 0;
	const excerpt = shown.slice(cut).replace(/\.\.\.$/, '');
	const start = cut === 0 ? 0 : line.indexOf(excerpt);
	const place = start < 0 ? before : before + start + indexAt(line.slice(start), columns - cut);
	return Math.min(place, sql.length);
}

/** A failed statement with its place in the person's text: line and column from 1, `offset` from 0. What ran was `sql`, its first character at `shift` of the text. */
export function placed(error: unknown, { text, sql, shift }: { text: string; sql: string; shift: number }): ThroughlineError {
	const known = asThroughlineError(error);
	if (known.code !== 'sql.failed') return known;
	const message = String(known.detail.message);
	const place = placeIn(message, sql);
	if (place === null) return known;
	const offset = Math.max(0, Math.min(text.length, place + shift));
	const before = text.slice(0, offset).split('\n');
	const column = before.at(-1)?.length ?? 0;
	const shown = text.split('\n')[before.length - 1] ?? '';
	const head = `LINE ${String(before.length)}: `;
	const caret = shown.slice(0, column).replace(/[^\t]/g, ' ');
	return new ThroughlineError('sql.failed', { message: `${message.split('\n\nLINE')[0]?.trimEnd() ?? ''}\n\n${head}${shown}\n${' '.repeat(head.length)}${caret}^`, line: before.length, column: column + 1, offset });
}
