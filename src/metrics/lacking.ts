import { everyOf, fixed, live, lost, opened, type Known } from '../lib/known/known.ts';
import { knownOf } from '../lib/known/expression.ts';
import { tokensOf } from '../lib/known/tokens.ts';
import { lacking } from '../lib/texts/lacking.ts';
import type { Measure, Pack, Tile } from '../pack/types.ts';
import { inlined } from './expressions.ts';
import { panelNeeds } from './tiles/panel.ts';

/** By mart, the columns (`*`: the rows) that come from nothing but absent columns of the raw tables, and which those are. */
export type Lost = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const words = new Set('true false null not is distinct from in like ilike between and or interval second seconds minute minutes hour hours day days week weeks month months quarter quarters year years timestamp date'.split(' '));

const merged = (...lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())];

function knownIn(pack: Pack, lost_: Lost, mart: string, ...expressions: readonly string[]): Known {
	const gone = lost_[mart] ?? {};
	const column = (name: string): Known => {
		if (Object.hasOwn(gone, name)) return lost(...(gone[name] ?? []));
		return name === pack.marts[mart]?.opened ? opened : words.has(name) ? fixed : live;
	};
	const rows = Object.hasOwn(gone, '*') ? lost(...(gone['*'] ?? [])) : live;
	const all = expressions.map((sql) => knownOf(tokensOf(sql), { column: (name) => column(name), isRelation: () => false, rows }));
	return everyOf(rows.is === 'lost' ? [rows, ...all] : all);
}

function partsOf(pack: Pack, measure: Measure): string[] {
	const where = measure.where === undefined ? [] : [measure.where];
	switch (measure.kind) {
		case 'count':
			return where;
		case 'sum':
		case 'mean':
		case 'quantile':
			return [measure.expr, ...where];
		case 'expression':
			return [inlined(pack, measure.mart, measure.expr), ...where];
		case 'share':
		case 'ratio':
			return [measure.num, measure.den, ...where];
		case 'survival':
			return [measure.start, measure.end, ...where];
		case 'balance':
			return [measure.from, measure.to, ...where];
	}
}

const blamed = ({ is, lacks }: Known): readonly string[] => (is === 'lost' ? lacks : []);

/** The absent raw columns without which a measure says nothing; none where it stands. */
export function measureLacks(pack: Pack, gone: Lost, id: string): readonly string[] {
	const measure = pack.measures[id];
	return measure ? blamed(knownIn(pack, gone, measure.mart, ...partsOf(pack, measure))) : [];
}

function groupLacks(pack: Pack, gone: Lost, mart: string, dimension: string): readonly string[] {
	return gone[mart]?.[pack.dimensions[dimension]?.column ?? dimension] ?? [];
}

/** Of several, those that stand, and what the others lack. */
function standing<T>(all: readonly T[], lacksOf: (one: T) => readonly string[]): { stand: T[]; lacks: string[] } {
	return { stand: all.filter((one) => lacksOf(one).length === 0), lacks: merged(...all.map(lacksOf)) };
}

/** A tile as it can be shown: without the parts that lack something. `lacks`: nothing of it can be shown; `left`: what the parts that were left out lack. */
export interface Shown {
	tile: Tile;
	lacks: readonly string[];
	left: readonly string[];
}

const known = new WeakMap<Lost, WeakMap<Tile, { pack: Pack; shown: Shown }>>();

/** The same object for the same tile, pack and losses, so that nothing is drawn again for it. */
export function shownOf(pack: Pack, gone: Lost, tile: Tile): Shown {
	const those = known.get(gone) ?? new WeakMap<Tile, { pack: Pack; shown: Shown }>();
	const before = those.get(tile);
	if (before?.pack === pack) return before.shown;
	const shown = lookedAt(pack, gone, tile);
	known.set(gone, those.set(tile, { pack, shown }));
	return shown;
}

function lookedAt(pack: Pack, gone: Lost, tile: Tile): Shown {
	if (Object.keys(gone).length === 0) return { tile, lacks: [], left: [] };
	const of = (id: string): readonly string[] => measureLacks(pack, gone, id);
	const by = (id: string, dimension: string): readonly string[] => groupLacks(pack, gone, pack.measures[id]?.mart ?? '', dimension);
	const sql = (mart: string, ...parts: readonly string[]): readonly string[] => blamed(knownIn(pack, gone, mart, ...parts));
	const all = (...lists: readonly (readonly string[])[]): Shown => ({ tile, lacks: merged(...lists), left: [] });
	/** Some parts may go; without any, or without what all parts need, the tile cannot be shown. */
	const some = <T>(parts: { stand: readonly T[]; lacks: readonly string[] }, made: (stand: readonly T[]) => Tile, ...needs: readonly (readonly string[])[]): Shown =>
		parts.stand.length === 0 || needs.some((lacks) => lacks.length > 0) ? all(...(needs.some((lacks) => lacks.length > 0) ? needs : [parts.lacks])) : { tile: parts.lacks.length > 0 ? made(parts.stand) : tile, lacks: [], left: parts.lacks };
	switch (tile.kind) {
		case 'kpis':
			return some(standing(tile.measures, of), (measures) => ({ ...tile, measures }));
		case 'flow':
			return all(of(tile.opened), of(tile.resolved), of(tile.stock));
		case 'groups': {
			const tested = tile.tested ?? tile.measure;
			const adjust = standing(tile.adjust ?? [], (dimension) => by(tile.measure, dimension));
			const needs = all(of(tile.measure), by(tile.measure, tile.by), of(tested), by(tested, tile.by));
			return needs.lacks.length > 0 || adjust.lacks.length === 0 ? needs : { tile: { ...tile, adjust: adjust.stand }, lacks: [], left: adjust.lacks };
		}
		case 'trend-by':
		case 'survival':
			return all(of(tile.measure), by(tile.measure, tile.by));
		case 'steps':
			return all(of(tile.measure), by(tile.measure, tile.by), sql(pack.measures[tile.measure]?.mart ?? '', tile.hours));
		case 'grid':
			return all(of(tile.measure), by(tile.measure, tile.rows), by(tile.measure, tile.columns));
		case 'matrix': {
			const kept = standing(tile.measures, (id) => merged(of(id), by(id, tile.by)));
			return some(kept, (measures) => ({ ...tile, measures }), of(tile.about), by(tile.about, tile.by));
		}
		case 'list':
			return some(standing(tile.columns, ({ column }) => gone[tile.mart]?.[column] ?? []), (columns) => ({ ...tile, columns }), sql(tile.mart, ...(tile.where === undefined ? [] : [tile.where])));
		case 'drivers': {
			const kept = standing(tile.drivers, (dimension) => groupLacks(pack, gone, tile.mart, dimension));
			const strata = standing(tile.strata, (dimension) => groupLacks(pack, gone, tile.mart, dimension));
			return some({ stand: kept.stand, lacks: merged(kept.lacks, strata.lacks) }, (drivers) => ({ ...tile, drivers, strata: strata.stand }), sql(tile.mart, tile.start, tile.end));
		}
		case 'changes': {
			const steps = standing(tile.steps, ({ start, end }) => merged(sql(tile.mart, start), sql(tile.mart, end)));
			const groups = standing(tile.by, (dimension) => groupLacks(pack, gone, tile.mart, dimension));
			if (groups.stand.length === 0) return all(groups.lacks);
			return some({ stand: steps.stand, lacks: merged(steps.lacks, groups.lacks) }, (stand) => ({ ...tile, steps: stand, by: groups.stand, says: groups.lacks.length > 0 ? { ...tile.says, none: lacking.noStep(groups.stand.map((dimension) => (pack.dimensions[dimension]?.label ?? dimension).toLowerCase())) } : tile.says }));
		}
		case 'landmark':
			return all(sql(tile.mart, tile.start, tile.end), sql(tile.mart, tile.exposed));
		case 'funnel': {
			const lacks = (stage: (typeof tile.stages)[number]): readonly string[] => merged(sql(tile.mart, stage.reached), stage.needed === undefined ? [] : sql(tile.mart, stage.needed));
			const stages = standing(tile.stages, lacks);
			return stages.stand.length < 2 ? all(stages.lacks) : some(stages, (stand) => ({ ...tile, stages: stand }));
		}
		case 'panel': {
			const { mart, columns } = panelNeeds(tile);
			return all(sql(mart), ...columns.map((column) => gone[mart]?.[column] ?? []));
		}
		case 'insights':
		case 'actions':
			return { tile, lacks: [], left: [] };
	}
}
