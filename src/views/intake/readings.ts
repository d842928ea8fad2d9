import type { Inspected } from '../../engine/api.ts';
import { withAnswers, withConversion } from '../../import/infer/answers.ts';
import type { ColumnReading, Conversion, Deciding, Recipe } from '../../import/types.ts';

/** Cells that conversions chosen by a person leave unread, by `countKey`. */
export type Counted = Readonly<Record<string, { bad: number; badCells: readonly Deciding[] }>>;

export const countKey = (source: string, column: string, conversion: Conversion): string => JSON.stringify([source, column, conversion]);

/** Readings as the answers and choices of a recipe make them, by source, in the order of its columns. */
export function readingsBy(recipe: Recipe, sources: readonly Inspected[], counted: Counted): ReadonlyMap<string, readonly ColumnReading[]> {
	return new Map(
		sources.map(({ source, readings }) => {
			const own = recipe.sources[source.id];
			const reads = (reading: ColumnReading): ColumnReading => {
				const chosen = own && Object.hasOwn(own.conversions, reading.column) ? own.conversions[reading.column] : undefined;
				if (!chosen) return withAnswers(reading, own?.answers ?? {});
				return { ...withConversion(reading, chosen), ...(counted[countKey(source.id, reading.column, chosen)] ?? { bad: 0, badCells: [] }) };
			};
			return [source.id, readings.map(reads)];
		}),
	);
}
