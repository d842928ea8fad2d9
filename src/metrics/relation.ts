import { ThroughlineError } from '../lib/errors.ts';
import { addDays, isDay } from '../lib/dates.ts';
import { literal, quoted } from '../lib/sql-text.ts';
import { instantLiteral, render } from '../lib/template.ts';
import type { Mart, Measure, Pack } from '../pack/types.ts';
import { belongs } from '../lib/belonging.ts';
import type { Context, DateRange, Filters, MeasureRequest } from './request.ts';

export { literal, quoted as identifier };

export interface Relation {
	/** What to select from. */
	name: string;
	/** How to make it, when it is a selection of a mart's rows. */
	selection: { name: string; sql: string } | null;
	/** The same rows as conditions over the mart. */
	mart: string;
	conditions: readonly string[];
}

export function martCalled(pack: Pack, name: string): Mart {
	const mart = pack.marts[name];
	if (!mart) throw new ThroughlineError('request.invalid', { what: 'A mart', given: name, allowed: Object.keys(pack.marts).join(', ') });
	return mart;
}

export function measureCalled(pack: Pack, id: string): Measure {
	const measure = pack.measures[id];
	if (!measure) throw new ThroughlineError('measure.unknown', { name: id });
	return measure;
}

/** Filters that hold for the mart's rows; the others cannot apply to it and are named on screen. */
export function applicable(pack: Pack, martName: string, filters: Filters): { used: string[]; ignored: string[] } {
	martCalled(pack, martName);
	const set = Object.keys(filters).filter((dimension) => (filters[dimension]?.length ?? 0) > 0);
	const used = set.filter((dimension) => condition(pack, martName, dimension, filters[dimension] ?? []) !== null);
	return { used, ignored: set.filter((dimension) => !used.includes(dimension)) };
}

function memberOf(column: string, values: readonly (string | null)[]): string {
	const known = values.filter((value) => value !== null);
	const parts = [known.length > 0 ? `${quoted(column)}::varchar in (${known.map(literal).join(', ')})` : null, values.includes(null) ? `${quoted(column)} is null` : null];
	return `(${parts.filter(Boolean).join(' or ')})`;
}

/** Rows of the main mart to which a row with one of the values belongs: cases with such a step, with such a contact. */
function havingRows(pack: Pack, dimension: string, values: readonly (string | null)[]): string | null {
	const [child] = Object.keys(pack.marts).filter((name) => pack.marts[name]?.belongs === true && pack.marts[name].dimensions?.includes(dimension));
	const key = quoted(pack.main.key);
	return child === undefined ? null : belongs({ key, mart: `marts.${quoted(child)}`, condition: memberOf(pack.dimensions[dimension]?.column ?? dimension, values) });
}

/**
 * Rows of the mart with one of the values: by its own column; in the main mart also by a milestone or by rows that belong to it;
 * elsewhere by the row of the main mart that they belong to.
 */
function condition(pack: Pack, martName: string, dimension: string, values: readonly (string | null)[]): string | null {
	const mart = martCalled(pack, martName);
	if (mart.dimensions?.includes(dimension)) return memberOf(pack.dimensions[dimension]?.column ?? dimension, values);
	const { main } = pack;
	if (martName === main.mart) {
		const milestones = pack.milestones[dimension];
		if (!milestones) return havingRows(pack, dimension, values);
		const parts = values.flatMap((value) => (value === null ? [] : [milestones.values[value]?.condition ?? 'false']));
		return parts.length > 0 ? `(${parts.map((part) => `coalesce(${part}, false)`).join(' or ')})` : 'false';
	}
	if (mart.belongs !== true) return null;
	const there = condition(pack, main.mart, dimension, values);
	return there === null ? null : belongs({ key: quoted(main.key), mart: `marts.${quoted(main.mart)}`, condition: there });
}

function conditionsOf(pack: Pack, martName: string, filters: Filters): string[] {
	return Object.keys(filters).sort().flatMap((dimension) => {
		const values = filters[dimension] ?? [];
		return values.length === 0 ? [] : [condition(pack, martName, dimension, values)].filter((each) => each !== null);
	});
}

/** The condition for the rows of a segment or, with `rest`, for all others; null where the mart cannot tell them apart. */
export function segmentOf(pack: Pack, martName: string, { filters, rest }: NonNullable<MeasureRequest['segment']>): string | null {
	const { used, ignored } = applicable(pack, martName, filters);
	if (used.length === 0 || ignored.length > 0) return null;
	const all = conditionsOf(pack, martName, filters).join(' and ');
	return rest ? `not coalesce(${all}, false)` : `(${all})`;
}

/** FNV-1a over the conditions: tiles under different filters have selections of different names. */
function fingerprint(conditions: readonly string[]): string {
	let hash = 0x811c9dc5;
	for (const character of conditions.join('\n')) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
	return (hash >>> 0).toString(16);
}

/** The rows of a mart under the slicers (dates apart): materialised once per change of slicers and shared by all tiles. */
export function relationOf(context: Pick<Context, 'pack' | 'filters'>, martName: string): Relation {
	const { pack, filters } = context;
	martCalled(pack, martName);
	const conditions = conditionsOf(pack, martName, filters);
	const mart = `marts.${quoted(martName)}`;
	if (conditions.length === 0) return { name: mart, selection: null, mart, conditions };
	const name = `sel_${martName}_${fingerprint(conditions)}`;
	return { name: quoted(name), selection: { name, sql: `select * from ${mart} where ${conditions.join(' and ')}` }, mart, conditions };
}

/** Condition on a timestamp column for a range of days. Null when the range is open on both sides. */
export function within(column: string, range: DateRange): string | null {
	for (const day of [range.from, range.to]) {
		if (day !== undefined && !isDay(day)) throw new ThroughlineError('request.invalid', { what: 'A day', given: day, allowed: 'YYYY-MM-DD' });
	}
	const parts = [
		range.from === undefined ? null : `${quoted(column)} >= ${instantLiteral(`${range.from}T00:00:00`)}`,
		range.to === undefined ? null : `${quoted(column)} < ${instantLiteral(`${addDays(range.to, 1)}T00:00:00`)}`,
	].filter(Boolean);
	return parts.length > 0 ? parts.join(' and ') : null;
}

/** Renders the vars inside a measure's SQL at the given as-of. */
export function expression(context: Context, name: string, sql: string): string {
	return render(name, sql, () => undefined, { ...context.pack.vars, as_of: context.asOf });
}
