-- One row per row of raw advocates.
with advocates as (
    select * from {{ source('advocacy', 'advocates') }}
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as advocate_id,
        nullif(trim(name), '') as advocate_name,
        nullif(lower(trim(specialty)), '') as specialty,
        nullif(lower(trim(team)), '') as team,
        try_cast(capacity as integer) as capacity,
        try_cast(hire_date as date) as hire_date
    from advocates
)

select * from renamed
