-- One row per advocate, with the active cases that stand in that name at the as-of.
with advocates as (
    select * from {{ ref('int_advocates') }}
),

lifecycle as (
    select * from {{ ref('fct_case_lifecycle') }}
),

active_by_advocate as (
    select
        advocate_id,
        count(*)::integer as active_cases,
        (count(*) filter (urgency = 'high'))::integer as high_urgency,
        (count(*) filter (urgency = 'medium'))::integer as medium_urgency,
        (count(*) filter (urgency = 'low'))::integer as low_urgency,
        (count(*) filter (is_stale))::integer as stale_cases,
        sum(complexity_weight) as weighted_active
    from lifecycle
    where is_active and advocate_id is not null
    group by advocate_id
),

loads as (
    select
        advocates.advocate_id,
        advocates.advocate,
        advocates.team,
        advocates.specialty,
        advocates.capacity,
        coalesce(active_by_advocate.active_cases, 0) as active_cases,
        coalesce(active_by_advocate.high_urgency, 0) as high_urgency,
        coalesce(active_by_advocate.medium_urgency, 0) as medium_urgency,
        coalesce(active_by_advocate.low_urgency, 0) as low_urgency,
        coalesce(active_by_advocate.weighted_active, 0) as weighted_active,
        coalesce(active_by_advocate.stale_cases, 0) as stale_cases
    from advocates
    left join active_by_advocate
        on advocates.advocate_id = active_by_advocate.advocate_id
),

utilised as (
    select
        *,
        active_cases::double / nullif(capacity, 0) as utilisation,
        weighted_active / nullif(capacity, 0) as weighted_utilisation,
        coalesce(active_cases > nullif(capacity, 0) * {{ var('overload_utilisation') }}, false) as is_overloaded,
        capacity - active_cases as room
    from loads
)

select * from utilised
