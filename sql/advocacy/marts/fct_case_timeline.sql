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
        case_id,
        case_row,
        occurred_at,
        'event' as kind,
        event_type as what,
        null as advocate,
        null::double as duration_minutes,
        0 as interaction_row,
        seq as event_seq
    from events

    union all

    select
        interactions.case_id,
        timings.case_row,
        interactions.occurred_at,
        'interaction' as kind,
        interactions.interaction_type as what,
        advocates.advocate,
        interactions.duration_minutes,
        interactions.source_row as interaction_row,
        0 as event_seq
    from interactions
    inner join timings
        on interactions.case_id = timings.case_id
    left join advocates
        on interactions.advocate_id = advocates.advocate_id
    where interactions.occurred_at <= {{ var('as_of') }}
),

sequenced as (
    select
        case_id,
        (row_number() over case_order)::integer as seq,
        occurred_at,
        kind,
        what,
        advocate,
        duration_minutes,
        lead(occurred_at) over case_order as next_touch_at
    from touches
    window case_order as (partition by case_row order by occurred_at, interaction_row, event_seq)
)

select * from sequenced
