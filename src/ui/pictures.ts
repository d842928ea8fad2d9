import { charts } from '../charts/index.ts';
import type { DatedNote, GroupRow, Tone } from '../charts/types.ts';
import { countText, dayText, intervalText, numberText, valueText } from '../lib/format.ts';
import { shareLimits } from '../metrics/statistics/limits.ts';
import { toMs } from '../lib/dates.ts';
import { texts } from '../lib/texts/index.ts';
import { markKey, valueKey } from '../metrics/marks.ts';
import { targetText } from '../metrics/targets.ts';
import type { TileResult } from '../metrics/tiles/index.ts';
import type { Group } from '../metrics/tiles/groups.ts';
import type { Better, Tile } from '../pack/types.ts';

/** Draws at a width in px; `later` takes what can wait until the picture has been seen. */
export type Draw = (width: number, later?: (work: () => void) => void) => SVGSVGElement;

/** Where neither direction is better, what stands out is marked and not judged. */
const toneOf = (group: { beyond: boolean; worse: boolean }, better: Better): Tone => (!group.beyond ? 'plain' : better === 'neither' ? 'accent' : group.worse ? 'worse' : 'better');
/** Single answers far out on the axis would squeeze all the others. */
const leastDrawn = 10;

function groupRow(group: Group, better: Better): GroupRow {
	return { key: markKey(group.keys[0] ?? null), label: group.label, value: group.value, n: group.n, lo: group.lo, hi: group.hi, tone: toneOf(group, better), faint: group.small || !group.beyond };
}

const weightOf = (group: Group | undefined): { weight?: number } => (group?.parts.weight === undefined ? {} : { weight: group.parts.weight });

/** The tile's picture, or null where it is a table, a list or text. Notes stand on those with a time axis. */
export function pictureOf(tile: Tile, result: TileResult, notes: readonly DatedNote[] = []): Draw | null {
	switch (result.kind) {
		case 'flow': {
			const [inflow, outflow, stock] = result.series.map(({ id, measure, points }, i) => ({
				key: id,
				label: i === 2 ? result.lasting : measure.label.replace(/^\S+ /, ''),
				tone: (['worse', 'accent', 'plain'] as const)[i] ?? 'plain',
				points,
			}));
			if (!inflow || !outflow || !stock || stock.points.length === 0) return null;
			return (width, later) => charts.flow({ width, later, inflow, outflow, stock, notes, format: countText, nameOf: (t) => (result.grain === 'day' ? dayText(t) : `${result.grain} of ${dayText(t)}`) });
		}
		case 'survival': {
			const worst = result.curves.filter((curve) => curve.beyond && curve.worse).slice(0, 2);
			const best = result.curves.findLast((curve) => curve.beyond && !curve.worse);
			const judged = result.measure.better !== 'neither';
			const toneFor = (curve: Group): Tone => (worst.some((each) => each.keys[0] === curve.keys[0]) ? (judged ? 'worse' : 'accent') : curve.keys[0] === best?.keys[0] ? (judged ? 'accent' : 'plain') : 'mute');
			const curves = result.curves.map((curve) => ({
				key: markKey(curve.keys[0] ?? null),
				label: curve.label.toLowerCase(),
				tone: toneFor(curve),
				points: curve.points,
				n: curve.n,
				open: curve.open,
			}));
			const { axis = 'days since opening →', limit = `promise: ${String(result.promise)} days` } = tile.kind === 'survival' ? tile : {};
			return (width) => charts.survival({ width, curves, days: result.days, axis, ...(result.promise === null ? {} : { promise: { at: result.promise, label: limit } }) });
		}
		case 'groups': {
			if (tile.kind !== 'groups') return null;
			const rows = result.groups.map((group) => groupRow(group, result.measure.better));
			const format = (value: number): string => valueText(result.measure.format, value);
			// A target of a count or stock is one of the whole, not of each of its parts.
			const target = ['count', 'sum', 'balance'].includes(result.measure.kind) ? undefined : result.measure.target;
			const line = target === undefined ? (result.total?.value ?? null) : target;
			const reference = line === null ? {} : { reference: { value: line, label: target === undefined ? `all ${format(line)}` : `target ${targetText(result.measure, target)}` } };
			const axis = tile.axis === undefined ? {} : { axis: tile.axis };
			if (tile.chart === 'funnel-plot') {
				const centre = result.total?.value ?? null;
				if (centre === null) return null;
				const placed = rows.map((row, i) => ({ ...row, ...weightOf(result.groups[i]) }));
				const most = Math.max(10, ...placed.map((row) => row.weight ?? row.n));
				const limits = Array.from({ length: 40 }, (_, i) => Math.max(5, Math.round((most * 1.05 * (i + 1)) / 40))).map((n) => {
					const { p95, p998 } = shareLimits(centre, n);
					return { n, lo95: p95.lo, hi95: p95.hi, lo998: p998.lo, hi998: p998.hi };
				});
				return (width) => charts['funnel-plot']({ width, rows: placed, centre, limits, format, ...axis });
			}
			if (tile.chart === 'bars') return (width) => charts.bars({ width, rows: rows.map((row) => ({ ...row, faint: false, lo: null, hi: null })), format, ...axis });
			return (width) => charts[tile.chart === 'columns' ? 'columns' : 'dots']({ width, rows, format, ...reference, ...axis });
		}
		case 'trend-by': {
			if (tile.kind !== 'trend-by') return null;
			const rows = result.points.filter((point) => point.keys[0] !== null && point.n >= leastDrawn).map((point): GroupRow => ({ key: markKey(point.keys[0] ?? null), label: point.label, value: point.value, n: point.n, lo: point.lo, hi: point.hi, tone: 'plain', faint: point.small }));
			return (width) => charts.columns({ width, rows, format: (value) => numberText(result.measure.format, value), ...(tile.axis === undefined ? {} : { axis: tile.axis }) });
		}
		case 'grid':
			return (width) =>
				charts.grid({
					width,
					rows: result.cells.map((cell) => ({ key: markKey(...cell.keys), label: `${cell.row}, ${cell.column}`, row: cell.row, column: cell.column, value: cell.value, n: cell.n, lo: cell.lo, hi: cell.hi, tone: toneOf(cell, result.measure.better), faint: cell.small })),
					rowLabels: result.rowLabels,
					columnLabels: result.columnLabels,
					format: (value) => valueText(result.measure.format, value),
				});
		case 'drivers': {
			if (tile.kind !== 'drivers' || tile.view !== 'dots') return null;
			const shown = result.drivers.filter((driver) => driver.excess > 0).slice(0, 8);
			if (shown.length === 0) return null;
			const rows = shown.map((driver): GroupRow => ({ key: valueKey(driver.dimension, driver.value), label: driver.label, value: driver.excess, n: driver.n, lo: driver.lo, hi: driver.hi, tone: driver.beyond ? 'worse' : 'plain', faint: !driver.beyond }));
			return (width) => charts.dots({ width, rows, format: (value) => countText(Math.round(value)), reference: { value: 0, label: '' }, axis: texts.tables.drivers.axis(result.entity[0]) });
		}
		case 'steps':
			return (width) => charts.steps({ width, rows: result.steps.slice(0, 10).map((step) => ({ key: step.key, label: step.label, done: step.done, running: step.running, median: step.value, lo: step.lo, hi: step.hi, n: step.n })), total: result.total, format: (value) => valueText('days', value) });
		case 'landmark':
			return (width) => charts.dots({ width, rows: result.groups.map((group): GroupRow => ({ ...group, tone: result.finding.claim && group.key === 'exposed' ? 'worse' : 'plain', faint: !result.finding.claim })), format: (value) => valueText('percent', value), axis: 'still open at seven days →' });
		case 'funnel':
			return (width) => charts.funnel({ width, rows: result.stages.map((stage) => ({ key: stage.id, label: stage.label, reached: stage.reached, waiting: stage.waiting, lost: stage.optional ? 0 : stage.without, share: stage.share, lo: stage.lo, hi: stage.hi })), format: (value) => valueText('percent', value) });
		case 'kpis':
		case 'list':
		case 'matrix':
		case 'panel':
		case 'changes':
			return null;
	}
	return null;
}

/** n, interval and span of time in small print, from the tile's own rows. */
export function smallPrint(result: TileResult, asOf: string): string[] {
	switch (result.kind) {
		case 'groups': {
			const { total, measure } = result;
			if (!total) return [];
			return measure.kind === 'balance' || measure.kind === 'count' ? [`${countText(total.n)} in all`] : [`all: ${valueText(measure.format, total.value)} (${intervalText(measure.format, total.lo, total.hi)}), n ${countText(total.n)}`];
		}
		case 'survival':
			return [`n ${countText(result.curves.reduce((sum, curve) => sum + curve.n, 0))}`, `${countText(result.curves.reduce((sum, curve) => sum + curve.open, 0))} still open`];
		case 'trend-by':
			return [...(result.points.some((point) => point.n > 0 && point.n < leastDrawn) ? [`steps with fewer than ${String(leastDrawn)} not drawn`] : []), `n ${countText(result.points.reduce((sum, point) => sum + point.n, 0))}`, ...(result.slope?.slope == null || result.slope.lo === null || result.slope.hi === null ? [] : [`slope ${numberText('score', result.slope.slope)} (${intervalText('score', result.slope.lo, result.slope.hi)})`])];
		case 'grid':
			return result.total ? [`all: ${valueText(result.measure.format, result.total.value)}, n ${countText(result.total.n)}`] : [];
		case 'drivers':
			return [`n ${countText(result.n)}, each at least ${String(result.days)} days old`, `${String(result.comparisons)} comparisons`, 'hollow: not beyond noise'];
		case 'landmark':
			return result.difference ? [`difference ${numberText('percent', result.difference.diff)} points (${intervalText('percent', result.difference.lo, result.difference.hi)})`, `n ${countText(result.groups.reduce((sum, group) => sum + group.n, 0))}`] : [];
		case 'steps':
			return [`${countText(Math.round(result.total / 24))} ${result.entity[0]}-days in all`];
		case 'changes':
			return [`${countText(result.comparisons)} turning points tried`];
		case 'flow':
			return [texts.filters.byGrain[result.grain], `as of ${dayText(toMs(asOf))}`];
		default:
			return [];
	}
}
