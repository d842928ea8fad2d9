import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, Question, QuestionOption, ValueCount } from '../types.ts';
import { readably } from './calendar.ts';
import type { Distinct } from './distinct.ts';
import { asText, questionId, type Draft } from './draft.ts';
import { sentinelDays, sentinelsAmong } from './sentinels.ts';
import { list } from './text.ts';
import { allWords, isNotation } from './words.ts';

/** Up to this share of the filled cells, a notation for nothing in a column of numbers or dates is taken so until a person says otherwise. */
const small = 0.05;

interface Found {
	count: ValueCount;
	/** All texts that stand for the same value: 0 and 0.0. */
	texts: string[];
	/** What the conversion makes of it; null where it reads nothing. */
	reads: string | null;
}

/** None of the words has a digit: where every shape is known and has one, there is none. */
export function wordsIn({ db, table, different, values }: Distinct, { shapes }: ColumnProfile): ValueCount[] {
	const known = new Set(allWords);
	if (different <= values.length) return values.filter(({ text }) => known.has(text.toLowerCase()));
	if (shapes.length < 200 && shapes.every(({ shape }) => shape.includes('9'))) return [];
	return db
		.rows(`select text, sum(n)::double as n, min(line) as line from ${table} where strlen(text) <= 24 and lower(text) in (${list(allWords)}) group by 1 order by 2 desc, 3 limit 20`)
		.map((row) => ({ text: String(row.text), count: Number(row.n), line: Number(row.line) }));
}

/** The values of a parsed column, the ends and the commonest of them where there are very many. */
function valuesOf({ db }: Distinct, parsed: string, type: 'double' | 'date'): { key: string; found: Found }[] {
	const value = type === 'date' ? 'left(r, 10)' : 'r::double';
	const values = 'temp."_infer_values"';
	db.run(`create or replace temp table ${values} as select ${value} as v, sum(n)::double as n, min(line) as line from ${parsed} where r is not null group by 1`);
	const ends = (order: string): string => `(select * from ${values} order by ${order} limit 300)`;
	const rows = db.rows(`select distinct v::varchar as key, n, line, v from (${ends('v')} union all ${ends('v desc')} union all ${ends('n desc, v')}) order by v`);
	db.run(`drop table ${values}`);
	return rows.map((row) => ({ key: String(row.key), found: { count: { text: '', count: Number(row.n), line: Number(row.line) }, texts: [], reads: null } }));
}

/** With the texts that stand for the value, the commonest first. */
function spelled({ db }: Distinct, parsed: string, value: string, type: 'double' | 'date', { count }: Found): Found {
	const same = type === 'date' ? `left(r, 10) = '${value}'` : `r::double = ${value}::double`;
	const rows = db.rows(`select text, r from ${parsed} where ${same} group by all order by sum(n) desc, text limit 50`);
	return { count: { ...count, text: String(rows[0]?.text) }, texts: rows.map(({ text }) => String(text)), reads: String(rows[0]?.r) };
}

function numbersApart(distinct: Distinct, parsed: string, name: string): Found[] {
	const [row] = distinct.db.rows(`select count(*)::double as n from ${parsed} where regexp_full_match(r, '-?(?:9+|0+)(?:[.](?:9+|0+))?|-1(?:[.]0+)?')`);
	if (Number(row?.n) === 0) return [];
	const all = valuesOf(distinct, parsed, 'double');
	const apart = new Set(sentinelsAmong(all.map(({ key, found }) => ({ value: Number(key), cells: found.count.count })), name).map(({ value }) => value));
	return all.filter(({ key }) => apart.has(Number(key))).map(({ key, found }) => spelled(distinct, parsed, key, 'double', found));
}

const day = 86_400_000;

/** The days of the list that lie a year away from all other dates of the column, or are ten times as common as the others are. */
function daysApart(distinct: Distinct, parsed: string): Found[] {
	const [row] = distinct.db.rows(`select count(*)::double as n from ${parsed} where left(r, 10) in (${list(sentinelDays)})`);
	if (Number(row?.n) === 0) return [];
	const all = valuesOf(distinct, parsed, 'date').filter(({ key }) => /^\d{4}-/.test(key));
	const known = new Set<string>(sentinelDays);
	const others = all.filter(({ key }) => !known.has(key)).map(({ key, found }) => ({ at: Date.parse(key), cells: found.count.count }));
	const typical = others.reduce((sum, { cells }) => sum + cells, 0) / Math.max(1, others.length);
	return all
		.filter(({ key, found }) => known.has(key) && others.length > 0 && (others.every(({ at }) => Math.abs(at - Date.parse(key)) > 365 * day) || found.count.count >= 10 * Math.max(3, typical)))
		.map(({ key, found }) => spelled(distinct, parsed, key, 'date', found));
}

function questionOf(profile: ColumnProfile, draft: Draft, { count, texts: same, reads }: Found): Question {
	const { kind } = draft.conversion;
	const { text, count: cells, line } = count;
	const deciding = [{ line, text }];
	const keeps = kind === 'text' && draft.questions.length === 0;
	const kept = keeps ? text : reads === null ? text : readably(reads);
	const missing: QuestionOption = { value: 'missing', examples: [{ text, reads: says.nothing }], rows: cells, deciding, effect: { kind: 'missing', texts: same } };
	const keep: QuestionOption = {
		value: 'keep',
		examples: [{ text, reads: kept }],
		rows: keeps || kind === 'boolean' || reads !== null ? cells : 0,
		deciding,
		effect: kind === 'boolean' ? { kind: 'conversion', conversion: asText } : { kind: 'none' },
	};
	const certain = reads === null && isNotation(text) && kind !== 'boolean' && cells <= small * profile.filled;
	return {
		id: questionId('missing-value', profile.column, text),
		column: profile.column,
		kind: 'missing-value',
		cells,
		deciding: 0,
		text,
		options: keeps ? [keep, missing] : [missing, keep],
		...(keeps ? { standing: 'keep' } : certain ? { standing: 'missing' } : {}),
	};
}

/** A question for each text that may mean nothing was entered, the commonest first. */
export function missingQuestions(distinct: Distinct, profile: ColumnProfile, draft: Draft, words: readonly ValueCount[], parsed: string): Question[] {
	const [reader = asText] = draft.readers;
	const spoken: Found[] = words.map((count) => ({ count, texts: [count.text], reads: null }));
	const apart = reader.kind === 'number' ? numbersApart(distinct, parsed, profile.column) : reader.kind === 'timestamp' || reader.kind === 'timestamp-number' ? daysApart(distinct, parsed) : [];
	return [...spoken, ...apart].toSorted((a, b) => b.count.count - a.count.count).map((found) => questionOf(profile, draft, found));
}
