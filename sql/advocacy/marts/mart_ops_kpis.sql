-- One row per case type, and one for all of them.
with lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

kpis as (
    select
        case when grouping(case_type) = 1 then 'all' else case_type end as case_type,
        count(*)::integer as total_cases,
        (count(*) filter (is_active))::integer as active_cases,
        (count(*) filter (is_resolved))::integer as resolved_cases,
        (count(*) filter (is_stale))::integer as stale_cases,
        avg(resolution_days) as resolution_days_mean,
        quantile_cont(resolution_days, 0.5) as resolution_days_median,
        (count(*) filter (is_breached))::double / nullif(count(*) filter (is_sla_known), 0) as sla_breach_rate,
        (count(*) filter (is_escalated))::double / nullif(count(*), 0) as escalation_rate,
        (count(*) filter (is_reopened))::double / nullif(count(*) filter (is_resolved), 0) as reopen_rate,
        (count(*) filter (has_missing_docs))::double / nullif(count(has_missing_docs), 0) as missing_docs_rate,
        avg(csat_score) as csat_mean,
        avg(first_response_hours) as first_response_hours_mean,
        sum(interaction_count)::double / nullif(count(*), 0) as interactions_per_case
    from lifecycle
    group by grouping sets ((case_type), ())
)

select * from kpis
