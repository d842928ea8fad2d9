-- One row per event or interaction of a case up to the as-of, in order.
with timings as (
    select * from {{ ref('int_case_timings') }}
),

events as (
    select * from {{ ref('int_case_events') }}
),

interactions as (
    select * from {{ ref('stg_interactions') }}
),

advocates as (
    select * from {{ ref('int_advocates') }}
),

touches as (
    select
        case_row,
        occurred_at,
        seq - 1000000000 as tie_order,
        event_type,
        null as interaction_type,
        null as advocate_id,
        null as advocate,
        null::double as duration_minutes
    from events

    union all

    select
        timings.case_row,
        interactions.occurred_at,
        interactions.source_row as tie_order,
        null as event_type,
        interactions.interaction_type,
        interactions.advocate_id,
        advocates.advocate,
        interactions.duration_minutes
    from interactions
    inner join timings
        on interactions.case_id = timings.case_id
    left join advocates
        on interactions.advocate_id = advocates.advocate_id
    where interactions.occurred_at <= {{ var('as_of') }}
),

sequenced as (
    select
        case_row,
        (row_number() over case_order)::integer as seq,
        occurred_at,
        event_type,
        interaction_type,
        advocate,
        advocate_id <> lag(advocate_id ignore nulls) over case_order as is_by_another_advocate,
        duration_minutes,
        lead(occurred_at) over case_order as next_touch_at
    from touches
    window case_order as (partition by case_row order by occurred_at, tie_order)
)

select * from sequenced
