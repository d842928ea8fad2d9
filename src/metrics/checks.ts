import type { Check, Pack } from '../pack/types.ts';

const statistics = 'tests/unit/statistics/intervals.test.ts';

/** Laws that tests hold for the measures of every pack. */
export const checks: readonly Check[] = [
	{
		law: 'It binds alone, by every dimension, by pairs of them, by every grain, under every slicer and range; no interval leaves its value outside, and no share leaves 0–100 %.',
		title: 'measure %s binds alone, by every dimension, by two, by every grain, under every slicer and range, tested too',
		file: 'tests/packs/conformance.test.ts',
	},
	{
		law: 'Its SQL needs no extension, no clock and no chance: the same data gives the same number, offline.',
		title: 'every measure in every shape binds and uses nothing banned',
		file: 'tests/packs/offline-bind.test.ts',
	},
	{ law: 'Its interval agrees with published values: 15 of 148 (Newcombe 1998).', title: 'Wilson: 15 of 148 (Newcombe 1998)', file: statistics, kinds: ['share'], through: 'wilson' },
	{ law: 'Its interval mirrors: that of the misses is one minus that of the hits.', title: 'Wilson mirrors: the interval of the misses is one minus that of the hits', file: statistics, kinds: ['share'], through: 'wilson' },
	{ law: 'Its interval agrees with Student’s t from the tables.', title: 't: 10 ± 2.262 × 2/√10', file: statistics, kinds: ['mean'], through: 'meanInterval' },
	{ law: 'Its interval agrees with published values for counts of 0, 1, 10, 1,000 and a million.', title: 'Garwood: counts of 0, 1, 10, 1,000 and a million', file: statistics, kinds: ['count', 'balance'], through: 'poisson' },
	{ law: 'Where every row adds one to the denominator, value and interval are those of a mean.', title: 'a ratio whose denominator is one per row is a mean', file: statistics, kinds: ['ratio'], through: 'ratioInterval' },
	{ law: 'Its interval agrees with R’s package survival on the lung data.', title: 'log–log band of lung at 365 days', file: statistics, kinds: ['survival'], through: 'survivalInterval' },
	{
		law: 'Its interval covers the truth 95 times in a hundred on simulated rows, for a mean and for a ratio of skewed sums.',
		title: 'over simulated rows its interval covers the truth as often as it says, and is as wide as theory says',
		file: 'tests/properties/own-measures.test.ts',
		kinds: ['expression'],
	},
	{
		law: 'It is one aggregate over the rows of its table: nothing that reads elsewhere, changes anything or says something by chance gets in.',
		title: 'hostile and non-aggregate expressions are refused, by the page and by what compiles links',
		file: 'tests/properties/own-measures.test.ts',
		kinds: ['expression'],
	},
];

/** The laws that hold for one measure. What says neither kinds nor measures is about those that packs declare. */
export function checksOf(pack: Pack, id: string): Check[] {
	const measure = pack.measures[id];
	if (!measure) return [];
	const holds = ({ kinds, measures }: Check): boolean => {
		if (measures) return measures.includes(id);
		return kinds ? kinds.includes(measure.kind) : measure.kind !== 'expression';
	};
	return [...checks, ...(pack.checks ?? [])].filter(holds);
}
