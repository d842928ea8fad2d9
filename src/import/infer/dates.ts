import { reading as says } from '../../lib/texts/reading.ts';
import type { ColumnProfile, Conversion, Question, QuestionOption } from '../types.ts';
import { readably } from './calendar.ts';
import { centuryQuestion } from './century.ts';
import { contest, decidingOf, type Cell, type Contest } from './contest.ts';
import type { Distinct } from './distinct.ts';
import { questionId, type Draft } from './draft.ts';
import { formSql } from './form-sql.ts';
import { skeletonOf, type Order, type Skeleton } from './skeleton.ts';

/** One way of writing that occurs in a column, with what its cells say about the order. */
interface Way {
	skeleton: Skeleton;
	/** Its most frequent shape. */
	shape: string;
	found: Contest;
	/** Index of the form that is sure; null: to be asked. */
	sure: number | null;
}

function waysOf(distinct: Distinct, profile: ColumnProfile): Way[] {
	const seen = new Map<string, { skeleton: Skeleton; shape: string; cells: number }>();
	for (const { shape, example, count } of profile.shapes) {
		const skeleton = skeletonOf(example);
		const before = skeleton && seen.get(skeleton.key);
		if (skeleton) seen.set(skeleton.key, { skeleton, shape: before?.shape ?? shape, cells: (before?.cells ?? 0) + count });
	}
	return [...seen.values()].flatMap(({ skeleton, shape, cells }) => {
		const run = (forms: Skeleton['forms']): Contest => contest(distinct, forms.map(({ form }) => ({ sql: formSql('text', form) })));
		const usual = isYearFirst(skeleton) ? run(skeleton.forms.slice(0, 1)) : null;
		if (usual && usual.any >= cells) return [{ skeleton: { ...skeleton, forms: skeleton.forms.slice(0, 1) }, shape, found: usual, sure: 0 }];
		const found = run(skeleton.forms);
		return found.any === 0 ? [] : [{ skeleton, shape, found, sure: sureOf(skeleton, found) }];
	});
}

/** A year of four digits in front is followed by the month everywhere but in cells that say otherwise. */
const isYearFirst = ({ forms }: Skeleton): boolean => forms[0]?.order === 'year-first' && forms[0].form.includes('%Y');

function sureOf(skeleton: Skeleton, { whole, differ, reads }: Contest): number | null {
	if (skeleton.forms.length === 1) return 0;
	if (isYearFirst(skeleton)) return whole.includes(0) || whole.length === 0 ? ((reads[0] ?? 0) > 0 ? 0 : 1) : (whole[0] ?? 0);
	if (whole.length === 1) return whole[0] ?? null;
	return whole.length > 1 && differ.cells === 0 ? (whole[0] ?? null) : null;
}

function optionOf(way: Way, index: number, examples: readonly Cell[]): QuestionOption {
	const { order, form } = way.skeleton.forms[index] ?? { order: 'day-first', form: '' };
	const { sole, reads } = way.found;
	const shown = sole[index]?.examples.length ? (sole[index]?.examples ?? []) : examples;
	return {
		value: order,
		examples: shown.map(({ text, reads: read }) => ({ text, reads: readably(read[index] ?? text) })),
		rows: reads[index] ?? 0,
		deciding: decidingOf(sole[index]?.examples ?? []),
		effect: { kind: 'form', form },
	};
}

const orderOf = (way: Way): Order | undefined => (way.sure === null ? undefined : way.skeleton.forms[way.sure]?.order);

function questionOf(way: Way, ways: readonly Way[], column: string): Question {
	const { found, skeleton, shape } = way;
	const rivals = (found.whole.length > 1 ? found.whole : found.reads.flatMap((cells, i) => (cells > 0 ? [i] : []))).map((i) => optionOf(way, i, found.differ.examples));
	const sibling = ways.find((other) => other !== way && rivals.some(({ value }) => value === orderOf(other)) && (other.found.sole[other.sure ?? -1]?.cells ?? 0) > 0);
	const deciding = found.sole.reduce((sum, { cells }) => sum + cells, 0);
	const order = sibling && orderOf(sibling);
	return {
		id: questionId(sibling ? 'mixed-forms' : 'day-or-month', column, skeleton.forms[0]?.form ?? ''),
		column,
		kind: sibling ? 'mixed-forms' : 'day-or-month',
		cells: found.any,
		deciding,
		shape,
		...(sibling && order ? { sibling: { shape: sibling.shape, value: order, cells: sibling.found.any, deciding: decidingOf(sibling.found.sole[sibling.sure ?? -1]?.examples ?? []) } } : {}),
		options: rivals.toSorted((a, b) => Number(b.value === order) - Number(a.value === order) || b.rows - a.rows),
	};
}

function becauseOf(ways: readonly Way[]): string {
	const open = ways.find(({ sure }) => sure === null);
	if (open && open.found.whole.length === 0) return says.dateSplit;
	if (open) return ways.some(({ sure }) => sure !== null) ? says.dateHalf(open.shape) : says.dateOpen;
	const [way] = ways;
	if (!way || ways.length > 1) return says.dateForms(ways.length);
	const example = way.found.sole[way.sure ?? 0]?.examples[0];
	const order = orderOf(way);
	if (way.skeleton.forms.length === 1 || order === 'year-first' || !order) return says.dates(way.shape);
	return example ? says.dateDecided(says.order[order], example.text, example.line) : way.found.whole.length > 1 ? says.dateSame : says.dates(way.shape);
}

/** Dates and date-times of a column with the share of cells that are any, or null. `plain`: cells whose text does not say that nothing was entered. */
export function datesOf(distinct: Distinct, profile: ColumnProfile, plain: number): { draft: Draft; share: number } | null {
	const likely = profile.shapes.reduce((sum, { example, count }) => sum + (skeletonOf(example) ? count : 0), 0);
	if (likely < plain / 3) return null;
	const ways = waysOf(distinct, profile).toSorted((a, b) => b.found.any - a.found.any);
	if (ways.length === 0) return null;
	const share = ways.reduce((sum, { found }) => sum + found.any, 0) / plain;
	const formOf = (way: Way): string[] => (way.sure === null ? [] : [way.skeleton.forms[way.sure]?.form ?? '']);
	const every = ways.flatMap((way) => (way.sure === null ? way.skeleton.forms.map(({ form }) => form) : formOf(way)));
	const timestamp = (forms: readonly string[]): Conversion => ({ kind: 'timestamp', forms, missing: [] });
	const century = centuryQuestion(distinct, profile.column, every.filter((form) => form.includes('%y')));
	const questions = [...ways.filter(({ sure }) => sure === null).map((way) => questionOf(way, ways, profile.column)), ...(century ? [century] : [])];
	const swapped = ways.flatMap((way) => (way.skeleton.forms.length > 1 && way.sure !== null ? [way.skeleton.forms[1 - Math.min(way.sure, 1)]?.form ?? ''] : []));
	const orders = new Set(ways.map(orderOf).filter((order) => order === 'day-first' || order === 'month-first'));
	const offsets = ways.filter((way) => way.skeleton.key.includes('%z')).reduce((sum, { found }) => sum + found.any, 0);
	const clocked = ways.filter((way) => /%[HI]/.test(way.skeleton.key)).reduce((sum, { found }) => sum + found.any, 0);
	const draft: Draft = {
		conversion: timestamp(ways.flatMap(formOf)),
		because: becauseOf(ways),
		questions,
		warnings: [
			...(orders.size > 1 ? [{ code: 'orders-differ', column: profile.column }] : []),
			...(offsets > 0 && offsets < clocked ? [{ code: 'some-offsets', column: profile.column, cells: offsets, of: clocked }] : []),
		],
		others: swapped.length > 0 ? [timestamp(swapped)] : [],
		readers: [timestamp(every)],
		deciding: ways.flatMap((way) => (way.sure === null ? [] : decidingOf(way.found.sole[way.sure]?.examples ?? []))),
	};
	return { draft, share };
}
