import { countText, numberText } from '../../lib/format.ts';
import { lacking } from '../../lib/texts/lacking.ts';
import { daysBetween } from '../../lib/dates.ts';
import { instantLiteral } from '../../lib/template.ts';
import { inSentence, valueLabel } from '../labels.ts';
import { expression, identifier, martCalled, relationOf, within } from '../relation.ts';
import type { Context } from '../request.ts';
import { stratifiedMeanDifference } from '../statistics/stratified.ts';
import { benjaminiHochberg, type Sample } from '../statistics/tests.ts';
import { claimLevel, type Finding, type Plan, type TileOf } from './plan.ts';
import { fill, noRows, nothingFound } from './says.ts';
import { square } from '../statistics/exact.ts';

export interface Driver {
	dimension: string;
	value: string | null;
	label: string;
	n: number;
	/** Days open beyond comparable cases, for one case. */
	each: number;
	/** Case-days a month in excess of comparable cases, with its 95 % interval. */
	excess: number;
	lo: number;
	hi: number;
	beyond: boolean;
}

export interface DriversResult {
	kind: 'drivers';
	/** Ranked by the lower bound of the excess: how much is surely there. */
	drivers: Driver[];
	/** Of what: singular and plural. */
	entity: readonly [string, string];
	comparisons: number;
	days: number;
	/** Cases old enough to be counted. */
	n: number;
	finding: Finding;
}

const minimum = 30;
const monthDays = 30.4375;

/**
 * Days open within the first `days` days, over cases at least that old: known exactly for every one of them, so nothing
 * is censored and nothing forgotten. Each value of each driver is compared with all other values inside the same stratum.
 * Only what is fixed when a case opens may be a driver: handoffs and escalations gather while a case is open and would
 * look like causes of the time that made them.
 * Placeholders: {driver} the first, {excess} case-days a month, {each} days a case, {n}.
 */
export function driversPlan(context: Context, tile: TileOf<'drivers'>): Plan<DriversResult> {
	const { pack } = context;
	const mart = martCalled(pack, tile.mart);
	const relation = relationOf(context, tile.mart);
	const { start, old, days } = daysOpen(context, tile);
	const cut = mart.opened === undefined ? null : within(mart.opened, context.range);
	const base = `select *, ${days} as days_open from ${relation.name} where ${old}${cut === null ? '' : ` and ${cut}`}`;
	const column = (dimension: string): string => identifier(pack.dimensions[dimension]?.column ?? dimension);
	const statements = tile.drivers.map((driver) => {
		const others = tile.strata.filter((stratum) => stratum !== driver).map(column);
		const strata = others.map((stratum, i) => `${stratum}::varchar as s${String(i)}`);
		return `with base as (${base})\nselect ${column(driver)}::varchar as d0, ${strata.map((stratum) => `${stratum}, `).join('')}count(*)::double as n, avg(days_open)::double as mean, coalesce(stddev_samp(days_open), 0)::double as sd, min(${start})::date::varchar as first_day from base group by ${[column(driver), ...others].join(', ')}`;
	});
	return {
		statements,
		selections: relation.selection ? [relation.selection] : [],
		read: (answers) => {
			const lastDay = context.range.to !== undefined && context.range.to < context.asOf.slice(0, 10) ? context.range.to : context.asOf.slice(0, 10);
			const firstDay = answers[0]?.reduce<string>((first, row) => (String(row.first_day) < first ? String(row.first_day) : first), lastDay) ?? lastDay;
			const months = Math.max(1, daysBetween(firstDay, lastDay) - (lastDay === context.asOf.slice(0, 10) ? tile.days : 0)) / monthDays;
			const compared = tile.drivers.flatMap((dimension, i) => compareValues(context, dimension, answers[i] ?? [], months));
			const q = benjaminiHochberg(compared.map(({ p }) => p));
			const level = claimLevel(pack);
			const drivers = compared.map(({ driver }, i) => ({ ...driver, beyond: (q[i] ?? 1) <= level && driver.excess > 0 })).sort((a, b) => b.lo - a.lo);
			const n = (answers[0] ?? []).reduce((sum, row) => sum + Number(row.n), 0);
			return { kind: 'drivers', drivers, entity: pack.entity, comparisons: compared.length, days: tile.days, n, finding: n === 0 ? noRows() : compared.length === 0 ? { text: lacking.tooFew(pack.entity[1]), claim: false, words: {}, named: [] } : sentence(tile, drivers) };
		},
	};
}

/** `old`: the case has been known for all the days that count; `days`: how many of them it was open. */
export function daysOpen(context: Context, tile: TileOf<'drivers'>): { start: string; old: string; days: string } {
	const [start, end] = [expression(context, tile.id, tile.start), expression(context, tile.id, tile.end)];
	const days = String(tile.days);
	return { start, old: `${start} <= ${instantLiteral(context.asOf)} - interval ${days} day`, days: `least(coalesce(epoch(${end} - ${start}) / 86400.0, ${days}), ${days})::double` };
}

function sentence(tile: TileOf<'drivers'>, drivers: readonly Driver[]): Finding {
	const found = drivers.filter((driver) => driver.beyond);
	const [first] = found;
	if (!first) return nothingFound(tile.says);
	const words = { driver: first.label.charAt(0).toLowerCase() + first.label.slice(1), Driver: first.label, excess: countText(Math.round(first.excess)), lo: countText(Math.round(first.lo)), hi: countText(Math.round(first.hi)), each: numberText('days', first.each), n: countText(first.n), found: String(found.length) };
	return { text: fill(tile.says.claim, words), claim: true, words, named: found.map((driver) => `${driver.dimension}=${driver.value ?? ''}`) };
}

function compareValues(context: Context, dimension: string, rows: readonly Readonly<Record<string, unknown>>[], months: number): { driver: Driver; p: number | null }[] {
	const strata = new Map<string, { value: string | null; sample: Sample }[]>();
	for (const row of rows) {
		const stratum = `${String(row.s0)}\u0000${String(row.s1)}`;
		const cell = { value: typeof row.d0 === 'string' ? row.d0 : null, sample: { n: Number(row.n), mean: Number(row.mean), sd: Number(row.sd) } };
		strata.set(stratum, [...(strata.get(stratum) ?? []), cell]);
	}
	const values = [...new Set(rows.map((row) => (typeof row.d0 === 'string' ? row.d0 : null)))];
	if (values.length < 2) return [];
	return values.flatMap((value) => {
		const pairs = [...strata.values()].flatMap((cells) => {
			const exposed = cells.find((cell) => cell.value === value)?.sample;
			const other = pool(cells.filter((cell) => cell.value !== value).map((cell) => cell.sample));
			return exposed && other ? [{ exposed, other }] : [];
		});
		const n = pairs.reduce((sum, pair) => sum + pair.exposed.n, 0);
		const result = stratifiedMeanDifference(pairs);
		if (n < minimum || result.diff === null || result.lo === null || result.hi === null) return [];
		const scale = n / months;
		const driver: Driver = { dimension, value, label: nameOf(context, dimension, value), n, each: result.diff, excess: result.diff * scale, lo: result.lo * scale, hi: result.hi * scale, beyond: false };
		return [{ driver, p: result.p }];
	});
}

/** "Exchange" alone says little; "Insurance: exchange" does. */
function nameOf(context: Context, dimension: string, value: string | null): string {
	const declared = context.pack.dimensions[dimension];
	return declared?.speaksForItself ? valueLabel(context.pack, dimension, value) : `${declared?.label ?? dimension}: ${inSentence(context.pack, dimension, value)}`;
}

function pool(samples: readonly Sample[]): Sample | null {
	const n = samples.reduce((sum, sample) => sum + sample.n, 0);
	if (n < 2) return null;
	const mean = samples.reduce((sum, sample) => sum + sample.n * sample.mean, 0) / n;
	const squares = samples.reduce((sum, sample) => sum + Math.max(0, sample.n - 1) * square(sample.sd) + sample.n * square(sample.mean - mean), 0);
	return { n, mean, sd: Math.sqrt(squares / (n - 1)) };
}
