import { reading as says } from '../../lib/texts/reading.ts';
import type { AnswerEffect, ColumnReading, Conversion, Question } from '../types.ts';

type Answers = Readonly<Record<string, string>>;

function changed(conversion: Conversion, effect: AnswerEffect): Conversion {
	switch (effect.kind) {
		case 'conversion':
			return { ...effect.conversion, missing: conversion.missing };
		case 'form':
			return conversion.kind === 'timestamp' ? { ...conversion, forms: [...conversion.forms, effect.form] } : conversion;
		case 'since':
			return conversion.kind === 'timestamp' ? { ...conversion, since: effect.since } : conversion;
		case 'missing':
			return { ...conversion, missing: [...conversion.missing, ...effect.texts] };
		case 'none':
			return conversion;
	}
}

const turn: Readonly<Record<AnswerEffect['kind'], number>> = { form: 0, since: 0, conversion: 1, missing: 2, none: 3 };

function answered(question: Question, answers: Answers): Question {
	const { answer: _before, ...rest } = question;
	const given = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
	const answer = question.options.some(({ value }) => value === given) ? given : question.standing;
	return answer === undefined ? rest : { ...rest, answer };
}

const chosen = ({ options, answer }: Question) => options.find(({ value }) => value === answer);

/**
 * The reading as these answers make it, from its unanswered state: answers may change or be taken back. Answers to other questions,
 * or that are no option, count for nothing. `bad` adds the cells that the chosen answers leave unread; `recounted` gives their lines.
 */
export function withAnswers(reading: ColumnReading, answers: Answers): ColumnReading {
	const questions = reading.questions.map((question) => answered(question, answers));
	const { conversion: before, bad, badCells } = reading.unanswered;
	const effects = questions.flatMap((question) => chosen(question)?.effect ?? []);
	const conversion = effects.toSorted((a, b) => turn[a.kind] - turn[b.kind]).reduce(changed, before);
	const unread = questions.flatMap((question) => {
		const option = chosen(question);
		return option && option.rows < question.cells ? [{ cells: question.cells - option.rows, of: question.kind === 'missing-value' ? option.deciding : question.options.flatMap((other) => (other === option ? [] : other.deciding)) }] : [];
	});
	const more = unread.flatMap(({ of }) => of);
	return { ...reading, questions, conversion, bad: bad + unread.reduce((sum, { cells }) => sum + cells, 0), badCells: [...badCells, ...more].slice(0, 100) };
}

/** The questions that nobody has answered: while there is one, nothing is built. */
export const open = (readings: readonly ColumnReading[], answers: Answers): Question[] =>
	readings.flatMap((reading) => withAnswers(reading, answers).questions.filter(({ answer }) => answer === undefined));

/** A conversion that a person chose outright: nothing is left to ask. Its bad cells are counted by `recounted`. */
export const withConversion = (reading: ColumnReading, conversion: Conversion): ColumnReading => ({ ...reading, conversion, questions: [], because: says.chosen });
