import { isDay, isInstant } from '../lib/dates.ts';
import type { Better, Format, Grain, Pack } from '../pack/types.ts';
import type { Compare } from '../metrics/periods.ts';
import type { DateRange, Filters } from '../metrics/request.ts';
import { readFilters, writeFilters } from './location-filters.ts';

/** A measure that a reader made: an aggregate expression over one mart. */
export interface OwnMeasure {
	label: string;
	mart: string;
	expr: string;
	format: Format;
	better: Better;
}

export interface Sort {
	column: string;
	down: boolean;
}

/** Everything that decides what is on screen. Two pages with the same state show the same numbers. */
export interface AppState {
	pack: string;
	view: string;
	/** Files are named by what is in them, so that a link finds them again only on a device that has them open. */
	source: { kind: 'demo'; seed: number; size: string; scenario: string } | { kind: 'files'; print: string };
	/** Null: the latest timestamp in the data. */
	asOf: string | null;
	range: DateRange;
	/** Null: chosen by the length of the range. */
	grain: Grain | null;
	filters: Filters;
	/** Which tile's marks chose the filter of a dimension: that tile keeps all its marks and lights the chosen ones. */
	picked: Readonly<Record<string, string>>;
	compare: Compare;
	/** What is set against all the rest, where the comparison is by segment. */
	segment: Filters;
	/** How a tile's list is sorted, where the reader chose. */
	sorts: Readonly<Record<string, Sort>>;
	/** The measure that a tile shows in place of its own. */
	swaps: Readonly<Record<string, string>>;
	/** Measures that the reader made and the page uses, by id (`own_…`). */
	own: Readonly<Record<string, OwnMeasure>>;
	/** The case whose timeline is open. */
	open: string | null;
	/** The entry of the catalogue in front. */
	measure: string | null;
}

/** Pages that every pack has beside its views. */
export const pages = ['data', 'measures'] as const;

export const defaultSeed = 42;
const version = '1';
const compares: readonly Compare[] = ['previous', 'year', 'segment', 'none'];
export const grains: readonly Grain[] = ['day', 'week', 'month', 'quarter'];
const formats: readonly Format[] = ['integer', 'decimal', 'percent', 'hours', 'days', 'score'];
const betters: readonly Better[] = ['higher', 'lower', 'neither'];

export function defaultState(packs: Readonly<Record<string, Pack>>): AppState {
	const pack = Object.values(packs)[0];
	if (!pack) throw new RangeError('no pack is installed');
	return {
		pack: pack.id,
		view: pack.views[0]?.id ?? '',
		source: { kind: 'demo', seed: defaultSeed, size: pack.defaultSize, scenario: Object.keys(pack.scenarios)[0] ?? '' },
		asOf: null,
		range: {},
		grain: null,
		filters: {},
		picked: {},
		compare: 'previous',
		segment: {},
		sorts: {},
		swaps: {},
		own: {},
		open: null,
		measure: null,
	};
}

/** Parts of one entry, joined by `|`; a bar or a percent sign inside is escaped. */
const joined = (parts: readonly string[]): string => parts.map((part) => part.replace(/[%|]/g, encodeURIComponent)).join('|');

function parted(text: string, count: number): string[] | undefined {
	const parts = text.split('|');
	if (parts.length !== count) return undefined;
	try {
		return parts.map(decodeURIComponent);
	} catch {
		return undefined;
	}
}

function ownMeasure(text: string, pack: Pack): OwnMeasure | undefined {
	const [label, mart, formatted, bettered, expr] = parted(text, 5) ?? [];
	const format = formats.find((each) => each === formatted);
	const better = betters.find((each) => each === bettered);
	if (!label || !expr || !format || !better || mart === undefined || !Object.hasOwn(pack.marts, mart)) return undefined;
	return { label, mart, format, better, expr };
}

/** The query string that says how the state differs from the defaults; empty when it does not. */
export function toQuery(state: AppState, packs: Readonly<Record<string, Pack>>): string {
	const normal = defaultState(packs);
	const pack = packs[state.pack];
	const query: (readonly [string, string])[] = [];
	const say = (name: string, value: string | number | null | undefined, usual: string | number | null | undefined): void => {
		if (value !== usual && value !== null && value !== undefined) query.push([name, String(value)]);
	};
	say('pack', state.pack, normal.pack);
	say('view', state.view, pack?.views[0]?.id);
	if (state.source.kind === 'files') query.push(['data', state.source.print === '' ? 'files' : `files-${state.source.print}`]);
	else {
		say('seed', state.source.seed, defaultSeed);
		say('size', state.source.size, pack?.defaultSize);
		say('scenario', state.source.scenario, Object.keys(pack?.scenarios ?? {})[0]);
	}
	say('asof', state.asOf, null);
	say('from', state.range.from, undefined);
	say('to', state.range.to, undefined);
	say('grain', state.grain, null);
	query.push(...writeFilters('f', state.filters));
	// In the order in which they were chosen: Esc lets go of the last.
	for (const [dimension, tile] of Object.entries(state.picked)) if ((state.filters[dimension] ?? []).length > 0) query.push([`p.${dimension}`, tile]);
	say('compare', state.compare, normal.compare);
	if (state.compare === 'segment') query.push(...writeFilters('c', state.segment));
	for (const [tile, { column, down }] of Object.entries(state.sorts).sort()) query.push([`s.${tile}`, `${down ? '-' : ''}${column}`]);
	for (const [tile, measure] of Object.entries(state.swaps).sort()) query.push([`m.${tile}`, measure]);
	for (const [id, { label, mart, format, better, expr }] of Object.entries(state.own).sort()) query.push([`o.${id}`, joined([label, mart, format, better, expr])]);
	say('case', state.open, null);
	if (state.view === 'measures') say('measure', state.measure, null);
	if (query.length === 0) return '';
	const plainly: Readonly<Record<string, string>> = { '%2C': ',', '%3A': ':', '%28': '(', '%29': ')', '%7C': '|', '%20': '+', '%2F': '/', '%3D': '=' };
	return `?${[['v', version] as const, ...query].map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(2C|3A|28|29|7C|20|2F|3D)/g, (code) => plainly[code] ?? code)}`).join('&')}`;
}

function sourceOf(query: URLSearchParams, pack: Pack, take: <T>(name: string, read: (text: string) => T | undefined, usual: T) => T): AppState['source'] {
	const files = /^files(?:-([0-9a-z]+))?$/.exec(query.get('data') ?? '');
	if (files) return { kind: 'files', print: files[1] ?? '' };
	return {
		kind: 'demo',
		seed: take('seed', (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined), defaultSeed),
		size: take('size', among(pack.sizes), pack.defaultSize),
		scenario: take('scenario', among(Object.keys(pack.scenarios)), Object.keys(pack.scenarios)[0] ?? ''),
	};
}

const among = (allowed: readonly string[]) => (text: string): string | undefined => (allowed.includes(text) ? text : undefined);

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
	const pack = take('pack', (text) => (Object.hasOwn(packs, text) ? packs[text] : undefined), packs[normal.pack]);
	if (!pack) return { state: normal, ignored };
	const day = (text: string): string | undefined => (isDay(text) ? text : undefined);
	const source = sourceOf(query, pack, take);
	const prefixed = <T>(prefix: string, read: (name: string, text: string) => T | undefined): Record<string, T> => {
		const found: Record<string, T> = {};
		for (const [name, text] of query) {
			if (!name.startsWith(`${prefix}.`)) continue;
			const value = read(name.slice(prefix.length + 1), text);
			if (value === undefined) ignored.push(`${name}=${text}`);
			else found[name.slice(prefix.length + 1)] = value;
		}
		return found;
	};
	const filters = prefixed('f', (dimension, text) => readFilters(pack, dimension, text));
	const tiles = pack.views.flatMap((view) => view.tiles.map((tile) => tile.id));
	const own = prefixed('o', (id, text) => (/^own_\w+$/.test(id) ? ownMeasure(text, pack) : undefined));
	const range: DateRange = {};
	const [from, to] = [take('from', day, ''), take('to', day, '')];
	if (from !== '') range.from = from;
	if (to !== '') range.to = to;
	const segment = prefixed('c', (dimension, text) => readFilters(pack, dimension, text));
	const compare = take('compare', (text) => compares.find((each) => each === text), normal.compare);
	return {
		state: {
			pack: pack.id,
			view: take('view', among([...pack.views.map((view) => view.id), ...pages]), pack.views[0]?.id ?? ''),
			source,
			asOf: take('asof', (text) => (isInstant(text) ? text : undefined), null),
			range,
			grain: take<Grain | null>('grain', (text) => grains.find((each) => each === text), null),
			filters,
			picked: Object.fromEntries([...query].flatMap(([name, tile]) => (name.startsWith('p.') && filters[name.slice(2)] && tiles.includes(tile) ? [[name.slice(2), tile]] : []))),
			compare: compare === 'segment' && Object.keys(segment).length === 0 ? normal.compare : compare,
			segment: compare === 'segment' ? segment : {},
			sorts: prefixed('s', (tile, text) => (tiles.includes(tile) && /^-?\w+$/.test(text) ? { column: text.replace(/^-/, ''), down: text.startsWith('-') } : undefined)),
			swaps: prefixed('m', (tile, text) => (tiles.includes(tile) && (Object.hasOwn(pack.measures, text) || Object.hasOwn(own, text)) ? text : undefined)),
			own,
			open: query.get('case'),
			// A measure that the reader made may be kept on this device alone.
			measure: take('measure', (text) => (Object.hasOwn(pack.measures, text) || /^own_\w+$/.test(text) ? text : undefined), null),
		},
		ignored,
	};
}
