/** What every chart kind takes. Charts draw and nothing else: they know no pack, no query and no framework. */

export interface ChartSize {
	width: number;
	/** Absent: the kind chooses from its rows. */
	height?: number;
	/** Absent: the document of the page. */
	document?: Document;
	/** Takes what need not be there when the picture is first seen: areas for the pointer. Absent: they are drawn at once. */
	later?: ((work: () => void) => void) | undefined;
}

export type Tone = 'plain' | 'better' | 'worse' | 'accent' | 'mute';

export interface ChartText {
	/** Value to text, unit included where the unit is short (58 %, 9.6 d). */
	format: (value: number) => string;
	/** Reads along the value axis, e.g. "days to resolution →". */
	axis?: string;
}

/** One value of one group with its uncertainty. */
export interface GroupRow {
	/** The raw value of the dimension, as text; carried by the mark as `data-key`. */
	key: string;
	label: string;
	value: number | null;
	n: number;
	lo: number | null;
	hi: number | null;
	tone?: Tone;
	/** Below the minimum n, or not beyond noise: drawn hollow or faint. */
	faint?: boolean;
}

export interface GroupsInput extends ChartSize, ChartText {
	rows: readonly GroupRow[];
	/** A line across all groups, e.g. the total or the promise. */
	reference?: { value: number; label: string };
}

export interface GridInput extends ChartSize, ChartText {
	rows: readonly (GroupRow & { row: string; column: string })[];
	/** Labels in the order to show. */
	rowLabels: readonly string[];
	columnLabels: readonly string[];
}

export interface SeriesPoint {
	/** Start of the bucket, ms since the epoch, UTC. */
	t: number;
	value: number | null;
	n?: number;
	lo?: number | null;
	hi?: number | null;
	/** The bucket is not over at the as-of: dashed, no delta. */
	unfinished?: boolean;
}

export interface Series {
	key: string;
	label: string;
	tone: Tone;
	points: readonly SeriesPoint[];
}

/** Something that happened at an instant. It is drawn where the time axis reaches it. */
export interface DatedNote {
	t: number;
	label: string;
}

export interface FlowInput extends ChartSize, ChartText {
	inflow: Series;
	outflow: Series;
	stock: Series;
	notes?: readonly DatedNote[];
	/** What a bucket is called, by its start: "week of 3 Jun 2026". Absent: the day. */
	nameOf?: (t: number) => string;
}

export interface SparkInput extends ChartSize {
	points: readonly SeriesPoint[];
	/** A thin line: the mean of the finished points, or the promise. */
	reference?: number;
	notes?: readonly DatedNote[];
	/** What a point says of itself; with it every point can be reached and read. */
	titleOf?: (point: SeriesPoint) => string;
}

export interface LineInput extends ChartSize, ChartText {
	points: readonly SeriesPoint[];
	/** Where `t` of a point is no time, how it is written. */
	at: 'time' | ((t: number) => string);
}

export interface CurveRow {
	key: string;
	label: string;
	tone?: Tone;
	/** Steps of the share resolved: at `t` days the curve is `share` (0–1) with its band. Starts at t = 0. */
	points: readonly { t: number; share: number; lo: number; hi: number }[];
	n: number;
	open: number;
}

export interface SurvivalInput extends ChartSize {
	curves: readonly CurveRow[];
	/** Days shown on x. */
	days: number;
	promise?: { at: number; label: string };
	axis: string;
}

export interface FunnelRow {
	key: string;
	label: string;
	reached: number;
	/** Still in the stage before this one. */
	waiting: number;
	/** Neither reached nor able to any more, or ended without it. */
	lost: number;
	share: number | null;
	lo: number | null;
	hi: number | null;
}

export interface FunnelInput extends ChartSize {
	rows: readonly FunnelRow[];
	format: (value: number) => string;
}

export interface FunnelPlotInput extends ChartSize, ChartText {
	/** `weight`: how many average rows would know the value as well, where that is not n; it is the place along x. */
	rows: readonly (GroupRow & { weight?: number })[];
	/** The overall value, and the limits at any n: 95 % and 99.8 %. */
	centre: number;
	limits: readonly { n: number; lo95: number; hi95: number; lo998: number; hi998: number }[];
}

export interface StepRow {
	key: string;
	label: string;
	/** Total hours spent in this step over all cases, with the part still running in open cases apart. */
	done: number;
	running: number;
	median: number | null;
	lo: number | null;
	hi: number | null;
	n: number;
}

export interface StepsInput extends ChartSize, ChartText {
	rows: readonly StepRow[];
	/** Hours over all steps, where the rows are not all of them. */
	total?: number;
}

export interface HistogramInput extends ChartSize, ChartText {
	/** Bins of equal width, from inclusive, to exclusive. */
	bins: readonly { from: number; to: number; count: number; tone?: Tone }[];
	marker?: { at: number; label: string };
}

export interface TimelineMark {
	key: string;
	/** ms since the epoch, UTC. */
	t: number;
	label: string;
	/** What the mark says when pointed at. */
	title: string;
}

export interface TimelineSpan {
	key: string;
	from: number;
	to: number;
	label: string | null;
	title: string;
}

export interface TimelineInput extends ChartSize {
	/** Ends of the axis, ms since the epoch, UTC. */
	from: number;
	to: number;
	events: readonly TimelineMark[];
	contacts: readonly (TimelineMark & { lane: string; minutes: number | null })[];
	/** From each touch to the next, while open; the labelled ones are too long. */
	waits: readonly TimelineSpan[];
	/** One after another; without a label nobody is known to hold it. */
	holders: readonly TimelineSpan[];
	/** Says what the band of holders is. */
	holding: string;
	/** Kept: what comes after is not late. It may lie beyond the axis. */
	promise?: { at: number; label: string; kept: boolean };
	/** What stands at the right end of a line that is still open. */
	end?: string;
	/** The key of the mark under the cursor; `cursor` is its instant. */
	current?: string;
	cursor?: number;
}
