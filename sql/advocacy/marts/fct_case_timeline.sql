-- One row per event or interaction of a case up to the as-of, in order.
with touches as (
    select * from {{ ref('int_case_touches') }}
),

timings as (
    select * from {{ ref('int_case_timings') }}
),

described as (
    select
        timings.case_id,
        touches.seq,
        touches.occurred_at,
        case when touches.event_type is null then 'interaction' else 'event' end as kind,
        coalesce(touches.event_type, touches.interaction_type) as what,
        touches.advocate,
        touches.duration_minutes,
        touches.next_touch_at
    from touches
    inner join timings
        on touches.case_row = timings.case_row
)

select * from described
