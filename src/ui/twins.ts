import type { CsvCell } from '../lib/csv.ts';
import { toDay } from '../lib/dates.ts';
import { valueLabel } from '../metrics/labels.ts';
import type { MeasureRow } from '../metrics/request.ts';
import type { TileResult } from '../metrics/tiles/index.ts';
import type { Pack, Tile } from '../pack/types.ts';

/** The same numbers as the picture, as a table: for screen readers, for looking up, for taking along. */
export interface Twin {
	columns: string[];
	rows: Record<string, CsvCell>[];
}

const numbers = ({ value, n, lo, hi }: Pick<MeasureRow, 'value' | 'n' | 'lo' | 'hi'>): Record<string, CsvCell> => ({ value, n, lo, hi });

function twin(rows: Record<string, CsvCell>[]): Twin {
	return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

function plainCell(value: unknown): CsvCell {
	if (value === null || value === undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	return typeof value === 'bigint' ? Number(value) : JSON.stringify(value);
}

export function twinOf(pack: Pack, tile: Tile, result: TileResult): Twin {
	switch (result.kind) {
		case 'kpis':
			return twin(
				result.kpis.map(({ id, measure, row, change }) => ({
					measure: id, label: measure.label, ...numbers(row), unit: measure.unit, change: change?.diff ?? null, change_lo: change?.lo ?? null, change_hi: change?.hi ?? null, beyond_noise: change?.beyond ?? null,
				})),
			);
		case 'flow': {
			const weeks = [...new Set(result.series.flatMap(({ points }) => points.map((point) => point.t)))].sort((a, b) => a - b);
			return twin(
				weeks.map((t) => {
					const at = result.series.map(({ points }) => points.find((point) => point.t === t));
					return { week: toDay(t), ...Object.fromEntries(result.series.map(({ id }, i) => [id, at[i]?.value ?? null])), unfinished: at.some((point) => point?.unfinished === true) };
				}),
			);
		}
		case 'groups':
			return twin([
				...result.groups.map((group) => ({ group: group.label, ...numbers(group), beyond_noise: group.beyond })),
				...(result.total ? [{ group: 'All', ...numbers(result.total), beyond_noise: null }] : []),
			]);
		case 'trend-by':
			return twin(result.points.map((point) => ({ step: point.label, ...numbers(point) })));
		case 'grid':
			return twin(result.cells.map((cell) => ({ row: cell.row, column: cell.column, ...numbers(cell), beyond_noise: cell.beyond })));
		case 'matrix':
			return twin([...result.rows, { label: 'All', cells: result.total }].flatMap(({ label, cells }) => cells.flatMap((cell, i) => (cell ? [{ group: label, measure: result.columns[i]?.id ?? '', ...numbers(cell) }] : []))));
		case 'survival':
			return twin(result.curves.flatMap((curve) => curve.points.map((point) => ({ group: curve.label, day: point.t, share_resolved: point.share, lo: point.lo, hi: point.hi }))));
		case 'drivers':
			return twin(result.drivers.map((driver) => ({ what: driver.label, n: driver.n, days_each: driver.each, case_days_a_month: driver.excess, lo: driver.lo, hi: driver.hi, beyond_noise: driver.beyond })));
		case 'changes':
			return twin(
				result.changes.map((change) => ({
					since: toDay(change.since), step: change.step, dimension: change.dimension, group: change.label, usual_days: change.usual, slow_before: change.before.slow, n_before: change.before.n, slow_since: change.after.slow, n_since: change.after.n, difference: change.diff, lo: change.lo, hi: change.hi, beyond_noise: change.beyond,
				})),
			);
		case 'steps':
			return twin(result.steps.map((step) => ({ step: step.label, hours_done: step.done, hours_running: step.running, median_days: step.value, lo: step.lo, hi: step.hi, n: step.n })));
		case 'landmark':
			return twin(result.groups.map((group) => ({ group: group.label, ...numbers(group) })));
		case 'funnel':
			return twin(result.stages.map((stage) => ({ stage: stage.label, needed: stage.needed, reached: stage.reached, waiting: stage.waiting, without: stage.without, share: stage.share, lo: stage.lo, hi: stage.hi })));
		case 'list': {
			const columns = tile.kind === 'list' ? tile.columns : [];
			return twin(
				result.rows.map((row) =>
					Object.fromEntries(
						columns.map(({ column, dimension, format }) => {
							const value = row[column];
							if (dimension !== undefined) return [column, valueLabel(pack, dimension, typeof value === 'string' ? value : null)];
							return [column, format === 'timestamp' && typeof value === 'number' ? new Date(value).toISOString().slice(0, 19) : plainCell(value)];
						}),
					),
				),
			);
		}
		case 'panel':
			return twin(result.loads.map(({ name, team, active, capacity, weighted, stale, utilisation, room }) => ({ name, team, active, capacity, weighted, stale, utilisation, room })));
	}
}

/** Tiles that are tables on screen already are only taken along. */
export const isTable = (result: TileResult): boolean => ['matrix', 'changes', 'list', 'panel'].includes(result.kind);
