-- One row per row of raw patients.
with patients as (
    select * from {{ source('advocacy', 'patients') }}
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as patient_id,
        nullif(lower(trim(insurance_type)), '') as insurance_type,
        nullif(lower(trim(preferred_channel)), '') as preferred_channel,
        nullif(upper(trim(state)), '') as state,
        try_cast(risk_score as double) as risk_score,
        try_cast(created_at as timestamp) as created_at
    from patients
)

select * from renamed
