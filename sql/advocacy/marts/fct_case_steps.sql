-- One row per step of a case between two consecutive milestones; the last step of an active case is still running.
with events as (
    select * from {{ ref('int_case_events') }}
),

steps as (
    select * from {{ ref('int_case_steps') }}
),

timings as (
    select * from {{ ref('int_case_timings') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

described as (
    select
        concat(timings.case_id, '/', events.seq) as step_id,
        timings.case_id,
        steps.from_step,
        steps.to_step,
        steps.step,
        events.occurred_at as started_at,
        events.next_occurred_at as ended_at,
        date_diff('microsecond', events.occurred_at, coalesce(events.next_occurred_at, {{ var('as_of') }})) / 3.6e9 as hours,
        events.next_occurred_at is null as is_running,
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
    from events
    inner join steps
        on events.event_type = steps.event_type and events.next_event_type is not distinct from steps.next_event_type
    inner join timings
        on events.case_row = timings.case_row
    inner join lifecycle
        on timings.case_id = lifecycle.case_id
    where events.occurred_at >= lifecycle.created_at and (events.next_occurred_at is not null or lifecycle.is_active)
)

select * from described
