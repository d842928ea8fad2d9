import { quick as said } from '../../lib/texts/quick.ts';
import type { ListColumn, Measure, Tile } from '../../pack/types.ts';
import { early, groupsOf, type Group } from './groups.ts';
import { cases, labelled, limitText, quoted, spanName, type Layout } from './layout.ts';
import { capital, spanIds, type Told } from './measures.ts';
import { inside } from './names.ts';
import { differs, drives, queues, slopes, standsOut } from './says.ts';
import { roundDays } from './spans.ts';
import type { QuickSpan } from './types.ts';

const features = ['a table of your own'];
const interval = 'bars 95 % intervals; tested against all others, corrected for everything this pack tests';

const statistic: Readonly<Record<Measure['kind'], string>> = { count: 'Counts', balance: 'Counts', sum: 'Totals', mean: 'Means', share: 'Shares', ratio: 'Sums over sums', quantile: 'Medians', survival: 'Kaplan–Meier', expression: 'Values' };

/** Cards. */
export const keyNumbers = (id: string, told: readonly Told[], note = ''): Tile => ({ kind: 'kpis', id, title: 'Key numbers', span: 12, features, measures: told.map((each) => each.id), note });

/** A measure over the groups of a dimension. */
export function grouped({ id, measure, subject, tested }: Told, by: Group, span: 4 | 6 | 12 = 4): Tile {
	const amount = measure.kind === 'count' || measure.kind === 'balance' || measure.kind === 'sum';
	return {
		kind: 'groups', id: `${id}-by-${by.id}`, title: `${measure.label}, by ${inside(by.label)}`, span, features,
		measure: id, by: by.id, chart: amount ? 'bars' : 'dots', axis: `${inside(measure.label)} →`,
		says: differs(subject, by.label, tested),
		note: amount || !tested ? `${statistic[measure.kind]}; not tested.` : `${statistic[measure.kind]}; ${interval}.`,
	};
}

/** Numbers of several measures by one dimension; the sentence is about the first that is tested. */
export function matrix(told: readonly Told[], by: Group): Tile | null {
	const about = told.find(({ tested, measure }) => tested && !(measure.kind === 'survival' && measure.stat === 'median')) ?? told.find(({ measure }) => measure.kind === 'ratio') ?? told[0];
	if (!about || told.length < 2) return null;
	return { kind: 'matrix', id: `all-by-${by.id}`, title: by.label, span: 12, features, measures: told.map(({ id }) => id), by: by.id, about: about.id, says: differs(about.subject, by.label, about.tested), note: 'Coloured = differs from the others beyond noise. Totals are computed over all rows, never from the lines of the table.' };
}

export function grid({ id, measure, subject }: Told, rows: Group, columns: Group): Tile {
	return { kind: 'grid', id: `${id}-grid`, title: `${measure.label}, by ${inside(rows.label)} and ${inside(columns.label)}`, span: 12, features, measure: id, rows: rows.id, columns: columns.id, says: standsOut(subject, rows.label, columns.label), note: `${statistic[measure.kind]}; the shade follows the number. A cell is named only if it differs from all others beyond noise.` };
}

export function alongSteps({ id, measure, subject }: Told, by: Group): Tile {
	return { kind: 'trend-by', id: `${id}-along-${by.id}`, title: `${measure.label}, along ${inside(by.label)}`, span: 6, features, measure: id, by: by.id, axis: `${inside(by.label)} →`, says: slopes(subject, by.label), note: 'Means with 95 % intervals; slope by least squares over the single rows.' };
}

export function curves(layout: Layout, span: QuickSpan, told: Told, by: Group, width: 5 | 12): Tile {
	const most = layout.plan.pairs.find(({ start, end }) => start === span.start && end === span.end)?.most ?? span.limitDays;
	return { kind: 'survival', id: `${told.id}-curves`, title: `${capital(spanName(span))}, by ${inside(by.label)}`, span: width, features, measure: told.id, by: by.id, days: Math.max(roundDays(most), span.limitDays), axis: `days since “${labelled(layout, span.start)}” →`, limit: limitText(span.limitDays), says: differs(told.subject, by.label, true), note: `Kaplan–Meier; ${span.open ? 'rows without an end count as still lasting' : 'rows without an end take no part'}; bands 95 %.` };
}

export function flow(layout: Layout, span: QuickSpan): Tile {
	const { begun, ended, open } = spanIds(layout, span);
	const [a, b] = [labelled(layout, span.start), labelled(layout, span.end)];
	return { kind: 'flow', id: 'flow', title: `“${a}”, “${b}” and open`, span: 7, features, opened: begun, resolved: ended, stock: open, says: queues(`the number with “${a}” and no “${b}”`), note: 'Open = not ended at the end of each period. The last period is not over and is dashed.' };
}

export function drivers(layout: Layout, span: QuickSpan, rows: number): Tile | null {
	const groups = early(groupsOf(layout, layout.main)).filter(({ ordered }) => !ordered);
	if (groups.length === 0) return null;
	const strata = rows >= 500 ? groups.slice(0, 1).map(({ id }) => id) : [];
	const days = Math.max(1, Math.round(span.limitDays));
	return {
		kind: 'drivers', id: 'drivers', title: `What goes with a longer ${spanName(span)}`, span: 12, features,
		mart: layout.main, start: layout.sql(span.start), end: layout.sql(span.end), days, drivers: groups.slice(0, 8).map(({ id }) => id), strata, view: 'table', says: drives(layout.plan.entity[1]),
		note: `Days within the first ${String(days)}, over rows at least that old${strata.length > 0 ? `, against rows alike in ${groups.slice(0, 1).map(({ label }) => `“${label}”`).join()}` : ''}. The table does not say whether a value stood there from the start or was entered at the end: what goes together need not be a cause.`,
	};
}

export function steps(layout: Layout): Tile {
	const [one] = layout.plan.entity;
	return { kind: 'steps', id: 'steps', title: 'Where the time goes, step by step', span: 6, features, measure: 'step__median', by: 'event__step', hours: 'coalesce(event__hours, 0)', running: 'false', says: { claim: '{share} of the time between events passes between {step}', none: 'No steps under these filters' }, note: `Time between an event and the one before it of the same ${one}; a composition, not a test. Events of one instant stand in the order of the source.` };
}

/** The rows themselves. `open`: only those that have not ended, the oldest first. */
export function list(layout: Layout, open: QuickSpan | null): Tile {
	const { plan, main, key, opened, column, group, sql } = layout;
	const [, many] = plan.entity;
	const shown = groupsOf(layout, main).filter((each) => each.column !== null).slice(0, 6);
	const keyLabel = plan.eventLog ? labelled(layout, plan.eventLog.case) : plan.key.value === null ? 'Row' : labelled(layout, plan.key.value);
	const numbers = plan.numbers.filter((number) => layout.martOf(number.column) === main).slice(0, 4);
	const columns: ListColumn[] = [
		{ column: key, label: keyLabel },
		...(opened === null || opened === key ? [] : [{ column: opened, label: plan.time.value === null || plan.eventLog ? said.firstEvent : labelled(layout, plan.time.value), format: 'timestamp' as const }]),
		...(main === cases ? [{ column: 'case__took', label: 'First to last event', format: plan.eventLog?.unit ?? ('days' as const) }, { column: 'case__events', label: 'Events', format: 'integer' as const }, { column: 'case__variant', label: 'Variant' }] : []),
		...shown.map((each) => ({ column: group(each.column ?? ''), label: each.label, dimension: each.id })),
		...numbers.map((number) => ({ column: column(number.column).name, label: number.label, format: number.whole ? ('integer' as const) : ('decimal' as const) })),
	];
	const none = `No ${many} under these filters`;
	if (open) return { kind: 'list', id: 'open', title: `Open, the oldest first`, span: 12, features, mart: main, where: `record__state = 'open'`, orderBy: sql(open.start), key, columns, says: { claim: '{counted} not ended, the oldest first', none: 'Under these filters everything has ended' }, note: `With “${labelled(layout, open.start)}” and without “${labelled(layout, open.end)}”.` };
	return { kind: 'list', id: 'rows', title: capital(many), span: 12, features, search: true, mart: main, orderBy: opened === null ? quoted(key) : `${quoted(opened)} desc nulls last`, key, columns, says: { claim: '{counted} under these filters', none }, note: opened === null ? 'In their order. A line opens the row.' : 'Newest first. A line opens what its dates say.' };
}
