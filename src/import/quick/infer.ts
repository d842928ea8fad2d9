import { quick as said } from '../../lib/texts/quick.ts';
import type { Choice, ColumnProfile, ColumnReading, Source } from '../types.ts';
import { columnsOf, groupsBy, planned } from './columns.ts';
import { casesOf, logOf } from './event-log.ts';
import { caseDays, monthly, numberFacts, pairFacts, partsOfWholes, type NumberFacts } from './evidence.ts';
import { begins, entityOf, has, identifies, labelOf, slug, wordsOf } from './names.ts';
import { namedParts, numberOf } from './numbers.ts';
import { settled } from './settle.ts';
import { isEnd, isStart, spansOf } from './spans.ts';
import type { Evidence, QuickColumn, QuickDimension, QuickPlan } from './types.ts';

const mostRatios = 4;

/** The date most rows have that is named most like the moment at which a row came to be; of an event log, none of those `apart`, which all rows of a case share. */
function timeOf(columns: readonly QuickColumn[], rows: number, apart: readonly string[]): Choice<string | null> {
	const dates = columns.filter(({ can }) => can.includes('time'));
	const rank = ({ column, filled }: QuickColumn): number => {
		const words = wordsOf(column);
		const named = isStart(column) || begins(words, 'timestamp', 'occur', 'event', 'logged', 'call', 'book') ? 3 : has(words, 'date', 'time', 'datetime', 'period', 'day', 'month') && !isEnd(column) ? 2 : isEnd(column) || begins(words, 'updat', 'modif', 'chang', 'last') ? 0 : 1;
		return (filled >= 0.95 * rows ? 10 : 0) + named;
	};
	const fit = dates.filter(({ column, filled }) => filled * 2 >= rows && !planned(wordsOf(column)) && !apart.includes(column)).sort((a, b) => rank(b) - rank(a));
	const [first] = fit;
	const others = [...dates.filter(({ column }) => column !== first?.column).map(({ column }) => column), ...(first ? [null] : [])];
	if (first) return { value: first.column, because: said.time(first.column, first.filled, rows) + (fit.length > 1 ? said.timeOther(fit.slice(1).map(({ column }) => column)) : ''), others, sure: dates.length === 1 };
	const far = dates.filter(({ column }) => planned(wordsOf(column))).map(({ column }) => column);
	return { value: null, because: far.length > 0 ? said.planned(far) : said.noTime, others, sure: dates.length === 0 };
}

/** Filled and different on every row; by name where several are, and never an amount. */
function keyOf(columns: readonly QuickColumn[], rows: number): Choice<string | null> {
	const unique = columns.filter(({ can, filled, distinct }) => can.includes('key') && rows > 1 && filled === rows && distinct === rows);
	const named = unique.filter(({ column }) => identifies(wordsOf(column)));
	const [first] = [...named, ...unique.filter(({ type }, i) => type === 'text' && i === 0)];
	const able = columns.filter(({ can, column }) => can.includes('key') && column !== first?.column).map(({ column }) => column);
	if (first) return { value: first.column, because: said.key(first.column), others: [...able, null], sure: false };
	const [near] = columns.filter(({ can, distinct }) => can.includes('key') && distinct * 10 >= rows * 9 && distinct < rows);
	return { value: null, because: near ? said.nearKey(near.column, near.distinct, rows) : said.noKey, others: able, sure: able.length === 0 };
}

/** Few values first, words before numbers. */
function dimensionsOf(columns: readonly QuickColumn[], rows: number, facts: ReadonlyMap<string, NumberFacts>): QuickDimension[] {
	const place = ({ type, distinct, can }: QuickColumn): number => (distinct > 12 ? 2 : 0) + (type === 'number' && !can.includes('rate') ? 1 : 0);
	return [...columns].sort((a, b) => place(a) - place(b)).flatMap((column) => {
		const group = groupsBy(column, rows, facts.get(column.column));
		return group ? [{ column: column.column, label: column.label, ...(group.ordered ? { ordered: true } : {}), because: group.because }] : [];
	});
}

function identity(source: Source): { id: string; label: string } {
	const file = source.file.split(/[/\\]/).pop()?.replace(/\.(csv|tsv|txt|xlsx?|json|ndjson|jsonl|parquet|xes|gz|zip)\b/gi, '') ?? '';
	const name = source.part === null || source.part === file ? file : `${file} ${source.part}`;
	return { id: `quick_${slug(name, new Set(), 'table')}`, label: labelOf(name, new Set()) };
}

/** What a table that belongs to no pack is taken for, every choice with its reason. Profiles and readings are those of the source's columns in their order. */
export function inferQuick(source: Source, profiles: readonly ColumnProfile[], readings: readonly ColumnReading[], evidence: Evidence): QuickPlan {
	const numeric = readings.filter(({ conversion }) => conversion.kind === 'number').map(({ column }) => column);
	const facts = source.rows === 0 ? new Map<string, never>() : numberFacts(evidence, numeric);
	const dates = readings.filter(({ conversion }) => conversion.kind === 'timestamp' || conversion.kind === 'timestamp-number').map(({ column }) => column);
	const columns = columnsOf(profiles, readings, facts, source.rows === 0 ? new Set() : monthly(evidence, dates));
	const cases = source.rows === 0 ? [] : casesOf(columns, evidence);
	const eventLog = logOf(cases, columns, profiles, source.rows);
	const shared = cases.find(({ column }) => column === eventLog?.case)?.constant ?? [];
	const time = timeOf(columns, source.rows, eventLog ? shared : []);
	const key = keyOf(columns, source.rows);
	const numbers = columns.flatMap((column) => numberOf(column) ?? []);
	const pairs = pairFacts(evidence, columns.flatMap(({ column, can }) => (can.includes('time') ? [column] : [])));
	return settled({
		version: 1,
		...identity(source),
		entity: entityOf(eventLog && time.value !== null ? eventLog.case : key.value),
		rows: source.rows,
		columns,
		time,
		key,
		dimensions: dimensionsOf(columns, source.rows, facts),
		numbers,
		rates: columns.filter(({ can }) => can.includes('rate')).map(({ column, label, because }) => ({ column, label, because })),
		ratios: partsOfWholes(evidence, namedParts(numbers)).slice(0, mostRatios).map(({ part, whole }) => ({ part, whole, because: said.ratio(part, whole) })),
		// The events of a log tell its times; spans of other dates would set events of odd cases aside.
		spans: eventLog && time.value !== null ? [] : spansOf(pairs, time.value, columns),
		eventLog: eventLog && time.value !== null ? { ...eventLog, unit: caseDays(evidence, eventLog.case, time.value) < 2 ? 'hours' : 'days' } : null,
		left: [],
		pairs,
		cases,
	});
}
