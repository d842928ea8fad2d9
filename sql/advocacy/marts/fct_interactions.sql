-- One row per interaction up to the as-of, with the dimensions of its case.
with interactions as (
    select * from {{ ref('stg_interactions') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

advocates as (
    select * from {{ ref('int_advocates') }}
),

described as (
    select
        interactions.interaction_id,
        interactions.case_id,
        interactions.interaction_type,
        interactions.occurred_at,
        interactions.duration_minutes,
        advocates.advocate as handled_by,
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
    from interactions
    inner join lifecycle
        on interactions.case_id = lifecycle.case_id
    left join advocates
        on interactions.advocate_id = advocates.advocate_id
    where interactions.occurred_at <= {{ var('as_of') }}
)

select * from described
