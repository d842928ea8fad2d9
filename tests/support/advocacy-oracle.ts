import type { DateRange, Filters } from '../../src/metrics/request.ts';
import { type CaseAt, casesAt } from './advocacy-as-of.ts';
import { type CleanRows, groupBy } from './advocacy-facts.ts';

/** The contract's measures by plain loops over raw rows. It shares nothing with the SQL but the words of the issue. */
export interface Expected {
	keys: (string | null)[];
	t?: number;
	value: number | null;
	n: number;
}

export interface Selection {
	filters: Filters;
	range: DateRange;
}

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;
const promise = 168 * hour;

const mean = (values: readonly number[]): number | null => (values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null);

function median(values: readonly number[]): number | null {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = (sorted.length - 1) / 2;
	const [below, above] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
	return below === undefined || above === undefined ? null : (below + above) / 2;
}

interface Wait {
	time: number;
	over: boolean;
}

/** Product-limit survival as [time, share still waiting] in steps, a censored case leaving after the events of its instant. */
function productLimit(waits: readonly Wait[]): [number, number][] {
	const byTime = [...groupBy(waits, (wait) => wait.time)].sort(([a], [b]) => a - b);
	let left = waits.length;
	let share = 1;
	return byTime.map(([time, at]): [number, number] => {
		share *= 1 - at.filter((wait) => wait.over).length / left;
		left -= at.length;
		return [time, share];
	});
}

const waitOf = (each: CaseAt, asOf: number): Wait => ({ time: (each.resolved ?? asOf) - each.created, over: each.resolved !== null });

type Reduction = (cases: readonly CaseAt[], asOf: number) => { value: number | null; n: number };

const counting = (holds: (each: CaseAt) => boolean): Reduction => (cases) => {
	const n = cases.filter(holds).length;
	return { value: n, n };
};
const averaging = (value: (each: CaseAt) => number | null, reduce = mean): Reduction => (cases) => {
	const values = cases.flatMap((each) => value(each) ?? []);
	return { value: reduce(values), n: values.length };
};
const sharing = (holds: (each: CaseAt, asOf: number) => boolean, among: (each: CaseAt, asOf: number) => boolean): Reduction => (cases, asOf) => {
	const base = cases.filter((each) => among(each, asOf));
	return { value: base.length > 0 ? base.filter((each) => holds(each, asOf)).length / base.length : null, n: base.length };
};

const late = (each: CaseAt, asOf: number): boolean => (each.resolved ?? asOf) - each.created > promise;
const stale = (each: CaseAt): boolean => each.active && each.idle > 48 * hour;
const resolved = (each: CaseAt): boolean => each.resolved !== null;

const reductions: Readonly<Record<string, Reduction>> = {
	active_cases: counting((each) => each.active),
	cases_opened: counting(() => true),
	cases_resolved: counting(resolved),
	resolution_days: (cases, asOf) => {
		const reached = productLimit(cases.map((each) => waitOf(each, asOf))).find(([, share]) => share <= 0.5 + 1e-9);
		return { value: reached ? reached[0] / day : null, n: cases.length };
	},
	resolution_days_mean: averaging((each) => (each.resolved === null ? null : (each.resolved - each.created) / day)),
	open_at_sla: (cases, asOf) => {
		const waits = cases.map((each) => waitOf(each, asOf));
		const steps = productLimit(waits).filter(([time]) => time <= promise);
		const share = steps.at(-1)?.[1] ?? 1;
		return { value: waits.some((wait) => wait.time >= promise) || share === 0 ? share : null, n: cases.length };
	},
	sla_breach_rate: sharing(late, (each, asOf) => resolved(each) || late(each, asOf)),
	stale_cases: counting(stale),
	stale_rate: sharing(stale, (each) => each.active),
	csat_mean: averaging((each) => each.score),
	csat_response_rate: sharing((each) => each.score !== null, resolved),
	first_response_hours: averaging((each) => (each.responded === null ? null : (each.responded - each.created) / hour), median),
	first_response_hours_mean: averaging((each) => (each.responded === null ? null : (each.responded - each.created) / hour)),
	escalation_rate: sharing((each) => each.escalated, () => true),
	reopen_rate: sharing((each) => each.reopened, resolved),
	interactions_per_case: averaging((each) => each.interactions),
	handoffs_per_case: averaging((each) => each.handoffs),
	missing_docs_rate: sharing((each) => each.missingDocs === true, (each) => each.missingDocs !== null),
};

export const caseMeasures = Object.keys(reductions);

function chosen(dimensions: Readonly<Record<string, string | null>>, filters: Filters): boolean {
	return Object.entries(filters).every(([dimension, values]) => values.length === 0 || values.includes(dimensions[dimension] ?? null));
}

const start = (range: DateRange): number => (range.from === undefined ? -Infinity : Date.parse(`${range.from}T00:00:00Z`));
const end = (range: DateRange): number => (range.to === undefined ? Infinity : Date.parse(`${range.to}T00:00:00Z`) + day);

export interface Oracle {
	asOf: number;
	caseMeasure(id: string, selection: Selection, by: readonly string[]): Expected[];
	advocateMeasure(id: 'utilisation' | 'overloaded_advocates', selection: Selection, by: readonly string[]): Expected[];
	/** Active cases at the end of each week, or at the as-of where the week is not over; t is the Monday. */
	backlogByWeek(selection: Selection): Expected[];
	cases: readonly CaseAt[];
}

export function oracleAt(rows: CleanRows, asOf: number): Oracle {
	const cases = casesAt(rows, asOf);
	const selected = ({ filters, range }: Selection): CaseAt[] => cases.filter((each) => each.created >= start(range) && each.created < end(range) && chosen(each.dimensions, filters));
	const split = <T extends { dimensions: Readonly<Record<string, string | null>> }>(items: readonly T[], by: readonly string[], reduce: (items: readonly T[]) => { value: number | null; n: number }): Expected[] => {
		const keysOf = (item: T): (string | null)[] => by.map((dimension) => item.dimensions[dimension] ?? null);
		return [...groupBy(items, (item) => JSON.stringify(keysOf(item)))].map(([, group]) => ({ keys: group[0] ? keysOf(group[0]) : [], ...reduce(group) })).filter((row) => row.n > 0);
	};
	return {
		asOf,
		cases,
		caseMeasure: (id, selection, by) => split(selected(selection), by, (group) => reductions[id]?.(group, asOf) ?? { value: null, n: -1 }),
		advocateMeasure(id, { filters }, by) {
			const carried = groupBy(cases.filter((each) => each.active), (each) => each.advocate);
			const people = [...rows.advocates.values()].map((advocate) => ({ active: carried.get(advocate.id)?.length ?? 0, capacity: advocate.capacity, dimensions: { team: advocate.team, advocate: advocate.name } }));
			const own = Object.fromEntries(Object.entries(filters).filter(([dimension]) => dimension === 'team' || dimension === 'advocate'));
			const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
			return split(people.filter((each) => chosen(each.dimensions, own)), by, (group) => {
				const over = group.filter((each) => each.active > each.capacity).length;
				return id === 'utilisation' ? { value: total(group.map((each) => each.active)) / total(group.map((each) => each.capacity)), n: group.length } : { value: over, n: over };
			});
		},
		backlogByWeek({ filters, range }) {
			const spans = cases.filter((each) => chosen(each.dimensions, filters)).flatMap((each) => each.spans);
			const monday = (at: number): number => Math.floor((at - 4 * day) / week) * week + 4 * day;
			const first = monday(Math.min(...spans.map((span) => span.from)));
			const weeks = spans.length === 0 ? [] : Array.from({ length: (monday(asOf) - first) / week + 1 }, (_, i) => first + i * week);
			const shown = weeks.filter((t) => t >= monday(start(range)) && t < end(range));
			return shown.map((t) => {
				const n = spans.filter(({ from, to }) => from < t + week && (to === null || to >= t + week)).length;
				return { keys: [], t, value: n, n };
			});
		},
	};
}
