import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, ColumnReading, Conversion, Db, ValueCount } from '../types.ts';
import { withAnswers } from './answers.ts';
import { badIn } from './bad.ts';
import { booleansOf } from './booleans.ts';
import { datesOf } from './dates.ts';
import { withDistinct, type Distinct } from './distinct.ts';
import { enough, textDraft, type Draft } from './draft.ts';
import { missingQuestions, wordsIn } from './missing.ts';
import { numbersOf } from './numbers.ts';
import { parsedAs } from './parsed.ts';
import { profileFrom, rowsOf } from './profile.ts';
import { timeOf } from './skeleton.ts';
import { dateWarnings } from './warnings.ts';

function draftOf(distinct: Distinct, profile: ColumnProfile, words: readonly ValueCount[]): Draft {
	const plain = profile.filled - words.reduce((sum, { count }) => sum + count, 0);
	if (profile.filled === 0) return textDraft(says.empty);
	if (plain === 0) return textDraft(says.onlyMissing);
	const yes = booleansOf(profile);
	if (yes) return yes;
	const dates = datesOf(distinct, profile, plain);
	if (dates && dates.share >= enough) return dates.draft;
	const numbers = numbersOf(distinct, profile, plain);
	if (numbers && numbers.share >= enough) return numbers.draft;
	const [best] = [dates && { ...dates, what: 'dates' }, numbers && { ...numbers, what: 'numbers' }].filter((one) => one !== null).toSorted((a, b) => b.share - a.share);
	if (best && best.share >= 0.5) return textDraft(says.mixed(`${String(Math.floor(best.share * 100))} %`, best.what), best.draft.readers);
	const clocks = [...new Set(profile.shapes.map(({ example }) => timeOf(example)))];
	const forms = clocks.flatMap((form) => (form === null ? [] : [form]));
	return forms.length > 0 && forms.length === clocks.length ? textDraft(says.timeOfDay, [{ kind: 'timestamp', forms, missing: [] }]) : textDraft(says.text);
}

/** What the cells of the column say once they are read. */
function looked(distinct: Distinct, table: string, profile: ColumnProfile, draft: Draft, words: readonly ValueCount[]) {
	const { column } = profile;
	const [reader] = draft.readers;
	if (!reader || reader.kind === 'text') return { missing: missingQuestions(distinct, profile, draft, words, ''), bad: 0, badCells: [], odd: [] };
	const parsed = parsedAs(distinct, draft.readers);
	const missing = missingQuestions(distinct, profile, draft, words, parsed);
	const nothing = missing.flatMap(({ options }) => options.flatMap(({ effect }) => (effect.kind === 'missing' ? effect.texts : [])));
	return { missing, ...badIn(distinct, parsed, table, column, draft.readers, nothing), odd: dateWarnings(distinct, parsed, table, column, { ...reader, missing: nothing }) };
}

function readingFrom(distinct: Distinct, table: string, profile: ColumnProfile): ColumnReading {
	const words = wordsIn(distinct, profile);
	const draft = draftOf(distinct, profile, words);
	const { column } = profile;
	const { missing, bad, badCells, odd } = looked(distinct, table, profile, draft, words);
	const other = (conversion: Conversion): boolean => conversion.kind !== draft.conversion.kind || conversion.kind !== 'text';
	const reading: ColumnReading = {
		column,
		conversion: draft.conversion,
		because: draft.because,
		deciding: draft.deciding ?? [],
		bad,
		badCells,
		questions: [...draft.questions, ...missing],
		warnings: [...draft.warnings, ...odd],
		others: [...draft.others, { kind: 'text' as const, missing: [] }].filter(other),
		unanswered: { conversion: draft.conversion, bad, badCells },
	};
	return withAnswers(reading, {});
}

/** What a column of a source is read as, and what has to be asked. `table` is written as SQL wants it. */
export const readingOf = (db: Db, table: string, profile: ColumnProfile): ColumnReading =>
	withDistinct(db, table, profile.column, (distinct) => readingFrom(distinct, table, profile));

/** Profiles and readings of several columns; each column's texts are gathered once for both. */
export function inferColumns(db: Db, table: string, columns: readonly string[], progress?: (column: string, done: number) => void): { profiles: ColumnProfile[]; readings: ColumnReading[] } {
	const rows = rowsOf(db, table);
	const both = columns.map((column, i) => {
		progress?.(column, i);
		return withDistinct(db, table, column, (distinct) => {
			const profile = profileFrom(distinct, column, rows);
			return { profile, reading: readingFrom(distinct, table, profile) };
		});
	});
	return { profiles: both.map(({ profile }) => profile), readings: both.map(({ reading }) => reading) };
}
