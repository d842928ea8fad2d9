import { addMonths, shiftInstant } from '../../lib/dates.ts';
import { texts } from '../../lib/texts/index.ts';
import type { Named } from '../../lib/rank.ts';
import { dateName, filterLabel, inOrder, timed, valueLabel } from '../../metrics/labels.ts';
import { presetsAt } from '../../metrics/presets.ts';
import { grains } from '../../state/location.ts';
import type { Session } from '../../state/session.svelte.ts';
import { formatsOf, type ExportFormat } from '../export/formats.ts';
import { pageName } from '../in-words.ts';
import { pageOrder } from '../keys.ts';

export type CommandGroup = keyof typeof texts.palette.groups;

export interface Command extends Named {
	/** Unique: the group, a colon, and what is reached. */
	id: string;
	group: CommandGroup;
	/** Said beside the label. */
	hint?: string | undefined;
	run: () => unknown;
}

/** What only a page on a screen can do. */
export interface Doors {
	/** Scrolls to a tile of a view. */
	reveal: (view: string, tile: string) => unknown;
	/** Saves or copies the numbers of a tile of the view in front. */
	take: (tile: string, format: ExportFormat) => unknown;
	/** Opens the menu of bookmarks and notes. */
	keep: () => void;
	/** Copies a link to what is on screen. */
	link: () => unknown;
	saveKept: () => void;
	print: () => void;
	theme: () => void;
	shortcuts: () => void;
	present: () => void;
	undo: () => void;
	redo: () => void;
}

const t = texts.palette;
const say = texts.filters;

function command(group: CommandGroup, id: string, label: string, run: () => unknown, hint?: string, keywords = ''): Command {
	return { id: `${group}:${id}`, group, label, keywords: `${t.groups[group]} ${t.words[group]} ${keywords} ${hint ?? ''}`, hint, run };
}

function places(session: Session, doors: Doors): Command[] {
	const { pack, state } = session;
	const here = (view: string): string | undefined => (state.view === view ? texts.keep.here : undefined);
	return [
		...pack.views.map((view) => command('view', view.id, view.label, () => session.setView(view.id), here(view.id), view.question)),
		...pageOrder.map((page) => command('view', page, pageName(pack, page), () => session.setView(page), here(page))),
		...pack.views.flatMap((view) => view.tiles.map((tile) => command('tile', tile.id, tile.title, () => doors.reveal(view.id, tile.id), view.label))),
		...Object.entries(pack.measures).map(([id, measure]) => command('measure', id, measure.label, () => session.showMeasure(id), undefined, `${id.replaceAll('_', ' ')} ${measure.definition}`)),
	];
}

function filters(session: Session): Command[] {
	const { pack, dataset, state } = session;
	const slicers = Object.keys(pack.dimensions).filter((id) => pack.dimensions[id]?.slicer);
	const others = Object.keys(dataset?.values ?? {}).filter((id) => !slicers.includes(id) && pack.dimensions[id]);
	return [
		...[...slicers, ...others].flatMap((dimension) => {
			const chosen = state.filters[dimension] ?? [];
			const values = inOrder(pack, dimension, (dataset?.values[dimension] ?? []).map(({ value }) => ({ keys: [value] })));
			return values.map(({ keys: [value = null] }) => {
				const on = chosen.includes(value);
				return command('filter', `${dimension}=${JSON.stringify(value)}`, `${filterLabel(pack, dimension)}: ${valueLabel(pack, dimension, value)}`, () => session.setFilter(dimension, on ? chosen.filter((each) => each !== value) : [...chosen, value]), on ? t.letGo : undefined, value ?? '');
			});
		}),
		command('filter', 'reset', t.reset, () => session.reset()),
	];
}

function times(session: Session): Command[] {
	const { dataset, state, lastDay } = session;
	if (!dataset || !timed(session.pack)) return [];
	const { asOf } = dataset;
	const to = (id: string, label: string, instant: string | null): Command => command('asof', id, label, () => session.asOf(instant).catch(() => undefined));
	const month = (sign: number): string => `${addMonths(asOf.slice(0, 10), sign)}${asOf.slice(10)}`;
	return [
		...presetsAt(lastDay).map(([id, range]) => command('date', id, `${dateName(session.pack)}: ${say.presets[id]}`, () => session.setRange(range), state.range.from === range.from && state.range.to === range.to ? t.inForce : undefined)),
		to('latest', t.latest, null),
		to('day-back', t.back.day, shiftInstant(asOf, -1)),
		to('week-back', t.back.week, shiftInstant(asOf, -7)),
		to('month-back', t.back.month, month(-1)),
		to('day-on', t.forward.day, shiftInstant(asOf, 1)),
		to('week-on', t.forward.week, shiftInstant(asOf, 7)),
		to('month-on', t.forward.month, month(1)),
	];
}

function readings(session: Session): Command[] {
	const { state } = session;
	const isTimed = timed(session.pack);
	const on = (holds: boolean): string | undefined => (holds ? t.inForce : undefined);
	return [
		...(isTimed ? (['previous', 'year', 'none'] as const) : []).map((compare) => command('compare', compare, `${say.change} ${say.against[compare]}`, () => session.setCompare(compare), on(state.compare === compare))),
		...(Object.keys(state.filters).length > 0 ? [command('compare', 'segment', t.segment, () => session.compareFilters())] : []),
		...(isTimed ? [command('grain', 'auto', `${say.periods} ${say.byLength}`, () => session.setGrain(null), on(state.grain === null)),
		...grains.map((grain) => command('grain', grain, `${say.periods} ${say.byGrain[grain]}`, () => session.setGrain(grain), on(state.grain === grain)))] : []),
	];
}

function data(session: Session): Command[] {
	const { pack, packs, state } = session;
	const open = (request: Parameters<Session['open']>[0]) => () => session.open(request).catch(() => undefined);
	const now = state.source.kind === 'demo' ? state.source : null;
	return [
		...packs.filter((each) => each.id !== state.pack).map((each) => command('data', `pack-${each.id}`, t.pack(each.label), open({ pack: each.id }), undefined, each.about)),
		...Object.entries(pack.scenarios).map(([scenario, label]) => command('data', `scenario-${scenario}`, t.scenario(label), open({ scenario }), now?.scenario === scenario ? t.inForce : undefined)),
		...pack.sizes.map((size) => command('data', `size-${size}`, t.size(size), open({ size }), now?.size === size ? t.inForce : undefined)),
	];
}

function exports({ view, answers }: Session, doors: Doors): Command[] {
	return (view?.tiles ?? []).flatMap((tile) => {
		const result = answers.byId[tile.id];
		return result ? formatsOf(tile, result).map((format) => command('export', `${tile.id}.${format}`, `${texts.exporting.formats[format]}: ${tile.title}`, () => doors.take(tile.id, format))) : [];
	});
}

function rest(session: Session, doors: Doors): Command[] {
	return [
		...session.kept.bookmarks.map(({ name, query, note }) => command('bookmark', name, name, () => session.go(query), undefined, note)),
		command('bookmark', '', t.menu, doors.keep),
		command('export', 'link', texts.same.copy, doors.link, undefined, texts.same.words),
		...(session.state.source.kind === 'files' && session.workspaces.before(session.state.source.print) ? [command('page', 'undo-adding', texts.source.undoAdding, () => session.undoAdding())] : []),
		command('export', 'print', texts.exporting.print, doors.print),
		command('export', 'kept', t.saveKept, doors.saveKept),
		command('page', 'present', t.present, doors.present),
		command('page', 'shortcuts', t.shortcuts, doors.shortcuts),
		command('page', 'theme', t.theme, doors.theme, undefined, 'dark light colour'),
		command('page', 'undo', t.undo, doors.undo, undefined, 'back'),
		command('page', 'redo', t.redo, doors.redo, undefined, 'forward'),
	];
}

/** Everything that the page can be asked to do, in the order in which it is listed; each thing once. */
export function commandsOf(session: Session, doors: Doors): Command[] {
	return [...places(session, doors), ...filters(session), ...times(session), ...readings(session), ...data(session), ...rest(session, doors), ...exports(session, doors)];
}
