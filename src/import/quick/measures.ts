import type { Format, Measure } from '../../pack/types.ts';
import { cases, events, labelled, limitText, quoted, spanName, unitOf, type Layout } from './layout.ts';
import { has, inside, wordsOf } from './names.ts';
import type { QuickNumber, QuickSpan, QuickUse } from './types.ts';

const asOf = "{{ var('as_of') }}";

/** A measure with what sentences call it. `tested`: groups of it are tested against each other. */
export interface Told {
	id: string;
	measure: Measure;
	/** "the mean of “Score”" */
	subject: string;
	tested: boolean;
	/** Source columns it is made of: groups by them would say nothing. */
	of: readonly string[];
	/** One of the numbers that cards show. */
	shown: boolean;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Names of measures that other parts of the pack speak of. */
export const spanIds = (layout: Layout, span: QuickSpan): Record<'median' | 'over' | 'open' | 'begun' | 'ended' | 'mean', string> => {
	const id = layout.took(span);
	return { median: `${id}__median`, over: `${id}__over`, open: `${id}__open`, begun: `${id}__begun`, ended: `${id}__ended`, mean: `${id}__mean` };
};

/** Counts and totals of data by months are not compared between stretches of days: one may hold a month more. */
const ofMonths = ({ plan, column }: Layout): { presentOnly?: true } => (plan.time.value !== null && plan.eventLog === null && column(plan.time.value).monthly ? { presentOnly: true } : {});

const timeOf = ({ plan, opened, main, sql }: Layout, mart: string): { time?: string } => {
	const time = mart === main ? opened : plan.time.value === null ? null : sql(plan.time.value).replaceAll('"', '');
	return time === null ? {} : { time };
};

function counts(layout: Layout): Told[] {
	const { plan, main } = layout;
	const [, many] = plan.entity;
	const count = (id: string, mart: string, what: string, definition: string): Told => ({
		id, subject: `the number of ${what}`, tested: false, of: [], shown: true,
		measure: { kind: 'count', label: capital(what), mart, ...timeOf(layout, mart), ...ofMonths(layout), unit: what, format: 'integer', better: 'neither', definition, reading: 'How many there are.' },
	});
	const entities = count('records', main, many, plan.eventLog ? `One for each value of “${labelled(layout, plan.eventLog.case)}”, up to the as-of.` : `Rows of the table${plan.time.value === null ? '' : ' up to the as-of'}.`);
	return plan.eventLog ? [entities, count('events', events, 'events', 'Rows of the table up to the as-of: one each.')] : [entities];
}

const useWords: Readonly<Record<QuickUse, string>> = { mean: 'mean', sum: 'total', median: 'median' };
const readings: Readonly<Record<QuickUse, string>> = { mean: 'What one row has on average.', sum: 'How much there is in all.', median: 'Half of the rows have less, half have more.' };

function ofNumber(layout: Layout, number: QuickNumber, use: QuickUse): Told {
	const { column, label, unit, whole } = number;
	const [expr, mart] = [layout.sql(column), layout.martOf(column)];
	const format: Format = use === 'sum' && whole ? 'integer' : 'decimal';
	const named = use === 'sum' && has(wordsOf(label), 'total', 'sum') ? label : capital(`${useWords[use]} ${inside(label)}`);
	const base = { label: named, mart, ...timeOf(layout, mart), unit, format, better: 'neither' as const, definition: `${capital(useWords[use])} of “${label}” over rows that have it.`, reading: readings[use] };
	const measure: Measure = use === 'sum' ? { ...base, ...ofMonths(layout), kind: 'sum', expr } : use === 'mean' ? { ...base, kind: 'mean', expr } : { ...base, kind: 'quantile', q: 0.5, expr };
	return { id: `${layout.column(column).name}__${use}`, measure, subject: `the ${useWords[use]} of “${label}”`, tested: use !== 'sum', of: [column], shown: use === number.use };
}

function rates(layout: Layout): Told[] {
	return layout.plan.rates.map(({ column, label }) => {
		const [sql, mart, bare] = [layout.sql(column), layout.martOf(column), label.replace(/[\s?:!.]+$/, '')];
		return {
			id: `${layout.column(column).name}__share`, subject: `the share of yes in “${label}”`, tested: true, of: [column], shown: true,
			measure: { kind: 'share', num: sql, den: `${sql} is not null`, label: `${bare}: yes`, mart, ...timeOf(layout, mart), unit: '', format: 'percent', better: 'neither', definition: `Rows with yes in “${label}” ÷ rows with yes or no.`, reading: 'How often it is so, where it is known.' },
		};
	});
}

function ratios(layout: Layout): Told[] {
	return layout.plan.ratios.flatMap(({ part, whole }): Told[] => {
		const [p, w, mart] = [layout.sql(part), layout.sql(whole), layout.martOf(part) === layout.martOf(whole) ? layout.martOf(part) : null];
		if (mart === null) return [];
		const [a, b] = [labelled(layout, part), labelled(layout, whole)];
		const base = { where: `${p} is not null and ${w} is not null`, den: w, mart, ...timeOf(layout, mart), unit: '', format: 'percent' as const, better: 'neither' as const, reading: 'Sums over sums, so that large rows count for what they hold.' };
		const id = `${layout.column(part).name}__of__${layout.column(whole).name}`;
		return [
			{ id, subject: `“${a}” as a share of “${b}”`, tested: false, of: [part, whole], shown: true, measure: { ...base, kind: 'ratio', num: p, label: `${a} ÷ ${inside(b)}`, definition: `Total of “${a}” ÷ total of “${b}”, over rows that have both.` } },
			{ id: `${id}__rest`, subject: `the share of “${b}” without “${a}”`, tested: false, of: [part, whole], shown: true, measure: { ...base, kind: 'ratio', num: `${w} - ${p}`, label: `${b} without ${inside(a)}`, definition: `Total of “${b}” less “${a}” ÷ total of “${b}”, over rows that have both.` } },
		];
	});
}

function ofSpan(layout: Layout, span: QuickSpan): Told[] {
	const { plan, main, sql } = layout;
	const ids = spanIds(layout, span);
	const unit = unitOf(layout, span);
	const [start, end, took] = [sql(span.start), sql(span.end), quoted(layout.took(span))];
	const [a, b] = [labelled(layout, span.start), labelled(layout, span.end)];
	const [limit, name, [, many]] = [limitText(span.limitDays), spanName(span), plan.entity];
	const begun = `${start} is not null`;
	const where = span.open ? begun : `${begun} and ${quoted(layout.known(span))}`;
	const still = span.open ? 'rows without an end count as still lasting' : 'rows without an end take no part';
	const bare = (sql: string): string => sql.replaceAll('"', '');
	const base = { mart: main, time: bare(start), better: 'neither' as const };
	const told = (id: string, subject: string, tested: boolean, shown: boolean, measure: Measure): Told => ({ id, subject, tested, shown, of: [span.start, span.end], measure });
	const short = inside(span.label).replace(/^from /, '');
	return [
		told(ids.median, `the median ${unit === 'days' ? name : spanName(span, 'days')}`, true, true, { ...base, kind: 'survival', stat: 'median', start, end, where, label: `Median, ${short}`, unit: 'days', format: unit === 'days' ? 'days' : 'decimal', definition: `Kaplan–Meier median of the days from “${a}” to “${b}”; ${still}.`, reading: 'Half take longer than this.' }),
		told(ids.over, `the share over ${limit} ${span.label.toLowerCase().startsWith('from') ? inside(span.label) : name}`, true, true, { ...base, kind: 'survival', stat: 'open_at', at: String(span.limitDays), start, end, where, maturityHours: Math.ceil(span.limitDays * 24), label: `Over ${limit}, ${short}`, unit: '', format: 'percent', definition: `Kaplan–Meier share without “${b}” ${limit} after “${a}”; ${still}.`, reading: 'How often it takes long, young rows accounted for.' }),
		told(ids.mean, `the mean ${unit === 'minutes' ? spanName(span, unit) : name} of those that have ended`, true, false, { ...base, time: bare(end), kind: 'mean', expr: took, where: `${end} <= ${asOf}`, label: `Mean of ended, ${short}`, unit, format: unit === 'minutes' ? 'decimal' : unit, definition: `Mean ${unit} from “${a}” to “${b}”, over rows that have both.`, reading: 'Rows without an end are not in it, so it flatters while long ones last.' }),
		told(ids.begun, `the number with “${a}”`, false, false, { ...base, kind: 'count', where: begun, label: `${capital(many)} with “${a}”`, unit: many, format: 'integer', definition: `Rows with “${a}” up to the as-of.`, reading: 'What comes in.' }),
		told(ids.ended, `the number with “${b}”`, false, false, { ...base, time: bare(end), kind: 'count', where: `${end} <= ${asOf}`, label: `${capital(many)} with “${b}”`, unit: many, format: 'integer', definition: `Rows with “${b}” up to the as-of; over time they stand there.`, reading: 'What goes out.' }),
		...(span.open ? [told(ids.open, `the number with “${a}” and no “${b}” yet`, false, true, { ...base, kind: 'balance', from: start, to: end, label: `Open, ${short}`, unit: many, format: 'integer', definition: `Rows with “${a}” and no “${b}” at the end of each period.`, reading: 'How many have not ended yet.' })] : []),
	];
}

function ofLog(layout: Layout): Told[] {
	const { plan, opened, sql } = layout;
	if (!plan.eventLog || plan.time.value === null || opened === null) return [];
	const [one, many] = plan.entity;
	const base = { mart: cases, time: opened, better: 'neither' as const, presentOnly: true };
	const { unit } = plan.eventLog;
	const inUnit = { unit, format: unit };
	const ends = `Nothing in the log says whether a ${one} goes on after its last event.`;
	const told = (id: string, subject: string, shown: boolean, measure: Measure): Told => ({ id, subject, tested: true, shown, of: [], measure });
	return [
		told('case__took__median', `the median time from the first to the last event`, true, { ...base, kind: 'quantile', q: 0.5, expr: 'case__took', label: 'Median, first to last event', ...inUnit, definition: `Median ${unit} between the first and the last event of a ${one}. ${ends}`, reading: `Half of the ${many} span more.` }),
		told('case__took__mean', 'the mean time from the first to the last event', true, { ...base, kind: 'mean', expr: 'case__took', label: 'Mean, first to last event', ...inUnit, definition: `Mean ${unit} between the first and the last event of a ${one}. ${ends}`, reading: 'Pulled up by the few that span long.' }),
		told('case__events__mean', `the mean number of events of a ${one}`, true, { ...base, kind: 'mean', expr: 'case__events', label: `Events per ${one}`, unit: `per ${one}`, format: 'decimal', definition: `Mean number of events of a ${one} up to the as-of.`, reading: `How much happens to a ${one}.` }),
		told('step__median', 'the median time between two events', false, { kind: 'quantile', q: 0.5, expr: 'event__hours / 24.0', where: 'event__step is not null', mart: events, time: sql(plan.time.value).replaceAll('"', ''), better: 'neither', label: 'Between two events', unit: 'days', format: 'days', definition: `Median days between an event and the one before it of the same ${one}.`, reading: 'Half of these steps take longer.' }),
	];
}

/** All measures of a plan, the most telling first: what opens and ends, shares, numbers. */
export function toldBy(layout: Layout): Told[] {
	const numbers = layout.plan.numbers.flatMap((number) => [...new Set([number.use, ...number.uses])].map((use) => ofNumber(layout, number, use)));
	return [...counts(layout), ...layout.plan.spans.flatMap((span) => ofSpan(layout, span)), ...ofLog(layout), ...ratios(layout), ...rates(layout), ...numbers];
}
