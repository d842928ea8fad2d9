import type { Mart, Model, Rule, Severity, StagingModel } from '../../pack/types.ts';

/**
 * Rows of a staging model after the resolution of their case and not after a reopening of it. A set of row numbers instead
 * of a subquery per row: the engine evaluates every rule over all rows, and this one is then a lookup.
 */
function afterResolution(model: string, where: string): string {
	return `this.source_row in (
		select late.source_row
		from {{ ref('${model}') }} as late
		inner join {{ ref('stg_cases') }} as cases
			on late.case_id = cases.case_id and late.occurred_at > cases.resolved_at
		left join (
			select case_id, min(occurred_at) as reopened_at
			from {{ ref('stg_case_events') }}
			where event_type = 'reopened'
			group by case_id
		) as reopenings
			on late.case_id = reopenings.case_id
		where ${where} and (reopenings.reopened_at is null or reopenings.reopened_at > late.occurred_at)
	)`;
}

function casesBefore(model: string, key: string, since: string): string {
	return `this.source_row in (
		select cases.source_row
		from {{ ref('stg_cases') }} as cases
		inner join {{ ref('${model}') }} as other
			on cases.${key} = other.${key} and cases.created_at < other.${since}
	)`;
}

const receivedBeforeRequested = `this.source_row in (
	select receipts.source_row
	from {{ ref('stg_case_events') }} as receipts
	inner join (
		select case_id, min(occurred_at) as requested_at
		from {{ ref('stg_case_events') }}
		where event_type = 'docs_requested'
		group by case_id
	) as requests
		on receipts.case_id = requests.case_id and receipts.occurred_at < requests.requested_at
	where receipts.event_type = 'docs_received'
)`;

const filled = (name: string, column: string, says: string): Rule => ({
	name,
	severity: 'error',
	kind: 'filled',
	column,
	says,
});

const reference = (name: string, column: string, to: string, says: string): Rule => ({
	name,
	severity: 'error',
	kind: 'reference',
	column,
	to,
	key: column,
	says,
});

const readable = (name: string, columns: Record<string, string>, says: string): Rule => ({
	name,
	severity: 'error',
	kind: 'parses',
	columns,
	says,
});

const inOrder = (name: string, severity: Severity, earlier: string, later: string, says: string): Rule => ({
	name,
	severity,
	kind: 'order',
	earlier,
	later,
	says,
});

const warning = (name: string, violated: string, says: string): Rule => ({
	name,
	severity: 'warning',
	kind: 'condition',
	violated,
	says,
});

export const staging: Record<string, StagingModel> = {
	stg_patients: {
		grain: 'one patient',
		source: 'patients',
		key: ['patient_id'],
		rules: [
			filled('missing_patient_id', 'patient_id', 'The patient has no id.'),
			readable(
				'unreadable_patient_value',
				{ risk_score: 'risk_score', created_at: 'created_at' },
				'The date or number of a patient cannot be read.',
			),
		],
	},
	stg_advocates: {
		grain: 'one advocate',
		source: 'advocates',
		key: ['advocate_id'],
		rules: [
			filled('missing_advocate_id', 'advocate_id', 'The advocate has no id.'),
			readable(
				'unreadable_advocate_value',
				{ capacity: 'capacity', hire_date: 'hire_date' },
				'The capacity or hire date of an advocate cannot be read.',
			),
			warning(
				'missing_capacity',
				'this.capacity is null or this.capacity <= 0',
				'The advocate has no capacity, so no utilisation can be computed.',
			),
		],
	},
	stg_cases: {
		grain: 'one case',
		source: 'cases',
		key: ['case_id'],
		rules: [
			filled('missing_case_id', 'case_id', 'The case has no id.'),
			filled('missing_case_patient', 'patient_id', 'The case names no patient.'),
			filled('missing_case_type', 'case_type', 'The case has no type.'),
			readable(
				'unreadable_case_value',
				{
					created_at: 'created_at',
					assigned_at: 'assigned_at',
					first_response_at: 'first_response_at',
					resolved_at: 'resolved_at',
					has_escalation_flag: 'escalation_flag',
					has_reopen_flag: 'reopen_flag',
				},
				'A date or flag of the case cannot be read.',
			),
			filled('missing_case_created_at', 'created_at', 'Nothing says when the case was opened.'),
			inOrder(
				'resolved_before_created',
				'error',
				'created_at',
				'resolved_at',
				'The case was resolved before it was created.',
			),
			inOrder(
				'assigned_before_created',
				'error',
				'created_at',
				'assigned_at',
				'The case was assigned before it was created.',
			),
			inOrder(
				'responded_before_created',
				'error',
				'created_at',
				'first_response_at',
				'The case was answered before it was created.',
			),
			reference('unknown_patient', 'patient_id', 'stg_patients', 'No patient has the id that the case names.'),
			reference('unknown_advocate', 'advocate_id', 'stg_advocates', 'No advocate has the id that the case names.'),
			inOrder(
				'resolved_before_first_response',
				'warning',
				'first_response_at',
				'resolved_at',
				'The case was resolved before it was first answered.',
			),
			warning(
				'resolved_without_date',
				"this.status = 'resolved' and this.resolved_at is null",
				'The status says resolved, and the record has no date of it.',
			),
			warning(
				'case_before_patient_record',
				casesBefore('stg_patients', 'patient_id', 'created_at'),
				"The case is older than its patient's record.",
			),
			warning(
				'case_before_advocate_hired',
				casesBefore('stg_advocates', 'advocate_id', 'hire_date'),
				"The case is older than its advocate's hire date.",
			),
			{
				name: 'unreadable_metadata',
				severity: 'warning',
				kind: 'parses',
				columns: { has_metadata: 'metadata_json' },
				says: 'The metadata of the case cannot be read; its intake details are unknown.',
			},
		],
	},
	stg_interactions: {
		grain: 'one contact about a case',
		source: 'interactions',
		key: ['interaction_id'],
		rules: [
			filled('missing_interaction_id', 'interaction_id', 'The interaction has no id.'),
			filled('missing_interaction_case', 'case_id', 'The interaction names no case.'),
			readable(
				'unreadable_interaction_value',
				{ occurred_at: 'created_at', duration_minutes: 'duration_minutes' },
				'The date or duration of an interaction cannot be read.',
			),
			filled('missing_interaction_time', 'occurred_at', 'Nothing says when the interaction took place.'),
			reference('unknown_case', 'case_id', 'stg_cases', 'No case has the id that the interaction names.'),
			reference(
				'unknown_advocate',
				'advocate_id',
				'stg_advocates',
				'No advocate has the id that the interaction names.',
			),
			warning(
				'touch_after_resolution',
				afterResolution('stg_interactions', 'true'),
				'The case was worked on after its resolution without being reopened.',
			),
		],
	},
	stg_case_events: {
		grain: 'one milestone of a case',
		source: 'case_events',
		key: ['event_id'],
		rules: [
			filled('missing_event_id', 'event_id', 'The event has no id.'),
			filled('missing_event_case', 'case_id', 'The event names no case.'),
			filled('missing_event_type', 'event_type', 'The event does not say what happened.'),
			readable('unreadable_event_value', { occurred_at: 'occurred_at' }, 'The date of an event cannot be read.'),
			filled('missing_event_time', 'occurred_at', 'Nothing says when the event happened.'),
			reference('unknown_case', 'case_id', 'stg_cases', 'No case has the id that the event names.'),
			warning(
				'escalated_after_resolution',
				afterResolution('stg_case_events', "late.event_type = 'escalated'"),
				'The case was escalated after its resolution.',
			),
			warning(
				'documents_received_before_requested',
				receivedBeforeRequested,
				'Documents were received before they were requested.',
			),
		],
	},
	stg_feedback: {
		grain: 'one answer of a patient',
		source: 'patient_feedback',
		key: ['feedback_id'],
		rules: [
			filled('missing_feedback_id', 'feedback_id', 'The feedback has no id.'),
			filled('missing_feedback_case', 'case_id', 'The feedback names no case.'),
			readable(
				'unreadable_feedback_value',
				{ csat_score: 'csat_score', submitted_at: 'submitted_at' },
				'The score or date of the feedback cannot be read.',
			),
			filled('missing_feedback_time', 'submitted_at', 'Nothing says when the feedback came in.'),
			{
				name: 'csat_out_of_range',
				severity: 'error',
				kind: 'range',
				column: 'csat_score',
				min: 1,
				max: 5,
				says: 'The satisfaction score is not between 1 and 5.',
			},
			reference('unknown_case', 'case_id', 'stg_cases', 'No case has the id that the feedback names.'),
		],
	},
};

export const models: Record<string, Model> = {
	int_advocates: {
		grain: 'one advocate',
		key: ['advocate_id'],
		holds: {
			every_advocate_stays:
				"(select count(*) from {{ ref('int_advocates') }}) = (select count(*) from {{ ref('stg_advocates') }})",
		},
	},
	int_case_spans: {
		grain: 'one span of activity of a case',
		key: ['case_id', 'span_number'],
		holds: { ends_after_it_starts: 'opened_to is null or opened_to >= opened_from' },
	},
	int_case_timings: {
		grain: 'one case',
		key: ['case_id'],
		holds: {
			resolved_after_created: 'resolved_at is null or resolved_at >= created_at',
			touched_after_created: 'last_touch_at >= created_at',
		},
		rests: {
			is_escalated: ['case_events', 'cases.escalation_flag'],
			is_reopened: ['case_events'],
			reopen_count: ['case_events'],
			reopened_at: ['case_events'],
			is_stale: ['interactions', 'case_events'],
			idle_hours: ['interactions', 'case_events'],
			last_touch_at: ['interactions', 'case_events'],
		},
	},
	int_case_events: {
		grain: 'one milestone of a case',
		key: ['case_row', 'seq'],
		holds: { next_is_later: 'next_occurred_at is null or next_occurred_at >= occurred_at' },
	},
	int_case_steps: { grain: 'one pair of milestones that follow each other', key: ['event_type', 'next_event_type'] },
	int_case_touches: {
		grain: 'one event or interaction of a case',
		key: ['case_row', 'seq'],
		holds: { next_is_later: 'next_touch_at is null or next_touch_at >= occurred_at' },
	},
	int_advocate_changes: {
		grain: 'one case that several advocates handled',
		key: ['case_row'],
		holds: { changed_at_least_once: 'reassignment_count >= 1' },
	},
	int_case_feedback: { grain: 'one case with feedback', key: ['case_id'] },
};

const caseDimensions = [
	'case_type',
	'urgency',
	'status',
	'team',
	'advocate',
	'insurance_type',
	'state',
	'preferred_channel',
	'intake_source',
	'complexity',
	'missing_docs',
	'handoffs',
	'escalated',
] as const;

const knownRows = (model: string, at: string): string =>
	`(select count(*) from {{ ref('${model}') }} where ${at} <= {{ var('as_of') }})`;
const rows = (model: string, where = 'true'): string => `(select count(*) from {{ ref('${model}') }} where ${where})`;

export const marts: Record<string, Mart> = {
	fct_case_lifecycle: {
		grain: 'one case',
		key: ['case_id'],
		dimensions: [...caseDimensions, 'handoff_count', 'nps_bucket'],
		opened: 'created_at',
		known: 'created_at',
		holds: {
			every_known_case_once: `${rows('fct_case_lifecycle')} = ${knownRows('stg_cases', 'created_at')}`,
			active_unless_status_resolved: "is_active = (status <> 'resolved')",
			reopened_only_if_resolved: 'is_resolved or not is_reopened',
			breach_only_if_known: 'is_sla_known or not is_breached',
			stale_only_if_active: 'is_active or not is_stale',
			nothing_after_the_as_of:
				"greatest(created_at, assigned_at, first_response_at, escalated_at, resolved_at, reopened_at, last_touch_at, csat_submitted_at) <= {{ var('as_of') }}",
		},
	},
	fct_interactions: {
		grain: 'one interaction',
		key: ['interaction_id'],
		dimensions: [...caseDimensions, 'interaction_type'],
		opened: 'created_at',
		known: 'occurred_at',
		belongs: true,
		holds: {
			as_many_as_the_cases_count: `${rows('fct_interactions')} = (select sum(interaction_count) from {{ ref('fct_case_lifecycle') }})`,
		},
	},
	fct_case_steps: {
		grain: 'one step between two milestones of a case',
		key: ['step_id'],
		dimensions: [...caseDimensions, 'step'],
		opened: 'created_at',
		known: 'started_at',
		belongs: true,
		holds: {
			takes_no_negative_time: 'hours >= 0',
			one_running_step_per_active_case: `${rows('fct_case_steps', 'is_running')} = ${rows('fct_case_lifecycle', 'is_active')}`,
		},
	},
	fct_active_spans: {
		grain: 'one span of activity of a case',
		key: ['case_id', 'span_number'],
		dimensions: caseDimensions,
		opened: 'created_at',
		known: 'opened_from',
		belongs: true,
		holds: {
			every_span_once: `${rows('fct_active_spans')} = ${rows('int_case_spans')}`,
			one_open_span_per_active_case: `${rows('fct_active_spans', 'opened_to is null')} = ${rows('fct_case_lifecycle', 'is_active')}`,
		},
	},
	fct_stale_spans: {
		grain: 'one span of neglect of an active case',
		key: ['case_id', 'stale_from'],
		dimensions: caseDimensions,
		opened: 'created_at',
		known: 'stale_from',
		belongs: true,
		rests: { '*': ['interactions', 'case_events'] },
		holds: {
			ends_after_it_starts: 'stale_to is null or stale_to > stale_from',
			one_open_span_per_stale_case: `${rows('fct_stale_spans', 'stale_to is null')} = ${rows('fct_case_lifecycle', 'is_stale')}`,
		},
	},
	fct_case_timeline: {
		grain: 'one event or interaction of a case',
		key: ['case_id', 'seq'],
		known: 'occurred_at',
		belongs: true,
		view: true,
		holds: {
			every_touch_once: `${rows('fct_case_timeline')} = ${rows('int_case_events')} + (select sum(interaction_count) from {{ ref('int_case_timings') }})`,
		},
	},
	mart_ops_kpis: {
		grain: 'one case type, and one row for all',
		key: ['case_type'],
		holds: {
			parts_sum_to_the_whole: `${rows('fct_case_lifecycle')} * 2 = (select sum(total_cases) from {{ ref('mart_ops_kpis') }})`,
		},
	},
	mart_advocate_caseload: {
		grain: 'one advocate',
		key: ['advocate_id'],
		dimensions: ['team', 'advocate'],
		holds: {
			every_active_case_with_an_advocate: `${rows('fct_case_lifecycle', 'is_active and advocate_id is not null')} = (select sum(active_cases) from {{ ref('mart_advocate_caseload') }})`,
			overloaded_has_no_room: "not is_overloaded or room < 0 or {{ var('overload_utilisation') }} < 1",
		},
	},
	mart_bottlenecks: {
		grain: 'one value of one driver of delay',
		key: ['driver', 'value'],
		holds: { no_more_breaches_than_cases: 'sla_breach_rate is null or sla_breach_rate between 0 and 1' },
	},
};
