import type {
	CurveRow,
	FlowInput,
	FunnelInput,
	FunnelPlotInput,
	FunnelRow,
	GridInput,
	GroupRow,
	GroupsInput,
	HistogramInput,
	LineInput,
	Series,
	SparkInput,
	StepRow,
	StepsInput,
	SurvivalInput,
	TimelineInput,
	TimelineSpan,
	Tone,
} from '../../src/charts/types.ts';

export type Situation = 'typical' | 'one row' | 'empty' | 'nulls' | 'long labels';
export const situations: readonly Situation[] = ['typical', 'one row', 'empty', 'nulls', 'long labels'];

export interface Inputs {
	bars: GroupsInput;
	dots: GroupsInput;
	columns: GroupsInput;
	grid: GridInput;
	flow: FlowInput;
	spark: SparkInput;
	line: LineInput;
	survival: SurvivalInput;
	funnel: FunnelInput;
	'funnel-plot': FunnelPlotInput;
	steps: StepsInput;
	histogram: HistogramInput;
	timeline: TimelineInput;
}

const WEEK = 7 * 86_400_000;
const START = Date.UTC(2026, 0, 5);
const LONG = 'coordination of care after discharge with an out-of-network provider';

function rowsFor<T>(situation: Situation, rows: readonly T[], nulled: (row: T) => T, lengthened: (row: T) => T): T[] {
	if (situation === 'empty') return [];
	if (situation === 'one row') return rows.slice(0, 1);
	if (situation === 'nulls') return rows.map((row, index) => (index % 2 === 1 ? nulled(row) : row));
	return situation === 'long labels' ? rows.map((row) => lengthened(row)) : [...rows];
}

const noValue = (row: GroupRow): GroupRow => ({ ...row, value: null, lo: null, hi: null });
const longer = <T extends { label: string }>(row: T): T => ({ ...row, label: `${row.label}: ${LONG}` });

const group = (
	key: string,
	label: string,
	value: number,
	half: number,
	n: number,
	tone: Tone = 'plain',
	faint = false,
): GroupRow => ({ key, label, value, lo: value - half, hi: value + half, n, tone, faint });

const backlog = [
	group('claim_denial', 'Claim denial', 668, 50, 2014, 'worse'),
	group('prior_authorization', 'Prior authorisation', 602, 47, 2106),
	group('care_coordination', 'Care coordination', 296, 33, 1122),
	group('provider_search', 'Provider search', 271, 31, 1081),
	group('billing_dispute', 'Billing dispute', 249, 30, 1089),
	group('other', 'Other', 41, 22, 19, 'plain', true),
];
const drivers = [
	group('missing_docs', 'missing documents', 1460, 150, 3020, 'worse'),
	group('exchange', 'payer: exchange plans', 520, 140, 1480),
	group('overloaded', 'overloaded advocate', 380, 90, 990),
	group('handoffs', 'three or more handoffs', 295, 105, 620),
	group('email', 'intake by e-mail', 110, 140, 810, 'plain', true),
	group('specialty', 'team: specialty', 60, 145, 640, 'plain', true),
];
const handoffs = [
	group('0', '0', 3.93, 0.04, 1204),
	group('1', '1', 3.8, 0.04, 1350),
	group('2', '2', 3.64, 0.05, 844),
	group('3', '3', 3.5, 0.08, 391, 'worse'),
	group('4', '4', 3.39, 0.12, 142),
	group('5', '5 or more', 3.31, 0.22, 27, 'plain', true),
];

const urgencies = ['low', 'medium', 'high', 'urgent'];
const hours = [9.1, 7.4, 5.2, 2.6, 11.8, 9.9, 6.1, 3.3, 6.8, 5.5, 4.9, 1.9, 7.7, 5.1, 3.8, 2.2];
const cells = ['Claim denial', 'Prior authorisation', 'Care coordination', 'Billing dispute'].flatMap((row, line) =>
	urgencies.map((column, place) => ({
		...group(
			`${row}|${column}`,
			`${row}, ${column}`,
			hours[line * 4 + place] ?? 0,
			0.6,
			40 + line * 100,
			'plain',
			line === 3 && place === 3,
		),
		row,
		column,
	})),
);

const weekly = (key: string, label: string, tone: Tone, values: readonly (number | null)[]): Series => ({
	key,
	label,
	tone,
	points: values.map((value, week) => ({
		t: START + week * WEEK,
		value,
		n: value ?? 0,
		unfinished: week === values.length - 1 && week > 0,
	})),
});
const opened = [
	264, 281, 279, 292, 286, 283, 279, 276, 283, 286, 284, 281, 279, 276, 275, 282, 280, 289, 301, 297, 294, 303, 290,
	294, 289, 121,
];
const resolved = [
	275, 284, 300, 304, 287, 281, 269, 281, 271, 284, 308, 285, 271, 251, 272, 298, 299, 272, 276, 274, 277, 266, 274,
	283, 277, 96,
];
const waiting = opened.map((_, week) =>
	opened.slice(0, week + 1).reduce((sum, value, index) => sum + value - (resolved[index] ?? 0), 1940),
);

function curve(key: string, label: string, scale: number, n: number, tone: Tone): CurveRow {
	const points = Array.from({ length: 33 }, (_, t) => {
		const share = 1 - Math.exp(-t / scale);
		const half = t === 0 ? 0 : 1.96 * Math.sqrt((share * (1 - share)) / n) + 0.004;
		return { t, share, lo: Math.max(0, share - half), hi: Math.min(1, share + half) };
	});
	return { key, label, tone, points, n, open: Math.round(n / 5) };
}
const curves = [
	curve('billing_dispute', 'billing dispute', 3.9, 1089, 'better'),
	curve('provider_search', 'provider search', 5.4, 1081, 'plain'),
	curve('care_coordination', 'care coordination', 6.2, 1122, 'plain'),
	curve('prior_authorization', 'prior authorisation', 11.5, 2106, 'plain'),
	curve('claim_denial', 'claim denial', 16, 2014, 'worse'),
];

const stages: readonly FunnelRow[] = [
	{ key: 'opened', label: 'Opened', reached: 7412, waiting: 0, lost: 0, share: 1, lo: 1, hi: 1 },
	{ key: 'assigned', label: 'Assigned', reached: 7203, waiting: 178, lost: 31, share: 0.972, lo: 0.968, hi: 0.975 },
	{
		key: 'first_response',
		label: 'First response',
		reached: 6904,
		waiting: 241,
		lost: 58,
		share: 0.958,
		lo: 0.953,
		hi: 0.963,
	},
	{
		key: 'documents',
		label: 'Documents received',
		reached: 2710,
		waiting: 802,
		lost: 311,
		share: 0.709,
		lo: 0.694,
		hi: 0.723,
	},
	{ key: 'resolved', label: 'Resolved', reached: 5326, waiting: 2086, lost: 0, share: 0.719, lo: 0.708, hi: 0.729 },
	{
		key: 'feedback',
		label: 'Feedback given',
		reached: 3981,
		waiting: 412,
		lost: 933,
		share: 0.747,
		lo: 0.735,
		hi: 0.759,
	},
];

const advocateCounts = [22, 41, 60, 75, 88, 96, 104, 118, 131, 140, 152, 166, 178, 190, 205, 214, 230, 252, 281, 310];
const offsets = [
	0.06, -0.05, 0.03, -0.02, 0.05, 0.21, -0.04, 0.02, -0.06, 0.01, 0.04, -0.19, 0.02, 0.03, -0.01, 0.16, 0.0, -0.03,
	0.155, 0.02,
];
const advocates = advocateCounts.map((n, index) =>
	group(
		`adv_${index + 1}`,
		`Advocate ${String.fromCharCode(65 + index)}. Moreno`,
		0.42 + (offsets[index] ?? 0),
		1.96 * Math.sqrt(0.24 / n),
		n,
	),
);
const limits = Array.from({ length: 40 }, (_, index) => {
	const n = (index + 1) * 8;
	const error = Math.sqrt((0.42 * 0.58) / n);
	return {
		n,
		lo95: Math.max(0, 0.42 - 1.96 * error),
		hi95: Math.min(1, 0.42 + 1.96 * error),
		lo998: Math.max(0, 0.42 - 3.09 * error),
		hi998: Math.min(1, 0.42 + 3.09 * error),
	};
});

const stepRows: readonly StepRow[] = [
	{
		key: 'waiting_documents',
		label: 'documents requested → received',
		done: 182_000,
		running: 34_000,
		median: 61,
		lo: 58,
		hi: 64,
		n: 3120,
	},
	{
		key: 'payer',
		label: 'submitted → payer answered',
		done: 121_000,
		running: 20_500,
		median: 49,
		lo: 47,
		hi: 52,
		n: 2804,
	},
	{ key: 'assigned', label: 'opened → assigned', done: 38_000, running: 2100, median: 4.6, lo: 4.4, hi: 4.8, n: 7203 },
	{
		key: 'first_response',
		label: 'assigned → first response',
		done: 29_000,
		running: 1400,
		median: 3.1,
		lo: 2.9,
		hi: 3.2,
		n: 6904,
	},
];

const HOUR = 3_600_000;
const eventTimes: readonly (readonly [number, string])[] = [
	[0, 'opened'],
	[2, 'assigned'],
	[20, 'first response'],
	[21, 'documents requested'],
	[180, 'documents received'],
	[260, 'escalated'],
	[410, 'resolved'],
	[505, 'reopened'],
];
const contactTimes: readonly (readonly [number, string, number | null])[] = [
	[20, 'call', 26],
	[44, 'email', null],
	[110, 'call', 300],
	[190, 'insurer follow-up', 12],
	[300, 'email', 4],
	[306, 'email', 9],
	[400, 'call', 31],
	[512, 'call', 8],
];
const holderTimes: readonly (readonly [number, number, string])[] = [
	[20, 110, 'Camille Whitfield'],
	[110, 116, 'Zoë Kowalski'],
	[116, 124, 'Renée Everett'],
	[124, 130, 'Zoë Kowalski'],
	[130, 410, 'Anthony Lindqvist'],
	[505, 530, 'Aisha Iyer'],
];
const waitTimes: readonly (readonly [number, number, string | null])[] = [
	[0, 20, null],
	[20, 110, '3.8 days nothing'],
	[110, 180, '2.9 days nothing'],
	[180, 260, '3.3 days nothing'],
	[260, 400, '5.8 days nothing'],
	[400, 410, null],
	[505, 530, null],
];

/** A case that was resolved late, reopened and is open still. */
function caseTimeline(situation: Situation, width: number): TimelineInput {
	const some = <T>(rows: readonly T[]): readonly T[] =>
		situation === 'empty' ? [] : situation === 'one row' ? rows.slice(0, 1) : rows;
	const at = (hours: number) => START + hours * HOUR;
	const long = situation === 'long labels' ? ` ${LONG}` : '';
	const nulls = situation === 'nulls';
	const span =
		(name: string) =>
		([from, to, label]: readonly [number, number, string | null], index: number): TimelineSpan => ({
			key: `${name}-${index}`,
			from: at(from),
			to: at(to),
			label: label === null || nulls ? null : `${label}${long}`,
			title: label ?? 'a short wait',
		});
	return {
		width,
		from: at(0),
		to: at(situation === 'one row' ? 60 : 530),
		events: some(eventTimes).map(([t, label], index) => ({
			key: `e${index}`,
			t: at(t),
			label: `${label}${long}`,
			title: label,
		})),
		contacts: (situation === 'one row' ? [] : some(contactTimes)).map(([t, lane, minutes], index) => ({
			key: `c${index}`,
			t: at(t),
			label: lane,
			title: lane,
			lane: `${lane}${long}`,
			minutes: nulls ? null : minutes,
		})),
		waits: situation === 'one row' ? [] : some(waitTimes).map(span('wait')),
		holders: situation === 'one row' ? [] : some(holderTimes).map(span('holder')),
		holding: `held by${long}`,
		promise: { at: at(168), label: `promise: 7 days${long}`, kept: false },
		...(nulls ? {} : { end: `as of 27 Jan, 02:00${long}` }),
		current: 'c3',
		cursor: at(190),
	};
}

const binCounts = [820, 1104, 961, 730, 588, 471, 402, 296, 240, 181, 140, 121, 94, 70, 52, 41];

const days = (value: number) => `${value.toFixed(1)} d`;
const hoursText = (value: number) => `${value.toFixed(1)} h`;
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const percent = (value: number) => `${Math.round(value * 100)} %`;
const score = (value: number) => value.toFixed(2);

/** One plausible input of every kind in a situation, at a width in px. */
export function inputs(situation: Situation, width: number): Inputs {
	const groups = (rows: readonly GroupRow[]) => rowsFor(situation, rows, noValue, longer);
	const series = (key: string, label: string, tone: Tone, values: readonly number[]) =>
		weekly(
			key,
			situation === 'long labels' ? `${label} ${LONG}` : label,
			tone,
			rowsFor<number | null>(
				situation,
				values,
				() => null,
				(value) => value,
			).map((value, week) => (situation === 'nulls' && week % 8 !== 1 ? (values[week] ?? null) : value)),
		);
	const long = situation === 'long labels' ? `: ${LONG}` : '';
	const cellRows = rowsFor(
		situation,
		cells,
		(row) => ({ ...row, ...noValue(row) }),
		(row) => ({ ...row, row: `${row.row}${long}`, column: `${row.column}${long}` }),
	);
	return {
		bars: { width, format: whole, rows: groups(backlog), axis: 'cases waiting →' },
		dots: { width, format: whole, rows: groups(drivers), axis: 'excess case-days a month →' },
		columns: { width, format: score, rows: groups(handoffs), axis: 'handoffs' },
		grid: {
			width,
			format: hoursText,
			rows: cellRows,
			rowLabels: [...new Set(cellRows.map((row) => row.row))],
			columnLabels: [...new Set(cellRows.map((row) => row.column))],
			axis: 'hours to first response, median',
		},
		flow: {
			width,
			format: whole,
			inflow: series('opened', 'opened', 'worse', opened),
			outflow: series('resolved', 'resolved', 'accent', resolved),
			stock: series('waiting', 'waiting', 'plain', waiting),
			notes: [
				{ t: START + 17 * WEEK, label: `document portal fault${long}` },
				{ t: START + 19 * WEEK, label: 'portal repaired' },
			],
		},
		spark: {
			width: Math.min(width, 140),
			points: weekly(
				'spark',
				'spark',
				'plain',
				rowsFor<number | null>(
					situation,
					resolved,
					() => null,
					(value) => value,
				),
			).points,
			reference: 280,
		},
		line: {
			width,
			points: weekly(
				'line',
				'line',
				'plain',
				rowsFor<number | null>(
					situation,
					resolved,
					() => null,
					(value) => value,
				),
			).points,
			at: 'time',
			format: String,
			axis: situation === 'long labels' ? LONG : 'created_at →',
		},
		survival: {
			width,
			curves: rowsFor(situation, curves, (row) => ({ ...row, points: [] }), longer),
			days: 30,
			promise: { at: 7, label: `promise: 7 days${long}` },
			axis: 'days since opening →',
		},
		funnel: {
			width,
			format: percent,
			rows: rowsFor(situation, stages, (row) => ({ ...row, share: null, lo: null, hi: null }), longer),
		},
		'funnel-plot': { width, format: percent, rows: groups(advocates), centre: 0.42, limits, axis: 'resolved cases →' },
		steps: {
			width,
			format: hoursText,
			rows: rowsFor(situation, stepRows, (row) => ({ ...row, median: null, lo: null, hi: null }), longer),
			axis: 'share of all hours →',
		},
		histogram: {
			width,
			format: days,
			bins:
				situation === 'empty'
					? []
					: binCounts.slice(0, situation === 'one row' ? 1 : undefined).map((count, index) => ({
							from: index * 2,
							to: index * 2 + 2,
							count: situation === 'nulls' && index % 2 === 1 ? 0 : count,
							tone: index * 2 >= 8 ? ('worse' as const) : ('plain' as const),
						})),
			marker: { at: 7, label: `promise: 7 days${long}` },
			axis: 'days to resolution →',
		},
		timeline: caseTimeline(situation, width),
	};
}
