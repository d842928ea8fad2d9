import { isDay, isInstant } from '../lib/dates.ts';
import type { Pack } from '../pack/types.ts';
import type { Compare } from '../metrics/periods.ts';
import type { DateRange, Filters } from '../metrics/request.ts';

/** Everything that decides what is on screen. Two pages with the same state show the same numbers. */
export interface AppState {
	pack: string;
	view: string;
	source: { kind: 'demo'; seed: number; size: string; scenario: string } | { kind: 'files' };
	/** Null: the latest timestamp in the data. */
	asOf: string | null;
	range: DateRange;
	filters: Filters;
	/** Which tile's marks chose the filter of a dimension: that tile keeps all its marks and lights the chosen ones. */
	picked: Readonly<Record<string, string>>;
	compare: Compare;
	/** The case whose timeline is open. */
	open: string | null;
}

export const defaultSeed = 42;
const version = '1';
const missing = '(none)';
const compares: readonly Compare[] = ['previous', 'year', 'none'];

export function defaultState(packs: Readonly<Record<string, Pack>>): AppState {
	const pack = Object.values(packs)[0];
	if (!pack) throw new RangeError('no pack is installed');
	return {
		pack: pack.id,
		view: pack.views[0]?.id ?? '',
		source: { kind: 'demo', seed: defaultSeed, size: pack.defaultSize, scenario: Object.keys(pack.scenarios)[0] ?? '' },
		asOf: null,
		range: {},
		filters: {},
		picked: {},
		compare: 'previous',
		open: null,
	};
}

/** The query string that says how the state differs from the defaults; empty when it does not. */
export function toQuery(state: AppState, packs: Readonly<Record<string, Pack>>): string {
	const normal = defaultState(packs);
	const pack = packs[state.pack];
	const query: [string, string][] = [];
	const say = (name: string, value: string | number | null | undefined, usual: string | number | null | undefined): void => {
		if (value !== usual && value !== null && value !== undefined) query.push([name, String(value)]);
	};
	say('pack', state.pack, normal.pack);
	say('view', state.view, pack?.views[0]?.id);
	if (state.source.kind === 'files') query.push(['data', 'files']);
	else {
		say('seed', state.source.seed, defaultSeed);
		say('size', state.source.size, pack?.defaultSize);
		say('scenario', state.source.scenario, Object.keys(pack?.scenarios ?? {})[0]);
	}
	say('asof', state.asOf, null);
	say('from', state.range.from, undefined);
	say('to', state.range.to, undefined);
	for (const dimension of Object.keys(state.filters).sort()) {
		const values = state.filters[dimension] ?? [];
		if (values.length > 0) query.push([`f.${dimension}`, values.map((value) => (value === null ? missing : value.replace(/[%,]/g, encodeURIComponent))).sort().join(',')]);
	}
	for (const [dimension, tile] of Object.entries(state.picked).sort()) if ((state.filters[dimension] ?? []).length > 0) query.push([`p.${dimension}`, tile]);
	say('compare', state.compare, normal.compare);
	say('case', state.open, null);
	if (query.length === 0) return '';
	return `?${[['v', version], ...query].map(([name, value]) => `${name ?? ''}=${encodeURIComponent(value ?? '').replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%28', '(').replaceAll('%29', ')')}`).join('&')}`;
}

/** Undefined for text that is no encoding of anything. */
function decoded(value: string): string | null | undefined {
	if (value === missing) return null;
	try {
		return decodeURIComponent(value);
	} catch {
		return undefined;
	}
}

/** Reads a query string; what is unknown or malformed falls back to its default and is named in `ignored`. */
export function fromQuery(search: string, packs: Readonly<Record<string, Pack>>): { state: AppState; ignored: string[] } {
	const query = new URLSearchParams(search);
	const normal = defaultState(packs);
	const ignored: string[] = [];
	const take = <T>(name: string, read: (text: string) => T | undefined, usual: T): T => {
		const text = query.get(name);
		if (text === null) return usual;
		const value = read(text);
		if (value === undefined) ignored.push(`${name}=${text}`);
		return value ?? usual;
	};
	const among = (allowed: readonly string[]) => (text: string): string | undefined => (allowed.includes(text) ? text : undefined);
	const pack = take('pack', (text) => (Object.hasOwn(packs, text) ? packs[text] : undefined), packs[normal.pack]);
	if (!pack) return { state: normal, ignored };
	const day = (text: string): string | undefined => (isDay(text) ? text : undefined);
	const source: AppState['source'] =
		query.get('data') === 'files'
			? { kind: 'files' }
			: {
					kind: 'demo',
					seed: take('seed', (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined), defaultSeed),
					size: take('size', among(pack.sizes), pack.defaultSize),
					scenario: take('scenario', among(Object.keys(pack.scenarios)), Object.keys(pack.scenarios)[0] ?? ''),
				};
	const filters: Record<string, (string | null)[]> = {};
	for (const [name, text] of query) {
		if (!name.startsWith('f.')) continue;
		const dimension = name.slice(2);
		const values = Object.hasOwn(pack.dimensions, dimension) ? text.split(',').map(decoded) : [undefined];
		if (values.includes(undefined)) ignored.push(`${name}=${text}`);
		else filters[dimension] = values.filter((value) => value !== undefined);
	}
	const tiles = pack.views.flatMap((view) => view.tiles.map((tile) => tile.id));
	const picked: Record<string, string> = {};
	for (const [name, tile] of query) {
		if (name.startsWith('p.') && filters[name.slice(2)] && tiles.includes(tile)) picked[name.slice(2)] = tile;
	}
	const range: DateRange = {};
	const [from, to] = [take('from', day, ''), take('to', day, '')];
	if (from !== '') range.from = from;
	if (to !== '') range.to = to;
	return {
		state: {
			pack: pack.id,
			view: take('view', among([...pack.views.map((view) => view.id), 'data']), pack.views[0]?.id ?? ''),
			source,
			asOf: take('asof', (text) => (isInstant(text) ? text : undefined), null),
			range,
			filters,
			picked,
			compare: take('compare', (text) => compares.find((each) => each === text), normal.compare),
			open: query.get('case'),
		},
		ignored,
	};
}
