import type { RawTable } from '../../pack/types.ts';

export const raw: Record<string, RawTable> = {
	patients: {
		grain: 'one patient',
		required: true,
		clock: [],
		columns: {
			id: { type: 'text', filled: true, about: 'Number or code of the patient', synonyms: ['patient_id', 'member_id'] },
			insurance_type: {
				type: 'text',
				about: 'Kind of cover, such as medicare or commercial',
				synonyms: ['insurance', 'payer_type', 'coverage', 'plan_type'],
			},
			preferred_channel: {
				type: 'text',
				about: 'How the patient wants to be reached',
				synonyms: ['channel', 'contact_preference'],
			},
			state: { type: 'text', about: 'Two-letter state of residence', synonyms: ['patient_state', 'state_code'] },
			risk_score: { type: 'number', required: false, about: 'Clinical risk, from 0 to 1', synonyms: ['risk'] },
			created_at: {
				type: 'timestamp',
				about: 'When the patient record was made',
				synonyms: ['registered_at', 'enrolled_at'],
			},
		},
	},
	advocates: {
		grain: 'one advocate',
		required: true,
		clock: [],
		columns: {
			id: {
				type: 'text',
				filled: true,
				about: 'Number or code of the advocate',
				synonyms: ['advocate_id', 'agent_id', 'owner_id'],
			},
			name: {
				type: 'text',
				about: 'Name as it shall be shown',
				synonyms: ['advocate_name', 'full_name', 'agent_name'],
			},
			specialty: { type: 'text', about: 'What the advocate is trained for', synonyms: ['skill', 'speciality'] },
			team: { type: 'text', about: 'Team the advocate works in', synonyms: ['team_name', 'group'] },
			capacity: {
				type: 'integer',
				about: 'Active cases the advocate can carry at once',
				synonyms: ['max_cases', 'caseload_limit'],
			},
			hire_date: { type: 'timestamp', about: 'First day of work', synonyms: ['hired_at', 'start_date'] },
		},
	},
	cases: {
		grain: 'one case',
		required: true,
		clock: ['created_at', 'assigned_at', 'first_response_at', 'resolved_at'],
		columns: {
			id: {
				type: 'text',
				filled: true,
				about: 'Number or code of the case',
				synonyms: ['case_id', 'ticket_id', 'case_number', 'ticket', 'case', 'reference_number', 'request_id'],
			},
			patient_id: { type: 'text', filled: true, about: 'The patient the case is for', synonyms: ['member_id', 'patient', 'member', 'client_id'] },
			advocate_id: {
				type: 'text',
				about: 'The advocate who holds the case; empty while nobody does',
				synonyms: ['assigned_to', 'owner_id', 'agent_id', 'advocate', 'handled_by', 'assignee'],
			},
			case_type: {
				type: 'text',
				filled: true,
				about: 'What the case is about, such as claim_denial',
				synonyms: ['issue_type', 'category', 'type'],
			},
			urgency: {
				type: 'text',
				about: 'How urgent the case is',
				values: ['high', 'medium', 'low'],
				valueSynonyms: {
					high: ['urgent', 'critical', 'emergency', 'severe', 'immediate', 'p1'],
					medium: ['med', 'normal', 'moderate', 'standard', 'routine', 'p2'],
					low: ['minor', 'p3'],
				},
				synonyms: ['priority', 'severity'],
			},
			status: {
				type: 'text',
				about: 'State on the record; used only where no timestamp and no event says better',
				values: ['open', 'in_progress', 'pending_docs', 'escalated', 'resolved', 'reopened'],
				valueSynonyms: {
					open: ['new', 'opened', 'created'],
					in_progress: ['wip', 'working', 'being worked on', 'under review', 'ongoing'],
					pending_docs: ['pending documents', 'awaiting documents', 'awaiting docs', 'waiting for documents'],
					resolved: ['closed', 'done', 'completed', 'complete', 'solved', 'fixed', 'finished'],
				},
				synonyms: ['case_status', 'state', 'state_of_case', 'ticket_status'],
			},
			created_at: {
				type: 'timestamp',
				filled: true,
				about: 'When the case was opened',
				synonyms: ['opened_at', 'open_date', 'created', 'date_opened', 'date_created', 'received_at', 'date_received'],
			},
			assigned_at: { type: 'timestamp', about: 'When an advocate took the case', synonyms: ['assigned_date'] },
			first_response_at: {
				type: 'timestamp',
				about: 'When the patient was first answered',
				synonyms: ['first_contact_at', 'responded_at'],
			},
			resolved_at: {
				type: 'timestamp',
				about: 'When the case was first resolved; empty while it is not',
				synonyms: ['closed_at', 'close_date', 'resolution_date', 'date_closed', 'date_resolved', 'completed_at'],
			},
			escalation_flag: {
				type: 'boolean',
				about: 'Whether the case was ever escalated',
				synonyms: ['is_escalated', 'escalated'],
			},
			reopen_flag: {
				type: 'boolean',
				about: 'Whether the case was ever reopened',
				synonyms: ['is_reopened', 'reopened', 'reopen_count'],
			},
			metadata_json: {
				type: 'json',
				about: 'Intake details as a JSON object',
				synonyms: ['metadata', 'details'],
				fields: {
					intake_source: 'varchar',
					barriers: 'varchar[]',
					handoff_count: 'integer',
					complexity: 'varchar',
					submitted_documents: 'varchar[]',
					support_flags: 'varchar[]',
					missing_docs: 'boolean',
				},
			},
		},
	},
	interactions: {
		grain: 'one contact about a case',
		required: true,
		clock: ['created_at'],
		columns: {
			id: { type: 'text', filled: true, about: 'Number or code of the interaction', synonyms: ['interaction_id'] },
			case_id: { type: 'text', filled: true, about: 'The case it belongs to', synonyms: ['ticket_id', 'case_number'] },
			type: {
				type: 'text',
				about: 'Kind of contact, such as call or email',
				synonyms: ['interaction_type', 'channel'],
			},
			created_at: {
				type: 'timestamp',
				filled: true,
				about: 'When it took place',
				synonyms: ['timestamp', 'occurred_at', 'interaction_at'],
			},
			duration_minutes: { type: 'number', about: 'How long it took, in minutes', synonyms: ['duration', 'minutes'] },
			advocate_id: {
				type: 'text',
				about: 'The advocate who handled it then',
				synonyms: ['advocate_id_at_time', 'handled_by', 'agent_id'],
			},
		},
	},
	case_events: {
		grain: 'one milestone of a case',
		required: true,
		clock: ['occurred_at'],
		columns: {
			id: { type: 'text', filled: true, about: 'Number or code of the event', synonyms: ['event_id'] },
			case_id: { type: 'text', filled: true, about: 'The case it belongs to', synonyms: ['ticket_id', 'case_number'] },
			event_type: {
				type: 'text',
				filled: true,
				about: 'What happened',
				values: [
					'opened',
					'assigned',
					'first_response',
					'docs_requested',
					'docs_received',
					'escalated',
					'resolved',
					'reopened',
				],
				synonyms: ['event', 'activity'],
			},
			occurred_at: {
				type: 'timestamp',
				filled: true,
				about: 'When it happened',
				synonyms: ['event_at', 'timestamp', 'event_time'],
			},
		},
	},
	patient_feedback: {
		grain: 'one answer of a patient',
		required: true,
		clock: ['submitted_at'],
		columns: {
			id: { type: 'text', filled: true, about: 'Number or code of the answer', synonyms: ['feedback_id', 'survey_id'] },
			case_id: { type: 'text', filled: true, about: 'The case it is about', synonyms: ['ticket_id', 'case_number'] },
			csat_score: { type: 'number', about: 'Satisfaction from 1 to 5', synonyms: ['csat', 'satisfaction', 'score'] },
			nps_bucket: {
				type: 'text',
				about: 'Would the patient recommend the service',
				values: ['promoter', 'passive', 'detractor'],
				synonyms: ['nps'],
			},
			feedback_text: {
				type: 'text',
				required: false,
				about: 'What the patient wrote',
				synonyms: ['comment', 'comments'],
			},
			submitted_at: {
				type: 'timestamp',
				filled: true,
				about: 'When the answer came in',
				synonyms: ['feedback_at', 'answered_at', 'timestamp'],
			},
		},
	},
};
