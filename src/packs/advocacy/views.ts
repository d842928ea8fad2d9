import type { FunnelStage, ListColumn, View } from '../../pack/types.ts';

const asOf = "{{ var('as_of') }}";

const caseColumns = {
	id: { column: 'case_id', label: 'Case' },
	type: { column: 'case_type', label: 'Type', dimension: 'case_type' },
	urgency: { column: 'urgency', label: 'Urgency', dimension: 'urgency' },
	status: { column: 'status', label: 'Status', dimension: 'status' },
	advocate: { column: 'advocate', label: 'Advocate', dimension: 'advocate' },
	state: { column: 'state', label: 'State' },
	age: { column: 'age_days', label: 'Age', format: 'days' },
	idle: { column: 'idle_hours', label: 'Untouched', format: 'hours' },
	left: { column: 'sla_hours_left', label: 'Time left', format: 'hours' },
	created: { column: 'created_at', label: 'Opened', format: 'timestamp' },
	touched: { column: 'last_touch_at', label: 'Last touch', format: 'timestamp' },
	response: { column: 'first_response_hours', label: 'First response', format: 'hours' },
	resolution: { column: 'resolution_days', label: 'Resolved after', format: 'days' },
	interactions: { column: 'interaction_count', label: 'Contacts', format: 'integer' },
	handoffs: { column: 'handoff_count', label: 'Handoffs', format: 'integer' },
	reassigned: { column: 'reassignment_count', label: 'Changed hands', format: 'integer' },
	reopens: { column: 'reopen_count', label: 'Reopens', format: 'integer' },
} as const satisfies Record<string, ListColumn>;

/** Over = the case is past this stage for good: resolved, or beyond it. */
const stages: FunnelStage[] = [
	{ id: 'opened', label: 'Opened', reached: 'true', waiting: 'false' },
	{ id: 'assigned', label: 'Assigned', reached: 'assigned_at is not null', waiting: 'is_active' },
	{ id: 'first_response', label: 'First response', reached: 'first_response_at is not null', waiting: 'is_active' },
	{ id: 'documents', label: 'Documents received', needed: 'docs_requested_at is not null', reached: 'docs_received_at is not null', waiting: 'is_active and not is_resolved' },
	{ id: 'escalated', label: 'Escalated', optional: true, reached: 'is_escalated', waiting: 'is_active and not is_resolved' },
	{ id: 'resolved', label: 'Resolved', reached: 'is_resolved', waiting: 'is_active' },
	{ id: 'reopened', label: 'Reopened', optional: true, needed: 'is_resolved', reached: 'is_reopened', waiting: `resolved_at > ${asOf} - interval 30 day` },
	{ id: 'feedback', label: 'Feedback given', needed: 'is_resolved', reached: 'csat_submitted_at is not null', waiting: `resolved_at > ${asOf} - interval 14 day` },
];

const executive: View = {
	id: 'executive',
	label: 'Executive',
	question: 'Are we keeping our promises?',
	about: 'What is waiting, how long patients wait, and what to decide.',
	briefing: ['flow', 'resolved-by-day', 'drivers', 'what-changed'],
	tiles: [
		{
			kind: 'kpis', id: 'kpis', title: 'Key numbers', span: 12, features: ['S0-F1', 'S0-F2', 'S0-F3', 'S0-F4', 'S0-F5', 'S0-F35', 'S0-F36', 'S1-F10', 'S1-F11', 'S1-F24'],
			measures: ['active_cases', 'resolution_days', 'sla_breach_rate', 'csat_mean', 'stale_cases', 'first_response_hours', 'escalation_rate', 'reopen_rate'],
			note: '',
		},
		{
			kind: 'flow', id: 'flow', title: 'Opened, resolved and waiting', span: 7, features: ['S0-F6', 'S1-F24'],
			opened: 'cases_opened', resolved: 'cases_resolved', stock: 'backlog', lasting: 'waiting',
			says: { claim: 'The queue has {direction} by {diff} cases since {since}, to {now}', none: '{now} cases are waiting; the queue has neither grown nor shrunk beyond noise' },
			note: 'Waiting = open at the end of each period. The last one is not over and is dashed.',
		},
		{
			kind: 'survival', id: 'resolved-by-day', title: 'Share of cases resolved, by days since opening', span: 5, features: ['S0-F2', 'S0-F18'],
			measure: 'open_at_sla', by: 'case_type', days: 30,
			says: {
				claim: '{Groups} break the seven-day promise most: {value} are still open then',
				none: '{all} of cases are still open after seven days; no case type differs beyond noise',
			},
			note: 'Kaplan–Meier, open cases counted as still waiting; bands 95 %.',
		},
		{
			kind: 'matrix', id: 'kpis-by-type', title: 'Case types', span: 12, features: ['S0-F7', 'S0-F26'],
			measures: ['cases_opened', 'active_cases', 'resolution_days', 'open_at_sla', 'sla_breach_rate', 'escalation_rate', 'reopen_rate', 'missing_docs_rate', 'first_response_hours', 'interactions_per_case', 'csat_mean', 'stale_rate'],
			by: 'case_type', about: 'sla_breach_rate',
			says: { claim: '{Groups} miss the seven-day promise more often than the rest: {value}, over all it is {all}', none: 'No case type misses its promise more often than the others beyond noise' },
			note: 'Coloured = differs from the other types beyond noise. Totals are computed at total grain, never from the rows.',
		},
		{
			kind: 'groups', id: 'backlog-by-type', title: 'Active cases by case type', span: 5, features: ['S0-F6'],
			measure: 'active_cases', by: 'case_type', chart: 'bars', tested: 'active_rate', axis: 'active cases →',
			says: {
				claim: '{Groups} pile up beyond their number: {value} of them are open, over all types {all}',
				none: 'No case type piles up beyond its number and beyond noise',
			},
			note: 'Tested: share of each type still active, against the other types.',
		},
		{
			kind: 'drivers', id: 'drivers', title: 'What costs most waiting, beyond comparable cases', span: 7, features: ['S0-F8', 'S0-F28', 'S0-F32'],
			mart: 'fct_case_lifecycle', start: 'created_at', end: 'resolved_at', days: 30,
			drivers: ['missing_docs', 'case_type', 'urgency', 'insurance_type', 'preferred_channel', 'intake_source', 'complexity'], strata: ['case_type', 'urgency'], view: 'dots',
			says: {
				claim: '{Driver}: {excess} case-days a month more than comparable cases, {each} days each',
				none: 'Nothing known when a case opens makes it wait longer than comparable cases, beyond noise',
			},
			note: 'Excess case-days a month within the first 30 days, against cases of the same type and urgency; ranked by the lower bound. Handoffs, escalations and the team that holds a case now come while it waits and are no causes here.',
		},
		{
			kind: 'actions', id: 'actions', title: 'What we would do next', span: 12, features: ['S0-F34'],
			actions: [
				{ evidence: 'missing-docs', do: 'Ask for documents on the day a case opens, with a checklist: with documents missing {value} of cases are open after seven days, over all {all}.' },
				{ evidence: 'handoffs-csat', do: 'Keep one advocate per case: each handoff goes with {size} {direction} satisfaction ({lo} to {hi}).' },
				{ evidence: 'caseload', do: 'Move cases from {overloaded} to the {roomy} with room for {room} more.' },
				{ evidence: 'type-delay', do: 'Start {groups} first: {value} are open after seven days, over all {all}.' },
				{ evidence: 'stale-list', do: 'Go through what nobody has touched for two days ({counted}), longest first.' },
				{ evidence: 'what-changed', do: 'Look into {step} for {group} ({dimension}): since {since}, {after} take longer than {usual} days; before, it was {before}.' },
			],
			note: 'Associations in this data, not promises. Each sentence opens its evidence.',
		},
		{
			kind: 'insights', id: 'insights', title: 'What stands out', span: 12, features: ['S0-F33'],
			evidence: ['type-delay', 'missing-docs', 'handoffs-csat', 'escalation-breach', 'advocates', 'escalations-by-type', 'escalated-csat', 'what-changed'],
			note: 'A sentence stands here only if its test holds after correction for everything this page tests.',
		},
	],
};

const operations: View = {
	id: 'operations',
	label: 'Operations',
	question: 'Who does what next?',
	about: 'The work lists of today: neglected cases, cases about to break the promise, who is overloaded and who has room.',
	briefing: ['stale-list', 'about-to-breach', 'caseload'],
	tiles: [
		{
			kind: 'list', id: 'stale-list', title: 'Nobody has touched these for 48 hours', span: 12, features: ['S0-F10', 'S1-F21'],
			mart: 'fct_case_lifecycle', where: 'is_stale', orderBy: 'idle_hours desc', key: 'case_id',
			columns: [caseColumns.id, caseColumns.type, caseColumns.urgency, caseColumns.status, caseColumns.advocate, caseColumns.state, caseColumns.created, caseColumns.touched, caseColumns.age, caseColumns.idle],
			says: { claim: 'Untouched for more than two days: {counted}', none: 'Every open case has been touched within two days' },
			note: 'Active, and no interaction or event for more than 48 h. All of them, longest first; a row opens the case.',
		},
		{
			kind: 'list', id: 'about-to-breach', title: 'Open cases by hours left to the promise', span: 7, features: ['S1-F21', 'S0-F32'],
			mart: 'fct_case_lifecycle', where: 'is_active and sla_hours_left between 0 and 48', orderBy: 'sla_hours_left', key: 'case_id',
			columns: [caseColumns.left, caseColumns.id, caseColumns.type, caseColumns.urgency, caseColumns.status, caseColumns.advocate, caseColumns.idle],
			says: { claim: 'Reaching the seven-day limit within two days: {counted}', none: 'No open case reaches the seven-day limit within two days' },
			note: 'Never resolved, 168 h not yet over, 48 h or less left.',
		},
		{
			kind: 'grid', id: 'response-grid', title: 'First response by case type and urgency', span: 5, features: ['S1-F1', 'S1-F2', 'S0-F35'],
			measure: 'first_response_hours', rows: 'case_type', columns: 'urgency',
			says: { claim: '{Row} of {column} urgency wait longer to be heard than the others: {value}, over all it is {all}', none: 'Half of patients are heard within {all}; no case type or urgency differs beyond noise' },
			note: 'Median hours to the first response; the shade follows the number. A cell is named only if it differs from all others beyond noise.',
		},
		{
			kind: 'panel', id: 'caseload', title: 'Advocates', span: 12, features: ['S0-F11', 'S0-F12', 'S0-F27', 'S0-F39', 'S1-F4', 'S1-F5', 'S1-F14', 'S1-F22'],
			panel: 'caseload', by: 'advocate', measures: ['active_cases', 'stale_cases'],
			options: {
				mart: 'mart_advocate_caseload', name: 'advocate', team: 'team', active: 'active_cases', capacity: 'capacity', weighted: 'weighted_active', mix: ['high_urgency', 'medium_urgency', 'low_urgency'], mixLabels: ['high', 'medium', 'low'], stale: 'stale_cases',
				claim: '{overloaded} hold more cases than they can carry; {roomy} have room for {room} more',
				calm: 'Nobody holds more cases than they can carry; there is room for {room} more',
			},
			note: 'Utilisation = active cases ÷ capacity. Weighted = hard cases count 1.5, easy ones 0.75. Case filters other than team do not apply to capacity.',
		},
		{
			kind: 'groups', id: 'open-by-urgency', title: 'Open cases by urgency', span: 4, features: ['S0-F9'],
			measure: 'active_cases', by: 'urgency', chart: 'bars', tested: 'active_rate', axis: 'active cases →',
			says: { claim: '{Groups} urgency cases stay open more often than the others: {value}, over all {all}', none: 'No urgency piles up beyond its number and beyond noise' },
			note: 'Tested: share of each urgency still active, against the others.',
		},
		{
			kind: 'groups', id: 'escalations-by-type', title: 'Escalated cases by type', span: 4, features: ['S0-F13'],
			measure: 'escalation_rate', by: 'case_type', chart: 'dots', axis: 'share escalated →',
			says: { claim: '{Groups} are escalated more often than the rest: {value}, over all it is {all}', none: '{all} of cases are escalated; no type differs beyond noise' },
			note: 'Cases escalated ÷ cases opened; 95 % Wilson interval.',
		},
		{
			kind: 'groups', id: 'interactions-by-type', title: 'Contacts a case takes, by type', span: 4, features: ['S0-F14', 'S1-F12'],
			measure: 'interactions_per_case', by: 'case_type', chart: 'dots', axis: 'interactions per case →',
			says: { claim: '{Groups} take more contacts than the rest: {value} per case, over all it is {all}', none: 'A case takes {all} contacts; no type differs beyond noise' },
			note: 'Mean interactions per case up to the as-of; 95 % t interval.',
		},
		{
			kind: 'list', id: 'cases', title: 'Cases', span: 12, features: ['S1-F3', 'S1-F13', 'S1-F19', 'S1-F20', 'S1-F23'], search: true,
			mart: 'fct_case_lifecycle', orderBy: 'created_at desc', key: 'case_id',
			columns: [caseColumns.id, caseColumns.created, caseColumns.type, caseColumns.urgency, caseColumns.status, caseColumns.advocate, caseColumns.response, caseColumns.resolution, caseColumns.interactions, caseColumns.handoffs, caseColumns.reassigned, caseColumns.reopens],
			says: { claim: '{counted} under these filters', none: 'No cases under these filters' },
			note: 'Newest first. A row opens the case with all that happened to it.',
		},
	],
};

const rootCause: View = {
	id: 'root-cause',
	label: 'Root cause',
	question: 'Why, and what would change it?',
	about: 'Where cases stand still, what goes with long waits and low satisfaction, and what does not.',
	briefing: ['steps', 'what-changed', 'missing-docs', 'handoffs-csat'],
	tiles: [
		{
			kind: 'funnel', id: 'funnel', title: 'From opening to feedback', span: 7, features: ['S0-F31'],
			mart: 'fct_case_lifecycle', stages, milestones: 'milestone',
			says: { claim: '{waiting} of {n} cases are on their way to “{stage}”', none: 'All {n} cases have gone through' },
			note: 'Reached ÷ cases whose outcome at that stage is known; escalated ÷ all opened, reopened ÷ all resolved. Still waiting and went on without it are shown apart; documents count only where they were asked for.',
		},
		{
			kind: 'steps', id: 'steps', title: 'Where the time goes, step by step', span: 5, features: ['S0-F24', 'S0-F31'],
			measure: 'step_days', by: 'step', hours: 'hours', running: 'is_running',
			says: { claim: '{share} of all waiting passes between {step}; half of these steps take more than {median}', none: 'No steps under these filters' },
			note: 'Case-days between two milestones, the part still running apart; a composition, not a test.',
		},
		{
			kind: 'changes', id: 'what-changed', title: 'What changed, and since when', span: 12, features: ['S0-F32', 'S1-F21'],
			mart: 'fct_case_lifecycle',
			steps: [
				{ label: 'receiving documents', start: 'docs_requested_at', end: 'coalesce(docs_received_at, resolved_at)' },
				{ label: 'assigning a case', start: 'created_at', end: 'coalesce(assigned_at, resolved_at)' },
				{ label: 'the first response', start: 'created_at', end: 'coalesce(first_response_at, resolved_at)' },
				{ label: 'resolving a case', start: 'created_at', end: 'resolved_at' },
			],
			by: ['insurance_type', 'case_type', 'preferred_channel'],
			says: {
				claim: 'Since {since}, {step} takes longer for {group} ({dimension}): {after} need more than {usual} days; before, it was {before}',
				none: 'No step has become slower for any insurance, case type or channel, beyond noise',
			},
			note: 'Slow = longer than three quarters of these steps take. Every day is tried as the turning point, and the test is corrected for all of them.',
		},
		{
			kind: 'groups', id: 'missing-docs', title: 'Documents at intake and time to resolution', span: 4, features: ['S0-F15'],
			measure: 'open_at_sla', by: 'missing_docs', chart: 'dots', axis: 'still open at seven days →',
			says: { claim: 'With documents missing, {value} of cases are open after seven days; overall it is {all}', none: 'Missing documents make no difference to the seven-day promise beyond noise' },
			note: 'Kaplan–Meier share still open at 168 h, tested there.',
		},
		{
			kind: 'trend-by', id: 'handoffs-csat', title: 'Satisfaction by number of handoffs', span: 4, features: ['S0-F16'],
			measure: 'csat_mean', by: 'handoff_count', axis: 'handoffs →',
			says: { claim: 'Each handoff goes with {size} {direction} satisfaction', none: 'Handoffs make no difference to satisfaction beyond noise' },
			note: 'Mean of 1–5 with 95 % interval; slope by least squares over single answers.',
		},
		{
			kind: 'landmark', id: 'escalation-breach', title: 'Escalation and the seven-day promise', span: 4, features: ['S0-F17'],
			mart: 'fct_case_lifecycle', start: 'created_at', end: 'resolved_at', exposed: 'escalated_at', landmarkHours: 72, limitHours: "{{ var('sla_hours') }}",
			labels: ['escalated by day 3', 'not escalated by day 3'], milestones: 'escalated_by_day_3',
			says: { claim: 'Cases escalated by day three break the promise {direction} often: {value} against {other}', none: 'Among cases open on day three, escalation makes no difference to the promise beyond noise' },
			note: 'Only cases still open three days after opening, by whether they had been escalated by then: later escalations are a result of waiting, not its cause.',
		},
		{
			kind: 'groups', id: 'escalated-csat', title: 'Satisfaction of escalated cases', span: 4, features: ['S0-F17', 'S0-F37'],
			measure: 'csat_mean', by: 'escalated', chart: 'dots', axis: 'mean satisfaction →',
			says: { claim: '{Groups} cases are rated {value}; over all answers it is {all}', none: 'Escalated cases are rated like the others, beyond noise' },
			note: 'Mean of 1–5 among patients who answered; 95 % t interval.',
		},
		{
			kind: 'groups', id: 'type-delay', title: 'Case type and delay', span: 4, features: ['S0-F18'],
			measure: 'open_at_sla', by: 'case_type', chart: 'dots', axis: 'still open at seven days →',
			says: { claim: '{Groups} stay open past seven days more often than the rest: {value}, over all it is {all}', none: 'No case type takes longer than the others beyond noise' },
			note: 'Kaplan–Meier share still open at 168 h, tested there against the other types.',
		},
		{
			kind: 'groups', id: 'teams', title: 'Teams, like for like', span: 4, features: ['S0-F19'],
			measure: 'sla_breach_rate', by: 'team', chart: 'dots', adjust: ['case_type', 'urgency', 'missing_docs', 'escalated'], axis: 'promise broken, like for like →',
			says: { claim: 'Cases of {groups} break the promise more often than their kind explains: {value}, over all it is {all}', none: 'No team breaks the promise more often than its kinds of case and noise explain' },
			note: 'Adjusted: overall rate × broken ÷ expected from case type, urgency, documents and escalation. A case counts for the team that holds it now.',
		},
		{
			kind: 'groups', id: 'advocates', title: 'Advocates, like for like', span: 12, features: ['S0-F19'],
			measure: 'sla_breach_rate', by: 'advocate', chart: 'funnel-plot', adjust: ['case_type', 'urgency', 'missing_docs', 'escalated'], axis: 'cases of average risk that would tell as much →',
			says: { claim: 'With {groups} the promise is broken more often than their kinds of case explain: {value}, over all it is {all}', none: 'No advocate breaks the promise more often than kinds of case and noise explain', near: 'Outside the limits of chance, like for like: {outside} of {count} advocates; too little, after so many tests, to conclude about any one' },
			note: 'Adjusted: overall rate × broken ÷ expected from case type, urgency, documents and escalation; a case counts for who holds it now. Along the axis, how much an advocate’s cases can tell; the limits say where one of that weight lies by chance, 95 and 99.8 times in a hundred.',
		},
		{
			kind: 'drivers', id: 'bottlenecks', title: 'Bottleneck summary', span: 12, features: ['S0-F8', 'S0-F20', 'S0-F28'],
			mart: 'fct_case_lifecycle', start: 'created_at', end: 'resolved_at', days: 30,
			drivers: ['missing_docs', 'case_type', 'urgency', 'insurance_type', 'preferred_channel', 'intake_source', 'complexity', 'state'], strata: ['case_type', 'urgency'], view: 'table',
			says: { claim: '{found} values go with longer waits than comparable cases; {driver} with the most', none: 'Nothing known when a case opens goes with longer waits, beyond noise' },
			note: 'Against cases of the same type and urgency, over cases at least 30 days old; corrected for all comparisons in the table.',
		},
	],
};

export const views: View[] = [executive, operations, rootCause];
