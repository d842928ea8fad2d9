import type { Recipe, Source } from '../types.ts';
import { squashed } from './names.ts';

/** Two unrelated 32-bit FNV-1a hashes of a text, as 16 hexadecimal digits. */
function hashed(text: string): string {
	return [0x811c9dc5, 0x01000193]
		.map((start) => {
			let hash = start;
			for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
			return hash.toString(16).padStart(8, '0');
		})
		.join('');
}

/** Equal for sources with the same columns, in whatever order, case and separators; it says nothing of their cells. */
export function headerFingerprint(source: Pick<Source, 'columns'>): string {
	const names = source.columns.map((name) => squashed(name) || name).sort();
	return `${String(names.length)}-${hashed(names.join('\n'))}`;
}

/** Columns of a source that a recipe asks for. */
export function columnsAsked(recipe: Recipe, source: string): string[] {
	const own = Object.hasOwn(recipe.sources, source) ? recipe.sources[source] : undefined;
	const tables = Object.values(recipe.tables).flat().filter((table) => table.source === source);
	const person = own?.person === undefined ? [] : [own.person.column];
	return [...new Set([...tables.flatMap((table) => [...Object.values(table.columns).flatMap(({ from }) => from), ...table.extra]), ...person])];
}

/** Whether every source that a recipe uses is there, with all columns that it asks for. */
export function fits(recipe: Recipe, sources: readonly Pick<Source, 'id' | 'columns'>[]): boolean {
	const used = [...new Set(Object.values(recipe.tables).flat().map(({ source }) => source))];
	return used.every((id) => {
		const source = sources.find((one) => one.id === id);
		return source !== undefined && columnsAsked(recipe, id).every((column) => source.columns.includes(column));
	});
}
