-- One row per advocate, under a name that no other advocate has.
with advocates as (
    select * from {{ ref('stg_advocates') }}
),

labelled as (
    select
        advocate_id,
        case
            when advocate_name is null then advocate_id
            when count(*) over (partition by advocate_name) > 1 then advocate_name || ' (' || advocate_id || ')'
            else advocate_name
        end as advocate,
        team,
        specialty,
        capacity,
        hire_date
    from advocates
)

select * from labelled
