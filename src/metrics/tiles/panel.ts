import { countText } from '../../lib/format.ts';
import { identifier, martCalled, relationOf } from '../relation.ts';
import type { ResultRow } from '../finish.ts';
import type { Context } from '../request.ts';
import type { Finding, Plan, TileOf } from './plan.ts';
import { fill, noRows, someOf } from './says.ts';

export interface CaseloadOptions {
	mart: string;
	name: string;
	team: string;
	active: string;
	capacity: string;
	weighted: string;
	stale: string;
	mix: readonly string[];
	mixLabels: readonly string[];
	claim: string;
	calm: string;
}

/** Without one of these columns it says nothing that is true. */
export function panelNeeds(tile: TileOf<'panel'>): { mart: string; columns: readonly string[] } {
	const { mart, name, active, capacity } = tile.options as unknown as CaseloadOptions;
	return { mart, columns: [name, active, capacity] };
}

export interface Load {
	name: string;
	team: string | null;
	active: number;
	capacity: number | null;
	weighted: number;
	stale: number;
	mix: number[];
	utilisation: number | null;
	/** Cases that could still be taken; negative when overloaded. */
	room: number | null;
}

export interface PanelResult {
	kind: 'panel';
	loads: Load[];
	finding: Finding;
}

/**
 * People, what they carry and what they can carry. Placeholders: {overloaded} named, {roomy} how many have room, {room} for how many.
 * Over capacity is a count against a limit, not a comparison of samples: it needs no test.
 */
export function panelPlan(context: Context, tile: TileOf<'panel'>): Plan<PanelResult> {
	const options = tile.options as unknown as CaseloadOptions;
	const relation = relationOf(context, options.mart);
	const mart = martCalled(context.pack, options.mart);
	const columns = [options.name, options.team, options.active, options.capacity, options.weighted, options.stale, ...options.mix];
	return {
		statements: [`select ${columns.map((column, i) => `${identifier(column)} as c${String(i)}`).join(', ')} from ${relation.name} order by ${identifier(options.active)}::double / nullif(${identifier(options.capacity)}, 0) desc nulls last, ${identifier(mart.key[0] ?? options.name)}`],
		selections: relation.selection ? [relation.selection] : [],
		read: ([rows = []]) => {
			const loads = rows.map((row) => loadOf(row, options.mix.length));
			const over = loads.filter((load) => (load.room ?? 0) < 0);
			const roomy = loads.filter((load) => (load.room ?? 0) > 0);
			const words = { overloaded: someOf(over.map((load) => load.name), 5), roomy: countText(roomy.length), room: countText(roomy.reduce((sum, load) => sum + (load.room ?? 0), 0)) };
			return { kind: 'panel', loads, finding: loads.length === 0 ? noRows() : { text: fill(over.length > 0 ? options.claim : options.calm, words), claim: over.length > 0, words, named: over.map((load) => load.name) } };
		},
	};
}

function loadOf(row: ResultRow, mixed: number): Load {
	const active = Number(row.c2 ?? 0);
	const capacity = row.c3 === null || Number(row.c3) <= 0 ? null : Number(row.c3);
	return {
		name: typeof row.c0 === 'string' ? row.c0 : 'Unnamed',
		team: typeof row.c1 === 'string' ? row.c1 : null,
		active,
		capacity,
		weighted: Number(row.c4 ?? 0),
		stale: Number(row.c5 ?? 0),
		mix: Array.from({ length: mixed }, (_, i) => Number(row[`c${String(6 + i)}`] ?? 0)),
		utilisation: capacity === null ? null : active / capacity,
		room: capacity === null ? null : capacity - active,
	};
}
