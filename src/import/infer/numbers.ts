import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, QuestionOption } from '../types.ts';
import { contest, decidingOf, type Contest } from './contest.ts';
import type { Distinct } from './distinct.ts';
import { asText, enough, questionId, textDraft, type Draft } from './draft.ts';
import { currencyPattern, digitsPattern, numberSql, type NumberConversion } from './number-sql.ts';
import { namesIdentity } from './names.ts';
import { inner, literal } from './text.ts';
import { countedDates } from './counted-dates.ts';

/** A first look at one text: digits with any separators, signs and currencies. */
const numeral = new RegExp(`^[-+−–(]?[${inner}]?(?:${currencyPattern})?[${inner}]?[-+−–]?[${inner}]?\\.?\\d[\\d.,'’${inner}]*(?:[eE][-+]?\\d{1,3})?[${inner}]?%?[${inner}]?(?:${currencyPattern})?[${inner}]?[-−–)]?$`);
const numberish = (text: string): boolean => text.length <= 60 && numeral.test(text);
const currency = new RegExp(currencyPattern);

type Marks = Pick<NumberConversion, 'decimal' | 'group'>;

/** Ways of writing that the separators of a column allow, the likelier first. */
function marksOf(examples: readonly string[]): Marks[] {
	const digits = examples.map((text) => /\d[\d.,'’\s]*\d/.exec(text)?.[0] ?? '');
	const has = (pattern: RegExp): boolean => digits.some((text) => pattern.test(text));
	const dot = has(/\./) || examples.some((text) => /(?:^|[^\d])\.\d/.test(text));
	const [comma, space, apostrophe] = [has(/,/), has(/\s/), has(/['’]/)];
	const all: [boolean, Marks][] = [
		[space, { decimal: '.', group: ' ' }],
		[space && comma, { decimal: ',', group: ' ' }],
		[apostrophe, { decimal: '.', group: "'" }],
		[apostrophe && comma, { decimal: ',', group: "'" }],
		[comma, { decimal: '.', group: ',' }],
		[comma && !dot, { decimal: ',', group: '' }],
		[dot && !comma, { decimal: '.', group: '' }],
		[dot, { decimal: ',', group: '.' }],
	];
	const found = all.filter(([fits]) => fits).map(([, marks]) => marks);
	return found.length > 0 ? found : [{ decimal: '.', group: '' }];
}

function currencyOf({ db, table }: Distinct, examples: readonly string[]): string[] {
	if (!examples.some((text) => currency.test(text))) return [];
	return db
		.rows(`select regexp_extract(text, ${literal(currencyPattern)}) as sign, sum(n)::double as cells from ${table} where regexp_matches(text, '[0-9]') group by 1 order by 2 desc`)
		.map((row) => String(row.sign))
		.filter((sign) => sign !== '');
}

/**
 * Where every shape is known and only one way of writing fits an example of each, the others need not be tried on all cells: a shape
 * fits as a whole or not at all (but for a zero in front, which only takes ways away).
 */
function possible(candidates: readonly NumberConversion[], { shapes }: ColumnProfile, examples: readonly string[]): NumberConversion[] {
	const all = shapes.length < 200;
	const fitting = candidates.filter(({ decimal, group }) => {
		const whole = new RegExp(`^${digitsPattern(decimal, group)}$`);
		return examples.every((text) => whole.test(/[\d.,](?:[\d.,'’\s]*[\d])?(?:[eE][-+]?\d+)?/.exec(text.replace(currency, ''))?.[0] ?? ''));
	});
	return all && fitting.length === 1 ? fitting : [...candidates];
}

interface Whole {
	zeros: number;
	long: number;
}

function wholeNumbers({ db, table }: Distinct): Whole {
	const [row] = db.rows(`select coalesce(sum(n) filter (regexp_full_match(text, '0[0-9]+')), 0)::double as zeros, coalesce(sum(n) filter (regexp_full_match(text, '[0-9]{16,}')), 0)::double as long from ${table}`);
	return { zeros: Number(row?.zeros), long: Number(row?.long) };
}

function optionsOf(candidates: readonly NumberConversion[], found: Contest): QuestionOption[] {
	const rivals = found.whole.length > 1 ? found.whole : found.reads.flatMap((cells, i) => (cells > 0 ? [i] : []));
	return rivals.flatMap((i) => {
		const conversion = candidates[i];
		if (!conversion) return [];
		const sole = found.sole[i]?.examples ?? [];
		const value = conversion.decimal === ',' ? 'comma' : 'point';
		const examples = (sole.length > 0 ? sole : found.differ.examples).map(({ text, reads }) => ({ text, reads: reads[i] ?? text }));
		return [{ value, examples, rows: found.reads[i] ?? 0, deciding: decidingOf(sole), effect: { kind: 'conversion' as const, conversion } }];
	});
}

/** One option a decimal sign: of several ways with the same sign the one that reads most. */
const oneEach = (options: readonly QuestionOption[]): QuestionOption[] =>
	options.filter(({ value, rows }, i) => !options.some((other, j) => other.value === value && (other.rows > rows || (other.rows === rows && j < i))));

/** Numbers of a column with the share of cells that are any, or null. `plain`: cells whose text does not say that nothing was entered. */
export function numbersOf(distinct: Distinct, profile: ColumnProfile, plain: number): { draft: Draft; share: number } | null {
	const shapes = profile.shapes.filter(({ example }) => numberish(example));
	const examples = shapes.map(({ example }) => example);
	const likely = shapes.reduce((sum, { count }) => sum + count, 0);
	if (likely < plain / 3) return null;
	const percents = shapes.reduce((sum, { example, count }) => sum + (example.includes('%') ? count : 0), 0);
	const [sign = '', ...otherSigns] = currencyOf(distinct, examples);
	const candidates = marksOf(examples).map((marks): NumberConversion => ({ kind: 'number', ...marks, percent: percents > likely / 2, currency: sign, missing: [] }));
	const left = possible(candidates, profile, examples);
	const found = contest(distinct, left.map((candidate) => ({ sql: numberSql('text', candidate), comparable: (read) => `${read}::double` })));
	const share = found.any / plain;
	if (found.any === 0) return null;
	const open = found.whole.length === 0 || found.differ.cells > 0;
	const { draft } = open ? undecided(profile, left, found) : decided(distinct, profile, left, found, share);
	if (otherSigns.length > 0 && draft.conversion.kind !== 'text') draft.warnings.push({ code: 'other-currencies', column: profile.column, read: sign, others: otherSigns });
	return { draft, share };
}

function undecided(profile: ColumnProfile, candidates: readonly NumberConversion[], found: Contest): { draft: Draft } {
	const options = oneEach(optionsOf(candidates, found));
	const deciding = found.sole.reduce((sum, { cells }) => sum + cells, 0);
	const question = { id: questionId('decimal-sign', profile.column), column: profile.column, kind: 'decimal-sign' as const, cells: found.any, deciding, options };
	return { draft: { conversion: asText, because: deciding > 0 ? says.decimalSplit : says.decimalOpen, questions: [question], warnings: [], others: [...candidates], readers: [...candidates] } };
}

function decided(distinct: Distinct, profile: ColumnProfile, candidates: readonly NumberConversion[], found: Contest, share: number): { draft: Draft } {
	const winner = found.whole[0] ?? 0;
	const conversion = candidates[winner] ?? { kind: 'number', decimal: '.', group: '', percent: false, currency: '', missing: [] };
	const numeric = profile.shapes.filter(({ example }) => numberish(example));
	if (numeric.every(({ shape }) => /^[-+−]?9+$/.test(shape))) {
		const whole = wholeNumbers(distinct);
		if (whole.zeros > 0) return { draft: textDraft(says.leadingZeros, [conversion]) };
		if (whole.long > 0) return { draft: textDraft(says.longDigits, [conversion]) };
		if (namesIdentity(profile.column)) return { draft: textDraft(says.identity(profile.column), [conversion]) };
	}
	const plainly = numeric.every(({ shape }) => /^[-+−]?9+(\.9+)?$/.test(shape));
	const dates = share >= enough && plainly ? countedDates(distinct, profile, conversion) : null;
	if (dates) return { draft: dates };
	const decider = candidates.length > 1 ? found.sole[winner]?.examples[0] : undefined;
	const because = numeric.every(({ shape }) => /^[-+−]?9+$/.test(shape)) ? says.wholeNumbers : decider ? says.numberDecided(conversion.decimal, decider.text, decider.line) : plainly ? says.plainNumbers : says.number(conversion.decimal, found.any);
	return { draft: { conversion, because, questions: [], warnings: [], others: [], readers: [conversion], deciding: decidingOf(candidates.length > 1 ? (found.sole[winner]?.examples ?? []) : []) } };
}

