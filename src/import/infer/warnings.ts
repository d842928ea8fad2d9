import type { Conversion, Note } from '../types.ts';
import { readSql } from './convert.ts';
import type { Distinct } from './distinct.ts';
import { quoted, trimmed } from './text.ts';

/** So many different dates must speak before their days are said to be odd; periods that begin on a first are not odd. */
const many = 20;

/**
 * What is odd about the dates of a column, however well they read: no day over 12 over half a year (as if day and month were swapped
 * upstream); dates before 1900, after 2100 or far from the bulk.
 */
function oddDays({ db }: Distinct, parsed: string, column: string): Note[] {
	const dates = `(select try_cast(r as timestamp) as t, text, n, line from ${parsed} where try_cast(r as timestamp) is not null)`;
	const [row] = db.rows(`select count(distinct t::date)::double as different, max(day(t))::double as last_day, count(distinct day(t))::double as days, count(distinct month(t))::double as months, date_diff('day', min(t), max(t))::double as span,
		epoch_ms(quantile_disc(t, 0.05))::double as low, epoch_ms(quantile_disc(t, 0.95))::double as high, epoch_ms(min(t))::double as least, epoch_ms(max(t))::double as most, min(t)::varchar as first, max(t)::varchar as last from ${dates}`);
	const [different, span] = [Number(row?.different), Number(row?.span)];
	const notes: Note[] = [];
	if (different >= many && Number(row?.last_day) <= 12 && Number(row?.days) >= 6 && Number(row?.months) >= 6 && span >= 180) notes.push({ code: 'no-day-over-12', column, dates: different, first: row?.first, last: row?.last });
	const [low, high] = [Number(row?.low), Number(row?.high)];
	const reach = 3 * (high - low) + 2 * 365.25 * 86_400_000;
	const [least, most] = [Number(row?.least), Number(row?.most)];
	if (least >= Date.UTC(1900) && most < Date.UTC(2101) && (different < many || (least >= low - reach && most <= high + reach))) return notes;
	const apart = different >= many ? ` or epoch_ms(t) < ${String(low - reach)} or epoch_ms(t) > ${String(high + reach)}` : '';
	const [far] = db.rows(`select coalesce(sum(n), 0)::double as cells, min_by({'line': line, 'text': text}, line, 3) as examples from ${dates} where year(t) < 1900 or year(t) > 2100${apart}`);
	if (Number(far?.cells) > 0) notes.push({ code: 'far-dates', column, cells: Number(far?.cells), examples: [...(far?.examples as Iterable<unknown>)] });
	return notes;
}

/** Days up to 12 taken for months and months for days. */
const swapped = `case when day(t) <= 12 then make_timestamp(year(t), day(t), month(t), hour(t), minute(t), second(t)) else t end`;

/** So many rows from the first are looked at for their order. */
const ordered = 200_000;

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
	return [...oddDays(distinct, parsed, column), ...jumps(distinct, source, column, conversion)];
}
