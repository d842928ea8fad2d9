import { notRead } from '../../import/infer/convert.ts';
import type { ColumnReading, Recipe, TableRecipe } from '../../import/types.ts';

type Kind = ColumnReading['conversion']['kind'];

const feedsOf = (recipe: Recipe, source: string): TableRecipe[] => Object.values(recipe.tables).flat().filter((feed) => feed.source === source);
const alone = (from: readonly string[], column: string): boolean => from.length === 1 && from[0] === column;

/** Texts of a source column that a person has replaced, with what stands for them now; an empty text is nothing. */
export function mendedIn(recipe: Recipe, source: string, column: string): Record<string, string> {
	const values = feedsOf(recipe, source).flatMap((feed) => Object.values(feed.columns).flatMap(({ from, values: own }) => (alone(from, column) ? Object.entries(own ?? {}) : [])));
	return Object.fromEntries(values.filter(([text]) => !text.endsWith(notRead)));
}

/** Cells can be mended where the column alone feeds a column of a table. */
export const canMend = (recipe: Recipe, source: string, column: string): boolean => feedsOf(recipe, source).some((feed) => Object.values(feed.columns).some(({ from }) => alone(from, column)));

/**
 * The recipe in which a text that could not be read stands for another value, wherever the column goes; null takes that back. A text
 * that the database would read otherwise than decided arrives with a mark, so both ways of writing it are named.
 */
export function mended(recipe: Recipe, source: string, column: string, text: string, value: string | null): Recipe {
	const keys = [text.trim(), `${text.trim()}${notRead}`];
	const changed = (values: Readonly<Record<string, string>> = {}): Record<string, string> => {
		const others = Object.entries(values).filter(([key]) => !keys.includes(key));
		return Object.fromEntries(value === null ? others : [...others, ...keys.map((key): [string, string] => [key, value])]);
	};
	const tables = Object.entries(recipe.tables).map(([table, feeds]): [string, TableRecipe[]] => [
		table,
		feeds.map((feed) => (feed.source !== source ? feed : { ...feed, columns: Object.fromEntries(Object.entries(feed.columns).map(([name, own]) => [name, alone(own.from, column) ? { ...own, values: changed(own.values) } : own])) })),
	]);
	return { ...recipe, tables: Object.fromEntries(tables) };
}

const isDay = (text: string): boolean => {
	const at = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

/** A value as it is kept, from what a person wrote; null where it is none. Dates are written year first, numbers with a point. */
export function canonical(kind: Kind, written: string): string | null {
	const text = written.trim();
	if (text === '' || kind === 'text') return text;
	if (kind === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? text : null;
	if (kind === 'boolean') return /^(true|yes)$/i.test(text) ? 'true' : /^(false|no)$/i.test(text) ? 'false' : null;
	const [, day = '', clock] = /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?))?$/.exec(text) ?? [];
	if (!isDay(day)) return null;
	return clock === undefined ? day : `${day} ${clock.length === 5 ? `${clock}:00` : clock}`;
}
