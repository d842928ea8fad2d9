import { lacking } from '../../lib/texts/lacking.ts';
import { toMs } from '../../lib/dates.ts';
import { countText, dayText, numberText, spokenText } from '../../lib/format.ts';
import { instantLiteral } from '../../lib/template.ts';
import { inSentence, valueLabel } from '../labels.ts';
import { expression, identifier, martCalled, relationOf, within } from '../relation.ts';
import type { Context } from '../request.ts';
import type { ResultRow } from '../finish.ts';
import { twoShares } from '../statistics/tests.ts';
import { claimLevel, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows, nothingFound } from './says.ts';

export interface StepChange {
	step: string;
	dimension: string;
	value: string | null;
	label: string;
	/** First day of the new behaviour, ms. */
	since: number;
	/** Days that a quarter of these steps usually exceed. */
	usual: number;
	before: { n: number; slow: number };
	after: { n: number; slow: number };
	diff: number;
	lo: number;
	hi: number;
	p: number;
	z: number;
	beyond: boolean;
	/** It turned within three weeks of a stronger change of the same step in another group, and is taken as a part of it. */
	follows: boolean;
}

export interface ChangesResult {
	kind: 'changes';
	changes: StepChange[];
	comparisons: number;
	finding: Finding;
}

interface DayCount {
	t: number;
	n: number;
	slow: number;
}

/** Fewer on one side of a split and nothing is tried there. */
const least = 8;

/**
 * Slow = longer than the third quarter of that step over all cases; a step younger than that limit is left out whether it
 * is over or not, so running steps count and none counts too early. Every day is tried as the turning point, and p is
 * multiplied by the number of everything tried (Bonferroni; adjacent days overlap, so this is on the safe side).
 * Placeholders: {step}, {group}, {since}, {before}, {after} (shares), {usual} days, {n} after.
 */
export function changesPlan(context: Context, tile: TileOf<'changes'>): Plan<ChangesResult> {
	const { pack } = context;
	const relation = relationOf(context, tile.mart);
	/** `grouping()` says with a bit for each dimension, the first the highest, which of them a row is not grouped by. */
	const asked = tile.steps.flatMap((step, answer) => tile.by.map((dimension, i) => ({ step, dimension, answer, mask: (1 << tile.by.length) - 1 - (1 << (tile.by.length - 1 - i)) })));
	const columns = tile.by.map((dimension) => identifier(pack.dimensions[dimension]?.column ?? dimension));
	const statements = tile.steps.map((step) => {
		const { before, started, old } = stepSpans(context, tile, step);
		return `${before}
select mask, d0, any_value(usual) as usual, list(t order by t) as t, list(n order by t) as n, list(slow order by t) as slow
from (select grouping(${columns.join(', ')})::double as mask, coalesce(${columns.map((column) => `${column}::varchar`).join(', ')}) as d0, epoch_ms(day)::double as t, usual / 86400.0 as usual, count(*)::double as n, count(*) filter (where seconds > usual)::double as slow
from (select *, date_trunc('day', ${started}) as day from spans, limits where ${old}) group by grouping sets (${columns.map((column) => `(${column}, day, usual)`).join(', ')}))
group by mask, d0 order by d0`;
	});
	return {
		statements,
		selections: relation.selection ? [relation.selection] : [],
		read: (answers) => {
			let tried = 0;
			const found = asked.flatMap(({ step, dimension, answer, mask }) => {
				return (answers[answer] ?? []).filter((row) => row.mask === mask).flatMap((row) => {
					const value = typeof row.d0 === 'string' ? row.d0 : null;
					const { best, splits } = turningPoint(daysOf(row));
					tried += splits;
					return best ? [{ step: step.label, dimension, value, label: valueLabel(pack, dimension, value), usual: Number(row.usual), beyond: false, follows: false, ...best }] : [];
				});
			});
			const level = claimLevel(pack);
			const changes = found.map((change) => ({ ...change, p: Math.min(1, change.p * tried) })).map((change) => ({ ...change, beyond: change.p <= level })).sort((a, b) => a.p - b.p || b.z - a.z);
			markFollowers(changes);
			const empty = answers.every((rows) => rows.length === 0);
			return { kind: 'changes', changes, comparisons: tried, finding: empty ? noRows() : tried === 0 ? { text: lacking.tooFew(pack.entity[1]), claim: false, words: {}, named: [] } : sentence(context, tile, changes) };
		},
	};
}

/** `spans`: the steps with their seconds so far; `limits`: what a quarter of those that are over exceed. `old`: the step is over or has passed that limit's age. */
export function stepSpans(context: Context, tile: TileOf<'changes'>, step: TileOf<'changes'>['steps'][number]): { before: string; started: string; old: string } {
	const relation = relationOf(context, tile.mart);
	const mart = martCalled(context.pack, tile.mart);
	const asOf = instantLiteral(context.asOf);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	const [start, end] = [expression(context, tile.id, step.start), expression(context, tile.id, step.end)];
	return {
		before: `with spans as (select *, epoch(coalesce(${end}, ${asOf}) - ${start}) as seconds from ${relation.name} where ${start} is not null${cut === null ? '' : ` and ${cut}`}),
limits as (select quantile_cont(seconds, 0.75) filter (where ${end} is not null) as usual from spans)`,
		started: start,
		old: `${start} <= ${asOf} - to_seconds(usual)`,
	};
}

/** A group's days in order: one list for each column, which is a fraction of what a row for each day would weigh. */
function daysOf(row: ResultRow): DayCount[] {
	const [t, n, slow] = [row.t, row.n, row.slow].map((list) => Array.from(list as Iterable<number>));
	return (t ?? []).map((at, i) => ({ t: at, n: n?.[i] ?? 0, slow: slow?.[i] ?? 0 }));
}

function turningPoint(days: readonly DayCount[]): { best: Pick<StepChange, 'since' | 'before' | 'after' | 'diff' | 'lo' | 'hi' | 'p' | 'z'> | null; splits: number } {
	const all = days.reduce((sum, day) => ({ n: sum.n + day.n, slow: sum.slow + day.slow }), { n: 0, slow: 0 });
	let [n, slow, splits, bestZ] = [0, 0, 0, 0];
	let split: { since: number; before: { n: number; slow: number } } | null = null;
	const p = all.slow / all.n;
	for (const day of days) {
		if (n >= least && all.n - n >= least) {
			splits++;
			const se = Math.sqrt(p * (1 - p) * (1 / n + 1 / (all.n - n)));
			const z = se > 0 ? Math.abs(slow / n - (all.slow - slow) / (all.n - n)) / se : 0;
			if (z > bestZ) {
				bestZ = z;
				split = { since: day.t, before: { n, slow } };
			}
		}
		n += day.n;
		slow += day.slow;
	}
	if (!split) return { best: null, splits };
	const after = { n: all.n - split.before.n, slow: all.slow - split.before.slow };
	const test = twoShares(after.slow, after.n, split.before.slow, split.before.n);
	if (test.p === null || test.diff === null || test.lo === null || test.hi === null) return { best: null, splits };
	return { best: { since: split.since, before: split.before, after, diff: test.diff, lo: test.lo, hi: test.hi, p: test.p, z: bestZ }, splits };
}

const sameTimeMs = 21 * 86_400_000;

/** A fault in one group drags every group that overlaps with it; the strongest stands for all. Sorted by strength. */
function markFollowers(changes: StepChange[]): void {
	const leaders: StepChange[] = [];
	for (const change of changes.filter((each) => each.beyond)) {
		change.follows = leaders.some((leader) => leader.value !== change.value && Math.abs(leader.since - change.since) <= sameTimeMs);
		if (!change.follows) leaders.push(change);
	}
}

function sentence(context: Context, tile: TileOf<'changes'>, changes: readonly StepChange[]): Finding {
	const [first] = changes.filter((change) => change.beyond && !change.follows && change.diff > 0);
	if (!first) return nothingFound(tile.says);
	const dimension = context.pack.dimensions[first.dimension]?.label ?? first.dimension;
	const words = {
		step: first.step,
		dimension: dimension.toLowerCase(),
		group: inSentence(context.pack, first.dimension, first.value),
		since: dayText(first.since),
		before: spokenText('percent', first.before.slow / first.before.n),
		after: spokenText('percent', first.after.slow / first.after.n),
		usual: numberText('days', first.usual),
		n: countText(first.after.n),
	};
	return { text: fill(tile.says.claim, words), claim: true, words: { ...words, since_iso: new Date(first.since).toISOString().slice(0, 10), since_ms: String(toMs(new Date(first.since).toISOString().slice(0, 10))) }, named: [first.value] };
}
