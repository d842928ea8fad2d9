import type { Measure } from '../../pack/types.ts';
import { inOrder, valueLabel } from '../labels.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { groupsSentence, judge, type Group } from './groups.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { beyondNoise, noRows } from './says.ts';

export interface MatrixResult {
	kind: 'matrix';
	columns: { id: string; measure: Measure }[];
	rows: { key: string | null; label: string; cells: (Group | null)[] }[];
	/** At total grain: asked for by itself, never added up from the rows. */
	total: (MeasureRow | null)[];
	finding: Finding;
}

export function matrixPlan(context: Context, tile: TileOf<'matrix'>): Plan<MatrixResult> {
	const { pack } = context;
	const plans = tile.measures.flatMap((measure) => [measurePlan(context, { measure, by: [tile.by], tested: true }), measurePlan(context, { measure })]);
	return together(plans, (results): MatrixResult => {
		const columns = tile.measures.map((id) => ({ id, measure: measureCalled(pack, id) }));
		const groups = columns.map(({ measure }, i) => judge(context, tile.by, measure, results[2 * i] ?? []));
		const every = groups.flatMap((column) => column);
		const beyond = beyondNoise(every.map((group) => (group.small ? null : (group.z ?? null))), claimLevel(pack));
		const verdict = new Map(every.map((group, i) => [group, beyond[i] ?? false]));
		const keys = inOrder(pack, tile.by, [...new Set(every.map((group) => group.keys[0] ?? null))].map((key) => ({ keys: [key] }))).map((row) => row.keys[0] ?? null);
		const judged = groups.map((column) => column.map((group) => ({ ...group, beyond: verdict.get(group) ?? false })));
		const rows = keys.map((key) => ({ key, label: valueLabel(pack, tile.by, key), cells: judged.map((column) => column.find((group) => (group.keys[0] ?? null) === key) ?? null) }));
		if (!pack.dimensions[tile.by]?.ordered) rows.sort((a, b) => (b.cells[0]?.value ?? 0) - (a.cells[0]?.value ?? 0));
		const about = Math.max(0, tile.measures.indexOf(tile.about));
		const total = columns.map((_, i) => results[2 * i + 1]?.[0] ?? null);
		const measure = columns[about]?.measure;
		const finding = keys.length === 0 || !measure ? noRows() : groupsSentence(tile.says, measure, judged[about] ?? [], total[about] ?? null);
		return { kind: 'matrix', columns, rows, total, finding };
	});
}
