-- One row per row of raw interactions.
with interactions as (
    select * from {{ source('advocacy', 'interactions') }}
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as interaction_id,
        nullif(trim(case_id), '') as case_id,
        nullif(lower(trim(type)), '') as interaction_type,
        try_cast(created_at as timestamp) as occurred_at,
        try_cast(duration_minutes as double) as duration_minutes,
        nullif(trim(advocate_id), '') as advocate_id
    from interactions
)

select * from renamed
