-- One row per case whose interactions up to the as-of were handled by several advocates, with the number of changes along them.
with touches as (
    select * from {{ ref('int_case_touches') }}
),

changes as (
    select
        case_row,
        count(*)::integer as reassignment_count
    from touches
    where is_by_another_advocate
    group by case_row
)

select * from changes
