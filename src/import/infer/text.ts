import { literal, quoted } from '../../lib/sql-text.ts';

/** SQL for texts as they came. Every literal is written by `literal`: wasm refuses \u escapes, so characters stand for themselves. */

export { literal, quoted };

export const list = (texts: readonly string[]): string => texts.map(literal).join(', ');

/** Spaces of all kinds that exports put around and into texts. */
export const inner = ' \u00a0\u202f\u2009\u2007';
const outer = `${inner}\t\n\r\u200b\ufeff`;

/** Text without the spaces around it. The test first: DuckDB's trim of several characters costs a microsecond a cell. */
export const trimmed = (column: string): string =>
	`case when regexp_matches(${column}, '^[${outer}]|[${outer}]$') then trim(${column}, '${outer}') else ${column} end`;

export const matches = (text: string, pattern: string): string => `regexp_full_match(${text}, ${literal(pattern)})`;

/** For RE2 and JavaScript alike. */
export const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
