-- One row per step of a case between two consecutive milestones; the last step of an active case is still running.
with events as (
    select * from {{ ref('int_case_events') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

steps as (
    select
        case_id,
        seq,
        event_type as from_step,
        coalesce(next_event_type, 'open') as to_step,
        occurred_at as started_at,
        next_occurred_at as ended_at
    from events
),

described as (
    select
        steps.case_id || '/' || steps.seq as step_id,
        steps.case_id,
        steps.from_step,
        steps.to_step,
        replace(steps.from_step, '_', ' ') || ' → ' || replace(steps.to_step, '_', ' ') as step,
        steps.started_at,
        steps.ended_at,
        date_diff('microsecond', steps.started_at, coalesce(steps.ended_at, {{ var('as_of') }})) / 3.6e9 as hours,
        steps.ended_at is null as is_running,
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
    from steps
    inner join lifecycle
        on steps.case_id = lifecycle.case_id
    where steps.started_at >= lifecycle.created_at and (steps.ended_at is not null or lifecycle.is_active)
)

select * from described
