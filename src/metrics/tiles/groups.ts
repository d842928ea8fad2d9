import { countText, spokenText } from '../../lib/format.ts';
import type { Measure, Says } from '../../pack/types.ts';
import { inOrder, inSentence, valueLabel } from '../labels.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { beyondNoise, capital, fill, noRows, nothingFound, someOf } from './says.ts';

export interface Group extends MeasureRow {
	label: string;
	/** The label for the middle of a sentence. */
	spoken: string;
	/** Differs from all others together beyond noise; the sign of z says in which direction. */
	beyond: boolean;
	worse: boolean;
	/** Below the minimum n: drawn faint, never ranked, never claimed. */
	small: boolean;
}

export interface GroupsResult {
	kind: 'groups';
	measure: Measure;
	groups: Group[];
	total: MeasureRow | null;
	finding: Finding;
}

/**
 * Indirect standardisation: what each group's own mix of strata leads to expect, from the shares over all groups. The value
 * becomes overall × observed ÷ expected, its interval and z come from the variance of the expected count.
 */
export function standardised(rows: readonly MeasureRow[]): MeasureRow[] {
	const strata = new Map<string, { num: number; den: number }>();
	const stratumOf = (row: MeasureRow): string => row.keys.slice(1).join('\u0000');
	for (const row of rows) {
		const sums = strata.get(stratumOf(row)) ?? { num: 0, den: 0 };
		strata.set(stratumOf(row), { num: sums.num + (row.parts.num ?? 0), den: sums.den + (row.parts.den ?? 0) });
	}
	const all = [...strata.values()].reduce((sum, each) => ({ num: sum.num + each.num, den: sum.den + each.den }), { num: 0, den: 0 });
	const groups = new Map<string | null, { observed: number; expected: number; variance: number; n: number }>();
	for (const row of rows) {
		const sums = strata.get(stratumOf(row));
		const den = row.parts.den ?? 0;
		if (!sums || sums.den === 0 || den === 0) continue;
		const p = sums.num / sums.den;
		const group = groups.get(row.keys[0] ?? null) ?? { observed: 0, expected: 0, variance: 0, n: 0 };
		groups.set(row.keys[0] ?? null, {
			observed: group.observed + (row.parts.num ?? 0),
			expected: group.expected + den * p,
			variance: group.variance + den * p * (1 - p) * (1 - den / sums.den),
			n: group.n + den,
		});
	}
	return [...groups].map(([key, { observed, expected, variance, n }]): MeasureRow => {
		const share = all.den > 0 ? all.num / all.den : null;
		const scale = expected > 0 && share !== null ? share / expected : null;
		const half = 1.959963984540054 * Math.sqrt(variance);
		return {
			keys: [key],
			t: null,
			n,
			value: scale === null ? null : Math.min(1, scale * observed),
			lo: scale === null ? null : Math.max(0, scale * (observed - half)),
			hi: scale === null ? null : Math.min(1, scale * (observed + half)),
			z: variance > 0 ? (observed - expected) / Math.sqrt(variance) : null,
			parts: { num: observed, den: n, ...(share !== null && scale !== null && variance > 0 ? { weight: (share * (1 - share)) / (scale * scale * variance) } : {}) },
		};
	});
}

export function groupsPlan(context: Context, tile: TileOf<'groups'>): Plan<GroupsResult> {
	const tested = tile.tested ?? tile.measure;
	const adjust = tile.adjust ?? [];
	const plans = [
		adjust.length > 0 ? measurePlan(context, { measure: tile.measure, by: [tile.by, ...adjust] }) : measurePlan(context, { measure: tile.measure, by: [tile.by], tested: true }),
		measurePlan(context, { measure: tile.measure }),
		...(tested === tile.measure ? [] : [measurePlan(context, { measure: tested, by: [tile.by], tested: true }), measurePlan(context, { measure: tested })]),
	];
	return together(plans, (results): GroupsResult => {
		const measure = measureCalled(context.pack, tile.measure);
		const [rows, total] = [adjust.length > 0 ? standardised(results[0] ?? []) : (results[0] ?? []), results[1]?.[0] ?? null];
		const judged = judge(context, tile.by, measureCalled(context.pack, tested), results[2] ?? rows);
		const verdict = new Map(judged.map((group) => [group.keys[0] ?? null, group]));
		const groups = rows.map((row): Group => {
			const same = verdict.get(row.keys[0] ?? null);
			return { ...row, label: valueLabel(context.pack, tile.by, row.keys[0] ?? null), spoken: inSentence(context.pack, tile.by, row.keys[0] ?? null), beyond: same?.beyond ?? false, worse: same?.worse ?? false, small: same?.small ?? false, z: same?.z ?? null };
		});
		const sorted = context.pack.dimensions[tile.by]?.ordered ? inOrder(context.pack, tile.by, groups) : [...groups].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
		const finding = rows.length === 0 ? noRows() : groupsSentence(tile.says, measureCalled(context.pack, tested), judged, results[3]?.[0] ?? total);
		return { kind: 'groups', measure, groups: sorted, total, finding: tile.chart === 'funnel-plot' ? withOutliers(tile.says, judged, finding) : finding };
	});
}

/** z of the outer limits of a funnel plot, 99.8 %. */
const outerLimit = 3.090232306167813;

function withOutliers(says: Says, groups: readonly Group[], finding: Finding): Finding {
	const outside = groups.filter((group) => !group.small && Math.abs(group.z ?? 0) > outerLimit).length;
	if (finding.claim || outside === 0 || says.near === undefined) return finding;
	const words = { ...finding.words, outside: countText(outside), count: countText(groups.length) };
	return { ...finding, text: fill(says.near, words), words };
}

/** Each group against the rest, corrected; small groups take no part. */
export function judge(context: Context, dimension: string, measure: Measure, rows: readonly MeasureRow[], level = claimLevel(context.pack)): Group[] {
	const small = rows.map((row) => row.n < (measure.minN ?? 30));
	const beyond = beyondNoise(rows.map((row, i) => (small[i] || rows.length < 2 ? null : (row.z ?? null))), level);
	return rows.map((row, i) => ({
		...row,
		label: valueLabel(context.pack, dimension, row.keys[0] ?? null),
		spoken: inSentence(context.pack, dimension, row.keys[0] ?? null),
		beyond: beyond[i] ?? false,
		worse: measure.better === 'higher' ? (row.z ?? 0) < 0 : (row.z ?? 0) > 0,
		small: small[i] ?? false,
	}));
}

/** One value, or the lowest to the highest of several. */
function rangeText(measure: Measure, groups: readonly Group[]): string {
	const values = groups.flatMap((group) => (group.value === null ? [] : [group.value])).sort((a, b) => a - b);
	const [low, high] = [spokenText(measure.format, values[0] ?? null), spokenText(measure.format, values.at(-1) ?? null)];
	return low === high ? low : `${low} to ${high}`;
}

/**
 * Placeholders: {Groups}/{groups} those that stand out for the worse (for `better`: for the better), strongest first; {group} the strongest,
 * {value} its value, or the lowest to the highest of all named, {all} the value over all, {n} its n, {times} value ÷ all.
 */
export function groupsSentence(says: Says, measure: Measure, groups: readonly Group[], total: MeasureRow | null): Finding {
	const strongest = (worse: boolean): Group[] => groups.filter((group) => group.beyond && group.worse === worse).sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
	const all = spokenText(measure.format, total?.value ?? null);
	const bad = strongest(true);
	const good = strongest(false);
	const chosen = bad.length > 0 ? bad : says.better === undefined ? [] : good;
	const [first] = chosen;
	if (!first) return nothingFound(says, { all });
	const names = chosen.map((group) => group.spoken);
	const words = {
		Groups: capital(someOf(names)),
		groups: someOf(names),
		group: first.spoken,
		Group: first.label,
		value: rangeText(measure, chosen),
		all,
		n: countText(first.n),
		times: first.value !== null && total?.value ? (first.value / total.value).toFixed(1) : '–',
	};
	return { text: fill(bad.length > 0 ? says.claim : (says.better ?? says.claim), words), claim: true, words, named: chosen.map((group) => group.keys[0] ?? null) };
}
