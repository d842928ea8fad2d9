import { toMs } from '../../lib/dates.ts';
import type { ResultRow } from '../../metrics/finish.ts';
import { identifier, literal } from '../../metrics/relation.ts';
import type { Plan } from '../../metrics/tiles/plan.ts';
import type { Pack } from '../../pack/types.ts';
import { readHistory, type History, type Touch } from './history.ts';

export interface CaseRead {
	id: string;
	/** ISO, and the same in ms. */
	asOf: string;
	now: number;
	/** Its row in the main mart; null where it is not known at the as-of. */
	one: ResultRow | null;
	/** Null where the row is not known, or nothing says when it began. */
	history: History | null;
	/** Where it stands among all, in the order of their keys. */
	place: { place: number; total: number; previous: string | null; next: string | null } | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function touchOf(row: ResultRow): Touch {
	return {
		t: Number(row.t),
		instant: String(row.instant).replace(/\.?0+$/, ''),
		kind: row.kind === 'interaction' ? 'interaction' : 'event',
		what: String(row.what),
		who: text(row.who),
		minutes: typeof row.minutes === 'number' && row.minutes > 0 ? row.minutes : null,
	};
}

/** Reads one row of the main mart with its history and its neighbours by key: numbers in keys count as numbers. */
export function casePlan({ main, timeline, vars }: Pack, id: string, asOf: string): Plan<CaseRead> {
	const [mart, key, at] = [`marts.${identifier(main.mart)}`, identifier(main.key), identifier(timeline.at)];
	const of = (column: string): string => identifier(column);
	return {
		selections: [],
		statements: [
			`select *, epoch_ms(${of(main.opened)})::double as opened_ms from ${mart} where ${key} = ${literal(id)}`,
			`select epoch_ms(${at})::double as t, strftime(${at}, '%Y-%m-%dT%H:%M:%S.%f') as instant, ${of(timeline.kind)} as kind, ${of(timeline.what)} as what, ${of(timeline.who)} as who, ${of(timeline.minutes)}::double as minutes from marts.${of(timeline.mart)} where ${key} = ${literal(id)} order by ${at}, ${of(timeline.order)}`,
			`select * from (select ${key}::varchar as id, lag(${key}::varchar) over in_order as previous, lead(${key}::varchar) over in_order as next, (row_number() over in_order)::integer as place, (count(*) over ())::integer as total from ${mart} window in_order as (order by length(${key}::varchar), ${key}::varchar)) as placed where id = ${literal(id)}`,
		],
		read: ([cases = [], rows = [], places = []]) => {
			const [one] = cases;
			const [place] = places;
			const now = toMs(asOf);
			const limits = { promise: Number(vars[timeline.limitHours] ?? 0), stale: Number(vars[timeline.staleHours] ?? 0) };
			return {
				id,
				asOf,
				now,
				one: one ?? null,
				history: one && one.opened_ms !== null ? readHistory(timeline, rows.map(touchOf), Number(one.opened_ms), now, limits) : null,
				place: place ? { place: Number(place.place), total: Number(place.total), previous: text(place.previous), next: text(place.next) } : null,
			};
		},
	};
}
