-- One row per case created up to the as-of, as known then.
with cases as (
    select * from {{ ref('stg_cases') }}
),

patients as (
    select * from {{ ref('stg_patients') }}
),

advocates as (
    select * from {{ ref('int_advocates') }}
),

timings as (
    select * from {{ ref('int_case_timings') }}
),

changes as (
    select * from {{ ref('int_advocate_changes') }}
),

feedback as (
    select * from {{ ref('int_case_feedback') }}
),

lifecycle as (
    select
        timings.case_id,
        cases.patient_id,
        cases.advocate_id,
        advocates.advocate,
        advocates.team,
        cases.case_type,
        cases.urgency,
        case
            when not timings.is_active then 'resolved'
            when timings.is_reopened then 'reopened'
            when timings.is_waiting_for_documents then 'waiting_for_documents'
            when timings.is_escalated then 'escalated'
            when timings.is_in_progress then 'in_progress'
            when timings.assigned_at is not null then 'assigned'
            else 'new'
        end as status,
        patients.insurance_type,
        patients.state,
        patients.preferred_channel,
        cases.intake_source,
        cases.complexity,
        case when cases.has_missing_docs then 'missing' when not cases.has_missing_docs then 'complete' end as missing_docs,
        case
            when coalesce(cases.handoff_count, changes.reassignment_count, 0) >= 3 then '3+'
            when coalesce(cases.handoff_count, changes.reassignment_count, 0) = 2 then '2'
            else '0–1'
        end as handoffs,
        case when timings.is_escalated then 'escalated' else 'not escalated' end as escalated,
        cases.has_missing_docs,
        timings.is_active,
        timings.is_resolved,
        timings.is_reopened,
        timings.is_escalated,
        timings.is_stale,
        timings.is_breached,
        timings.is_sla_known,
        timings.created_at,
        timings.assigned_at,
        timings.first_response_at,
        timings.docs_requested_at,
        timings.docs_received_at,
        timings.escalated_at,
        timings.resolved_at,
        timings.reopened_at,
        timings.last_touch_at,
        feedback.csat_submitted_at,
        timings.first_response_hours,
        timings.resolution_days,
        timings.age_days,
        timings.idle_hours,
        timings.sla_hours_left,
        timings.interaction_count,
        coalesce(cases.handoff_count, changes.reassignment_count, 0) as handoff_count,
        coalesce(changes.reassignment_count, 0) as reassignment_count,
        timings.reopen_count,
        feedback.csat_score,
        feedback.nps_bucket,
        case cases.complexity
            when 'low' then {{ var('complexity_weight_low') }}
            when 'high' then {{ var('complexity_weight_high') }}
            else {{ var('complexity_weight_medium') }}
        end::double as complexity_weight
    from timings
    inner join cases
        on timings.case_id = cases.case_id
    left join patients
        on cases.patient_id = patients.patient_id
    left join advocates
        on cases.advocate_id = advocates.advocate_id
    left join changes
        on timings.case_row = changes.case_row
    left join feedback
        on timings.case_id = feedback.case_id
)

select * from lifecycle
