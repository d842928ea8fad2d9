-- One row per milestone of a case up to the as-of: its events, and the timestamps that stand only on the case record.
with timings as (
    select * from {{ ref('int_case_timings') }}
),

events as (
    select * from {{ ref('stg_case_events') }}
),

on_record as (
    select
        case_row,
        'opened' as event_type,
        created_at as occurred_at
    from timings
    where is_opening_only_on_record

    union all

    select
        case_row,
        'assigned' as event_type,
        assigned_at as occurred_at
    from timings
    where is_assignment_only_on_record

    union all

    select
        case_row,
        'first_response' as event_type,
        first_response_at as occurred_at
    from timings
    where is_first_response_only_on_record

    union all

    select
        case_row,
        'resolved' as event_type,
        resolved_only_on_record_at as occurred_at
    from timings
    where resolved_only_on_record_at is not null
),

milestones as (
    select
        timings.case_row,
        events.source_row as event_row,
        events.event_type,
        events.occurred_at
    from events
    inner join timings
        on events.case_id = timings.case_id
    where events.occurred_at <= {{ var('as_of') }}

    union all

    select
        case_row,
        0 as event_row,
        event_type,
        occurred_at
    from on_record
),

ranked as (
    select
        *,
        case event_type
            when 'opened' then 1
            when 'assigned' then 2
            when 'first_response' then 3
            when 'docs_requested' then 4
            when 'docs_received' then 5
            when 'escalated' then 6
            when 'resolved' then 7
            when 'reopened' then 8
            else 9
        end as tie_order
    from milestones
),

sequenced as (
    select
        case_row,
        (row_number() over case_order)::integer as seq,
        event_type,
        occurred_at,
        lead(event_type) over case_order as next_event_type,
        lead(occurred_at) over case_order as next_occurred_at
    from ranked
    window case_order as (partition by case_row order by occurred_at, tie_order, event_row)
)

select * from sequenced
