import type { Dimension, Mart, Pack, RawTable, Rule, StagingModel, Timeline } from '../../pack/types.ts';
import { quick as said } from '../../lib/texts/quick.ts';
import { groupsOf } from './groups.ts';
import { cases, events, labelled, layoutOf, quoted, records, type Layout } from './layout.ts';
import { capital, toldBy } from './measures.ts';
import { constant } from './settle.ts';
import { sqlOf } from './sql.ts';
import type { QuickPlan } from './types.ts';
import { viewsOf } from './views.ts';

const asOf = "{{ var('as_of') }}";
const mostSlicers = 5;

function raw({ plan, kept }: Layout): RawTable {
	const types = { timestamp: 'timestamp', number: 'number', flag: 'text', text: 'text' } as const;
	const times = plan.columns.filter(({ column }) => kept(column) === 'timestamp');
	return {
		grain: 'one row of the source',
		required: true,
		clock: times.map(({ name }) => name),
		columns: Object.fromEntries(plan.columns.map(({ column, name, label, type }) => [name, { type: type === 'boolean' ? 'boolean' : types[kept(column)], required: false, about: label, synonyms: [column] }])),
	};
}

function staging(layout: Layout): StagingModel {
	const { plan, kept, column } = layout;
	const name = (of: string): string => column(of).name;
	const log = plan.eventLog;
	const filled = (of: string, rule: string, says: string): Rule => ({ name: rule, severity: 'error', kind: 'filled', column: name(of), says });
	const typed = plan.columns.filter(({ column }) => kept(column) !== 'text').map((each) => [each.name, each.name] as const);
	const time = plan.time.value;
	const key = log ? null : plan.key.value;
	return {
		grain: 'one row of the source',
		source: 'records',
		key: key === null ? ['source_row'] : [name(key)],
		rules: [
			...(typed.length > 0 ? [{ name: 'unreadable_value', severity: 'error', kind: 'parses', columns: Object.fromEntries(typed), says: 'A date, a number or a yes or no cannot be read.' } satisfies Rule] : []),
			...(key === null ? [] : [filled(key, 'missing_key', `“${labelled(layout, key)}” is empty.`)]),
			...(log ? [filled(log.case, 'missing_case', `“${labelled(layout, log.case)}” is empty.`), filled(log.activity, 'missing_activity', `“${labelled(layout, log.activity)}” is empty.`)] : []),
			...(log && time !== null ? [filled(time, 'missing_time', `“${labelled(layout, time)}” is empty.`)] : []),
			...plan.spans.map(({ start, end }): Rule => ({ name: `${name(end)}_before_${name(start)}`, severity: 'error', kind: 'order', earlier: name(start), later: name(end), says: `“${labelled(layout, end)}” is before “${labelled(layout, start)}”.` })),
			...(!log && time !== null ? [{ name: 'missing_time', severity: 'warning', kind: 'condition', violated: `this.${quoted(name(time))} is null`, says: `“${labelled(layout, time)}” is empty: the row is counted and stands in no period.` } satisfies Rule] : []),
		],
	};
}

function dimensions(layout: Layout): Record<string, Dimension> {
	const { plan, kept, group, column } = layout;
	const log = plan.eventLog;
	const labelsOf = { yes: 'Yes', no: 'No' };
	const given = [...plan.dimensions, ...plan.rates.filter(({ column }) => !plan.dimensions.some((dimension) => dimension.column === column))];
	const slicers = given.filter(({ column }) => kept(column) !== 'number').slice(0, mostSlicers);
	const own = given.map((dimension): [string, Dimension] => {
		const flag = kept(dimension.column) === 'flag';
		return [column(dimension.column).name, { label: dimension.label, column: group(dimension.column), ...(slicers.includes(dimension) ? { slicer: true } : {}), ...(flag ? { ordered: true, values: labelsOf } : kept(dimension.column) === 'number' && plan.dimensions.some((each) => each.column === dimension.column && each.ordered) ? { ordered: true } : {}) }];
	});
	const ofLog: [string, Dimension][] = log
		? [
				[column(log.activity).name, { label: labelled(layout, log.activity), column: column(log.activity).name, slicer: true }],
				['case__variant', { label: 'Variant', column: 'case__variant' }],
				['event__step', { label: 'Step', column: 'event__step', missing: 'First event' }],
			]
		: [];
	return { ...Object.fromEntries([...own, ...ofLog]), record__state: { label: 'State', column: 'record__state', ordered: true, values: { open: 'Open', ended: 'Ended', recorded: 'Recorded' } } };
}

function marts(layout: Layout): Record<string, Mart> {
	const { plan, key, opened, column, sql } = layout;
	const log = plan.eventLog;
	const ids = (mart: string): string[] => [...new Set(groupsOf(layout, mart).map(({ id }) => id))];
	const time = plan.time.value;
	const inOrder = plan.spans.length === 0 ? {} : { ends_after_it_starts: plan.spans.map(({ start, end }) => `coalesce(${sql(end)} >= ${sql(start)}, true)`).join(' and ') };
	const rows = (model: string): string => `(select count(*) from {{ ref('${model}') }})`;
	if (log && time !== null) {
		return {
			[cases]: { grain: `one ${plan.entity[0]}`, key: [key], dimensions: ids(cases), opened: 'case__first', known: 'case__first', holds: { ends_after_it_begins: 'case__last >= case__first', every_event_in_one_case: `(select sum(case__events) from {{ ref('${cases}') }}) = ${rows(events)}`, ...inOrder } },
			[events]: { grain: 'one event', key: ['source_row'], dimensions: ids(events), opened: column(time).name, known: column(time).name, belongs: true, holds: { nothing_after_the_as_of: `${sql(time)} <= ${asOf}`, takes_no_negative_time: 'event__hours is null or event__hours >= 0' } },
		};
	}
	const dated = opened === null ? {} : { opened, known: opened };
	const known = opened === null ? {} : { nothing_after_the_as_of: `${quoted(opened)} is null or ${quoted(opened)} <= ${asOf}` };
	return {
		[records]: { grain: `one ${plan.entity[0]}`, key: [key], dimensions: ids(records), ...dated, holds: { ...known, ...inOrder, every_known_row_once: `${rows(records)} = (select count(*) from {{ ref('stg_records') }}${opened === null ? '' : ` where ${quoted(opened)} is null or ${quoted(opened)} <= ${asOf}`})` } },
		fct_history: { grain: `one date of a ${plan.entity[0]}`, key: [key, 'record__seq'], belongs: true, known: 'record__at' },
	};
}

function timeline(layout: Layout): Timeline {
	const { plan, column, group, sql, kept } = layout;
	const log = plan.eventLog;
	const span = plan.spans.find(({ open }) => open);
	const own = [...plan.dimensions, ...plan.rates].filter((dimension) => constant(plan, dimension.column));
	const facts = plan.numbers.filter((number) => constant(plan, number.column) && !own.some((dimension) => dimension.column === number.column)).map((number) => ({ column: column(number.column).name, label: number.label, format: 'decimal' as const }));
	const places = log
		? { mart: events, at: plan.time.value === null ? '' : column(plan.time.value).name, order: 'event__number', kind: 'event__kind', what: 'event__what', who: 'event__who', minutes: 'event__minutes' }
		: { mart: 'fct_history', at: 'record__at', order: 'record__seq', kind: 'record__kind', what: 'record__what', who: 'record__who', minutes: 'record__minutes' };
	return {
		...places,
		names: log ? {} : Object.fromEntries(plan.columns.filter((each) => kept(each.column) === 'timestamp').map(({ name, label }) => [name, label])),
		limitHours: 'limit_hours',
		staleHours: 'stale_hours',
		status: { dimension: 'record__state', first: span ? 'open' : 'recorded', rules: span && !log ? [{ value: 'ended', since: sql(span.end).replaceAll('"', '') }] : [] },
		...(span && !log ? {} : { lasting: false }),
		ends: span && !log ? column(span.end).name : '',
		reopens: '',
		asks: [],
		dimensions: [...new Set(own.filter((dimension) => group(dimension.column) !== '').map((dimension) => column(dimension.column).name))],
		facts,
	};
}

/** The pack of a plan: its tables, SQL, rules, measures and views. It holds for any data of the plan's columns. */
export function quickPack(plan: QuickPlan): Pack {
	const layout = layoutOf(plan);
	const told = toldBy(layout);
	const [, many] = plan.entity;
	return {
		id: plan.id,
		label: plan.label,
		about: `${capital(many)} of a table of your own. Its views are made from its columns.`,
		entity: plan.entity,
		owner: 'Whoever brought the file',
		// A promise that nobody made is none, and no time without an entry is too long.
		vars: { limit_hours: 0, stale_hours: 1_000_000_000 },
		sql: sqlOf(layout),
		raw: { records: raw(layout) },
		staging: { stg_records: staging(layout) },
		models: {},
		marts: marts(layout),
		dimensions: dimensions(layout),
		milestones: {},
		measures: Object.fromEntries(told.map(({ id, measure }) => [id, measure])),
		views: viewsOf(layout, told),
		sizes: [],
		defaultSize: '',
		scenarios: {},
		main: { mart: layout.main, opened: layout.opened ?? 'record__opened', key: layout.key, said: layout.plan.eventLog ? said.firstEvent : layout.plan.time.value === null ? '' : labelled(layout, layout.plan.time.value) },
		timeline: timeline(layout),
	};
}
