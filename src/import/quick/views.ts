import type { Tile, View } from '../../pack/types.ts';
import { early, groupsOf, type Group } from './groups.ts';
import { events, type Layout } from './layout.ts';
import { spanIds, type Told } from './measures.ts';
import { alongSteps, curves, drivers, flow, grid, grouped, keyNumbers, list, matrix, steps } from './tiles.ts';

const mostCards = 8;
const mostColumns = 8;
const noGroups = 'No column makes groups, so there is nothing to compare.';
const nothingMeasured = 'Nothing is measured here in which groups could differ; they are counted on the other pages.';

const testing = new Set<Tile['kind']>(['groups', 'survival', 'grid', 'matrix', 'trend-by', 'drivers', 'flow']);

const there = <T>(items: readonly (T | null | undefined | false)[]): T[] => items.filter((item): item is T => item !== null && item !== undefined && item !== false);

/** Groups that say something about a measure: of its mart, and not of the columns it is made of. */
function by(layout: Layout, { measure, of }: Told): Group[] {
	const groups = groupsOf(layout, measure.mart).filter(({ id, column }) => id !== 'record__state' && id !== 'event__step' && (column === null || !of.includes(column)));
	// What is decided while something lasts says nothing of why it lasted.
	const before = measure.kind === 'survival' ? early(groups) : groups;
	return before.length > 0 ? before : groups;
}

function executive(layout: Layout, told: readonly Told[]): Tile[] {
	const { plan, main } = layout;
	const [span] = plan.spans;
	const over = span && told.find(({ id }) => id === spanIds(layout, span).over);
	const [first] = groupsOf(layout, main).filter(({ column }) => column !== null);
	const cards = told.filter(({ shown }) => shown).slice(0, mostCards);
	const [counted] = told;
	const bars = counted ? by(layout, counted).filter(({ ordered }) => !ordered).slice(0, 3) : [];
	const inMatrix = first ? told.filter(({ shown, measure, of }) => shown && measure.mart === main && !of.includes(first.column ?? '')).slice(0, mostColumns) : [];
	return there([
		keyNumbers('kpis', cards, plan.time.value === null ? 'No column says when something happened, so nothing here is over time.' : ''),
		span?.open && flow(layout, span),
		span && over && first && curves(layout, span, over, first, span.open ? 5 : 12),
		first && matrix(inMatrix, first),
		...bars.map((group) => counted && grouped(counted, group)),
	]);
}

function operations(layout: Layout, told: readonly Told[], outcome: Told | undefined): Tile[] {
	const { plan } = layout;
	const span = plan.spans.find(({ open }) => open);
	const [rows, columns] = outcome ? by(layout, outcome).filter(({ column }) => column !== null) : [];
	const [counted] = told;
	const bars = counted ? by(layout, counted).filter(({ ordered }) => !ordered).slice(3, 9) : [];
	const happened = told.find(({ measure }) => measure.kind === 'count' && measure.mart === events);
	return there([
		span && list(layout, span),
		plan.eventLog && steps(layout),
		plan.eventLog && happened && groupsOf(layout, events).slice(0, 1).map((group) => grouped(happened, group, 6))[0],
		outcome && rows && columns && grid(outcome, rows, columns),
		...bars.map((group) => counted && grouped(counted, group)),
		list(layout, null),
	]);
}

function rootCause(layout: Layout, told: readonly Told[], outcomes: readonly Told[]): Tile[] {
	const { plan } = layout;
	const [first, second] = outcomes;
	const span = plan.spans.find(({ start, end, open }) => open || plan.pairs.some((pair) => pair.start === start && pair.end === end && pair.endless === 0));
	const means = told.filter(({ measure }) => measure.kind === 'mean');
	const slopes = means.flatMap((mean) => by(layout, mean).filter(({ ordered }) => ordered).map((group) => alongSteps(mean, group))).slice(0, 2);
	return there([
		span && drivers(layout, span, plan.rows),
		...(first ? by(layout, first).slice(0, 6).map((group) => grouped(first, group)) : []),
		...slopes,
		...(second ? by(layout, second).slice(0, 6).map((group) => grouped(second, group)) : []),
	]);
}

/** A variant says by itself how many events there are; the mean is told beside the median. */
const ofTheLog: readonly string[] = ['case__events__mean', 'case__took__mean'];

/** What else may explain is asked of the first two: how long things take, how often something is so, how large a number is. */
function outcomesOf(layout: Layout, told: readonly Told[]): Told[] {
	const fit = told.filter(({ id, shown, measure }) => shown && !(measure.kind === 'survival' && measure.stat === 'median') && !ofTheLog.includes(id) && measure.mart === layout.main);
	const tested = fit.filter((each) => each.tested);
	const lasting = tested.filter(({ measure }) => measure.kind === 'survival').slice(0, 1);
	const chosen = [...lasting, ...tested.filter(({ measure }) => measure.kind !== 'survival')].slice(0, 2);
	return chosen.length > 0 ? chosen : fit.filter(({ measure }) => measure.kind === 'ratio' || measure.kind === 'sum').slice(0, 2);
}

export function viewsOf(layout: Layout, told: readonly Told[]): View[] {
	const { plan } = layout;
	const [, many] = plan.entity;
	const outcomes = outcomesOf(layout, told);
	const when = plan.time.value === null ? ' Nothing in it says when, so there are no trends.' : '';
	const [lead, work, causes] = [executive(layout, told), operations(layout, told, outcomes[0]), rootCause(layout, told, outcomes)];
	const evidence = onceEach([...causes, ...work, ...lead].filter((tile) => testing.has(tile.kind) && tests(tile, told))).map(({ id }) => id);
	const standing: Tile[] = evidence.length === 0 ? [] : [{ kind: 'insights', id: 'insights', title: 'What stands out', span: 12, features: ['a table of your own'], evidence, note: 'A sentence stands here only if its test holds after correction for everything this pack tests.' }];
	const asked = causes.length > 0 ? causes : [keyNumbers('numbers', told.filter(({ shown }) => shown).slice(0, mostCards), groupsOf(layout, layout.main).length === 0 ? noGroups : nothingMeasured)];
	return [
		{ id: 'executive', label: 'Executive', question: `What do these ${many} say?`, about: `How many there are, what is measured of them, and what differs.${when}`, briefing: said(lead), tiles: [...lead, ...standing] },
		{ id: 'operations', label: 'Operations', question: `Which ${many} are these?`, about: `The ${many} themselves, and how they fall into groups.${when}`, briefing: said(work), tiles: work },
		{ id: 'root-cause', label: 'Root cause', question: 'What goes with what?', about: `What differs between groups beyond noise. What goes together need not be a cause.${when}`, briefing: said(asked), tiles: asked },
	];
}

/** Tiles that say the same of a measure by the same groups would repeat a sentence: the first of them stands for all. */
function onceEach(tiles: readonly Tile[]): Tile[] {
	const about = (tile: Tile): string => (tile.kind === 'matrix' ? `${tile.about} ${tile.by}` : tile.kind === 'groups' || tile.kind === 'survival' ? `${tile.measure} ${tile.by}` : tile.id);
	return tiles.filter((tile, i) => tiles.findIndex((other) => about(other) === about(tile)) === i);
}

/** Whether a tile's sentence can claim something at all. */
function tests(tile: Tile, told: readonly Told[]): boolean {
	const measure = tile.kind === 'matrix' ? tile.about : 'measure' in tile ? tile.measure : null;
	return measure === null || told.some(({ id, tested }) => id === measure && tested);
}

const said = (tiles: readonly Tile[]): string[] => tiles.filter(({ kind }) => kind !== 'kpis').slice(0, 3).map(({ id }) => id);
