import { toMs } from '../lib/dates.ts';
import { instantText, listText } from '../lib/format.ts';
import { texts } from '../lib/texts/index.ts';
import { filterLabel, valueLabel } from '../metrics/labels.ts';
import type { Filters } from '../metrics/request.ts';
import type { Pack } from '../pack/types.ts';
import type { AppState } from '../state/location.ts';
import { rangeText } from './filter-words.ts';

const t = texts.keep;
const most = 3;

function chosen(pack: Pack, dimension: string, values: readonly (string | null)[]): string {
	const named = values.slice(0, most).map((value) => valueLabel(pack, dimension, value));
	const said = values.length > most ? t.andMore(named.join(', '), values.length - most) : listText(named);
	return pack.dimensions[dimension]?.speaksForItself ? said : `${filterLabel(pack, dimension)}: ${said}`;
}

/** One phrase for each dimension that filters. */
export function filtersInWords(pack: Pack, filters: Filters): string[] {
	return Object.entries(filters).flatMap(([dimension, values]) => (values.length > 0 ? [chosen(pack, dimension, values)] : []));
}

/** A page's name, whether it is a view of the pack or one that every pack has. */
export function pageName(pack: Pack, view: string): string {
	const pages: Readonly<Record<string, string>> = { ...t.pages, measures: texts.measures.page };
	return pack.views.find((each) => each.id === view)?.label ?? pages[view] ?? view;
}

/** The state in a few words: what a bookmark of it is called until somebody says otherwise. */
export function inWords(pack: Pack, state: Pick<AppState, 'view' | 'filters' | 'range' | 'asOf' | 'measure'>): string {
	const dates = rangeText(state.range);
	const measure = state.view === 'measures' && state.measure !== null ? pack.measures[state.measure]?.label : undefined;
	return [pageName(pack, state.view), ...(measure === undefined ? [] : [measure]), ...filtersInWords(pack, state.filters), ...(dates === null ? [] : [dates]), ...(state.asOf === null ? [] : [t.asOf(instantText(toMs(state.asOf)))])].join(' · ');
}
