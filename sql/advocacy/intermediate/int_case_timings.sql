-- One row per case created up to the as-of, with its timestamps and durations as known then.
with cases as (
    select * from {{ ref('stg_cases') }}
),

events as (
    select * from {{ ref('stg_case_events') }}
),

interactions as (
    select * from {{ ref('stg_interactions') }}
),

spans as (
    select * from {{ ref('int_case_spans') }}
),

events_by_case as (
    select
        case_id,
        min(occurred_at) filter (event_type = 'opened') as opened_event_at,
        min(occurred_at) filter (event_type = 'assigned') as assigned_event_at,
        min(occurred_at) filter (event_type = 'first_response') as first_response_event_at,
        min(occurred_at) filter (event_type = 'docs_requested') as docs_requested_at,
        max(occurred_at) filter (event_type = 'docs_requested') as docs_last_requested_at,
        min(occurred_at) filter (event_type = 'docs_received') as docs_received_at,
        max(occurred_at) filter (event_type = 'docs_received') as docs_last_received_at,
        min(occurred_at) filter (event_type = 'escalated') as escalated_at,
        min(occurred_at) filter (event_type = 'resolved') as first_resolved_event_at,
        max(occurred_at) filter (event_type = 'resolved') as last_resolved_event_at,
        max(occurred_at) as last_event_at
    from events
    where occurred_at <= {{ var('as_of') }}
    group by case_id
),

cases_with_later_events as (
    select distinct case_id
    from events
    where occurred_at > {{ var('as_of') }}
),

interactions_by_case as (
    select
        case_id,
        count(*)::integer as interaction_count,
        max(occurred_at) as last_interaction_at
    from interactions
    where occurred_at <= {{ var('as_of') }}
    group by case_id
),

spans_by_case as (
    select
        case_id,
        (count(*) - 1)::integer as reopen_count,
        min(opened_to) as resolved_at,
        min(opened_from) filter (span_number = 2) as reopened_at,
        bool_or(opened_to is null) as is_active
    from spans
    group by case_id
),

known as (
    select
        cases.case_id,
        cases.source_row as case_row,
        cases.status as recorded_status,
        events_by_case.case_id is null and cases_with_later_events.case_id is null as is_without_events,
        coalesce(cases.has_escalation_flag, false) or coalesce(cases.status = 'escalated', false) as is_escalated_on_record,
        cases.created_at,
        case when cases.assigned_at <= {{ var('as_of') }} then cases.assigned_at end as recorded_assigned_at,
        case when cases.first_response_at <= {{ var('as_of') }} then cases.first_response_at end as recorded_first_response_at,
        case when cases.resolved_at <= {{ var('as_of') }} then cases.resolved_at end as recorded_resolved_at,
        events_by_case.* exclude (case_id),
        coalesce(interactions_by_case.interaction_count, 0) as interaction_count,
        interactions_by_case.last_interaction_at,
        coalesce(spans_by_case.reopen_count, 0) as reopen_count,
        spans_by_case.resolved_at,
        spans_by_case.reopened_at,
        coalesce(spans_by_case.is_active, false) as is_active
    from cases
    left join cases_with_later_events
        on cases.case_id = cases_with_later_events.case_id
    left join events_by_case
        on cases.case_id = events_by_case.case_id
    left join interactions_by_case
        on cases.case_id = interactions_by_case.case_id
    left join spans_by_case
        on cases.case_id = spans_by_case.case_id
    where cases.created_at <= {{ var('as_of') }}
),

dated as (
    select
        *,
        coalesce(assigned_event_at, recorded_assigned_at) as assigned_at,
        coalesce(first_response_event_at, recorded_first_response_at) as first_response_at,
        greatest(created_at, last_event_at, last_interaction_at, recorded_assigned_at, recorded_first_response_at, recorded_resolved_at) as last_touch_at,
        resolved_at is not null as is_resolved,
        reopen_count > 0 as is_reopened,
        escalated_at is not null or is_escalated_on_record as is_escalated,
        date_diff('microsecond', created_at, coalesce(resolved_at, {{ var('as_of') }})) / 3.6e9 as hours_to_resolution,
        is_active or resolved_at is not null as is_sla_measurable
    from known
),

timed as (
    select
        case_id,
        case_row,
        created_at,
        assigned_at,
        first_response_at,
        docs_requested_at,
        docs_received_at,
        escalated_at,
        resolved_at,
        reopened_at,
        last_touch_at,
        date_diff('microsecond', created_at, assigned_at) / 3.6e9 as assignment_hours,
        date_diff('microsecond', created_at, first_response_at) / 3.6e9 as first_response_hours,
        case when is_resolved then hours_to_resolution / 24 end as resolution_days,
        case when is_active then date_diff('microsecond', created_at, {{ var('as_of') }}) / 8.64e10 end as age_days,
        case when is_active then date_diff('microsecond', last_touch_at, {{ var('as_of') }}) / 3.6e9 end as idle_hours,
        case when is_active and not is_resolved then {{ var('sla_hours') }} - hours_to_resolution end as sla_hours_left,
        is_active,
        is_resolved,
        is_reopened,
        is_escalated,
        coalesce(docs_last_requested_at > coalesce(docs_last_received_at, timestamp '-infinity'), is_without_events and recorded_status = 'pending_docs', false) as is_waiting_for_documents,
        first_response_at is not null or (is_without_events and coalesce(recorded_status = 'in_progress', false)) as is_in_progress,
        is_active and date_diff('microsecond', last_touch_at, {{ var('as_of') }}) / 3.6e9 > {{ var('stale_hours') }} as is_stale,
        is_sla_measurable and hours_to_resolution > {{ var('sla_hours') }} as is_breached,
        is_sla_measurable and (is_resolved or hours_to_resolution > {{ var('sla_hours') }}) as is_sla_known,
        interaction_count,
        reopen_count,
        opened_event_at is distinct from created_at as is_opening_only_on_record,
        assigned_event_at is null and recorded_assigned_at is not null as is_assignment_only_on_record,
        first_response_event_at is null and recorded_first_response_at is not null as is_first_response_only_on_record,
        case
            when recorded_resolved_at is distinct from first_resolved_event_at and recorded_resolved_at is distinct from last_resolved_event_at
                then recorded_resolved_at
        end as resolved_only_on_record_at
    from dated
)

select * from timed
