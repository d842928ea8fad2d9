import type { ColumnReading, Question, QuestionOption } from '../../import/types.ts';
import { intake } from '../../lib/texts/intake.ts';
import { reading } from '../../lib/texts/reading.ts';

const say = intake.questions;
const quoted = (text: string): string => `“${text}”`;

/** A text that several options read, each in its own way: what makes the question plain. */
function contested({ options }: Question): { text: string; reads: string[] } | null {
	for (const { text } of options[0]?.examples ?? []) {
		const reads = options.map(({ examples }) => examples.find((example) => example.text === text)?.reads);
		if (reads.length > 1 && reads.every((read) => read !== undefined) && new Set(reads).size === reads.length) return { text: quoted(text), reads };
	}
	return null;
}

const orders: Readonly<Record<string, string>> = reading.order;

/** The question in one sentence, by an example that shows it. */
export function questionWords(question: Question): string {
	const { kind, column, text } = question;
	const example = contested(question);
	const first = quoted(question.options[0]?.examples[0]?.text ?? '');
	const named = quoted(column);
	switch (kind) {
		case 'day-or-month':
			return example ? say.kinds['day-or-month'](example.text, example.reads) : say.kinds['day-or-month-split'](named);
		case 'mixed-forms':
			return example && question.sibling ? say.kinds['mixed-forms'](example.text, example.reads, question.sibling.deciding[0] ? quoted(question.sibling.deciding[0].text) : question.sibling.shape, orders[question.sibling.value] ?? question.sibling.value) : say.kinds['day-or-month-split'](named);
		case 'decimal-sign':
			return example ? say.kinds['decimal-sign'](example.text, example.reads) : say.kinds['decimal-split'](named);
		case 'missing-value':
			return say.kinds['missing-value'](quoted(text ?? ''), named);
		case 'number-or-date':
			return say.kinds['number-or-date'](first, named);
		case 'two-digit-year':
			return say.kinds['two-digit-year'](first, named);
	}
}

const labels: Readonly<Record<string, string>> = say.options;

/** What an answer is called. */
export function optionWords(question: Question, { value, effect, examples }: QuestionOption): string {
	if (question.kind === 'two-digit-year') return say.years(Number(value));
	if (question.kind === 'number-or-date' && effect.kind === 'conversion' && effect.conversion.kind === 'timestamp-number') return say.unit(reading.units[effect.conversion.unit]);
	if (value === 'keep') return effect.kind === 'conversion' && effect.conversion.kind === 'text' ? say.keepText : say.keep(examples[0]?.reads ?? question.text ?? '');
	return labels[value] ?? value;
}

/** Whether the question shows how the cells would be read better than its options' names do. */
export const showsReadings = ({ kind }: Pick<Question, 'kind'>): boolean => kind !== 'missing-value';

/** Cells of a source that no conversion in force reads. */
export const badCount = (readings: Iterable<ColumnReading>): number => [...readings].reduce((sum, { bad }) => sum + bad, 0);
