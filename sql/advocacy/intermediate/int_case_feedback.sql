-- One row per case with feedback up to the as-of: its latest score.
with feedback as (
    select * from {{ ref('stg_feedback') }}
),

latest as (
    select
        case_id,
        max(submitted_at) filter (csat_score is not null) as csat_submitted_at,
        max_by(csat_score, (submitted_at, source_row)) filter (csat_score is not null) as csat_score,
        max_by(nps_bucket, (submitted_at, source_row)) filter (nps_bucket is not null) as nps_bucket
    from feedback
    where submitted_at <= {{ var('as_of') }}
    group by case_id
)

select * from latest
