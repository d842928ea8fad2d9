import type { Lacks } from '../../engine/api.ts';
import { unfedName, type Unfed } from '../../import/map/unfed.ts';
import { lacking } from '../../lib/texts/lacking.ts';
import { measureLacks, shownOf } from '../../metrics/lacking.ts';
import type { Pack } from '../../pack/types.ts';

export interface Missing {
	name: string;
	about: string;
	/** Tiles and cards of which nothing, or not all, can be known without it. */
	tiles: readonly string[];
}

function needing(pack: Pack, lost: Lacks, name: string): string[] {
	return pack.views.flatMap(({ label, tiles }) =>
		tiles.flatMap((tile): string[] => {
			const { lacks, left } = shownOf(pack, lost, tile);
			if (![...lacks, ...left].includes(name)) return [];
			if (tile.kind !== 'kpis') return [lacking.tile(label, tile.title)];
			return tile.measures.filter((id) => measureLacks(pack, lost, id).includes(name)).map((id) => lacking.tile(label, pack.measures[id]?.label ?? id));
		}),
	);
}

/** Each column (or whole table) that a recipe gives nothing for, with the tiles that will say so. */
export function missingOf(pack: Pack, unfed: readonly Unfed[], lost: Lacks): Missing[] {
	return unfed.map((one) => {
		const table = pack.raw[one.table];
		const about = one.column === null ? (table?.grain ?? '') : (table?.columns[one.column]?.about ?? '');
		return { name: one.column === null ? lacking.whole(one.table) : `${one.table}.${one.column}`, about, tiles: needing(pack, lost, unfedName(one)) };
	});
}
