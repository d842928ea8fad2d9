/**
 * The rows: one per case, with case_type, urgency, insurance (text), week (ms since the epoch), days (number or null) and
 * broken (0 or 1). The four questions of the page, asked again at each change of the two slicers, case type and urgency.
 */
export const questions = {
	types: 'cases by case type',
	weeks: 'cases by week of opening',
	days: 'mean days to resolution by urgency',
	broken: 'share of broken promises by insurance',
};

const types = ['claim_denial', 'billing_dispute', 'prior_authorization', 'care_coordination', 'provider_search'];
const urgencies = ['high', 'medium', 'low'];

/** The slicers at the i-th change: every sixth time none, every second time both. */
export function slicersAt(i) {
	if (i % 6 === 5) return {};
	return { case_type: types[i % 5], ...(i % 2 ? { urgency: urgencies[i % 3] } : {}) };
}

/** The questions as SQL over the table `cases`. */
export function statements(slicers) {
	const conditions = Object.entries(slicers).map(([column, value]) => `${column} = '${value}'`);
	const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
	return {
		types: `select case_type as key, count(*)::double as value from cases${where} group by 1 order by 1`,
		weeks: `select week as key, count(*)::double as value from cases${where} group by 1 order by 1`,
		days: `select urgency as key, avg(days) as value from cases${where} group by 1 order by 1`,
		broken: `select insurance as key, avg(broken) as value from cases${where} group by 1 order by 1`,
	};
}
