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
        interactions.duration_minutes
    from interactions
    inner join timings
        on interactions.case_id = timings.case_id
    where interactions.occurred_at <= {{ var('as_of') }}
),

sequenced as (
    select
        *,
        (row_number() over case_order)::integer as seq,
        lead(occurred_at) over case_order as next_touch_at
    from touches
    window case_order as (partition by case_row order by occurred_at, tie_order)
),

described as (
    select
        timings.case_id,
        sequenced.seq,
        sequenced.occurred_at,
        case when sequenced.tie_order < 0 then 'event' else 'interaction' end as kind,
        coalesce(sequenced.event_type, sequenced.interaction_type) as what,
        advocates.advocate,
        sequenced.duration_minutes,
        sequenced.next_touch_at
    from sequenced
    inner join timings
        on sequenced.case_row = timings.case_row
    left join advocates
        on sequenced.advocate_id = advocates.advocate_id
)

select * from described
