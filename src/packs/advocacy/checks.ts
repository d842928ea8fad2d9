import type { Check } from '../../pack/types.ts';

const countedAgain = [
	'active_cases', 'cases_opened', 'cases_resolved', 'resolution_days', 'resolution_days_mean', 'open_at_sla', 'sla_breach_rate', 'stale_cases', 'stale_rate', 'csat_mean',
	'csat_response_rate', 'first_response_hours', 'first_response_hours_mean', 'escalation_rate', 'reopen_rate', 'interactions_per_case', 'handoffs_per_case', 'missing_docs_rate',
	'utilisation', 'overloaded_advocates', 'backlog',
];

export const checks: Check[] = [
	{
		law: 'It equals a plain count over the raw rows that shares nothing with its SQL, under random filters, dates and as-ofs.',
		title: '[S0-F24] [S0-F25] [S0-F26] [S0-F27] [S1-F6] [S1-F7] [S1-F8] [S1-F13] under random slicers, date ranges and as-ofs, alone and by a random dimension',
		file: 'tests/properties/oracle.test.ts',
		measures: countedAgain,
	},
	{
		law: 'The rows listed as its proof add up to it again, for any group, period and filters.',
		title: 'the listed rows add up to the shown number, for any measure, group, bucket and slicers',
		file: 'tests/properties/proof.test.ts',
		kinds: ['count', 'sum', 'mean', 'share', 'ratio', 'quantile', 'survival', 'balance'],
	},
	{
		law: 'Asked as of an earlier instant it is what data without the later rows gives.',
		title: 'gives every measure as data without the later rows gives it',
		file: 'tests/properties/as-of.test.ts',
	},
	{
		law: 'Its parts over a partition add up to the whole.',
		title: 'counts, sums and stocks over a partition add up to the total',
		file: 'tests/properties/sums.test.ts',
		kinds: ['count', 'sum', 'balance'],
	},
	{
		law: 'Numerators over denominators, added up over a partition, are the total; shares are never averaged.',
		title: 'numerators over denominators summed over a partition are the total share',
		file: 'tests/properties/sums.test.ts',
		kinds: ['share', 'ratio'],
	},
	{
		law: 'Put into an expression of a reader’s own it keeps its value, under random filters and dates, alone and by a random dimension.',
		title: 'an expression that says what a measure says gives its value, for every measure that expressions may name, under random slicers and dates, alone and by a random dimension',
		file: 'tests/properties/own-measures.test.ts',
		kinds: ['count', 'sum', 'mean', 'share', 'ratio', 'quantile', 'balance'],
	},
	{ law: 'On the real files: 330 active cases, by type.', title: '[S0-F1] active cases include the reopened: 330, split by type', file: 'tests/packs/advocacy/truths.test.ts', measures: ['active_cases'] },
	{ law: 'On the real files: the median of 9.5574 days, the mean of 8.8065.', title: '[S0-F2] resolution is the Kaplan–Meier median 9.5574 days, beside the mean of resolved cases 8.8065', file: 'tests/packs/advocacy/truths.test.ts', measures: ['resolution_days', 'resolution_days_mean', 'open_at_sla'] },
	{ law: 'On the real files: 1,076 of 1,492.', title: '[S0-F3] 1,076 of 1,492 cases with a known outcome broke the promise', file: 'tests/packs/advocacy/truths.test.ts', measures: ['sla_breach_rate'] },
	{ law: 'On the real files: 325 stale of 330 active.', title: '[S0-F5] 325 active cases are stale', file: 'tests/packs/advocacy/truths.test.ts', measures: ['stale_cases', 'stale_rate'] },
	{ law: 'On the real files: 88 reopened of 1,254 resolved.', title: '[S0-F36] 88 of 1,254 resolved cases were reopened', file: 'tests/packs/advocacy/truths.test.ts', measures: ['reopen_rate', 'cases_resolved', 'cases_opened'] },
];
