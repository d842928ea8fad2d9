import type { Inspected } from '../../engine/api.ts';
import { withAnswers } from '../../import/infer/answers.ts';
import { keyOf, isNeeded, mainTable } from '../../import/map/contract.ts';
import { columnsAsked } from '../../import/map/fingerprint.ts';
import type { Question, Recipe, TableRecipe } from '../../import/types.ts';
import type { Pack } from '../../pack/types.ts';

/** Why files cannot be opened yet, and where on the page that is to be changed. */
export interface Hindrance {
	kind: 'questions' | 'needed' | 'person' | 'nothing' | 'looking';
	count: number;
	anchor: string;
}

/** A question with what the page needs beside it. */
export interface Asked {
	source: string;
	question: Question;
	/** Nothing can be opened before it is answered. */
	open: boolean;
	/** Of a column that comes along. */
	used: boolean;
}

/** Columns of a source that come along under a recipe. A table of its own takes all of its source. */
export function usedColumns(recipe: Recipe, { source }: Pick<Inspected, 'source'>): Set<string> {
	const own = recipe.sources[source.id];
	if (!own || own.left) return new Set();
	return new Set((recipe.pack === null ? source.columns : columnsAsked(recipe, source.id)).filter((column) => own.privacy[column] !== 'drop'));
}

/** Every question that the files raise, as the recipe answers it; a column read as a person chose raises none. */
export function askedOf(recipe: Recipe, sources: readonly Inspected[]): Asked[] {
	return sources.flatMap((one) => {
		const own = recipe.sources[one.source.id];
		const used = usedColumns(recipe, one);
		return one.readings.flatMap((reading) =>
			own && Object.hasOwn(own.conversions, reading.column)
				? []
				: withAnswers(reading, own?.answers ?? {}).questions.map((question) => ({ source: one.source.id, question, used: used.has(reading.column), open: used.has(reading.column) && question.answer === undefined })),
		);
	});
}

/** Columns without which no row of the table can stand, and that nothing feeds. */
export function missingNeeded(pack: Pack, table: string, feed: TableRecipe): string[] {
	return Object.entries(pack.raw[table]?.columns ?? {}).flatMap(([column, contract]) => {
		const own = feed.columns[column];
		return isNeeded(contract) && !(own && (own.numbered === true || own.from.length > 0)) ? [column] : [];
	});
}

/** Rows may be numbered where the table has one key and no column of the feed stands for it. */
export const canNumber = (pack: Pack, table: string, column: string, feed: TableRecipe): boolean => keyOf(pack, table).join() === column && feed.once.length === 0;

const lives = (recipe: Recipe, { source }: TableRecipe): boolean => recipe.sources[source]?.left === false;

export function hindrances(recipe: Recipe, pack: Pack | null, sources: readonly Inspected[]): Hindrance[] {
	const open = askedOf(recipe, sources).filter((asked) => asked.open).length;
	const feeds = Object.entries(recipe.tables).flatMap(([table, all]) => all.filter((feed) => lives(recipe, feed)).map((feed) => ({ table, feed })));
	const needed = pack ? feeds.reduce((sum, { table, feed }) => sum + missingNeeded(pack, table, feed).length, 0) : 0;
	const persons = Object.values(recipe.sources).filter(({ left, privacy, person }) => !left && person === undefined && Object.values(privacy).includes('shift')).length;
	const main = pack ? mainTable(pack) : null;
	const fed = recipe.pack === null ? Object.values(recipe.sources).some(({ left }) => !left) : feeds.some(({ table }) => main === null || table === main);
	return [
		{ kind: 'questions' as const, count: open, anchor: 'intake-questions' },
		{ kind: 'needed' as const, count: needed, anchor: 'intake-tables' },
		{ kind: 'person' as const, count: persons, anchor: 'intake-columns' },
		{ kind: 'nothing' as const, count: fed ? 0 : 1, anchor: recipe.pack === null ? 'intake-head' : 'intake-tables' },
		{ kind: 'looking' as const, count: recipe.pack === null && open === 0 && !recipe.plan ? 1 : 0, anchor: 'intake-quick' },
	].filter(({ count }) => count > 0);
}

export interface SourceAccount {
	source: string;
	/** rows and lines in = loaded + left + skipped */
	in: number;
	loaded: number;
	left: number;
	skipped: number;
}

export function accountsOf(recipe: Recipe, sources: readonly Inspected[]): SourceAccount[] {
	return sources.map(({ source }) => {
		const own = recipe.sources[source.id];
		const feeds = recipe.pack === null || Object.values(recipe.tables).flat().some((feed) => feed.source === source.id);
		const taken = own !== undefined && !own.left && feeds;
		return { source: source.id, in: source.rows + source.skipped, loaded: taken ? source.rows : 0, left: taken ? 0 : source.rows, skipped: source.skipped };
	});
}
