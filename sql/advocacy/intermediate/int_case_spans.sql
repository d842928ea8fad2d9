-- One row per span during which a case was active, as known at the as-of.
with cases as (
    select * from {{ ref('stg_cases') }}
),

events as (
    select * from {{ ref('stg_case_events') }}
),

turning_events as (
    select
        case_id,
        event_type,
        occurred_at
    from events
    where event_type in ('resolved', 'reopened')
),

resolved_without_date as (
    select cases.case_id
    from cases
    anti join turning_events
        on cases.case_id = turning_events.case_id and turning_events.event_type = 'resolved'
    where cases.status = 'resolved' and cases.resolved_at is null
),

known_cases as (
    select
        cases.case_id,
        cases.source_row as case_row,
        cases.created_at,
        cases.resolved_at
    from cases
    anti join resolved_without_date
        on cases.case_id = resolved_without_date.case_id
    where cases.created_at <= {{ var('as_of') }}
),

turns as (
    select
        case_row,
        created_at as turned_at,
        0 as tie_order,
        true as is_opening
    from known_cases

    union all

    select
        case_row,
        resolved_at as turned_at,
        1 as tie_order,
        false as is_opening
    from known_cases
    where resolved_at <= {{ var('as_of') }}

    union all

    select
        known_cases.case_row,
        turning_events.occurred_at as turned_at,
        case when turning_events.event_type = 'resolved' then 1 else 2 end as tie_order,
        turning_events.event_type = 'reopened' as is_opening
    from turning_events
    inner join known_cases
        on turning_events.case_id = known_cases.case_id
    where turning_events.occurred_at between known_cases.created_at and {{ var('as_of') }}
),

changes as (
    select
        case_row,
        turned_at,
        tie_order,
        is_opening
    from turns
    qualify is_opening is distinct from lag(is_opening) over (partition by case_row order by turned_at, tie_order)
),

alternating as (
    select
        case_row,
        is_opening,
        turned_at,
        lead(turned_at) over change_order as next_turned_at,
        row_number() over change_order as turn_number
    from changes
    window change_order as (partition by case_row order by turned_at, tie_order)
),

spans as (
    select
        known_cases.case_id,
        known_cases.case_row,
        ((alternating.turn_number + 1) // 2)::integer as span_number,
        alternating.turned_at as opened_from,
        alternating.next_turned_at as opened_to
    from alternating
    inner join known_cases
        on alternating.case_row = known_cases.case_row
    where alternating.is_opening
)

select * from spans
