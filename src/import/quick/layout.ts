import { quoted } from '../../lib/sql-text.ts';
import { ThroughlineError } from '../../lib/errors.ts';
import { inside } from './names.ts';
import { constant } from './settle.ts';
import { unitFor } from './spans.ts';
import type { QuickColumn, QuickPlan, QuickSpan, QuickUnit } from './types.ts';

export { quoted };

/** How staging reads a column: by what is made of it, since a cell that cannot be read sets its row aside. */
export type Kept = 'timestamp' | 'number' | 'flag' | 'text';

/** Where a plan's parts stand in the pack's tables: names in SQL, without quotes. */
export interface Layout {
	plan: QuickPlan;
	/** The mart whose rows are the entity, its key and its time. */
	main: string;
	key: string;
	opened: string | null;
	/** The mart in which a source column can be grouped and measured by the entity, else the mart of events. */
	martOf: (column: string) => string;
	column: (column: string) => QuickColumn;
	/** SQL of a source column in any mart. */
	sql: (column: string) => string;
	kept: (column: string) => Kept;
	/** The column that holds a dimension's values as text. */
	group: (column: string) => string;
	/** What a span adds. */
	took: (span: QuickSpan) => string;
	known: (span: QuickSpan) => string;
}

export const records = 'fct_records';
export const events = 'fct_events';
export const cases = 'fct_cases';

const safe = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** Refuses a plan (they are kept and handed on as JSON) whose names could not stand in SQL. */
export function layoutOf(plan: QuickPlan): Layout {
	const byColumn = new Map(plan.columns.map((column) => [column.column, column]));
	const column = (name: string): QuickColumn => {
		const found = byColumn.get(name);
		if (!found) throw new ThroughlineError('request.invalid', { what: 'A column', given: name, allowed: plan.columns.map((each) => each.column).join(', ') });
		return found;
	};
	for (const name of [plan.id, ...plan.columns.map((each) => each.name)]) if (!safe.test(name)) throw new ThroughlineError('request.invalid', { what: 'A name in the plan', given: name, allowed: 'lower-case letters, digits and single underscores' });
	const has = (items: readonly { column: string }[], name: string): boolean => items.some((each) => each.column === name);
	const kept = (name: string): Kept => {
		const { type } = column(name);
		if (type === 'timestamp') return plan.time.value === name || plan.spans.some(({ start, end }) => start === name || end === name) ? 'timestamp' : 'text';
		if (has(plan.rates, name)) return 'flag';
		return type === 'number' && (has(plan.numbers, name) || has(plan.dimensions, name)) ? 'number' : 'text';
	};
	const { eventLog: log } = plan;
	const named = (name: string): string => column(name).name;
	return {
		plan,
		main: log ? cases : records,
		key: log ? named(log.case) : plan.key.value === null ? 'source_row' : named(plan.key.value),
		opened: log ? 'case__first' : plan.time.value === null ? null : named(plan.time.value),
		martOf: (name) => (log === null ? records : constant(plan, name) ? cases : events),
		column,
		sql: (name) => quoted(named(name)),
		kept,
		group: (name) => (kept(name) === 'text' ? named(name) : `${named(name)}__group`),
		took: (span) => `${named(span.end)}__after_${named(span.start)}`,
		known: (span) => `${named(span.end)}__known_from_${named(span.start)}`,
	};
}

export const labelled = (layout: Layout, name: string): string => layout.column(name).label;

/** Days, hours or minutes, as fit how long most last. */
export function unitOf({ plan }: Layout, { start, end }: QuickSpan): QuickUnit {
	const pair = plan.pairs.find((each) => each.start === start && each.end === end);
	return pair?.wholeDays === true ? 'days' : unitFor(pair?.median ?? 2);
}

export const secondsIn = { days: 86400, hours: 3600, minutes: 60 } as const;

/** "7 days", "1 day", "4 hours", "20 minutes" */
export function limitText(days: number): string {
	const told = (value: number, noun: string): string => `${String(Math.round(value * 100) / 100)} ${noun}${value === 1 ? '' : 's'}`;
	return days >= 1 ? told(days, 'day') : days * 24 >= 1 ? told(Math.round(days * 24 * 1e6) / 1e6, 'hour') : told(days * 1440, 'minute');
}

/** "time from created to closed", and with the unit where the number beside it has none. */
export const spanName = (span: QuickSpan, unit = ''): string => `time ${unit === '' ? '' : `in ${unit} `}${inside(span.label)}`;
