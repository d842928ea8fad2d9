/**
 * The words of importing. A file holds one or several sources (a sheet, an array of records, the file itself); a source is a
 * table of texts; a recipe says how sources become a pack's raw tables. Types only.
 */
import type { QuickPlan } from './quick/types.ts';

/** A file as it came. Its bytes are read in pieces. */
export interface InputFile {
	/** With its folder, where it came from one. */
	name: string;
	blob: Blob;
}

export type Format = 'delimited' | 'json' | 'json-lines' | 'excel' | 'parquet' | 'event-log';

/** What was chosen, why, and what else could be. `because` is one plain phrase. `sure`: no other choice fits the bytes. */
export interface Choice<T> {
	value: T;
	because: string;
	others: readonly T[];
	sure: boolean;
}

/** How lines of delimited text are read. Numbers count lines (records that span several lines count once each in `footer`). */
export interface Dialect {
	/** A label that TextDecoder knows. */
	encoding: string;
	delimiter: string;
	/** Empty where nothing quotes. */
	quote: string;
	/** The character before a quote that belongs to the text; equal to `quote` where quotes are doubled; empty: none. */
	escape: string;
	/** Lines before the header that are no data. */
	preamble: number;
	/** Header records: 0, 1 or more, whose names are joined. */
	headers: number;
	/** Records at the end that are no data, such as totals and notes. */
	footer: number;
}

export type DetectedDialect = { readonly [K in keyof Dialect]: Choice<Dialect[K]> };

/** Something about how a source was read that a careful person would want to know; `code` names the text that says it. */
export interface Note {
	code: string;
	[detail: string]: unknown;
}

/** A line or record that became no row, with the reason. `text` is its beginning, at most 200 characters. */
export interface SkippedLine {
	/** From 1, in the file (records of formats without lines: the record). */
	line: number;
	code: string;
	text: string;
}

/** One table found in a file, as it was read. */
export interface Source {
	/** File name, and part where the file has several: unique among what is read together. */
	id: string;
	file: string;
	/** Sheet, path of the array, or null. */
	part: string | null;
	format: Format;
	/** As shown: unique, not empty, trimmed. */
	columns: readonly string[];
	/** As they stood in the file. */
	header: readonly string[];
	rows: number;
	/** All lines that are no row, and the first thousand of them. Blank lines are none. */
	skipped: number;
	skippedLines: readonly SkippedLine[];
	notes: readonly Note[];
	/** Delimited text only. */
	dialect: DetectedDialect | null;
}

/** Texts of one column: Arrow's Utf8 layout. A bit of `missing` set to 0 (as in Arrow's validity) is a cell with nothing in it. */
export interface TextColumn {
	/** rows + 1 byte offsets. */
	offsets: Int32Array;
	bytes: Uint8Array;
	/** Validity bitmap, least significant bit first; null: every cell has a text. */
	validity: Uint8Array | null;
}

/** Some rows of a source in their order. */
export interface TextBatch {
	rows: number;
	/** In the order of the source's columns. */
	columns: readonly TextColumn[];
	/** The line in the file at which each row begins, from 1 (records of formats without lines: the record). */
	lines: Int32Array;
}

/** Where a reader puts what it reads. Sources may interleave; `begin` comes before a source's first batch. */
export interface Sink {
	begin(source: { id: string; part: string | null; columns: readonly string[] }): void;
	rows(id: string, batch: TextBatch): void;
}

export interface ReadOptions {
	/** Choices of a person about the dialect; they stand above what is detected. */
	dialect?: Partial<Dialect>;
	/** Sheets or arrays to read; absent: all. */
	parts?: readonly string[];
	/** Called from time to time; bytes of the file read (before unpacking) and rows so far. */
	progress?: (bytes: number, rows: number) => void;
	signal?: AbortSignal;
	/** Bytes that a reader may hold at once; more is refused, with the estimate. Absent: 1 GiB. */
	memory?: number;
}

/** Reads one file of one format into a sink. Rejects with a ThroughlineError that names the file and, where there is one, the line. */
export type Reader = (file: InputFile, sink: Sink, options: ReadOptions) => Promise<Source[]>;

/** What stands in one column of a source, measured over all of its rows. */
export interface ColumnProfile {
	column: string;
	rows: number;
	/** Cells with a text that is more than spaces. */
	filled: number;
	distinct: number;
	/** The most frequent texts (trimmed), at most 200, each with its count and the line of its first row. */
	values: readonly ValueCount[];
	/**
	 * Every form that texts have (digits → 9, letters → a, runs of letters and of spaces shortened to one), most frequent first, at
	 * most 200, with one example.
	 */
	shapes: readonly ShapeCount[];
	longest: number;
}

export interface ValueCount {
	text: string;
	count: number;
	line: number;
}

export interface ShapeCount {
	shape: string;
	count: number;
	example: string;
	line: number;
}

/** How a text becomes a value. `missing` are texts (trimmed, exact) that mean nothing was entered. */
export type Conversion = { missing: readonly string[] } & (
	| { kind: 'text' }
	| { kind: 'number'; decimal: '.' | ','; group: '' | ',' | '.' | ' ' | "'"; percent: boolean; currency: string }
	/**
	 * strptime formats in the order in which they are tried; an offset in the text is applied, and the result is UTC. `%b` takes every
	 * name of a month, long or short, `%a` every name of a weekday. `since` is the first of the hundred years that two-digit years
	 * belong to (absent: 1969). A form of the time alone gives HH:MM:SS, for columns that are joined with a date.
	 */
	| { kind: 'timestamp'; forms: readonly string[]; since?: number }
	| {
			kind: 'timestamp-number';
			unit: 'excel-day' | 'excel-day-1904' | 'epoch-second' | 'epoch-millisecond' | 'yyyymmdd';
	  }
	| { kind: 'boolean'; yes: readonly string[]; no: readonly string[] }
);

/** A text in the file that speaks for or against a choice. */
export interface Deciding {
	line: number;
	text: string;
}

/** One possible answer. `rows`: how many cells it would read, of those the question is about. */
export interface QuestionOption {
	value: string;
	/** How the deciding cells, or else the first ones, would be read. */
	examples: readonly { text: string; reads: string }[];
	rows: number;
	deciding: readonly Deciding[];
	/** What the conversion becomes by this answer. */
	effect: AnswerEffect;
}

/** Of a whole conversion the missing texts stay as they are; `none` leaves all as it is. */
export type AnswerEffect =
	| { kind: 'conversion'; conversion: Conversion }
	| { kind: 'form'; form: string }
	| { kind: 'since'; since: number }
	| { kind: 'missing'; texts: readonly string[] }
	| { kind: 'none' };

/**
 * What the file does not say by itself. The app never answers it alone: an import with an open question builds only when a person has
 * answered it.
 */
export interface Question {
	/** Stable for the same column and kind: answers are kept by it. */
	id: string;
	column: string;
	kind: 'day-or-month' | 'mixed-forms' | 'decimal-sign' | 'missing-value' | 'number-or-date' | 'two-digit-year';
	/** The cells it is about, and how many of them decide. */
	cells: number;
	deciding: number;
	/** For missing-value: the text that may mean nothing was entered. */
	text?: string;
	/** For a form of dates: how it is written, such as DD-MM-YYYY without saying which is which: 99-99-9999. */
	shape?: string;
	/** For mixed-forms: another form of this column whose order the file does decide, and what decides it. */
	sibling?: { shape: string; value: string; cells: number; deciding: readonly Deciding[] };
	/** The likelier first. */
	options: readonly QuestionOption[];
	/** The answer in force. */
	answer?: string;
	/**
	 * The answer that stands until a person gives another: only where it changes no value (a text of a text column stays; a notation for
	 * nothing, such as N/A, in few cells of a column of numbers or dates is no number anyway). Questions with it are shown, not open.
	 */
	standing?: string;
}

/** What the app makes of a column, with what it rests on. */
export interface ColumnReading {
	column: string;
	conversion: Conversion;
	/** One plain phrase. */
	because: string;
	/** Some cells that allow no other reading; empty where none was needed. */
	deciding?: readonly Deciding[];
	/** Cells (not missing) that the conversion cannot read, and some of them. */
	bad: number;
	badCells: readonly Deciding[];
	questions: readonly Question[];
	warnings: readonly Note[];
	/** Other conversions that would read most cells. */
	others: readonly Conversion[];
	/** Before any answer: what `withAnswers` starts from. `bad` here are the cells that no answer reads. */
	unanswered: { conversion: Conversion; bad: number; badCells: readonly Deciding[] };
}

/** Kinds of what may name a person. */
export type Identifier =
	| 'name'
	| 'e-mail'
	| 'phone'
	| 'ssn'
	| 'record-number'
	| 'birth-date'
	| 'address'
	| 'zip'
	| 'ip'
	| 'url'
	| 'free-text'
	/** What Safe Harbor counts too: any date about a person, and ages. */
	| 'date'
	| 'age';

export type PrivacyAction = 'keep' | 'drop' | 'surrogate' | 'zip3' | 'year' | 'age-90' | 'shift';

/** One contract column from columns of a source. Two columns: a date and a time, joined by a space. */
export interface ColumnRecipe {
	from: readonly string[];
	/** Instead of `from`: the rows are numbered, because nothing in the file names them. The same row given twice is then two rows. */
	numbered?: true;
	/** Source text → value of the closed list; texts that are absent stay as they are. */
	values?: Readonly<Record<string, string>>;
}

export interface TableRecipe {
	source: string;
	columns: Readonly<Record<string, ColumnRecipe>>;
	/** Columns nothing asks for that come along as further dimensions. */
	extra: readonly string[];
	/**
	 * Rows with the same values in all of these contract columns become one row (a flat file that repeats the case on each interaction)
	 * where all that is mapped agrees, with earlier sources of the table too; rows that differ all stay. Rows that have no value in
	 * any of them give none. Empty: every row of the source is a row.
	 */
	once: readonly string[];
}

/**
 * The column whose texts name the person by whom dates are shifted; or, in a file that does not name the person, a column whose
 * texts stand in the column `key` of another source that does.
 */
export interface PersonColumn {
	column: string;
	through?: { source: string; key: string; person: string };
}

/** What was decided about one source. */
export interface SourceRecipe {
	dialect: Partial<Dialect>;
	/** Answers by question id. */
	answers: Readonly<Record<string, string>>;
	/** Conversions that a person chose, by column; the others follow from evidence and answers. */
	conversions: Readonly<Record<string, Conversion>>;
	privacy: Readonly<Record<string, PrivacyAction>>;
	/** For the action `shift`; absent: no date of this source can be shifted. */
	person?: PersonColumn;
	/** Left out altogether. */
	left: boolean;
}

/** Everything that turns files into a pack's raw tables: shown, kept by header fingerprint, saved as JSON. */
export interface Recipe {
	version: 1;
	/** The pack's id; null: the pack is inferred from one source, as `plan` says. */
	pack: string | null;
	plan?: QuickPlan;
	sources: Readonly<Record<string, SourceRecipe>>;
	/** By raw table; a table may be fed by several sources one after another. */
	tables: Readonly<Record<string, readonly TableRecipe[]>>;
	/** Of rows with one key from several sources of a table the one of the latest stands, in the order in which files were given. Absent: rows that differ are all set aside. */
	repeats?: 'later';
}

/** The part of the engine's database that importing needs; synchronous. */
export interface Db {
	run(sql: string): void;
	rows(sql: string): Record<string, unknown>[];
}
