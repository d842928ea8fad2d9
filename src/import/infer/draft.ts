import type { Conversion, Deciding, Note, Question } from '../types.ts';

/** What a kind of reading makes of a column before missing texts, bad cells and warnings are looked at. */
export interface Draft {
	/** Before any answer. */
	conversion: Conversion;
	because: string;
	questions: Question[];
	warnings: Note[];
	others: Conversion[];
	/** Every conversion that some answer leads to: cells that none of these reads are bad. */
	readers: Conversion[];
	/** Cells that allow this reading only. */
	deciding?: Deciding[];
}

/** The least share of the cells that a kind of reading must read; below, the column stays text. */
export const enough = 0.9;

export const asText: Conversion = { kind: 'text', missing: [] };

export const textDraft = (because: string, others: readonly Conversion[] = []): Draft => ({ conversion: asText, because, questions: [], warnings: [], others: [...others], readers: [asText] });

export const questionId = (kind: Question['kind'], column: string, detail = ''): string => `${kind}:${column}${detail === '' ? '' : `:${detail}`}`;
