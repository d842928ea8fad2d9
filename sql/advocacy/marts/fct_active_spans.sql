-- One row per span during which a case was active; its end is null while it still is.
with spans as (
    select * from {{ ref('int_case_spans') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

described as (
    select
        spans.case_id,
        spans.span_number,
        spans.opened_from,
        spans.opened_to,
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
    from spans
    inner join lifecycle
        on spans.case_id = lifecycle.case_id
)

select * from described
