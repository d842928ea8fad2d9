import type { Filters } from '../metrics/request.ts';
import type { AppState, OwnMeasure, Sort } from './location.ts';

/** What a reader does, as the state after it. Nothing here asks or shows anything. */

const without = <T>(things: Readonly<Record<string, T>>, gone: (name: string, thing: T) => boolean): Record<string, T> => Object.fromEntries(Object.entries(things).filter(([name, thing]) => !gone(name, thing)));

/** Other data has other days and values: what was chosen among the old ones is let go. */
export function emptied(state: AppState): AppState {
	return { ...state, asOf: null, range: {}, filters: {}, picked: {}, segment: {}, compare: state.compare === 'segment' ? 'previous' : state.compare, open: null };
}

/** Dimensions without a value are not filtered, and no mark has chosen them. */
export function filtered(state: AppState, filters: Filters, picked: AppState['picked'] = state.picked): AppState {
	const set = without(filters, (_, values) => values.length === 0);
	return { ...state, filters: set, picked: without(picked, (dimension) => !(dimension in set)) };
}

/** A mark was chosen: it alone, or with `add` beside those chosen before; chosen again it is let go. */
export function marked(state: AppState, tile: string, keys: Readonly<Record<string, string | null>>, add: boolean): AppState {
	const filters = { ...state.filters };
	const picked = { ...state.picked };
	const chosen = Object.entries(keys).every(([dimension, value]) => (filters[dimension] ?? []).includes(value));
	for (const [dimension, value] of Object.entries(keys)) {
		delete picked[dimension];
		picked[dimension] = tile;
		const others = (filters[dimension] ?? []).filter((each) => each !== value);
		filters[dimension] = chosen ? others : add ? [...others, value] : [value];
	}
	return filtered(state, filters, picked);
}

export const unfiltered = (state: AppState): AppState => ({ ...state, filters: {}, picked: {}, range: {} });

/** The filters in force become the part that is set against all the rest. */
export const apart = (state: AppState): AppState => ({ ...state, compare: 'segment', segment: state.filters, filters: {}, picked: {} });

/** Null: the order in which the tile lists its rows by itself. */
export function sorted(state: AppState, tile: string, sort: Sort | null): AppState {
	const others = without(state.sorts, (name) => name === tile);
	return { ...state, sorts: sort ? { ...others, [tile]: sort } : others };
}

/** Another measure in a tile; null: its own again. */
export function swappedIn(state: AppState, tile: string, measure: string | null): AppState {
	const others = without(state.swaps, (name) => name === tile);
	return { ...state, swaps: measure === null ? others : { ...others, [tile]: measure } };
}

/** With the reader's measures that it uses, and those that only the address holds; what a device keeps and nothing uses stays out. */
export function carrying(state: AppState, kept: Readonly<Record<string, OwnMeasure>>): AppState {
	const used = [...Object.values(state.swaps), ...(state.view === 'measures' ? [state.measure] : [])];
	return { ...state, own: without({ ...kept, ...state.own }, (id) => !used.includes(id) && Object.hasOwn(kept, id)) };
}

/** A measure of the reader's under another id, wherever it stands. */
export function renamed(state: AppState, from: string, to: string): AppState {
	return {
		...state,
		swaps: Object.fromEntries(Object.entries(state.swaps).map(([tile, measure]) => [tile, measure === from ? to : measure])),
		own: without(state.own, (id) => id === from),
		measure: state.measure === from ? to : state.measure,
	};
}

/** Tiles that showed it show their own measure again. */
export function dropped(state: AppState, id: string): AppState {
	return { ...state, measure: state.measure === id ? null : state.measure, swaps: without(state.swaps, (_, measure) => measure === id), own: without(state.own, (name) => name === id) };
}
