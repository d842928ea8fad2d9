-- One row per span during which an active case had gone untouched beyond the stale limit; its end is null while it still is.
with touches as (
    select * from {{ ref('int_case_touches') }}
),

spans as (
    select * from {{ ref('int_case_spans') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

long_gaps as (
    select
        case_row,
        occurred_at,
        next_touch_at
    from touches
    where date_diff('microsecond', occurred_at, coalesce(next_touch_at, {{ var('as_of') }})) > 3600000000 * {{ var('stale_hours') }}
),

idle_spans as (
    select
        spans.case_id,
        greatest(long_gaps.occurred_at, spans.opened_from) as idle_from,
        least(long_gaps.next_touch_at, spans.opened_to) as idle_to
    from long_gaps
    inner join spans
        on long_gaps.case_row = spans.case_row
        and long_gaps.occurred_at < coalesce(spans.opened_to, {{ var('as_of') }})
        and coalesce(long_gaps.next_touch_at, {{ var('as_of') }}) > spans.opened_from
),

stale_spans as (
    select
        case_id,
        idle_from + to_seconds(3600 * {{ var('stale_hours') }}) as stale_from,
        idle_to as stale_to
    from idle_spans
    where date_diff('microsecond', idle_from, coalesce(idle_to, {{ var('as_of') }})) > 3600000000 * {{ var('stale_hours') }}
),

described as (
    select
        stale_spans.case_id,
        stale_spans.stale_from,
        stale_spans.stale_to,
        lifecycle.case_type,
        lifecycle.urgency,
        lifecycle.status,
        lifecycle.team,
        lifecycle.advocate,
        lifecycle.insurance_type,
        lifecycle.state,
        lifecycle.preferred_channel,
        lifecycle.intake_source,
        lifecycle.complexity,
        lifecycle.missing_docs,
        lifecycle.handoffs,
        lifecycle.escalated,
        lifecycle.created_at
    from stale_spans
    inner join lifecycle
        on stale_spans.case_id = lifecycle.case_id
)

select * from described
