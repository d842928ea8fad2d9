-- One row per value of each driver of delay: missing documents, handoffs, case type, overload of the advocate.
with lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

caseload as (
    select * from {{ ref('mart_advocate_caseload') }}
),

driven as (
    select
        lifecycle.*,
        case
            when lifecycle.advocate_id is null then 'unassigned'
            when caseload.is_overloaded then 'overloaded'
            else 'within capacity'
        end as advocate_overload
    from lifecycle
    left join caseload
        on lifecycle.advocate_id = caseload.advocate_id
),

bottlenecks as (
    select
        case
            when grouping(missing_docs) = 0 then 'missing_docs'
            when grouping(handoffs) = 0 then 'handoffs'
            when grouping(case_type) = 0 then 'case_type'
            else 'advocate_overload'
        end as driver,
        coalesce(missing_docs, handoffs, case_type, advocate_overload, 'unknown') as value,
        count(*)::integer as cases,
        (count(*) filter (is_active))::integer as open_cases,
        (count(*) filter (is_resolved))::integer as resolved_cases,
        avg(resolution_days) as resolution_days_mean,
        (count(*) filter (is_breached))::double / nullif(count(*) filter (is_sla_known), 0) as sla_breach_rate,
        (count(*) filter (is_escalated))::double / nullif(count(*), 0) as escalation_rate,
        avg(csat_score) as csat_mean,
        count(csat_score)::integer as csat_count
    from driven
    group by grouping sets ((missing_docs), (handoffs), (case_type), (advocate_overload))
)

select * from bottlenecks
