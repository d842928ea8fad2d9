-- One row per case whose interactions up to the as-of were handled by several advocates, with the number of changes along them.
with interactions as (
    select * from {{ ref('stg_interactions') }}
),

handlings as (
    select
        case_id,
        source_row,
        occurred_at,
        advocate_id
    from interactions
    where occurred_at <= {{ var('as_of') }} and advocate_id is not null
),

cases_of_several as (
    select
        case_id,
        min(source_row) as first_row
    from handlings
    group by case_id
    having min(advocate_id) <> max(advocate_id)
),

successions as (
    select
        cases_of_several.first_row,
        handlings.advocate_id,
        lag(handlings.advocate_id) over (partition by cases_of_several.first_row order by handlings.occurred_at, handlings.source_row) as previous_advocate_id
    from handlings
    inner join cases_of_several
        on handlings.case_id = cases_of_several.case_id
),

changes as (
    select
        first_row,
        (count(*) filter (advocate_id <> previous_advocate_id))::integer as reassignment_count
    from successions
    group by first_row
),

changes_by_case as (
    select
        cases_of_several.case_id,
        changes.reassignment_count
    from changes
    inner join cases_of_several
        on changes.first_row = cases_of_several.first_row
)

select * from changes_by_case
