import type { Evidence, QuickPair } from './types.ts';

export interface NumberFacts {
	least: number;
	most: number;
	mean: number;
	median: number;
	whole: boolean;
}

/** Columns asked for in one statement: wide tables would make one too long. */
const together = 16;
/** Timestamps of which every pair is measured. */
const mostTimes = 6;

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : typeof value === 'bigint' ? Number(value) : 0);

function chunks<T>(items: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}

/** One row of aggregates over the table; `values` are SQL, found as v0, v1, … */
function asked({ db, table }: Evidence, values: readonly string[], aggregates: readonly string[]): Record<string, unknown> {
	const columns = values.map((value, i) => `${value} as v${String(i)}`);
	return aggregates.length === 0 ? {} : (db.rows(`select ${aggregates.join(', ')} from (select ${columns.join(', ')} from ${table}) as cells`)[0] ?? {});
}

export function numberFacts(evidence: Evidence, columns: readonly string[]): Map<string, NumberFacts> {
	const facts = chunks(columns, together).flatMap((group) => {
		const row = asked(
			evidence,
			group.map((column) => evidence.value(column)),
			group.flatMap((_, i) => {
				const v = `v${String(i)}`;
				const sane = `filter (where isfinite(${v}))`;
				return [`min(${v}) ${sane} as least${String(i)}`, `max(${v}) ${sane} as most${String(i)}`, `avg(${v}) ${sane} as mean${String(i)}`, `quantile_cont(${v}, 0.5) ${sane} as median${String(i)}`, `coalesce(bool_and(${v} = floor(${v}) and abs(${v}) < 1e15) ${sane}, false) as whole${String(i)}`];
			}),
		);
		return group.map((column, i): [string, NumberFacts] => {
			const of = (name: string): unknown => row[`${name}${String(i)}`];
			return [column, { least: number(of('least')), most: number(of('most')), mean: number(of('mean')), median: number(of('median')), whole: of('whole') === true }];
		});
	});
	return new Map(facts);
}

/** Timestamp columns that stand for months. */
export function monthly(evidence: Evidence, columns: readonly string[]): Set<string> {
	const found = chunks(columns, together).flatMap((group) => {
		const row = asked(
			evidence,
			group.map((column) => evidence.value(column)),
			group.map((_, i) => {
				const v = `v${String(i)}`;
				return `count(distinct ${v}) > 1 and (bool_and(day(${v}) = 1) or bool_and(day(${v} + interval 1 day) = 1)) as m${String(i)}`;
			}),
		);
		return group.filter((_, i) => row[`m${String(i)}`] === true);
	});
	return new Set(found);
}

/** Days between the first and the last time of a case: the median over cases. */
export function caseDays(evidence: Evidence, one: string, time: string): number {
	const row = evidence.db.rows(`select median(epoch(last - first)) / 86400.0 as days from (select min(t) as first, max(t) as last from (select ${evidence.value(one)} as one, ${evidence.value(time)} as t from ${evidence.table}) as cells where one is not null and t is not null group by one) as cases`)[0] ?? {};
	return number(row.days);
}

/** How every two timestamps stand to each other; those that are never both there are left out. */
export function pairFacts(evidence: Evidence, columns: readonly string[]): QuickPair[] {
	const times = columns.slice(0, mostTimes);
	const pairs = times.flatMap((start, a) => times.flatMap((end, b) => (a === b ? [] : [{ start, end, a: `v${String(a)}`, b: `v${String(b)}` }])));
	const values = times.map((column) => evidence.value(column));
	return chunks(pairs, together).flatMap((group) => {
		const row = asked(
			evidence,
			values,
			group.flatMap(({ a, b }, i) => {
				const days = `quantile_cont(epoch(${b} - ${a}) / 86400.0, `;
				const inOrder = `filter (where ${b} >= ${a})`;
				return [
					`count(*) filter (where ${a} is not null and ${b} is not null)::double as both${String(i)}`,
					`count(*) ${inOrder}::double as ordered${String(i)}`,
					`count(*) filter (where ${b} > ${a})::double as later${String(i)}`,
					`count(*) filter (where ${a} is not null and ${b} is null)::double as endless${String(i)}`,
					`coalesce(bool_and(epoch(${b} - ${a}) % 86400 = 0) ${inOrder}, false) as whole${String(i)}`,
					`${days}0.5) ${inOrder} as median${String(i)}, ${days}0.75) ${inOrder} as third${String(i)}, ${days}0.9) ${inOrder} as nearly${String(i)}`,
				];
			}),
		);
		return group.map(({ start, end }, i): QuickPair => {
			const of = (name: string): number => number(row[`${name}${String(i)}`]);
			return { start, end, both: of('both'), ordered: of('ordered'), later: of('later'), endless: of('endless'), wholeDays: row[`whole${String(i)}`] === true, median: of('median'), third: of('third'), most: of('nearly') };
		});
	}).filter(({ both }) => both > 0);
}

/** Of pairs of number columns, those whose first is never above its second nor below nothing, with the share of all that it makes. */
export function partsOfWholes(evidence: Evidence, pairs: readonly { part: string; whole: string }[]): { part: string; whole: string; share: number }[] {
	return chunks(pairs, together).flatMap((group) => {
		const row = asked(
			evidence,
			group.flatMap(({ part, whole }) => [evidence.value(part), evidence.value(whole)]),
			group.flatMap((_, i) => {
				const [p, w] = [`v${String(2 * i)}`, `v${String(2 * i + 1)}`];
				return [`coalesce(bool_and(${p} <= ${w} and ${p} >= 0), false) as within${String(i)}`, `sum(${p}) filter (where ${w} is not null) / nullif(sum(${w}) filter (where ${p} is not null), 0) as share${String(i)}`];
			}),
		);
		return group.flatMap((pair, i) => {
			const share = number(row[`share${String(i)}`]);
			return row[`within${String(i)}`] === true && share > 0 && share < 1 ? [{ ...pair, share }] : [];
		});
	});
}

/** Which of the columns never change within a case, nor are missing on some of its rows only. */
export function constantWithin(evidence: Evidence, one: string, columns: readonly string[]): string[] {
	return chunks(columns, together).flatMap((group) => {
		const values = [evidence.value(one), ...group.map((column) => evidence.value(column))];
		const columnsOf = values.map((value, i) => `${value} as v${String(i)}`).join(', ');
		const changes = group.map((_, i) => `min(v${String(i + 1)}) <> max(v${String(i + 1)}) or count(v${String(i + 1)}) not in (0, count(*)) as c${String(i)}`);
		const row = evidence.db.rows(`select ${group.map((_, i) => `count(*) filter (where c${String(i)})::double as n${String(i)}`).join(', ')} from (select ${changes.join(', ')} from (select ${columnsOf} from ${evidence.table}) as cells where v0 is not null group by v0) as cases`)[0] ?? {};
		return group.filter((_, i) => number(row[`n${String(i)}`]) === 0);
	});
}
