import { flagWords } from './columns.ts';
import { cases, events, quoted, records, secondsIn, unitOf, type Layout } from './layout.ts';
import { constant } from './settle.ts';

const asOf = "{{ var('as_of') }}";
const lines = (columns: readonly string[]): string => columns.map((column) => `        ${column}`).join(',\n');
const words = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');

/** More variants than these are told as one group. */
const mostVariants = 12;

function staging({ plan, column, kept }: Layout): string {
	const typed = plan.columns.map(({ column: name }) => {
		const sql = quoted(column(name).name);
		const text = `nullif(trim(${sql}), '')`;
		switch (kept(name)) {
			case 'timestamp':
				return `try_cast(${text} as timestamp) as ${sql}`;
			case 'number':
				return `case when isfinite(try_cast(${text} as double)) then try_cast(${text} as double) end as ${sql}`;
			case 'flag':
				return `case when lower(${text}) in (${words(flagWords.yes)}) then true when lower(${text}) in (${words(flagWords.no)}) then false end as ${sql}`;
			case 'text':
				return `${text} as ${sql}`;
		}
	});
	return `-- One row per row of the source.
with records as (
    select * from {{ source('${plan.id}', 'records') }}
),

typed as (
    select
${lines(['_row as source_row', ...typed])}
    from records
)

select * from typed
`;
}

/** Every column as it was known at the as-of, and what is made of each. */
function known(layout: Layout): string[] {
	const { plan, sql, kept, group, took, known } = layout;
	const own = plan.columns.map(({ column, name }) => (kept(column) === 'timestamp' && column !== plan.time.value ? `case when ${sql(column)} <= ${asOf} then ${sql(column)} end as ${quoted(name)}` : sql(column)));
	const groups = [...plan.dimensions, ...plan.rates].flatMap(({ column }) => {
		const kind = kept(column);
		if (kind === 'flag') return [`case when ${sql(column)} then 'yes' when not ${sql(column)} then 'no' end as ${quoted(group(column))}`];
		return kind === 'number' ? [`case when ${sql(column)} = floor(${sql(column)}) and abs(${sql(column)}) < 1e15 then ${sql(column)}::bigint::varchar else ${sql(column)}::varchar end as ${quoted(group(column))}`] : [];
	});
	const spans = plan.spans.flatMap((span) => [
		`case when ${sql(span.end)} <= ${asOf} then epoch(${sql(span.end)} - ${sql(span.start)}) / ${String(secondsIn[unitOf(layout, span)])}.0 end as ${quoted(took(span))}`,
		`${sql(span.end)} is not null as ${quoted(known(span))}`,
	]);
	return ['source_row', ...own, ...new Set(groups), ...spans];
}

/** "open" while the first span that may be open has no end. */
function state({ plan, sql }: Layout): string {
	const open = plan.spans.find((span) => span.open);
	return `${open ? `case when ${sql(open.start)} is null then 'recorded' when ${sql(open.end)} is null or ${sql(open.end)} > ${asOf} then 'open' else 'ended' end` : "'recorded'"} as record__state`;
}

function recordsMart(layout: Layout): string {
	const { plan, sql } = layout;
	const time = plan.time.value;
	return `-- One row per ${plan.key.value === null ? 'row' : 'key'} of the source, as known at the as-of.
with records as (
    select * from {{ ref('stg_records') }}
),

known as (
    select
${lines([...known(layout), ...(time === null ? ['null::timestamp as record__opened'] : []), state(layout)])}
    from records${time === null ? '' : `\n    where ${sql(time)} is null or ${sql(time)} <= ${asOf}`}
)

select * from known
`;
}

/** What happened to one row, from its own dates: one row each, none where there are none. */
function historyMart(layout: Layout): string {
	const { plan, key, column, sql } = layout;
	const times = [...new Set([...(plan.time.value === null ? [] : [plan.time.value]), ...plan.spans.flatMap(({ start, end }) => [start, end])])];
	const parts = times.map((time, i) => `    select ${quoted(key)}, ${sql(time)} as record__at, ${String(i)} as record__place, '${column(time).name}' as record__what from records where ${sql(time)} is not null`);
	const none = `    select ${quoted(key)}, null::timestamp as record__at, 0 as record__place, '' as record__what from records where false`;
	return `-- One row per date of a record up to the as-of, in order.
with records as (
    select * from {{ ref('${records}') }}
),

dates as (
${(parts.length > 0 ? parts : [none]).join('\n    union all\n')}
),

sequenced as (
    select
        *,
        (row_number() over (partition by ${quoted(key)} order by record__at, record__place))::integer as record__seq,
        'event' as record__kind,
        null::varchar as record__who,
        null::double as record__minutes
    from dates
)

select * from sequenced
`;
}

function eventsMart(layout: Layout): string {
	const { plan, key, sql } = layout;
	const log = plan.eventLog;
	if (!log || plan.time.value === null) return '';
	const [time, activity] = [sql(plan.time.value), `${sql(log.activity)}::varchar`];
	const step = log.lifecycle === null ? activity : `${activity} || coalesce(' ' || lower(${sql(log.lifecycle)}::varchar), '')`;
	return `-- One row per event up to the as-of; events of one instant stand in the order of the source.
with records as (
    select * from {{ ref('stg_records') }}
),

known as (
    select
${lines(known(layout))}
    from records
    where ${time} <= ${asOf}
),

numbered as (
    select
        *,
        ${step} as event__what,
        (row_number() over in_case)::integer as event__number,
        lag(${time}) over in_case as event__before,
        lag(${step}) over in_case as event__from
    from known
    window in_case as (partition by ${quoted(key)} order by ${time}, source_row)
),

described as (
    select
        *,
        epoch(${time} - event__before) / 3600.0 as event__hours,
        event__from || ' → ' || event__what as event__step,
        'event' as event__kind,
        ${log.resource === null ? 'null' : sql(log.resource)}::varchar as event__who,
        null::double as event__minutes
    from numbered
)

select * from described
`;
}

/** Columns of the mart of events that never change within a case. */
function shared(layout: Layout): string[] {
	const { plan, kept, group, took, known } = layout;
	const log = plan.eventLog;
	const own = plan.columns.filter(({ column }) => column !== log?.case && constant(plan, column));
	const groups = [...plan.dimensions, ...plan.rates].filter(({ column }) => kept(column) !== 'text' && constant(plan, column)).map(({ column }) => group(column));
	return [...new Set([...own.map(({ name }) => name), ...groups, ...plan.spans.flatMap((span) => [took(span), known(span)])])];
}

function casesMart(layout: Layout): string {
	const { plan, key, sql } = layout;
	const log = plan.eventLog;
	if (!log || plan.time.value === null) return '';
	const time = sql(plan.time.value);
	const counted = log.lifecycle === null ? '' : ` filter (where lower(${sql(log.lifecycle)}::varchar) = 'complete')`;
	return `-- One row per case, from its events up to the as-of.
with events as (
    select * from {{ ref('${events}') }}
),

cases as (
    select
${lines([
	quoted(key),
	`min(${time}) as case__first`,
	`max(${time}) as case__last`,
	'count(*)::integer as case__events',
	`count(distinct ${sql(log.activity)})::integer as case__activities`,
	`string_agg(${sql(log.activity)}::varchar, ' → ' order by event__number)${counted} as case__path`,
	...shared(layout).map((name) => `min(${quoted(name)}) as ${quoted(name)}`),
])}
    from events
    group by ${quoted(key)}
),

variants as (
    select
        case__path,
        row_number() over (order by count(*) desc, case__path) as case__place
    from cases
    group by case__path
),

described as (
    select
        cases.*,
        epoch(cases.case__last - cases.case__first) / ${String(secondsIn[log.unit])}.0 as case__took,
        case
            when cases.case__path is null then 'No completed step'
            when variants.case__place > ${String(mostVariants)} then 'Other variants'
            else 'V' || variants.case__place || ': ' || case when length(cases.case__path) > 60 then left(cases.case__path, 59) || '…' else cases.case__path end
        end as case__variant,
        ${state(layout)}
    from cases
    inner join variants
        on cases.case__path is not distinct from variants.case__path
)

select * from described
`;
}

/** The pack's models by `<layer>/<model>`. */
export function sqlOf(layout: Layout): Record<string, string> {
	const own = layout.plan.eventLog ? { [`marts/${events}`]: eventsMart(layout), [`marts/${cases}`]: casesMart(layout) } : { [`marts/${records}`]: recordsMart(layout), 'marts/fct_history': historyMart(layout) };
	return { 'staging/stg_records': staging(layout), ...own };
}
