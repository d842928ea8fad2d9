import { countText, dayText, intervalText, spokenText } from '../lib/format.ts';
import type { Measure, Tile } from '../pack/types.ts';
import { valueLabel } from './labels.ts';
import { markKey, valueKey } from './marks.ts';
import { proofPlan, reaggregate, type Cell, type Proof } from './proof.ts';
import type { ResultRow } from './finish.ts';
import { applicable, measureCalled } from './relation.ts';
import type { Context, MeasureRow } from './request.ts';
import { adjustedSubject, changeSubject, driverSubject, landmarkSubject, stageSubject } from './subjects-rows.ts';
import type { TileResult } from './tiles/index.ts';
import type { Plan } from './tiles/plan.ts';

/** A number that stands on screen, with all that opening it needs. */
export interface Subject {
	/** Told apart from the other numbers of its mark. */
	id: string;
	/** What it is, for a button beside the mark: "waiting". */
	label: string;
	title: string;
	definition: string;
	reading: string;
	/** Its entry in the catalogue. */
	measure: string | null;
	value: number | null;
	/** As it is said: 58 %. */
	said: string;
	n: number;
	/** The 95 % interval in words; "counted" where there is nothing to be unsure of. */
	interval: string;
	rows: (limit: number) => Plan<Proof>;
	/** The number again, from all of its rows alone; null where DuckDB's own arithmetic made it. */
	again: ((rows: readonly ResultRow[]) => number | null) | null;
}

const counts = new Set<Measure['kind']>(['count', 'balance']);

/** What stands for a value of a measure. */
export function cellSubject(context: Context, cell: Cell, row: Pick<MeasureRow, 'value' | 'n' | 'lo' | 'hi'>, label?: string): Subject {
	const measure = measureCalled(context.pack, cell.measure);
	const names = Object.entries(cell.keys ?? {}).map(([dimension, value]) => valueLabel(context.pack, dimension, value));
	const when = cell.bucket ? [cell.bucket.grain === 'day' ? dayText(cell.bucket.t) : `${cell.bucket.grain} of ${dayText(cell.bucket.t)}`] : [];
	return {
		id: cell.measure,
		label: label ?? measure.label.toLowerCase(),
		title: [measure.label, ...names, ...when].join(' · '),
		definition: measure.definition,
		reading: measure.reading,
		measure: cell.measure,
		value: row.value,
		said: spokenText(measure.format, row.value),
		n: row.n,
		interval: row.value === null || (row.lo === null && row.hi === null && !counts.has(measure.kind)) ? '' : counts.has(measure.kind) ? 'counted' : `95 % interval ${intervalText(measure.format, row.lo, row.hi)}`,
		rows: (limit) => proofPlan(context, cell, limit),
		again: measure.kind === 'expression' ? null : (rows) => reaggregate(measure, rows),
	};
}

/** The numbers that a mark stands for, the first being the one it draws. Keys are those of the charts and tables; a point of a card’s trend is `measure@day`. */
export function subjectsOf(context: Context, tile: Tile, result: TileResult, key: string): Subject[] {
	switch (result.kind) {
		case 'kpis': {
			const [id, day] = key.split('@');
			const kpi = result.kpis.find((each) => each.id === id);
			if (!kpi) return [];
			if (day === undefined) return [cellSubject(context, { measure: kpi.id }, kpi.row)];
			const point = kpi.trend.find(({ t }) => dayOf(t) === day);
			return point ? [cellSubject(context, { measure: kpi.id, bucket: { grain: result.grain, t: point.t } }, { ...point, lo: null, hi: null })] : [];
		}
		case 'groups': {
			const group = result.groups.find((each) => markKey(each.keys[0] ?? null) === key);
			if (tile.kind !== 'groups' || !group) return [];
			const cell = { measure: tile.measure, keys: { [tile.by]: group.keys[0] ?? null } };
			return [(tile.adjust ?? []).length > 0 ? adjustedSubject(context, tile, group) : cellSubject(context, cell, group)];
		}
		case 'trend-by':
		case 'survival': {
			const row = (result.kind === 'survival' ? result.curves : result.points).find((each) => markKey(each.keys[0] ?? null) === key);
			if ((tile.kind !== 'trend-by' && tile.kind !== 'survival') || !row) return [];
			return [cellSubject(context, { measure: tile.measure, keys: { [tile.by]: row.keys[0] ?? null } }, row)];
		}
		case 'grid': {
			const cell = result.cells.find((each) => markKey(...each.keys) === key);
			if (tile.kind !== 'grid' || !cell) return [];
			return [cellSubject(context, { measure: tile.measure, keys: { [tile.rows]: cell.keys[0] ?? null, [tile.columns]: cell.keys[1] ?? null } }, cell)];
		}
		case 'matrix': {
			if (tile.kind !== 'matrix') return [];
			const row = result.rows.find((each) => markKey(each.key) === key);
			return result.columns.flatMap(({ id }, i) => {
				const value = row ? row.cells[i] : result.total[i];
				return value ? [cellSubject(context, row ? { measure: id, keys: { [tile.by]: row.key } } : { measure: id }, value)] : [];
			});
		}
		case 'flow':
			return result.series.flatMap(({ id, measure, points }, i) => {
				const point = points.find(({ t }) => dayOf(t) === key);
				if (point?.value == null) return [];
				const row = { value: point.value, n: point.n, lo: null, hi: null };
				return [cellSubject(context, { measure: id, bucket: { grain: result.grain, t: point.t }, clock: 'own' }, row, i === 2 ? result.lasting : measure.label.replace(/^\S+ /, ''))];
			});
		case 'steps': {
			const step = result.steps.find((each) => each.key === key);
			if (tile.kind !== 'steps' || !step) return [];
			return [cellSubject(context, { measure: tile.measure, keys: { [tile.by]: step.keys[0] ?? null } }, step)];
		}
		case 'panel': {
			const load = result.loads.find((each) => each.name === key);
			if (tile.kind !== 'panel' || tile.by === undefined || !load) return [];
			const { by } = tile;
			// What people carry is told whole: of the page's filters only those of people hold.
			const { used } = applicable(context.pack, (tile.options as { mart: string }).mart, context.filters);
			const whole = { ...context, range: {}, filters: Object.fromEntries(used.map((dimension) => [dimension, context.filters[dimension] ?? []])) };
			return (tile.measures ?? []).map((id, i) => {
				const value = i === 0 ? load.active : load.stale;
				return cellSubject(whole, { measure: id, keys: { [by]: load.name } }, { value, n: value, lo: null, hi: null });
			});
		}
		case 'funnel': {
			const stage = result.stages.find((each) => each.id === key);
			return tile.kind === 'funnel' && stage ? [stageSubject(context, tile, stage)] : [];
		}
		case 'landmark': {
			const group = result.groups.find((each) => each.key === key);
			return tile.kind === 'landmark' && group ? [landmarkSubject(context, tile, group)] : [];
		}
		case 'drivers': {
			const driver = result.drivers.find((each) => valueKey(each.dimension, each.value) === key);
			return tile.kind === 'drivers' && driver ? [driverSubject(context, tile, driver)] : [];
		}
		case 'changes': {
			const change = result.changes.find((each) => changeKey(each) === key);
			return tile.kind === 'changes' && change ? [true, false].map((since) => changeSubject(context, tile, change, since)) : [];
		}
		case 'list':
			return [];
	}
}

const dayOf = (t: number): string => new Date(t).toISOString().slice(0, 10);

export const changeKey = (change: { step: string; dimension: string; value: string | null }): string => `${change.step}|${valueKey(change.dimension, change.value)}`;

/** Every mark of a tile that can be opened, in the order in which it is drawn. */
export function markKeys(result: TileResult): string[] {
	switch (result.kind) {
		case 'kpis':
			return result.kpis.flatMap(({ id, trend }) => [id, ...trend.map(({ t }) => `${id}@${dayOf(t)}`)]);
		case 'groups':
			return result.groups.map(({ keys }) => markKey(keys[0] ?? null));
		case 'trend-by':
			return result.points.map(({ keys }) => markKey(keys[0] ?? null));
		case 'survival':
			return result.curves.map(({ keys }) => markKey(keys[0] ?? null));
		case 'grid':
			return result.cells.map(({ keys }) => markKey(...keys));
		case 'matrix':
			return result.rows.map(({ key }) => markKey(key));
		case 'flow':
			return [...new Set(result.series.flatMap(({ points }) => points.map(({ t }) => dayOf(t))))].sort();
		case 'steps':
			return result.steps.map(({ key }) => key);
		case 'panel':
			return result.loads.map(({ name }) => name);
		case 'funnel':
			return result.stages.map(({ id }) => id);
		case 'landmark':
			return result.groups.map(({ key }) => key);
		case 'drivers':
			return result.drivers.map(({ dimension, value }) => valueKey(dimension, value));
		case 'changes':
			return result.changes.map(changeKey);
		case 'list':
			return [];
	}
}

/** n in words: "of 2,010 cases". */
export const basis = (subject: Subject): string => [subject.interval, `n ${countText(subject.n)}`].filter((part) => part !== '').join(' · ');
