import { civilDate } from '../../../lib/text-columns.ts';
import type { Planted } from '../../../pack/types.ts';
import type { Incident } from './incident.ts';
import { DAY } from './plan.ts';
import { INSURANCE_TYPES } from './vocabulary.ts';
import type { World } from './world.ts';

function isoDay(day: number): string {
	const date = civilDate(day);
	const two = (value: number) => `${value < 10 ? '0' : ''}${value}`;
	return `${date.year}-${two(date.month)}-${two(date.day)}`;
}

/** What the planted scenario puts in on purpose. */
export function plantedEffects(world: World, incident: Incident): Planted[] {
	const { advocates, plan } = world;
	const insurance = INSURANCE_TYPES[incident.insurance] ?? '';
	const from = isoDay(plan.firstDay + incident.from / DAY);
	return [
		{
			id: 'slow_types',
			says: 'Prior authorizations and claim denials take longer, because payers answer slowly, and are escalated more often.',
			case_types: ['prior_authorization', 'claim_denial'],
		},
		{ id: 'missing_documents', says: 'Cases with missing documents wait for the patient and take longer.' },
		{ id: 'handoffs_cost_csat', says: 'Each handoff before the feedback costs 0.25 points of CSAT.', per_handoff: -0.25 },
		{ id: 'escalated_less_satisfied', says: 'Escalation costs 0.5 points of CSAT beyond handoffs.', effect: -0.5 },
		{
			id: 'overloaded_advocates',
			says: 'A few advocates accept cases beyond their capacity.',
			advocates: advocates.names.filter((_, id) => advocates.overloaded[id] === 1),
		},
		{
			id: 'portal_incident',
			says: `From ${from} on the document portal fails for ${insurance} patients, and waiting for their documents takes ${incident.slowdown} times as long.`,
			insurance_type: insurance,
			from,
		},
	];
}
