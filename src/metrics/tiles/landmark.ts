import { countText, differenceText, spokenText } from '../../lib/format.ts';
import { instantLiteral } from '../../lib/template.ts';
import { expression, martCalled, relationOf, within } from '../relation.ts';
import type { Context } from '../request.ts';
import { wilson } from '../statistics/intervals.ts';
import { twoShares } from '../statistics/tests.ts';
import { claimLevel, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows, nothingFound } from './says.ts';

export interface LandmarkGroup {
	key: string;
	label: string;
	n: number;
	value: number | null;
	lo: number | null;
	hi: number | null;
}

export interface LandmarkResult {
	kind: 'landmark';
	groups: LandmarkGroup[];
	difference: { diff: number; lo: number; hi: number } | null;
	finding: Finding;
}

/** Placeholders: {value} exposed, {other} not exposed, {diff} in points, {n} exposed, {direction} more/less. */
export function landmarkPlan(context: Context, tile: TileOf<'landmark'>): Plan<LandmarkResult> {
	const mart = martCalled(context.pack, tile.mart);
	const relation = relationOf(context, tile.mart);
	const { exposed, late, old, open } = landmarkConditions(context, tile);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	const where = [old, open, ...(cut === null ? [] : [cut])];
	return {
		statements: [`select ${exposed} as exposed, count(*)::double as n, count(*) filter (where ${late})::double as late from ${relation.name} where ${where.join(' and ')} group by all`],
		selections: relation.selection ? [relation.selection] : [],
		read: ([rows = []]) => {
			const side = (is: boolean): { n: number; late: number } => {
				const row = rows.find((each) => Boolean(each.exposed) === is);
				return { n: Number(row?.n ?? 0), late: Number(row?.late ?? 0) };
			};
			const [yes, no] = [side(true), side(false)];
			const groups = [yes, no].map((each, i): LandmarkGroup => ({
				key: i === 0 ? 'exposed' : 'other',
				label: tile.labels[i === 0 ? 0 : 1],
				n: each.n,
				value: each.n > 0 ? each.late / each.n : null,
				...(each.n > 0 ? wilson(each.late, each.n) : { lo: null, hi: null }),
			}));
			if (yes.n + no.n === 0) return { kind: 'landmark', groups, difference: null, finding: noRows() };
			const test = yes.n >= 30 && no.n >= 30 ? twoShares(yes.late, yes.n, no.late, no.n) : null;
			const difference = test?.diff == null || test.lo === null || test.hi === null ? null : { diff: test.diff, lo: test.lo, hi: test.hi };
			const words = { value: spokenText('percent', groups[0]?.value ?? null), other: spokenText('percent', groups[1]?.value ?? null), diff: differenceText('percent', difference?.diff ?? 0), n: countText(yes.n), direction: (difference?.diff ?? 0) > 0 ? 'more' : 'less' };
			const claim = test?.p != null && test.p <= claimLevel(context.pack);
			return { kind: 'landmark', groups, difference, finding: claim ? { text: fill(tile.says.claim, words), claim, words, named: ['exposed'] } : nothingFound(tile.says, words) };
		},
	};
}

/** `old`: its outcome at the limit is known; `open`: it was still open at the landmark; `exposed` by then; `late`: open past the limit. */
export function landmarkConditions(context: Context, tile: TileOf<'landmark'>): { exposed: string; late: string; old: string; open: string } {
	const [start, end, limit, exposed] = [tile.start, tile.end, tile.limitHours, tile.exposed].map((sql) => expression(context, tile.id, sql)) as [string, string, string, string];
	const after = (hours: string): string => `${start} + to_seconds((${hours}) * 3600.0)`;
	const landmark = after(String(tile.landmarkHours));
	return {
		exposed: `coalesce(${exposed} <= ${landmark}, false)`,
		late: `(${end} is null or ${end} > ${after(limit)})`,
		old: `${after(limit)} <= ${instantLiteral(context.asOf)}`,
		open: `(${end} is null or ${end} > ${landmark})`,
	};
}
