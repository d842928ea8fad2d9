import type { Extra } from '../import/extras.ts';
import type { Described } from '../import/map/columns.ts';
import type { Comparison } from '../import/map/comparable.ts';
import type { Unfed } from '../import/map/unfed.ts';
import type { Proposal } from '../import/map/proposal.ts';
import type { Identified } from '../import/privacy/identifiers.ts';
import type { QuickPlan } from '../import/quick/types.ts';
import type { Conversion, Deciding, Dialect, InputFile, Recipe, SourceRecipe } from '../import/types.ts';
import type { Kernel, KernelRow } from '../metrics/statistics/kernels.ts';
import type { GeneratedTable, Pack, Severity } from '../pack/types.ts';

/** The whole contract of the engine worker. Results leave as Arrow IPC bytes (file format, those of `sql` stream format); instants are ISO text without a zone, UTC. */
export interface EngineApi {
	/** Replaces what is open by generated tables, builds every model, and says what came of it. */
	open(request: OpenRequest, progress?: Progress): Promise<Dataset>;
	/**
	 * Reads files into tables of texts beside what is open, and says what is in them, what they may be, and what has to be asked.
	 * Replaces what was read before. Rejects only where no file can be read; with `files.stopped` after `stopReading`.
	 */
	read(request: ReadRequest, progress?: Progress): Promise<Inspection>;
	stopReading(): Promise<void>;
	/** What was read last, proposed for one pack whatever speaks for it. */
	propose(pack: string): Promise<Proposal>;
	/** The pack that could be made of one source alone, read as the recipe says. */
	quick(source: string, recipe: SourceRecipe): Promise<QuickPlan>;
	/** What a pack's marts lose where these raw tables (`cases`) and columns (`cases.urgency`) are absent. */
	lacks(pack: string, absent: readonly string[]): Promise<Lacks>;
	/** The cells of a column that a conversion cannot read: how many, and the first hundred. */
	recount(source: string, column: string, conversion: Conversion): Promise<{ bad: number; badCells: readonly Deciding[] }>;
	/** Rows of a source as they were read, with `_line`, as Arrow IPC bytes (file format). With `column` and `conversion`, only those that it cannot read. */
	sourceRows(source: string, window: { from: number; count: number }, unread?: { column: string; conversion: Conversion }): Promise<Uint8Array>;
	/**
	 * Replaces what is open by files, as a recipe says. Without a recipe the files must speak for themselves: `files.questions` where they raise
	 * one, `files.columns` where a needed column is missing. On an error the old data stays open.
	 */
	load(request: LoadRequest, progress?: Progress): Promise<Dataset>;
	/** Rebuilds what depends on the as-of; null means the latest timestamp in the data. */
	asOf(instant: string | null, progress?: Progress): Promise<Dataset>;
	/** Runs statements in order over the selections they name. One call carries all tiles of a view. */
	query(batch: QueryBatch): Promise<QueryAnswer>;
	/**
	 * One reading statement from a person; at most `limit` rows. Statements wait for each other; `query` does not wait for
	 * them. Rejects with `sql.stopped` after `cancel`, and when other data or another as-of comes. The detail of
	 * `sql.failed` says `line` and `column` (from 1) and `offset` (characters from 0) of the place, where DuckDB names one.
	 */
	sql(text: string, limit: number): Promise<SqlAnswer>;
	/** Stops the statements of `sql` that run or wait. One is heard between two slices of work, mostly within 0.2 s. */
	cancel(): Promise<void>;
	/** The models of the open pack with their SQL as it was run. */
	models(): Promise<ModelInfo[]>;
	/** Of the marts that are open, in the order in which they are built; equal in every browser for equal rows. Rejects with `sql.stopped` when other data comes. */
	fingerprint(): Promise<Fingerprint>;
	close(): Promise<void>;
}

export interface OpenRequest {
	pack: string;
	tables: Record<string, GeneratedTable>;
	asOf: string | null;
	vars?: Readonly<Record<string, number | string>>;
	/** The pack itself, where it is not an installed one. */
	definition?: Pack;
}

export type { InputFile } from '../import/types.ts';

export interface ReadRequest {
	/** The pack that is open. */
	pack: string;
	files: InputFile[];
	/** What a person chose about how files are read, by source id or file name. */
	dialects?: Readonly<Record<string, Partial<Dialect>>>;
}

/** A source with all that was measured of it. */
export interface Inspected extends Required<Described> {
	identifiers: Identified[];
}

export interface Inspection {
	/** Names what was read, so that it need not be read again. */
	id: number;
	/** Of the files, each as it came, archives unpacked. */
	files: { name: string; size: number }[];
	sources: Inspected[];
	/** Files that cannot be read, and sources without a row, with the reason. */
	refused: { file: string; message: string; next: string }[];
	proposal: Proposal;
	/** Summaries among the files, set against what the proposed tables hold. */
	comparisons: Comparison[];
}

export interface LoadRequest {
	pack: string;
	files: InputFile[];
	/** The inspection of these files, where it is the latest: they are then not read again. */
	read?: number;
	recipe?: Recipe;
	asOf: string | null;
	/** The pack itself, where it is not an installed one. */
	definition?: Pack;
}

export interface ProgressEvent {
	phase: 'reading' | 'measuring' | 'raw' | 'staging' | 'intermediate' | 'marts';
	name: string;
	rows: number;
	milliseconds: number;
	done: number;
	total: number;
}

export type Progress = (event: ProgressEvent) => void;

export interface RuleResult {
	model: string;
	rule: string;
	severity: Severity;
	says: string;
	count: number;
}

export interface ModelTiming {
	name: string;
	layer: string;
	rows: number;
	milliseconds: number;
}

/** rows read = loaded + quarantined + skipped, for each raw table. */
export interface TableAccount {
	table: string;
	file: string | null;
	read: number;
	loaded: number;
	quarantined: number;
	/** Identical copies of a row, lines that are no record, and rows replaced. */
	skipped: number;
	/** Of those skipped: rows in whose place one with the same key stands, from a file that came later; absent: none. */
	replaced?: number;
}

/** rows and lines read = loaded + set aside + skipped + left, for each file, each row once however many tables it gives rows to. */
export interface FileAccount {
	file: string;
	/** The tables that it gives rows to. */
	tables: string[];
	read: number;
	loaded: number;
	quarantined: number;
	skipped: number;
	/** Rows of a file that was left out. */
	left: number;
}

/** Cells that could not be read, by column, with the first row numbers (1 = first record). */
export interface BadCells {
	table: string;
	file: string | null;
	column: string;
	count: number;
	rows: number[];
	example: string;
}

/** By mart, the columns (`*`: the rows) that come from nothing but absent raw tables and columns, and which those are. */
export type Lacks = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A raw table (column null) or a column of one that files gave nothing for, or in which nothing stands. */
export type Absent = Omit<Unfed, 'because'> & { because: Unfed['because'] | 'empty' };

export interface Dataset {
	pack: string;
	asOf: string;
	/** The latest timestamp in the data, the default as-of. */
	latest: string;
	/** The latest timestamp that others stand near, where the latest of all is more than a year after nearly all. */
	plausibleLatest: string | null;
	earliest: string;
	/** Read, each row of a file once. */
	rows: number;
	quality: RuleResult[];
	timings: ModelTiming[];
	accounts: TableAccount[];
	/** None where the data was generated. */
	files: FileAccount[];
	badCells: BadCells[];
	/** Values of every slicer dimension in the main mart, most frequent first. */
	values: Record<string, { value: string | null; n: number }[]>;
	/** Columns of the files that the pack does not ask for, as dimensions of the main mart. */
	extras: Extra[];
	/** Of files: what the contract asks for and nothing came for, and what of the marts is lost by that. */
	absent: Absent[];
	lacks: Lacks;
	version: number;
}

export interface Selection {
	/** The relation's name in the statements. */
	name: string;
	sql: string;
}

export interface QueryBatch {
	selections: Selection[];
	statements: string[];
	/** Faster ways to the rows of some of the statements. */
	kernels?: Readonly<Record<string, Kernel>>;
}

/** Arrow IPC bytes (file format), or the rows themselves where a kernel made them. */
export type QueryTable = Uint8Array | KernelRow[];

export interface QueryAnswer {
	tables: QueryTable[];
	milliseconds: number[];
}

export interface SqlAnswer {
	table: Uint8Array;
	/** There were more rows than the limit. */
	cut: boolean;
	milliseconds: number;
}

export interface Fingerprint {
	/** 12 hex digits over all models. */
	code: string;
	/** `print`: 16 hex digits over all cells, in whatever order the rows stand. */
	models: readonly { model: string; rows: number; print: string }[];
}

export interface ModelInfo {
	name: string;
	layer: string;
	grain: string;
	refs: string[];
	sources: string[];
	sql: string;
}
