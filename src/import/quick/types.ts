import type { Choice, Db } from '../types.ts';

/** What is made of one table that belongs to no pack. Plain data: kept as JSON, changed by `withEdit`, turned into a pack by `quickPack`. */
export interface QuickPlan {
	version: 1;
	/** Of the pack: a name that can stand in SQL and in an address. */
	id: string;
	label: string;
	/** One row is one of what: singular and plural; of an event log, one case. */
	entity: readonly [string, string];
	rows: number;
	/** Every column of the source, in its order: what it holds and what it may be. */
	columns: readonly QuickColumn[];
	/** When a row happened; null: nothing says when, and nothing is shown over time. */
	time: Choice<string | null>;
	/** What tells rows apart; null: every row counts. */
	key: Choice<string | null>;
	dimensions: readonly QuickDimension[];
	numbers: readonly QuickNumber[];
	rates: readonly QuickRate[];
	ratios: readonly QuickRatio[];
	spans: readonly QuickSpan[];
	eventLog: QuickLog | null;
	/** Columns that nothing is made of. They stay in the table. */
	left: readonly { column: string; because: string }[];
	/** Every two timestamps in their order, as measured: what `spans` may be chosen from. */
	pairs: readonly QuickPair[];
	/** Columns that several rows share and that may be the case of an event log, with those that never change within a case. */
	cases: readonly { column: string; constant: readonly string[] }[];
}

export type QuickType = 'text' | 'number' | 'timestamp' | 'boolean';

/** Places that a column can take. `case` and `activity` are those of an event log. */
export type QuickRole = 'time' | 'key' | 'dimension' | 'number' | 'rate' | 'case' | 'activity';

export interface QuickColumn {
	/** As the source names it. */
	column: string;
	/** As SQL names it: lower-case ASCII, unique, never with two underscores in a row. */
	name: string;
	label: string;
	type: QuickType;
	/** Cells with a value, those without a readable one, and different values. */
	filled: number;
	bad: number;
	distinct: number;
	can: readonly QuickRole[];
	/** A date that stands for months: always the first or always the last day of one. Counts of unlike stretches of it cannot be compared. */
	monthly: boolean;
	/** How it would be summed up as a number, where it can be one. */
	asNumber: QuickNumber | null;
	/** Why it is what it is, or nothing; one plain phrase. */
	because: string;
}

export interface QuickDimension {
	column: string;
	label: string;
	/** Its values are whole numbers in their order. */
	ordered?: boolean;
	because: string;
}

export type QuickUse = 'mean' | 'sum' | 'median';

export interface QuickNumber {
	column: string;
	label: string;
	unit: string;
	/** What is shown of it. */
	use: QuickUse;
	/** What may be shown of it: rates are never added up nor averaged over rows. */
	uses: readonly QuickUse[];
	whole: boolean;
	because: string;
}

/** A column of two values, yes and no. */
export interface QuickRate {
	column: string;
	label: string;
	because: string;
}

/** A part and its whole, row by row: Σ part ÷ Σ whole. */
export interface QuickRatio {
	part: string;
	whole: string;
	because: string;
}

export interface QuickSpan {
	start: string;
	end: string;
	label: string;
	/** A row without an end has not ended yet. Otherwise its end is unknown, and it takes no part. */
	open: boolean;
	/** The time after which it is asked how many still last. */
	limitDays: number;
	because: string;
}

export interface QuickPair {
	start: string;
	end: string;
	/** Rows with both, those of them whose end is not before their start, and those whose end is later. */
	both: number;
	ordered: number;
	later: number;
	/** Rows with a start and no end. */
	endless: number;
	/** All times between them are whole days. */
	wholeDays: boolean;
	/** Days, over rows in order: median, third quarter, nine tenths. */
	median: number;
	third: number;
	most: number;
}

export type QuickUnit = 'days' | 'hours' | 'minutes';

export interface QuickLog {
	case: string;
	activity: string;
	resource: string | null;
	/** A column that tells starts from completions; a variant then counts completions. */
	lifecycle: string | null;
	/** In which times of a case are told. */
	unit: 'days' | 'hours';
	because: string;
}

/** The source's table where its values can be asked for. */
export interface Evidence {
	db: Db;
	/** As it stands after `from`. */
	table: string;
	/** SQL of a column's value as its conversion reads it: VARCHAR without spaces around it, DOUBLE, TIMESTAMP or BOOLEAN; null where nothing was entered or nothing can be read. */
	value: (column: string) => string;
}
