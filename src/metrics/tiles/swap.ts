import type { Measure, Pack, Says, Tile } from '../../pack/types.ts';

/** Kinds whose groups `finish` tests each against the rest. */
const tested: readonly Measure['kind'][] = ['share', 'mean', 'quantile', 'survival'];

/** Sentences that hold for any measure; the pack's own are about the tile's own. */
function saysOf({ label, kind }: Measure): Says {
	const none = tested.includes(kind) ? `${label}: {all} over all; nothing stands out beyond noise` : `${label}: {all} over all; differences between the parts are not tested`;
	return { claim: `${label}: {groups} stand out with {value}, over all it is {all}`, better: `${label}: {groups} stand out with {value}, over all it is {all}`, none };
}

/** The measures that a tile can show in place of its own, its own among them; none where a tile is bound to one. */
export function swappable(pack: Pack, tile: Tile): string[] {
	if (tile.kind !== 'groups' && tile.kind !== 'grid' && tile.kind !== 'trend-by') return [];
	if (tile.kind === 'groups' && (tile.chart === 'funnel-plot' || tile.adjust !== undefined)) return [];
	const by = tile.kind === 'grid' ? [tile.rows, tile.columns] : [tile.by];
	return Object.entries(pack.measures).flatMap(([id, measure]) => {
		const dimensions = pack.marts[measure.mart]?.dimensions ?? [];
		if (tile.kind === 'trend-by' && measure.kind !== 'mean') return [];
		return by.every((dimension) => dimensions.includes(dimension)) ? [id] : [];
	});
}

/** The tile with another measure. Its title, sentences, axis and note then name the measure, since its own speak of what it showed. */
export function swapped(pack: Pack, tile: Tile, id: string): Tile {
	const measure = pack.measures[id];
	if (!measure || !swappable(pack, tile).includes(id)) return tile;
	const says = saysOf(measure);
	const note = measure.definition;
	const axis = `${measure.label.toLowerCase()}${measure.unit === '' ? '' : `, ${measure.unit}`} →`;
	const name = (dimension: string): string => (pack.dimensions[dimension]?.label ?? dimension).toLowerCase();
	const titled = (...by: readonly string[]): string => `${measure.label}, by ${by.map(name).join(' and ')}`;
	switch (tile.kind) {
		case 'groups': {
			if (id === tile.measure) return tile;
			const { tested: _, ...rest } = tile;
			return { ...rest, measure: id, title: titled(tile.by), says, note, axis, chart: measure.kind === 'count' || measure.kind === 'balance' || measure.kind === 'sum' ? 'bars' : 'dots' };
		}
		case 'grid':
			return id === tile.measure ? tile : { ...tile, measure: id, title: titled(tile.rows, tile.columns), says: { claim: `${measure.label}: {row}, {column} stands out with {value}, over all it is {all}`, none: says.none }, note };
		case 'trend-by':
			return id === tile.measure ? tile : { ...tile, measure: id, title: titled(tile.by), says: { claim: `${measure.label}: {size} {direction} with each step ({lo} to {hi})`, none: `${measure.label}: no slope beyond noise` }, note };
		default:
			return tile;
	}
}
