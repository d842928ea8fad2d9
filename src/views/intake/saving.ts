import type { Inspected } from '../../engine/api.ts';
import type { ColumnReading } from '../../import/types.ts';
import { toCsv } from '../../lib/csv.ts';
import { intake } from '../../lib/texts/intake.ts';
import { skippedText } from '../../lib/texts/intake-notes.ts';
import { rowsOf } from '../../state/answers.svelte.ts';
import { download } from '../../ui/download.ts';
import { conversionWords } from './conversion-words.ts';
import type { Draft } from './draft.svelte.ts';

export interface Unread {
	line: number;
	text: string;
}

/** The cells of a column that its conversion cannot read, in the order of the file, at most `most`. While a question about it is open, those that no answer reads: the first hundred. */
export async function unreadCells({ session }: Draft, source: string, { column, conversion, questions, badCells }: ColumnReading, most: number): Promise<Unread[]> {
	if (questions.some(({ answer }) => answer === undefined)) return badCells.map(({ line, text }) => ({ line, text: text.trim() }));
	const rows = rowsOf(await session.intake.rows(source, 0, most, { column, conversion }));
	return rows.map((row) => ({ line: Number(row._line), text: String(row[column] ?? '').trim() }));
}

/** Different texts with their lines, the commonest first. */
export function byText(cells: readonly Unread[]): [text: string, lines: number[]][] {
	const found = new Map<string, number[]>();
	for (const { line, text } of cells) {
		const lines = found.get(text);
		if (lines) lines.push(line);
		else found.set(text, [line]);
	}
	return [...found].sort((a, b) => b[1].length - a[1].length);
}

const all = 10_000_000;

/** Every cell that cannot be read, of the columns given, as one CSV file. */
export async function saveBad(draft: Draft, sources: readonly (Pick<Inspected, 'source'> & { readings: readonly ColumnReading[]; used: ReadonlySet<string> })[]): Promise<void> {
	const { file, line, column: named, value, reason } = intake.bad.file;
	const rows: Record<string, string | number>[] = [];
	for (const { source, readings, used } of sources) {
		for (const reading of readings.filter(({ bad, column }) => bad > 0 && used.has(column))) {
			const why = intake.bad.reason(conversionWords(reading.conversion));
			for (const cell of await unreadCells(draft, source.id, reading, all)) rows.push({ [file]: source.id, [line]: cell.line, [named]: reading.column, [value]: cell.text, [reason]: why });
		}
	}
	download('cells-not-read.csv', 'text/csv', toCsv([file, line, named, value, reason], rows));
}

/** The skipped lines of a source; at most the first thousand are known. */
export function saveSkipped({ source }: Inspected): void {
	const { file, line, reason, text } = intake.files.file;
	const rows = source.skippedLines.map((skipped) => ({ [file]: source.id, [line]: skipped.line, [reason]: skippedText(skipped.code), [text]: skipped.text }));
	download('skipped-lines.csv', 'text/csv', toCsv([file, line, reason, text], rows));
}
