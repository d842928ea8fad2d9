-- One row per pair of milestones that follow each other in some case, with the step between them in words.
with events as (
    select * from {{ ref('int_case_events') }}
),

pairs as (
    select distinct
        event_type,
        next_event_type
    from events
),

named as (
    select
        event_type,
        next_event_type,
        event_type as from_step,
        coalesce(next_event_type, 'open') as to_step,
        replace(event_type, '_', ' ') || ' → ' || replace(coalesce(next_event_type, 'open'), '_', ' ') as step
    from pairs
)

select * from named
