-- One row per row of raw cases.
with cases as (
    select * from {{ source('advocacy', 'cases') }}
),

parsed as (
    select
        *,
        try_cast(
            coalesce(metadata_json_fields, metadata_json) as struct(
                intake_source varchar,
                barriers varchar[],
                handoff_count integer,
                complexity varchar,
                submitted_documents varchar[],
                support_flags varchar[],
                missing_docs boolean
            )
        ) as metadata
    from cases
),

renamed as (
    select
        _row as source_row,
        nullif(trim(id), '') as case_id,
        nullif(trim(patient_id), '') as patient_id,
        nullif(trim(advocate_id), '') as advocate_id,
        nullif(lower(trim(case_type)), '') as case_type,
        nullif(lower(trim(urgency)), '') as urgency,
        nullif(lower(trim(status)), '') as status,
        try_cast(created_at as timestamp) as created_at,
        try_cast(assigned_at as timestamp) as assigned_at,
        try_cast(first_response_at as timestamp) as first_response_at,
        try_cast(resolved_at as timestamp) as resolved_at,
        try_cast(escalation_flag as boolean) as has_escalation_flag,
        try_cast(reopen_flag as boolean) as has_reopen_flag,
        nullif(lower(trim(metadata.intake_source)), '') as intake_source,
        metadata.barriers as barriers,
        metadata.handoff_count as handoff_count,
        nullif(lower(trim(metadata.complexity)), '') as complexity,
        metadata.submitted_documents as submitted_documents,
        len(metadata.submitted_documents)::integer as document_count,
        metadata.support_flags as support_flags,
        metadata.missing_docs as has_missing_docs,
        case when metadata is not null then true end as has_metadata
    from parsed
)

select * from renamed
