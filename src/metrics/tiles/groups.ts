import { countText, spokenText, valueText } from '../../lib/format.ts';
import type { Measure, Says } from '../../pack/types.ts';
import { inOrder, inSentence, valueLabel } from '../labels.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { beyondNoise, capital, fill, noRows, nothingFound, someOf } from './says.ts';

export interface Group extends MeasureRow {
	label: string;
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

export function groupsPlan(context: Context, tile: TileOf<'groups'>): Plan<GroupsResult> {
	const tested = tile.tested ?? tile.measure;
	const plans = [
		measurePlan(context, { measure: tile.measure, by: [tile.by], tested: true }),
		measurePlan(context, { measure: tile.measure }),
		...(tested === tile.measure ? [] : [measurePlan(context, { measure: tested, by: [tile.by], tested: true }), measurePlan(context, { measure: tested })]),
	];
	return together(plans, (results): GroupsResult => {
		const measure = measureCalled(context.pack, tile.measure);
		const [rows, total] = [results[0] ?? [], results[1]?.[0] ?? null];
		const judged = judge(context, tile.by, measureCalled(context.pack, tested), results[2] ?? rows);
		const verdict = new Map(judged.map((group) => [group.keys[0] ?? null, group]));
		const groups = rows.map((row): Group => {
			const same = verdict.get(row.keys[0] ?? null);
			return { ...row, label: valueLabel(context.pack, tile.by, row.keys[0] ?? null), beyond: same?.beyond ?? false, worse: same?.worse ?? false, small: same?.small ?? false, z: same?.z ?? null };
		});
		const sorted = context.pack.dimensions[tile.by]?.ordered ? inOrder(context.pack, tile.by, groups) : [...groups].sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity));
		return { kind: 'groups', measure, groups: sorted, total, finding: rows.length === 0 ? noRows() : groupsSentence(tile.says, measureCalled(context.pack, tested), judged, results[3]?.[0] ?? total) };
	});
}

/** Each group against the rest, corrected; small groups take no part. */
export function judge(context: Context, dimension: string, measure: Measure, rows: readonly MeasureRow[], level = claimLevel(context.pack)): Group[] {
	const small = rows.map((row) => row.n < (measure.minN ?? 30));
	const beyond = beyondNoise(rows.map((row, i) => (small[i] || rows.length < 2 ? null : (row.z ?? null))), level);
	return rows.map((row, i) => ({
		...row,
		label: valueLabel(context.pack, dimension, row.keys[0] ?? null),
		beyond: beyond[i] ?? false,
		worse: measure.better === 'higher' ? (row.z ?? 0) < 0 : (row.z ?? 0) > 0,
		small: small[i] ?? false,
	}));
}

/**
 * Placeholders: {Groups}/{groups} those that stand out for the worse (for `better`: for the better), strongest first; {group} the strongest,
 * {value} its value, {all} the value over all, {n} its n, {times} value ÷ all.
 */
export function groupsSentence(says: Says, measure: Measure, groups: readonly Group[], total: MeasureRow | null): Finding {
	const strongest = (worse: boolean): Group[] => groups.filter((group) => group.beyond && group.worse === worse).sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
	const all = spokenText(measure.format, total?.value ?? null);
	const bad = strongest(true);
	const good = strongest(false);
	const chosen = bad.length > 0 ? bad : says.better === undefined ? [] : good;
	const [first] = chosen;
	if (!first) return nothingFound(says, { all });
	const names = chosen.map((group) => group.label);
	const words = {
		Groups: capital(someOf([names[0] ?? '', ...names.slice(1).map(inSentence)])),
		groups: someOf(names.map(inSentence)),
		group: inSentence(first.label),
		Group: first.label,
		value: spokenText(measure.format, first.value),
		short: valueText(measure.format, first.value),
		all,
		n: countText(first.n),
		times: first.value !== null && total?.value ? (first.value / total.value).toFixed(1) : '–',
	};
	return { text: fill(bad.length > 0 ? says.claim : (says.better ?? says.claim), words), claim: true, words, named: chosen.map((group) => group.keys[0] ?? null) };
}
