import type { Recipe } from '../types.ts';
import type { Candidate } from './columns.ts';
import type { ValueProposal } from './values.ts';

/** What is proposed for one contract column. */
export interface ColumnProposal {
	column: string;
	/** Source columns; empty: nothing was found, or the rows are numbered. */
	from: readonly string[];
	numbered: boolean;
	/** 0–1; what is below 0.75, or nearly as good as another, is not `sure` and is to be looked at first. */
	score: number;
	because: string;
	sure: boolean;
	/** What else fits, best first, at most five. */
	others: readonly Candidate[];
	values: ValueProposal | null;
	/** Without a needed column every row is set aside; a usual one leaves what rests on it empty; an optional one may be missing. */
	weight: 'needed' | 'usual' | 'optional';
}

/** One source as (part of) one raw table. */
export interface TableProposal {
	table: string;
	source: string;
	/** 0–1 over all columns of the contract. */
	score: number;
	because: string;
	/** Needed ones that were not found first, then those to be looked at, then missing ones, then the rest in the order of the contract. */
	columns: readonly ColumnProposal[];
	/** As `TableRecipe.once`. */
	once: readonly string[];
	extra: readonly string[];
}

export interface PackFit {
	pack: string;
	/** Mean over the sources of how much of a table each one is (0–1). */
	score: number;
	/** Its main table is fed with all that its rows need; or the pack is open and a file is plainly one of its tables. */
	confident: boolean;
}

export interface Proposal {
	/** `pack` is null, and no table is proposed, where no pack fits with confidence. */
	recipe: Recipe;
	confident: boolean;
	says: string;
	/** Best first. */
	packs: readonly PackFit[];
	tables: readonly TableProposal[];
	/** Tables of the pack that nothing feeds: they stay empty. */
	empty: readonly string[];
	/** Sources that feed nothing, and why. */
	unused: readonly { source: string; because: string }[];
}
