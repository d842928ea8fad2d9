import type { Question } from '../types.ts';
import { readably } from './calendar.ts';
import type { Distinct } from './distinct.ts';
import { questionId } from './draft.ts';
import { formSql } from './form-sql.ts';
import { namesBirth } from './names.ts';

/** First years of the hundred that two-digit years may belong to: spreadsheets, databases, all of one century. */
const since = [1930, 1969, 1900, 2000] as const;

/**
 * Asked where the two usual rules differ in some cell (spreadsheets read 30 to 68 as 1930 to 1968, databases as 2030 to 2068), or
 * where the column is of births, in which 25 may be 1925.
 */
export function centuryQuestion({ db, table }: Distinct, column: string, forms: readonly string[]): Question | null {
	if (forms.length === 0) return null;
	const year = (i: number): string => `left(r${String(i)}, 4)::integer`;
	const unclear = namesBirth(column) ? 'true' : forms.map((_, i) => `coalesce(${year(i)} between 2030 and 2068, false)`).join(' or ');
	const some = forms.map((_, i) => `r${String(i)}`).join(', ');
	const [row] = db.rows(`select coalesce(sum(n), 0)::double as n, min_by({'text': text, 'read': coalesce(${some})}, line, 3) as cells
		from (select text, n, line, ${forms.map((form, i) => `${formSql('text', form)} as r${String(i)}`).join(', ')} from ${table}) where coalesce(${some}) is not null and (${unclear})`);
	const cells = Number(row?.n ?? 0);
	if (cells === 0) return null;
	const shown = [...((row?.cells ?? []) as Iterable<{ text: string; read: string }>)];
	return {
		id: questionId('two-digit-year', column),
		column,
		kind: 'two-digit-year',
		cells,
		deciding: 0,
		options: since.map((first) => ({
			value: String(first),
			examples: shown.map(({ text, read }) => ({ text, reads: readably(String(first + ((Number(read.slice(0, 4)) - (first % 100) + 100) % 100)) + read.slice(4)) })),
			rows: cells,
			deciding: [],
			effect: { kind: 'since', since: first },
		})),
	};
}
