export const CASE_TYPES = ['prior_authorization', 'claim_denial', 'billing_dispute', 'care_coordination', 'provider_search'] as const;
export const CASE_TYPE_WEIGHTS = [0.27, 0.26, 0.19, 0.14, 0.14];
export const PRIOR_AUTHORIZATION = 0;
export const CLAIM_DENIAL = 1;

export const URGENCIES = ['low', 'medium', 'high'] as const;
export const URGENCY_WEIGHTS = [0.3, 0.51, 0.19];

export const COMPLEXITIES = ['low', 'medium', 'high'] as const;
export const COMPLEXITY_WEIGHTS = [0.42, 0.42, 0.16];

export const INTAKE_SOURCES = ['email', 'phone', 'portal', 'referral'] as const;
export const INTAKE_WEIGHTS = [0.27, 0.26, 0.24, 0.23];

export const INSURANCE_TYPES = ['commercial', 'medicare', 'medicaid', 'exchange', 'uninsured'] as const;
export const INSURANCE_WEIGHTS = [0.31, 0.23, 0.19, 0.19, 0.08];

export const CHANNELS = ['phone', 'email', 'chat', 'portal'] as const;
export const CHANNEL_WEIGHTS = [0.25, 0.25, 0.24, 0.26];

export const STATES = ['WA', 'TX', 'NY', 'CO', 'IN', 'PA', 'IL', 'AZ', 'OR', 'SC', 'KY', 'IA', 'CT', 'NE', 'DC', 'AK', 'DE', 'ND'] as const;
export const STATE_WEIGHTS = [14, 13, 12, 9, 8, 8, 7, 7, 6, 5, 4, 4, 4, 3, 3, 3, 2, 2];

export const BARRIERS = ['insurance_confusion', 'language', 'transportation', 'health_literacy'] as const;
export const SUPPORTED_BARRIERS: ReadonlySet<string> = new Set(['language', 'transportation']);

export const TEAMS = ['intake', 'resolution', 'specialty', 'escalations'] as const;
export const TEAM_WEIGHTS = [0.3, 0.25, 0.25, 0.2];
export const ESCALATIONS_TEAM = 3;

export const SPECIALTIES = ['prior_auth', 'claims', 'billing', 'care_coord', 'general'] as const;
export const SPECIALTY_WEIGHTS = [0.26, 0.24, 0.16, 0.18, 0.16];
export const GENERAL = 4;
/** For each case type, the specialty that fits it besides `general`. */
export const FITTING_SPECIALTY = [0, 1, 2, 3, 3];

export const INTERACTION_TYPES = ['call', 'email', 'chat', 'doc_request', 'insurer_followup'] as const;
export const CALL = 0;
export const EMAIL = 1;
export const CHAT = 2;
export const DOC_REQUEST = 3;
export const INSURER_FOLLOWUP = 4;

export const EVENT_TYPES = ['opened', 'assigned', 'first_response', 'docs_requested', 'docs_received', 'escalated', 'resolved', 'reopened'] as const;
export const OPENED = 0;
export const ASSIGNED = 1;
export const FIRST_RESPONSE = 2;
export const DOCS_REQUESTED = 3;
export const DOCS_RECEIVED = 4;
export const ESCALATED = 5;
export const RESOLVED = 6;
export const REOPENED = 7;

export const DOCUMENTS = [
	'denial_letter.pdf', 'referral.pdf', 'itemized_bill.pdf', 'visit_notes.pdf', 'insurance_card.pdf', 'lab_results.pdf', 'consent_form.pdf',
	'appeal_form.pdf', 'treatment_plan.pdf', 'explanation_of_benefits.pdf', 'prescription.pdf', 'income_statement.pdf', 'imaging_report.pdf',
] as const;

export const FIRST_NAMES = [
	'Anthony', 'Amy', 'Zoë', 'José', 'Priya', 'Marcus', 'Renée', 'Li', 'Fatima', 'Owen', 'Grace', 'Dmitri', 'Aisha', 'Noah', 'Camille',
	'Hiro', 'Elena', 'Samuel', 'Ingrid', 'Tariq',
] as const;
export const LAST_NAMES = [
	'Everett', 'Vasquez', 'Hernandez', 'Okafor', 'Lindqvist', 'Nguyen', 'Peña', 'Brennan', 'Kowalski', 'Iyer', 'Moreau', 'Whitfield', 'Ahmadi',
	'Castillo', 'Novak', 'Sørensen', 'Tanaka', 'Delgado', 'Abbott', 'Fischer',
] as const;

export const COMMENTS = {
	promoter: [
		'Everything was explained and it was settled quickly.',
		'I would not have managed without my advocate.',
		'She called back the same day, every time.',
		'Muy amable, todo quedó claro.',
		'The bill was corrected and I got a letter to prove it.',
		'Finally someone who knows the insurer’s forms.',
	],
	passive: [
		'Solved in the end.',
		'Fine, though it took some time.',
		'Friendly, but I had to ask for news.',
		'The result is what I hoped for – the paperwork was a lot.',
		'Good help on the phone, slow by email.',
		'It worked out.',
	],
	detractor: [
		'I had to tell my story again and again.',
		'Weeks of waiting and no word.',
		'Too many forms, too few answers.',
		'Nobody seemed to know where my papers were.',
		'It was resolved, but not the way I was told.',
		'Estuve esperando demasiado tiempo.',
	],
} as const;
