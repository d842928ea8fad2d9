-- One row per row of raw case_events.
with case_events as (
    select * from {{ source('advocacy', 'case_events') }}
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as event_id,
        nullif(trim(case_id), '') as case_id,
        nullif(lower(trim(event_type)), '') as event_type,
        try_cast(occurred_at as timestamp) as occurred_at
    from case_events
)

select * from renamed
