import { quick as said } from '../../lib/texts/quick.ts';
import type { ColumnProfile, ColumnReading, Conversion } from '../types.ts';
import type { NumberFacts } from './evidence.ts';
import { begins, codes, has, identifies, inOrder, labelOf, slug, wordsOf } from './names.ts';
import { described } from './numbers.ts';
import type { QuickColumn, QuickRole, QuickType } from './types.ts';

/** More make no groups that a page could show. */
const mostValues = 50;
/** A person may take more than is proposed. */
const mostChosen = 200;
const mostSteps = 20;

const yes = ['yes', 'y', 'true', 't', '1'];
const no = ['no', 'n', 'false', 'f', '0'];
/** Words that staging reads as yes and no, beside the canonical true and false. */
export const flagWords = { yes, no } as const;

const typeOf = ({ kind }: Conversion): QuickType => (kind === 'timestamp-number' ? 'timestamp' : kind);

/** A time that is planned, or that belongs to a person: no event of the row. */
export const planned = (words: readonly string[]): boolean => begins(words, 'plan', 'schedul', 'expect', 'expir', 'birth', 'estimat', 'target') || has(words, 'due', 'deadline', 'dob', 'valid', 'until', 'born');

const count = (profile: ColumnProfile, texts: readonly string[]): number => profile.values.reduce((sum, { text, count }) => (texts.includes(text) ? sum + count : sum), 0);

function isFlag(type: QuickType, values: readonly string[], distinct: number): boolean {
	if (type === 'boolean') return distinct === 2;
	const lower = values.map((value) => value.toLowerCase());
	return distinct === 2 && lower.length === 2 && lower.some((value) => yes.includes(value)) && lower.some((value) => no.includes(value));
}

interface Measured {
	words: readonly string[];
	rows: number;
	longest: number;
	flag: boolean;
	facts: NumberFacts | undefined;
}

/** What a column may be, and what it is where nothing else takes it. Bad cells would set their rows aside, so a column with many is nothing. */
function judged(column: Pick<QuickColumn, 'type' | 'filled' | 'bad' | 'distinct'>, { words, rows, longest, flag, facts }: Measured, only: string): { can: QuickRole[]; because: string } {
	const { type, filled, bad, distinct } = column;
	if (filled === 0) return { can: [], because: said.empty };
	const can: QuickRole[] = [];
	const unique = filled === rows && distinct === rows;
	if (type !== 'timestamp' && (unique || (filled === rows && identifies(words)))) can.push('key');
	if (distinct <= 1 && type !== 'timestamp') return { can, because: said.constant(only) };
	if (type !== 'text' && bad * 20 > filled) return { can: [], because: said.bad(bad, filled) };
	if (type === 'timestamp') return { can: ['time'], because: said.otherTime };
	if ((type === 'text' || facts?.whole === true) && filled >= 0.99 * rows && distinct * 2 <= rows) can.push('case');
	if (flag) return { can: [...can, 'rate', 'dimension'], because: said.rate };
	if (type === 'number') {
		if (facts?.whole === true && unique && facts.most - facts.least + 1 === rows) return { can: [...can, 'number'], because: said.counter };
		const coded = identifies(words) || (facts?.whole === true && codes(words));
		const few = distinct <= mostChosen && facts?.whole === true;
		return { can: [...can, ...(few ? (['dimension'] as const) : []), 'number'], because: coded ? (distinct <= mostValues ? said.codes(distinct) : said.identifies) : said.number };
	}
	if (distinct <= mostChosen && longest <= 200) can.push('dimension', 'activity');
	return { can, because: longest > 80 && distinct * 4 > filled ? said.free : distinct > mostValues || distinct * 2 > filled ? said.many(distinct, rows) : filled * 20 < rows ? said.sparse(filled, rows) : said.dimension(distinct) };
}

/** The columns of a source as a plan keeps them. `facts` are those of its number columns, `months` its dates that stand for months. */
export function columnsOf(profiles: readonly ColumnProfile[], readings: readonly ColumnReading[], facts: ReadonlyMap<string, NumberFacts>, months: ReadonlySet<string>): QuickColumn[] {
	const [names, labels] = [new Set<string>(), new Set<string>()];
	return profiles.map((profile, i) => {
		const reading = readings.find(({ column }) => column === profile.column);
		const missing = reading?.conversion.missing ?? [];
		const values = profile.values.filter(({ text }) => !missing.includes(text));
		const name = slug(profile.column, names, `column_${String(i + 1)}`);
		const label = labelOf(profile.column, labels);
		names.add(name);
		labels.add(label);
		const column = {
			column: profile.column,
			name,
			label,
			type: typeOf(reading?.conversion ?? { kind: 'text', missing: [] }),
			filled: profile.filled - count(profile, missing),
			bad: reading?.bad ?? 0,
			monthly: months.has(profile.column),
			distinct: profile.distinct - (profile.values.length - values.length),
		};
		const texts = values.map(({ text }) => text);
		const about = { words: wordsOf(profile.column), rows: profile.rows, longest: profile.longest, flag: isFlag(column.type, texts, column.distinct), facts: facts.get(profile.column) };
		const whole = { ...column, ...judged(column, about, texts[0] ?? ''), asNumber: null };
		return whole.can.includes('number') ? { ...whole, asNumber: described(whole, reading, about.facts) } : whole;
	});
}

/** Whether groups by it are proposed, and whether its values are steps in an order. */
export function groupsBy(column: QuickColumn, rows: number, facts: NumberFacts | undefined): { ordered: boolean; because: string } | null {
	const { distinct, filled } = column;
	if (!column.can.includes('dimension') || filled * 20 < rows || distinct > mostValues || distinct * 2 > filled) return null;
	if (column.can.includes('rate')) return { ordered: false, because: said.rate };
	if (column.type === 'text') return column.because === said.free || (distinct > 12 && distinct * 4 > filled) ? null : { ordered: false, because: said.dimension(distinct) };
	const words = wordsOf(column.column);
	if (facts?.whole !== true) return null;
	if (identifies(words) && !codes(words)) return null;
	if (identifies(words) || codes(words)) return { ordered: inOrder(words), because: said.codes(distinct) };
	return distinct <= mostSteps ? { ordered: true, because: said.ordered(distinct) } : null;
}
