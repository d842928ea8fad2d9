import type { CsvCell } from '../lib/csv.ts';
import { toDay, toIso } from '../lib/dates.ts';
import { filterLabel, valueLabel } from '../metrics/labels.ts';
import type { KpisResult } from '../metrics/tiles/kpis.ts';
import type { FlowResult } from '../metrics/tiles/flow.ts';
import type { TileResult } from '../metrics/tiles/index.ts';
import type { ListResult } from '../metrics/tiles/list.ts';
import type { CaseloadOptions, Load, PanelResult } from '../metrics/tiles/panel.ts';
import type { Pack, Tile } from '../pack/types.ts';
import { kindOf, measured, numbers, shareUnit, snakeCase, table, unitOf, type Kind, type Twin } from './twin-columns.ts';

export type { Twin } from './twin-columns.ts';

/** What stands where a row sums up all the others. */
const all = 'All';


function plainCell(value: unknown): CsvCell {
	if (value === null || value === undefined || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
	return typeof value === 'bigint' ? Number(value) : JSON.stringify(value);
}

/** A number of a KPI is in the unit that its row names. */
function kpis(pack: Pack, { kpis: cards, comparison, segment }: KpisResult): Twin {
	const against = segment === null ? (comparison?.label ?? null) : `${segment} against the rest`;
	return table(cards, {
		measure: ['text', ({ id }) => id],
		label: ['text', ({ measure }) => measure.label],
		unit: ['text', ({ measure }) => unitOf(measure)],
		value: ['measured', ({ row }) => row.value],
		n: ['count', ({ row }) => row.n],
		lo: ['measured', ({ row }) => row.lo],
		hi: ['measured', ({ row }) => row.hi],
		target: ['measured', ({ id, measure }) => (pack.measures[id] ?? measure).target ?? null],
		compared: ['text', ({ change }) => (change ? against : null)],
		compared_value: ['measured', ({ change }) => change?.current ?? null],
		previous_value: ['measured', ({ change }) => change?.previous ?? null],
		change: ['measured', ({ change }) => change?.diff ?? null],
		change_lo: ['measured', ({ change }) => change?.lo ?? null],
		change_hi: ['measured', ({ change }) => change?.hi ?? null],
		beyond_noise: ['flag', ({ change }) => change?.beyond ?? null],
		no_change_because: ['text', ({ change, unchanged }) => (change ? null : unchanged)],
		not_filtered_by: ['text', ({ ignored }) => (ignored.length > 0 ? ignored.map((dimension) => filterLabel(pack, dimension)).join(', ') : null)],
	});
}

function flow({ series, grain }: FlowResult): Twin {
	const buckets = [...new Set(series.flatMap(({ points }) => points.map((point) => point.t)))].sort((a, b) => a - b);
	const byTime = series.map(({ points }) => new Map(points.map((point) => [point.t, point])));
	return table(buckets, {
		[grain]: ['day', toDay],
		...Object.fromEntries(series.map(({ id, measure }, i): [string, [Kind, (t: number) => CsvCell]] => [id, [kindOf(measure.format), (t) => byTime[i]?.get(t)?.value ?? null]])),
		unfinished: ['flag', (t) => byTime.some((points) => points.get(t)?.unfinished === true)],
	});
}

function list(pack: Pack, tile: Tile, { rows }: ListResult): Twin {
	const columns = tile.kind === 'list' ? tile.columns : [];
	return table(
		rows,
		Object.fromEntries(
			columns.map(({ column, dimension, format }): [string, [Kind, (row: ListResult['rows'][number]) => CsvCell]] => {
				if (dimension !== undefined) return [column, ['text', (row) => valueLabel(pack, dimension, typeof row[column] === 'string' ? row[column] : null)]];
				if (format === 'timestamp') return [column, ['instant', (row) => (typeof row[column] === 'number' ? toIso(row[column]) : plainCell(row[column]))]];
				return [column, [format === undefined || format === 'text' ? 'text' : kindOf(format), (row) => plainCell(row[column])]];
			}),
		),
	);
}

function panel(pack: Pack, tile: Tile, { loads }: PanelResult): Twin {
	const { team, mixLabels = [] } = (tile.kind === 'panel' ? tile.options : {}) as unknown as Partial<CaseloadOptions>;
	return table(loads, {
		name: ['text', (load) => load.name],
		team: ['text', (load) => (team === undefined ? load.team : valueLabel(pack, team, load.team))],
		active: ['count', (load) => load.active],
		...Object.fromEntries(mixLabels.map((label, i): [string, [Kind, (load: Load) => CsvCell]] => [`active_${snakeCase(label)}`, ['count', (load) => load.mix[i] ?? 0]])),
		capacity: ['count', (load) => load.capacity],
		utilisation: ['share', (load) => load.utilisation],
		weighted_utilisation: ['share', (load) => (load.capacity === null ? null : load.weighted / load.capacity)],
		weighted: ['number', (load) => load.weighted],
		stale: ['count', (load) => load.stale],
		room: ['count', (load) => load.room],
	});
}

export function twinOf(pack: Pack, tile: Tile, result: TileResult): Twin {
	switch (result.kind) {
		case 'kpis':
			return kpis(pack, result);
		case 'flow':
			return flow(result);
		case 'groups': {
			const tested = tile.kind === 'groups' ? (tile.tested ?? tile.measure) : '';
			const adjusted = tile.kind === 'groups' ? (tile.adjust ?? []) : [];
			const rows = [...result.groups, ...(result.total ? [{ ...result.total, label: all, beyond: null, small: null }] : [])];
			return table(rows, {
				group: ['text', ({ label }) => label],
				...measured(result.measure),
				beyond_noise: ['flag', ({ beyond }) => beyond],
				too_few: ['flag', ({ small }) => small],
				tested_measure: ['text', ({ beyond }) => (beyond === null ? null : (pack.measures[tested]?.label ?? tested))],
				...(adjusted.length > 0 ? { adjusted_for: ['text', ({ beyond }: { beyond: boolean | null }) => (beyond === null ? null : adjusted.map((dimension) => filterLabel(pack, dimension)).join(', '))] as const } : {}),
			});
		}
		case 'trend-by': {
			const { slope } = result;
			const rows = [...result.points.map((point) => ({ ...point, beyond: null })), ...(slope?.slope == null ? [] : [{ value: slope.slope, n: slope.n, lo: slope.lo, hi: slope.hi, label: 'Change for each step', beyond: result.finding.claim }])];
			return table(rows, { step: ['text', ({ label }) => label], ...measured(result.measure), beyond_noise: ['flag', ({ beyond }) => beyond] });
		}
		case 'grid': {
			const rows = [...result.cells, ...(result.total ? [{ ...result.total, row: all, column: all, beyond: null, small: null }] : [])];
			return table(rows, { row: ['text', ({ row }) => row], column: ['text', ({ column }) => column], ...measured(result.measure), beyond_noise: ['flag', ({ beyond }) => beyond], too_few: ['flag', ({ small }) => small] });
		}
		case 'matrix': {
			const groups = [...result.rows, { label: all, cells: result.total.map((cell) => (cell ? { ...cell, beyond: null, small: null } : null)) }];
			const rows = groups.flatMap(({ label, cells }) => cells.flatMap((cell, i) => (cell && result.columns[i] ? [{ ...cell, ...result.columns[i], group: label }] : [])));
			return table(rows, {
				group: ['text', ({ group }) => group],
				measure: ['text', ({ id }) => id],
				label: ['text', ({ measure }) => measure.label],
				unit: ['text', ({ measure }) => unitOf(measure)],
				...numbers('measured'),
				beyond_noise: ['flag', ({ beyond }) => beyond],
				too_few: ['flag', ({ small }) => small],
			});
		}
		case 'survival': {
			const kind = kindOf(result.measure.format);
			return table(result.curves.flatMap((curve) => curve.points.map((point) => ({ curve, point }))), {
				group: ['text', ({ curve }) => curve.label],
				day: ['number', ({ point }) => point.t],
				share_resolved: ['share', ({ point }) => point.share],
				lo: ['share', ({ point }) => point.lo],
				hi: ['share', ({ point }) => point.hi],
				n: ['count', ({ curve }) => curve.n],
				still_open: ['count', ({ curve }) => curve.open],
				measure: ['text', () => result.measure.label],
				unit: ['text', () => unitOf(result.measure)],
				measure_value: [kind, ({ curve }) => curve.value],
				measure_lo: [kind, ({ curve }) => curve.lo],
				measure_hi: [kind, ({ curve }) => curve.hi],
				beyond_noise: ['flag', ({ curve }) => curve.beyond],
				promise_days: ['number', () => result.promise],
			});
		}
		case 'drivers':
			return table(result.drivers, {
				what: ['text', ({ label }) => label],
				n: ['count', ({ n }) => n],
				days_each: ['number', ({ each }) => each],
				case_days_a_month: ['number', ({ excess }) => excess],
				case_days_a_month_lo: ['number', ({ lo }) => lo],
				case_days_a_month_hi: ['number', ({ hi }) => hi],
				beyond_noise: ['flag', ({ beyond }) => beyond],
			});
		case 'changes':
			return table(result.changes, {
				since: ['day', ({ since }) => toDay(since)],
				step: ['text', ({ step }) => step],
				dimension: ['text', ({ dimension }) => filterLabel(pack, dimension)],
				group: ['text', ({ label }) => label],
				usual_days: ['number', ({ usual }) => usual],
				slow_before: ['count', ({ before }) => before.slow],
				n_before: ['count', ({ before }) => before.n],
				share_before: ['share', ({ before }) => before.slow / before.n],
				slow_since: ['count', ({ after }) => after.slow],
				n_since: ['count', ({ after }) => after.n],
				share_since: ['share', ({ after }) => after.slow / after.n],
				difference: ['share', ({ diff }) => diff],
				lo: ['share', ({ lo }) => lo],
				hi: ['share', ({ hi }) => hi],
				beyond_noise: ['flag', ({ beyond }) => beyond],
				part_of_a_stronger_change: ['flag', ({ follows }) => follows],
			});
		case 'steps': {
			const sum = (side: 'done' | 'running'): number => result.steps.reduce((hours, step) => hours + step[side], 0);
			const rows = [...result.steps, { label: all, value: null, lo: null, hi: null, n: null, done: sum('done'), running: sum('running') }];
			return table(rows, {
				step: ['text', ({ label }) => label],
				hours_done: ['number', ({ done }) => done],
				hours_running: ['number', ({ running }) => running],
				share_of_all_hours: ['share', ({ done, running }) => (result.total > 0 ? (done + running) / result.total : null)],
				median_days: ['number', ({ value }) => value],
				median_days_lo: ['number', ({ lo }) => lo],
				median_days_hi: ['number', ({ hi }) => hi],
				n: ['count', ({ n }) => n],
			});
		}
		case 'landmark': {
			const { difference } = result;
			const rows = [...result.groups.map((group) => ({ ...group, beyond: null })), ...(difference ? [{ label: 'Difference', value: difference.diff, lo: difference.lo, hi: difference.hi, n: result.groups.reduce((n, group) => n + group.n, 0), beyond: result.finding.claim }] : [])];
			return table(rows, { group: ['text', ({ label }) => label], unit: ['text', () => shareUnit], ...numbers('share'), beyond_noise: ['flag', ({ beyond }) => beyond] });
		}
		case 'funnel':
			return table(result.stages, {
				stage: ['text', ({ label }) => label],
				needed: ['count', ({ needed }) => needed],
				reached: ['count', ({ reached }) => reached],
				waiting: ['count', ({ waiting }) => waiting],
				without: ['count', ({ without }) => without],
				share: ['share', ({ share }) => share],
				lo: ['share', ({ lo }) => lo],
				hi: ['share', ({ hi }) => hi],
				optional: ['flag', ({ optional }) => optional],
			});
		case 'list':
			return list(pack, tile, result);
		case 'panel':
			return panel(pack, tile, result);
	}
}

/** Tiles that are tables on screen already are only taken along. */
export const isTable = (result: TileResult): boolean => ['matrix', 'changes', 'list', 'panel'].includes(result.kind);
