/** What a pack declares. Types only: the words here are those of ARCHITECTURE.md, and nothing in this folder behaves. */

export type CellType = 'text' | 'integer' | 'number' | 'timestamp' | 'boolean' | 'json';

export interface RawColumn {
	type: CellType;
	/** The column must be in the file. Default true. */
	required?: boolean;
	/** Every row must have a value. Default false. */
	filled?: boolean;
	/** One phrase for people who prepare a file. */
	about: string;
	/** Other names under which exports carry this column. */
	synonyms?: readonly string[];
	/** The closed list of values, where there is one. */
	values?: readonly string[];
	/** By value of the closed list: other texts under which exports carry it. */
	valueSynonyms?: Readonly<Record<string, readonly string[]>>;
	/** For json: the keys that staging reads, with their DuckDB types. */
	fields?: Readonly<Record<string, string>>;
}

export interface RawTable {
	/** What one row is. */
	grain: string;
	required: boolean;
	columns: Readonly<Record<string, RawColumn>>;
	/** Timestamp columns that can set the default as-of: the latest value over all of them. */
	clock: readonly string[];
}

export type Severity = 'error' | 'warning';

/**
 * A rule sees the rows of one staging model. `violated` is a SQL condition over the columns of that model
 * (aliased `this`); the other kinds are shorthands for conditions that recur.
 */
export type Rule = { name: string; severity: Severity; says: string } & (
	| { kind: 'condition'; violated: string }
	/** Not null, and no such key in the clean rows of another staging model. */
	| { kind: 'reference'; column: string; to: string; key: string }
	/** The raw cell has text, the staging column is null: a date, number or flag that cannot be read. */
	| { kind: 'parses'; columns: Readonly<Record<string, string>> }
	| { kind: 'filled'; column: string }
	| { kind: 'range'; column: string; min?: number; max?: number }
	| { kind: 'order'; earlier: string; later: string }
);

export interface StagingModel {
	grain: string;
	/** Rows that share it and differ are all quarantined; identical copies collapse to one. */
	key: readonly string[];
	source: string;
	rules: readonly Rule[];
}

export interface Model {
	grain: string;
	key: readonly string[];
	/** SQL conditions that hold for every row; a violation is a defect of the model, shown on the quality page. */
	holds?: Readonly<Record<string, string>>;
	/**
	 * Columns (`*`: the rows) that say nothing where all of these raw tables (`cases`) and columns (`cases.urgency`) are missing, although
	 * their SQL gives a value then: a flag that is false because nothing could raise it.
	 */
	rests?: Readonly<Record<string, readonly string[]>>;
}

export interface Mart extends Model {
	/** Dimensions that are columns of the mart, so that it can be grouped and filtered by them. */
	dimensions?: readonly string[];
	/** The column the date slicer cuts; a mart without one is not cut by date. */
	opened?: string;
	/** Rows with this timestamp after the as-of were not known then (used when looking back). */
	known?: string;
	/** Every row carries the key of the main mart's row that it belongs to: filters of the main mart hold for it. */
	belongs?: boolean;
	/** Stands as a query, which is worked out when it is asked: for a mart that no measure counts. */
	view?: boolean;
}

export interface Dimension {
	label: string;
	column: string;
	/** Readable names of values, in the order in which to show them when the order means something. */
	values?: Readonly<Record<string, string>>;
	ordered?: boolean;
	/** Shown in the filter bar. */
	slicer?: boolean;
	/** Its value names are understood without its own name ("Claim denials"). */
	speaksForItself?: boolean;
	/** What the null value is called. */
	missing?: string;
}

/**
 * Values that are no column: named conditions over the rows of the main mart, which may overlap ("got as far as assigned").
 * They filter, and never group.
 */
export interface Milestones {
	label: string;
	values: Readonly<Record<string, { label: string; condition: string }>>;
}

export type Format = 'integer' | 'decimal' | 'percent' | 'hours' | 'days' | 'score';
export type Better = 'higher' | 'lower' | 'neither';

interface MeasureBase {
	label: string;
	/** One sentence: what is counted, over what. */
	definition: string;
	/** What the business reads from it. */
	reading: string;
	mart: string;
	/** Timestamp column by which a grain buckets. Absent: no trend. */
	time?: string;
	/** SQL condition: rows that take part. */
	where?: string;
	unit: string;
	format: Format;
	better: Better;
	/** Who answers for the definition; absent: the pack's owner. */
	owner?: string;
	/** What the value should reach, in the unit of the format (shares 0–1); readers may set their own. */
	target?: number;
	/** Hours until what is counted about a row can no longer change; younger buckets are drawn as unfinished. */
	maturityHours?: number;
	/** It says how things stand now and cannot be asked as of an earlier day: no comparison. */
	presentOnly?: boolean;
	/** Groups below it are drawn faint and never ranked. Default 30. */
	minN?: number;
}

/**
 * SQL in measures may use `{{ var('as_of') }}` and the pack's other vars. An expression must say what was known
 * at that as-of (`resolved_at <= {{ var('as_of') }}`), because comparisons evaluate the earlier period as it stood then.
 */
export type Measure = MeasureBase &
	(
		| { kind: 'count' }
		| { kind: 'sum'; expr: string }
		| { kind: 'mean'; expr: string }
		/** A share: rows meeting `num` among rows meeting `den` (both SQL conditions, num implies den). */
		| { kind: 'share'; num: string; den: string }
		/** Sum of one number over sum of another; not bounded by 1. */
		| { kind: 'ratio'; num: string; den: string }
		| { kind: 'quantile'; expr: string; q: number }
		/** Days from start to end; rows whose end is null or later than the as-of are censored there. */
		| { kind: 'survival'; start: string; end: string; stat: 'median' }
		| { kind: 'survival'; start: string; end: string; stat: 'open_at'; at: string }
		/** Any aggregate over the mart's rows (`sum(x) / count(*)`); its interval is a jackknife over twenty parts of the rows. */
		| { kind: 'expression'; expr: string }
		/** A stock: rows of a span mart with from ≤ t < to (to null = still lasting). */
		| { kind: 'balance'; from: string; to: string }
	);

/** A law that a test holds: for measures of these kinds, for these measures, or, where neither is said, for all that the pack declares. */
export interface Check {
	law: string;
	/** The test's title and file, as they stand there. */
	title: string;
	file: string;
	kinds?: readonly Measure['kind'][];
	measures?: readonly string[];
	/** The statistic that the kinds are finished with and the test is about. */
	through?: string;
}

export type Grain = 'day' | 'week' | 'month' | 'quarter';

/** How wide a tile is on a 12-column page. */
export type Span = 3 | 4 | 5 | 6 | 7 | 8 | 9 | 12;

interface TileBase {
	id: string;
	/** The small label over the finding. */
	title: string;
	span: Span;
	/** The rows of the systems this replaces. */
	features: readonly string[];
	/** What is counted, in small print. */
	note: string;
}

export interface ListColumn {
	column: string;
	label: string;
	/** A dimension: its value names apply. */
	dimension?: string;
	format?: Format | 'timestamp' | 'text';
}

/**
 * Sentences with `{placeholders}` filled from the tile's own rows. `claim` stands only when the test passes, `none`
 * otherwise; `better` is said instead of `claim` when what stands out is good. Which placeholders a kind of tile
 * fills is written at the kind, in metrics/tiles.
 */
export interface Says {
	claim: string;
	none: string;
	better?: string;
	/** Nothing can be claimed of one group, but {outside} of {count} lie beyond the outer limits of a funnel plot: to say `none` beside that picture would be untrue. */
	near?: string;
}

export interface Action {
	/** The tile whose finding is the evidence. */
	evidence: string;
	/** Sentence when the evidence holds, with the same placeholders as the evidence's claim. */
	do: string;
}

export type Tile = TileBase &
	(
		| { kind: 'kpis'; measures: readonly string[] }
		/** Flows and the stock they feed, one x scale, two panels. `lasting`: what is said of one in the stock; absent: open. */
		| { kind: 'flow'; opened: string; resolved: string; stock: string; lasting?: string; says: Says }
		/** One measure over the values of one dimension, each against the rest. */
		/** `tested`: the measure whose difference between groups is tested, when it is not the one drawn (a count says nothing by itself). `adjust`: a share is set against what the group's mix of these dimensions leads to expect. */
		| { kind: 'groups'; measure: string; by: string; chart: 'bars' | 'dots' | 'columns' | 'funnel-plot'; says: Says; tested?: string; adjust?: readonly string[]; axis?: string }
		/** A mean or share along an ordered number: slope with its interval. */
		| { kind: 'trend-by'; measure: string; by: string; says: Says; axis?: string }
		| { kind: 'grid'; measure: string; rows: string; columns: string; says: Says }
		/** Several measures by one dimension; the sentence is about the first one that is tested, `about`. */
		| { kind: 'matrix'; measures: readonly string[]; by: string; says: Says; about: string }
		/** `limit`: what the line at the measure's limit is called, where nobody promised it. */
		| { kind: 'survival'; measure: string; by: string; days: number; says: Says; axis?: string; limit?: string }
		| { kind: 'list'; mart: string; columns: readonly ListColumn[]; where?: string; orderBy: string; key: string; says: Says; search?: boolean }
		/** Excess of a duration over comparable rows, for every value of every driver; ranked by its lower bound. */
		| { kind: 'drivers'; mart: string; start: string; end: string; days: number; drivers: readonly string[]; strata: readonly string[]; view: 'dots' | 'table'; says: Says }
		| { kind: 'steps'; measure: string; by: string; hours: string; running: string; says: Says }
		/** When a step began to take longer for one value of one dimension: the share of steps slower than their usual third quarter, split at every day. */
		| { kind: 'changes'; mart: string; steps: readonly { label: string; start: string; end: string }[]; by: readonly string[]; says: Says }
		/** Of cases still open at the landmark, those exposed by then against those not: share still open at the limit. What comes later can no longer look like its own cause. */
		| { kind: 'landmark'; mart: string; start: string; end: string; exposed: string; landmarkHours: number; limitHours: string; labels: readonly [string, string]; says: Says; milestones?: string }
		/** `milestones`: the pack's set whose values are the stages' ids (here) or `exposed` and `other` (landmark), so that their marks filter. */
		| { kind: 'funnel'; mart: string; stages: readonly FunnelStage[]; says: Says; milestones?: string }
		/** `by`: the dimension that its rows are values of; `measures`: what its row's numbers are, for their proof. */
		| { kind: 'panel'; panel: string; by?: string; measures?: readonly string[]; options: Readonly<Record<string, unknown>> }
		| { kind: 'insights'; evidence: readonly string[] }
		| { kind: 'actions'; actions: readonly Action[] }
	);

export interface FunnelStage {
	id: string;
	label: string;
	/** SQL condition: the case reached this stage. */
	reached: string;
	/** SQL condition: it can still reach it (still in the stage before). */
	waiting: string;
	/** Not a stage to be missed: going on without it is no loss. */
	optional?: boolean;
	/** Not every case needs this stage: SQL condition for those that do. */
	needed?: string;
}

export interface View {
	id: string;
	label: string;
	question: string;
	/** What the view is for, one sentence, for newcomers. */
	about: string;
	/** Tiles whose findings, in this order, make the paragraph beside the question. */
	briefing: readonly string[];
	tiles: readonly Tile[];
}

export interface GeneratedTable {
	/** Arrow IPC stream bytes, every column Utf8, in the order of the contract, first column `_row` (Int32, from 1). */
	chunks: Uint8Array[];
	rows: number;
}

/** Something the generator put in on purpose, so that tests can ask whether the app finds it. */
export interface Planted {
	id: string;
	says: string;
	[detail: string]: unknown;
}

export interface Generated {
	tables: Record<string, GeneratedTable>;
	manifest: { seed: number; size: string; scenario: string; rows: number; planted: Planted[]; dirty: Record<string, number> };
}

export interface GenerateRequest {
	seed: number;
	size: string;
	scenario: string;
}

/** From the event `since` on, until the event `until` where there is one. */
export interface StatusRule {
	value: string;
	since: string;
	until?: string;
}

export interface Timeline {
	mart: string;
	at: string;
	/** Orders what happened at one instant. */
	order: string;
	/** 'event' or 'interaction'. */
	kind: string;
	what: string;
	who: string;
	minutes: string;
	/** Readable names of values of `what`; others are shown with spaces for their underscores. */
	names: Readonly<Record<string, string>>;
	/** The var with the hours of the promise. */
	limitHours: string;
	/** The var with the hours after which nobody having touched it is too long. */
	staleHours: string;
	/** The status after any of its events: the first rule that holds, else `first`. Values are those of the dimension. */
	status: { dimension: string; first: string; rules: readonly StatusRule[] };
	/** False: nothing says whether it lasts, so it is called neither open nor ended. */
	lasting?: boolean;
	/** The events that end it and that open it again. */
	ends: string;
	reopens: string;
	/** What is asked of somebody and received, by their events. */
	asks: readonly { label: string; asked: string; received: string }[];
	/** Dimensions of the main mart, and numbers of it with their format. */
	dimensions: readonly string[];
	facts: readonly ListColumn[];
}

export interface Pack {
	id: string;
	label: string;
	about: string;
	/** One of what: singular and plural, e.g. case, cases. */
	entity: readonly [string, string];
	/** Who answers for the measures, where a measure names nobody else. */
	owner: string;
	vars: Readonly<Record<string, number | string>>;
	/** Its models' SQL by `<layer>/<model>`, where it stands in no folder: packs made while the app runs. */
	sql?: Readonly<Record<string, string>>;
	raw: Readonly<Record<string, RawTable>>;
	staging: Readonly<Record<string, StagingModel>>;
	models: Readonly<Record<string, Model>>;
	marts: Readonly<Record<string, Mart>>;
	dimensions: Readonly<Record<string, Dimension>>;
	/** Sets of named conditions that filter like dimensions; their ids are apart from those of dimensions. */
	milestones: Readonly<Record<string, Milestones>>;
	measures: Readonly<Record<string, Measure>>;
	/** Laws that tests hold for this pack's measures, beside those that hold for measures of every pack. */
	checks?: readonly Check[];
	views: readonly View[];
	sizes: readonly string[];
	defaultSize: string;
	scenarios: Readonly<Record<string, string>>;
	/** The mart whose rows are the pack's entity. */
	/** `said`: what its date is called where that is not when a row was opened. */
	main: { mart: string; opened: string; key: string; said?: string };
	/** All that happened to one entity, and which of its columns introduce it. */
	timeline: Timeline;
}
