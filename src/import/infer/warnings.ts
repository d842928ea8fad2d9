import type { Conversion, Note } from '../types.ts';
import { readSql } from './convert.ts';
import type { Distinct } from './distinct.ts';
import { list, quoted, trimmed } from './text.ts';

/** So many different dates must speak before their days are said to be odd; periods that begin on a first are not odd. */
const many = 20;

/**
 * What is odd about the dates of a column, however well they read: no day over 12 over half a year (as if day and month were swapped
 * upstream); dates before 1900, after 2100 or far from the bulk.
 */
function oddDays({ db }: Distinct, parsed: string, column: string, missing: readonly string[]): Note[] {
	const entered = `r is not null and text not in (${list(['', ...missing])})`;
	const [row] = db.rows(`select count(*)::double as different, max(day(d))::double as last_day, count(distinct day(d))::double as days, count(distinct month(d))::double as months, date_diff('day', min(d), max(d))::double as span,
		epoch_ms(quantile_disc(d, 0.05)::timestamp)::double as low, epoch_ms(quantile_disc(d, 0.95)::timestamp)::double as high, epoch_ms(min(d)::timestamp)::double as least, epoch_ms(max(d)::timestamp)::double as most, min(d)::varchar as first, max(d)::varchar as last
		from (select try_cast(d as date) as d from (select distinct left(r, 10) as d from ${parsed} where ${entered})) where d is not null`);
	const [different, span] = [Number(row?.different), Number(row?.span)];
	const notes: Note[] = [];
	if (different >= many && Number(row?.last_day) <= 12 && Number(row?.days) >= 6 && Number(row?.months) >= 6 && span >= 180) notes.push({ code: 'no-day-over-12', column, dates: different, first: row?.first, last: row?.last });
	const [low, high, least, most] = [Number(row?.low), Number(row?.high), Number(row?.least), Number(row?.most)];
	const reach = different >= many ? 3 * (high - low) + 2 * 365.25 * 86_400_000 : Number.POSITIVE_INFINITY;
	const [from, to] = [Math.max(Date.UTC(1900), low - reach), Math.min(Date.UTC(2101) - 1, high + reach)].map((at) => new Date(at).toISOString().slice(0, 10));
	if (different === 0 || (least >= Date.parse(from ?? '') && most <= Date.parse(to ?? ''))) return notes;
	const [far] = db.rows(`select coalesce(sum(n), 0)::double as cells, min_by({'line': line, 'text': text}, line, 3) as examples from ${parsed} where ${entered} and (left(r, 10) < '${from ?? ''}' or left(r, 10) > '${to ?? ''}')`);
	return Number(far?.cells) > 0 ? [...notes, { code: 'far-dates', column, cells: Number(far?.cells), examples: [...(far?.examples as Iterable<unknown>)] }] : notes;
}

/** Days up to 12 taken for months and months for days. */
const swapped = `case when day(t) <= 12 then make_timestamp(year(t), day(t), month(t), hour(t), minute(t), second(t)) else t end`;

/** So many rows from the first are looked at for their order. */
const ordered = 100_000;

/** Dates that jump back and forth against the order of the rows, and would not if day and month were the other way round. */
function jumps(distinct: Distinct, source: string, column: string, conversion: Conversion): Note[] {
	const read = readSql(conversion, `(${trimmed(quoted(column))})`);
	// A window without an order goes by the order of the table, which is that of the file, at a quarter of the price of sorting.
	const [row] = distinct.db.rows(`select count(*)::double as cells, count(*) filter (t < p - interval 1 day)::double as down, count(*) filter (t > p + interval 1 day)::double as up,
		count(*) filter (s < q - interval 1 day)::double as other_down, count(*) filter (s > q + interval 1 day)::double as other_up
		from (select t, lag(t) over () as p, s, lag(s) over () as q from (select t, ${swapped} as s from (select try_cast(${read} as timestamp) as t from (from ${source} limit ${String(ordered)})) where t is not null))`);
	const [cells, back, other] = [Number(row?.cells), Math.min(Number(row?.down), Number(row?.up)), Math.min(Number(row?.other_down), Number(row?.other_up))];
	return back >= 10 && back < cells * 0.4 && other <= back / 10 ? [{ code: 'dates-jump', column, jumps: back, swapped: other }] : [];
}

export function dateWarnings(distinct: Distinct, parsed: string, source: string, column: string, conversion: Conversion): Note[] {
	if (conversion.kind !== 'timestamp' && conversion.kind !== 'timestamp-number') return [];
	return [...oddDays(distinct, parsed, column, conversion.missing), ...jumps(distinct, source, column, conversion)];
}
