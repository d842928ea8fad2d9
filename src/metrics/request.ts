import type { Grain, Pack } from '../pack/types.ts';
import type { Compare } from './periods.ts';

/** Chosen values by dimension; null is the missing value. A dimension that is absent or empty is not filtered. */
export type Filters = Readonly<Record<string, readonly (string | null)[]>>;

/** Days, both inclusive; an absent side is open. */
export interface DateRange {
	from?: string | undefined;
	to?: string | undefined;
}

/** How numbers are set beside each other and cut into periods. */
export interface Reading {
	compare: Compare;
	/** What is set against all the rest, where the comparison is by segment. */
	segment: Filters;
	/** Null: chosen by the length of the range. */
	grain: Grain | null;
}

/** The world a number is asked of. */
export interface Context {
	pack: Pack;
	filters: Filters;
	range: DateRange;
	asOf: string;
	/** The first timestamp in the data: no earlier period exists. */
	earliest: string;
}

export interface MeasureRequest {
	measure: string;
	by?: readonly string[];
	grain?: Grain;
	/** `opened`: the date range cuts the day the case opened (the slicer). `own`: it cuts the measure's own time, as in a chart of flows. */
	clock?: 'opened' | 'own';
	/** Also compute what a test of each group against the rest needs. One dimension, no grain. */
	tested?: boolean;
	/** Only the rows that these values choose, or with `rest` only the others. */
	segment?: { filters: Filters; rest: boolean };
	/** Replaces the context's range or as-of: how an earlier period is asked for. */
	range?: DateRange;
	asOf?: string;
}

/** One value of a measure with what it rests on. Rates are 0–1, durations in the measure's unit, `t` is the bucket's start (ms, UTC). */
export interface MeasureRow {
	keys: (string | null)[];
	t: number | null;
	value: number | null;
	n: number;
	lo: number | null;
	hi: number | null;
	/** Standard normal statistic of this group against all others; positive = higher value. */
	z?: number | null;
	/**
	 * Sums behind the value: numerator and denominator, or mean and standard deviation. `weight`: how many rows of average
	 * risk would know an adjusted share as well as its own rows do.
	 */
	parts: { num?: number; den?: number; mean?: number; sd?: number; events?: number; weight?: number };
}
