import type { Dimension, Measure, Milestones } from '../../pack/types.ts';

export const dimensions: Record<string, Dimension> = {
	case_type: {
		label: 'Case type',
		column: 'case_type',
		slicer: true,
		speaksForItself: true,
		values: {
			billing_dispute: 'Billing disputes',
			care_coordination: 'Care coordination',
			claim_denial: 'Claim denials',
			prior_authorization: 'Prior authorisations',
			provider_search: 'Provider searches',
		},
	},
	urgency: { label: 'Urgency', column: 'urgency', slicer: true, ordered: true, values: { high: 'High', medium: 'Medium', low: 'Low' } },
	team: { label: 'Team', column: 'team', slicer: true, values: { intake: 'Intake', resolution: 'Resolution', specialty: 'Specialty', escalations: 'Escalations' } },
	insurance_type: {
		label: 'Insurance',
		column: 'insurance_type',
		slicer: true,
		values: { commercial: 'Commercial', medicare: 'Medicare', medicaid: 'Medicaid', exchange: 'Exchange', uninsured: 'Uninsured' },
	},
	state: { label: 'State', column: 'state', slicer: true },
	status: {
		label: 'Status',
		column: 'status',
		ordered: true,
		values: {
			new: 'New',
			assigned: 'Assigned',
			in_progress: 'In progress',
			waiting_for_documents: 'Waiting for documents',
			escalated: 'Escalated',
			reopened: 'Reopened',
			resolved: 'Resolved',
		},
	},
	advocate: { label: 'Advocate', column: 'advocate', missing: 'Not assigned' },
	preferred_channel: { label: 'Preferred channel', column: 'preferred_channel', values: { phone: 'Phone', email: 'E-mail', chat: 'Chat', portal: 'Portal' } },
	intake_source: { label: 'Intake source', column: 'intake_source', values: { phone: 'Phone', email: 'E-mail', portal: 'Portal', referral: 'Referral' } },
	complexity: { label: 'Complexity', column: 'complexity', ordered: true, values: { low: 'Low', medium: 'Medium', high: 'High' } },
	missing_docs: { label: 'Documents', column: 'missing_docs', ordered: true, speaksForItself: true, values: { missing: 'Documents missing', complete: 'Documents complete' } },
	handoffs: { label: 'Handoffs', column: 'handoffs', ordered: true, values: { '0–1': '0–1 handoffs', '2': '2 handoffs', '3+': '3 or more handoffs' } },
	escalated: { label: 'Escalation', column: 'escalated', ordered: true, values: { escalated: 'Escalated', 'not escalated': 'Not escalated' } },
	nps_bucket: { label: 'Recommendation', column: 'nps_bucket', ordered: true, missing: 'No answer', values: { promoter: 'Promoter', passive: 'Passive', detractor: 'Detractor' } },
	handoff_count: { label: 'Handoffs (exact)', column: 'handoff_count', ordered: true },
	interaction_type: {
		label: 'Interaction',
		column: 'interaction_type',
		values: { call: 'Calls', email: 'E-mails', chat: 'Chats', doc_request: 'Document requests', insurer_followup: 'Insurer follow-ups' },
	},
	step: { label: 'Step', column: 'step' },
};

/** What a case has been through; a case counts for every milestone it has passed. */
export const milestones: Record<string, Milestones> = {
	milestone: {
		label: 'Been through',
		values: {
			opened: { label: 'Opened', condition: 'true' },
			assigned: { label: 'Assigned', condition: 'assigned_at is not null' },
			first_response: { label: 'First response', condition: 'first_response_at is not null' },
			documents: { label: 'Documents received', condition: 'docs_received_at is not null' },
			escalated: { label: 'Escalated', condition: 'is_escalated' },
			resolved: { label: 'Resolved', condition: 'is_resolved' },
			reopened: { label: 'Reopened', condition: 'is_reopened' },
			feedback: { label: 'Feedback given', condition: 'csat_submitted_at is not null' },
		},
	},
	escalated_by_day_3: {
		label: 'Escalation by day three',
		values: {
			exposed: { label: 'Escalated by day 3', condition: 'escalated_at <= created_at + interval 72 hour' },
			other: { label: 'Not escalated by day 3', condition: 'coalesce(escalated_at > created_at + interval 72 hour, not is_escalated)' },
		},
	},
};

const asOf = "{{ var('as_of') }}";
const resolved = `coalesce(resolved_at <= ${asOf}, false)`;
const elapsedHours = `epoch(case when ${resolved} then resolved_at else ${asOf} end - created_at) / 3600.0`;
const breached = `${elapsedHours} > {{ var('sla_hours') }}`;

export const measures: Record<string, Measure> = {
	active_cases: {
		kind: 'balance', from: 'opened_from', to: 'opened_to',
		label: 'Active cases', mart: 'fct_active_spans', time: 'opened_from', unit: 'cases', format: 'integer', better: 'lower',
		definition: 'Cases opened and not resolved at the as-of, or reopened since their resolution.',
		reading: 'How much work is waiting now. It grows when more is opened than resolved.',
	},
	backlog: {
		kind: 'balance', from: 'opened_from', to: 'opened_to',
		label: 'Backlog', mart: 'fct_active_spans', time: 'opened_from', unit: 'cases', format: 'integer', better: 'lower',
		definition: 'Active cases at the end of each period: every case between its opening (or reopening) and its resolution.',
		reading: 'Whether the queue grows or shrinks over time.',
	},
	active_rate: {
		kind: 'share', num: 'is_active', den: 'true', presentOnly: true,
		label: 'Share still active', mart: 'fct_case_lifecycle', time: 'created_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Active cases ÷ all cases opened.',
		reading: 'Which kinds of case pile up beyond what their number explains.',
	},
	cases_opened: {
		kind: 'count',
		label: 'Cases opened', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'cases', format: 'integer', better: 'neither',
		definition: 'Cases created up to the as-of.',
		reading: 'Demand.',
	},
	cases_resolved: {
		kind: 'count', where: resolved,
		label: 'Cases resolved', mart: 'fct_case_lifecycle', time: 'resolved_at', unit: 'cases', format: 'integer', better: 'higher',
		definition: 'Cases resolved at least once up to the as-of; over time they stand at their first resolution.',
		reading: 'What the teams got done.',
	},
	resolution_days: {
		kind: 'survival', stat: 'median', start: 'created_at', end: 'resolved_at', maturityHours: 720,
		label: 'Time to resolution', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'days', format: 'days', better: 'lower',
		definition: 'Kaplan–Meier median of the days from creation to first resolution; open cases count as still waiting.',
		reading: 'Half of the cases take longer than this.',
	},
	resolution_days_mean: {
		kind: 'mean', expr: 'epoch(resolved_at - created_at) / 86400.0', where: resolved,
		label: 'Mean of resolved cases', mart: 'fct_case_lifecycle', time: 'resolved_at', unit: 'days', format: 'days', better: 'lower',
		definition: 'Mean days from creation to first resolution over cases that are resolved; open cases are not in it.',
		reading: 'Comparable with older reports. It flatters whenever long cases are still open.',
	},
	open_at_sla: {
		kind: 'survival', stat: 'open_at', at: "{{ var('sla_hours') }} / 24.0", start: 'created_at', end: 'resolved_at', maturityHours: 168,
		label: 'Still open at the promise', mart: 'fct_case_lifecycle', time: 'created_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Kaplan–Meier share of cases not yet resolved seven days (168 h) after creation.',
		reading: 'How often the seven-day promise is broken, young cases accounted for.',
	},
	sla_breach_rate: {
		kind: 'share', num: breached, den: `${resolved} or ${breached}`, maturityHours: 168,
		label: 'SLA breach', mart: 'fct_case_lifecycle', time: 'created_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Cases resolved later than 168 h after creation, or never resolved and already older ÷ cases resolved or past due.',
		reading: 'How often the seven-day promise was broken where the outcome is known.',
	},
	stale_cases: {
		kind: 'balance', from: 'stale_from', to: 'stale_to',
		label: 'Stale over 48 h', mart: 'fct_stale_spans', time: 'stale_from', unit: 'cases', format: 'integer', better: 'lower',
		definition: 'Active cases that nobody has touched (no interaction, no event) for more than 48 h.',
		reading: 'Patients who have heard nothing for two days.',
	},
	stale_rate: {
		kind: 'share', num: 'is_stale', den: 'is_active', presentOnly: true,
		label: 'Share stale', mart: 'fct_case_lifecycle', unit: '', format: 'percent', better: 'lower',
		definition: 'Stale cases ÷ active cases.',
		reading: 'How much of the queue is standing still.',
	},
	csat_mean: {
		kind: 'mean', expr: 'csat_score', where: `csat_submitted_at <= ${asOf}`,
		label: 'Satisfaction', mart: 'fct_case_lifecycle', time: 'csat_submitted_at', unit: 'of 5', format: 'score', better: 'higher',
		definition: 'Mean of the satisfaction scores (1–5) submitted up to the as-of.',
		reading: 'How patients who answered rate the help they got; see the response rate for how many did.',
	},
	csat_response_rate: {
		kind: 'share', num: `csat_submitted_at <= ${asOf}`, den: resolved, maturityHours: 336,
		label: 'Response rate', mart: 'fct_case_lifecycle', time: 'resolved_at', unit: '', format: 'percent', better: 'higher',
		definition: 'Resolved cases with a satisfaction score ÷ resolved cases.',
		reading: 'How many patients the satisfaction score speaks for.',
	},
	promoter_rate: {
		kind: 'share', num: "nps_bucket = 'promoter'", den: `csat_submitted_at <= ${asOf} and nps_bucket is not null`,
		label: 'Promoters', mart: 'fct_case_lifecycle', time: 'csat_submitted_at', unit: '', format: 'percent', better: 'higher',
		definition: 'Promoters ÷ answers with a recommendation class.',
		reading: 'Patients who would recommend the service.',
	},
	detractor_rate: {
		kind: 'share', num: "nps_bucket = 'detractor'", den: `csat_submitted_at <= ${asOf} and nps_bucket is not null`,
		label: 'Detractors', mart: 'fct_case_lifecycle', time: 'csat_submitted_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Detractors ÷ answers with a recommendation class.',
		reading: 'Patients who would advise against it.',
	},
	first_response_hours: {
		kind: 'quantile', q: 0.5, expr: 'first_response_hours', where: `first_response_at <= ${asOf}`, maturityHours: 72,
		label: 'First response', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'hours', format: 'hours', better: 'lower',
		definition: 'Median hours from creation to the first response, over cases that have had one.',
		reading: 'How long a patient waits to be heard.',
	},
	first_response_hours_mean: {
		kind: 'mean', expr: 'first_response_hours', where: `first_response_at <= ${asOf}`, maturityHours: 72,
		label: 'Mean first response', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'hours', format: 'hours', better: 'lower',
		definition: 'Mean hours from creation to the first response, over cases that have had one.',
		reading: 'Pulled up by the few who wait very long; the median says what is usual.',
	},
	awaiting_first_response: {
		kind: 'count', where: 'is_active and first_response_at is null', presentOnly: true,
		label: 'Awaiting first response', mart: 'fct_case_lifecycle', unit: 'cases', format: 'integer', better: 'lower',
		definition: 'Active cases without any first response at the as-of.',
		reading: 'Patients who have not been heard at all yet.',
	},
	escalation_rate: {
		kind: 'share', num: `is_escalated and coalesce(escalated_at <= ${asOf}, true)`, den: 'true', maturityHours: 504,
		label: 'Escalated', mart: 'fct_case_lifecycle', time: 'created_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Cases escalated up to the as-of ÷ cases opened.',
		reading: 'How often ordinary work was not enough.',
	},
	reopen_rate: {
		kind: 'share', num: `reopened_at <= ${asOf}`, den: resolved, maturityHours: 720,
		label: 'Reopened', mart: 'fct_case_lifecycle', time: 'resolved_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Cases reopened up to the as-of ÷ cases ever resolved.',
		reading: 'How often "resolved" was not the end of it.',
	},
	interactions_per_case: {
		kind: 'mean', expr: 'interaction_count', presentOnly: true,
		label: 'Interactions per case', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'per case', format: 'decimal', better: 'neither',
		definition: 'Mean number of interactions (calls, e-mails, chats, requests) up to the as-of per case.',
		reading: 'How much contact a case takes.',
	},
	interactions: {
		kind: 'count',
		label: 'Interactions', mart: 'fct_interactions', time: 'occurred_at', unit: 'interactions', format: 'integer', better: 'neither',
		definition: 'Interactions up to the as-of.',
		reading: 'Where the contact work goes.',
	},
	handling_minutes: {
		kind: 'mean', expr: 'duration_minutes', where: 'duration_minutes > 0',
		label: 'Minutes per interaction', mart: 'fct_interactions', time: 'occurred_at', unit: 'minutes', format: 'decimal', better: 'neither',
		definition: 'Mean minutes of interactions that have a duration.',
		reading: 'What one contact costs in time.',
	},
	handoffs_per_case: {
		kind: 'mean', expr: 'handoff_count', presentOnly: true,
		label: 'Handoffs per case', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'per case', format: 'decimal', better: 'lower',
		definition: 'Mean number of handoffs recorded per case (or seen in its interactions where none is recorded).',
		reading: 'How often a patient has to start over with somebody new.',
	},
	reassignments_per_case: {
		kind: 'mean', expr: 'reassignment_count', presentOnly: true,
		label: 'Reassignments per case', mart: 'fct_case_lifecycle', time: 'created_at', unit: 'per case', format: 'decimal', better: 'lower',
		definition: 'Mean number of times the advocate changed along a case’s interactions.',
		reading: 'Handoffs that really happened, whatever was recorded.',
	},
	missing_docs_rate: {
		kind: 'share', num: 'has_missing_docs', den: 'has_missing_docs is not null',
		label: 'Documents missing', mart: 'fct_case_lifecycle', time: 'created_at', unit: '', format: 'percent', better: 'lower',
		definition: 'Cases whose documents were incomplete at intake ÷ cases where that is recorded.',
		reading: 'How often work cannot start for want of papers.',
	},
	utilisation: {
		kind: 'ratio', num: 'active_cases', den: 'capacity', presentOnly: true, minN: 1,
		label: 'Utilisation', mart: 'mart_advocate_caseload', unit: '', format: 'percent', better: 'lower', target: 1,
		definition: 'Active cases ÷ capacity, over advocates.',
		reading: 'Above 100 % people hold more cases than they can carry.',
	},
	weighted_utilisation: {
		kind: 'ratio', num: 'weighted_active', den: 'capacity', presentOnly: true, minN: 1,
		label: 'Weighted utilisation', mart: 'mart_advocate_caseload', unit: '', format: 'percent', better: 'lower', target: 1,
		definition: 'Active cases weighted by complexity (low 0.75, medium 1, high 1.5) ÷ capacity, over advocates.',
		reading: 'The same load, with hard cases counted as more.',
	},
	overloaded_advocates: {
		kind: 'count', where: 'is_overloaded', presentOnly: true,
		label: 'Overloaded advocates', mart: 'mart_advocate_caseload', unit: 'advocates', format: 'integer', better: 'lower',
		definition: 'Advocates with more active cases than capacity.',
		reading: 'Who needs help before anything else is given to them.',
	},
	free_capacity: {
		kind: 'sum', expr: 'greatest(room, 0)', presentOnly: true,
		label: 'Free capacity', mart: 'mart_advocate_caseload', unit: 'cases', format: 'integer', better: 'higher',
		definition: 'Cases that advocates below their capacity could still take.',
		reading: 'Where new work can go.',
	},
	step_days: {
		kind: 'survival', stat: 'median', start: 'started_at', end: 'ended_at', presentOnly: true,
		label: 'Days in step', mart: 'fct_case_steps', time: 'started_at', unit: 'days', format: 'days', better: 'lower',
		definition: 'Kaplan–Meier median of the days between two milestones of a case; steps still running count as not over.',
		reading: 'Where the time goes.',
	},
};
