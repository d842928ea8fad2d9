import type { Pack } from '../../pack/types.ts';
import { checks } from './checks.ts';
import { dimensions, measures, milestones } from './metrics.ts';
import { marts, models, staging } from './models.ts';
import { raw } from './tables.ts';
import { vars } from './vars.ts';
import { views } from './views.ts';

export const pack: Pack = {
	id: 'advocacy',
	label: 'Advocacy cases',
	about: 'Cases that patient advocates take on: denied claims, authorisations, bills, care, providers.',
	entity: ['case', 'cases'],
	owner: 'Operations lead, patient advocacy',
	vars,
	raw,
	staging,
	models,
	marts,
	dimensions,
	milestones,
	measures,
	checks,
	views,
	sizes: ['small', 'standard', 'large'],
	defaultSize: 'standard',
	scenarios: { planted: 'With effects planted on purpose', null: 'The same volumes with no effect at all' },
	main: { mart: 'fct_case_lifecycle', opened: 'created_at', key: 'case_id' },
	timeline: {
		mart: 'fct_case_timeline',
		at: 'occurred_at',
		order: 'seq',
		kind: 'kind',
		what: 'what',
		who: 'advocate',
		minutes: 'duration_minutes',
		names: { docs_requested: 'documents requested', docs_received: 'documents received', doc_request: 'document request', insurer_followup: 'insurer follow-up' },
		limitHours: 'sla_hours',
		staleHours: 'stale_hours',
		status: {
			dimension: 'status',
			first: 'new',
			rules: [
				{ value: 'resolved', since: 'resolved', until: 'reopened' },
				{ value: 'reopened', since: 'reopened' },
				{ value: 'waiting_for_documents', since: 'docs_requested', until: 'docs_received' },
				{ value: 'escalated', since: 'escalated' },
				{ value: 'in_progress', since: 'first_response' },
				{ value: 'assigned', since: 'assigned' },
			],
		},
		ends: 'resolved',
		reopens: 'reopened',
		asks: [{ label: 'Documents', asked: 'docs_requested', received: 'docs_received' }],
		dimensions: ['case_type', 'urgency', 'status', 'team', 'advocate', 'insurance_type', 'state', 'intake_source', 'complexity', 'missing_docs', 'nps_bucket'],
		facts: [
			{ column: 'first_response_hours', label: 'First response after', format: 'hours' },
			{ column: 'resolution_days', label: 'Resolved after', format: 'days' },
			{ column: 'handoff_count', label: 'Handoffs', format: 'integer' },
			{ column: 'reopen_count', label: 'Reopens', format: 'integer' },
			{ column: 'csat_score', label: 'Satisfaction (of 5)', format: 'score' },
		],
	},
};
