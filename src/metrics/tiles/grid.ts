import { countText, spokenText } from '../../lib/format.ts';
import type { Measure } from '../../pack/types.ts';
import { inOrder, inSentence, valueLabel } from '../labels.ts';
import { measureCalled } from '../relation.ts';
import type { Context, MeasureRow } from '../request.ts';
import { claimLevel, measurePlan, together, type Finding, type Plan, type TileOf } from './plan.ts';
import { beyondNoise, fill, noRows, nothingFound } from './says.ts';

export interface Cell extends MeasureRow {
	row: string;
	column: string;
	beyond: boolean;
	worse: boolean;
	small: boolean;
}

export interface GridResult {
	kind: 'grid';
	measure: Measure;
	cells: Cell[];
	rowLabels: string[];
	columnLabels: string[];
	total: MeasureRow | null;
	finding: Finding;
}

/** Placeholders: {row} and {column} of the cell that stands out most for the worse, {value}, {all}, {n}. */
export function gridPlan(context: Context, tile: TileOf<'grid'>): Plan<GridResult> {
	const plans = [measurePlan(context, { measure: tile.measure, by: [tile.rows, tile.columns], tested: true }), measurePlan(context, { measure: tile.measure })];
	return together(plans, ([rows = [], totals = []]): GridResult => {
		const { pack } = context;
		const measure = measureCalled(pack, tile.measure);
		const small = rows.map((row) => row.n < (measure.minN ?? 30));
		const beyond = beyondNoise(rows.map((row, i) => (small[i] ? null : (row.z ?? null))), claimLevel(pack));
		const cells = rows.map((row, i): Cell => ({
			...row,
			row: valueLabel(pack, tile.rows, row.keys[0] ?? null),
			column: valueLabel(pack, tile.columns, row.keys[1] ?? null),
			beyond: beyond[i] ?? false,
			worse: measure.better === 'higher' ? (row.z ?? 0) < 0 : (row.z ?? 0) > 0,
			small: small[i] ?? false,
		}));
		const labels = (dimension: string, place: 0 | 1): string[] => [
			...new Set(inOrder(pack, dimension, rows.map((row) => ({ keys: [row.keys[place] ?? null] }))).map(({ keys }) => valueLabel(pack, dimension, keys[0] ?? null))),
		];
		const total = totals[0] ?? null;
		const all = spokenText(measure.format, total?.value ?? null);
		const [worst] = cells.filter((cell) => cell.beyond && cell.worse).sort((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0));
		const words = worst ? { row: inSentence(pack, tile.rows, worst.keys[0] ?? null), Row: worst.row, column: inSentence(pack, tile.columns, worst.keys[1] ?? null), value: spokenText(measure.format, worst.value), all, n: countText(worst.n) } : { all };
		const finding = rows.length === 0 ? noRows() : worst ? { text: fill(tile.says.claim, words), claim: true, words, named: worst.keys } : nothingFound(tile.says, words);
		return { kind: 'grid', measure, cells, rowLabels: labels(tile.rows, 0), columnLabels: labels(tile.columns, 1), total, finding };
	});
}
