-- One row per row of raw patient_feedback.
with patient_feedback as (
    select * from {{ source('advocacy', 'patient_feedback') }}
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as feedback_id,
        nullif(trim(case_id), '') as case_id,
        try_cast(csat_score as double) as csat_score,
        nullif(lower(trim(nps_bucket)), '') as nps_bucket,
        nullif(trim(feedback_text), '') as feedback_text,
        try_cast(submitted_at as timestamp) as submitted_at
    from patient_feedback
)

select * from renamed
