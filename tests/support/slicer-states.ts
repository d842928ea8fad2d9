import fc from 'fast-check';
import type { Dataset } from '../../src/engine/api.ts';
import { addDays, daysBetween, toIso, toMs } from '../../src/lib/dates.ts';
import type { DateRange } from '../../src/metrics/request.ts';

/** Whole seconds between the second week of the data and its end. */
export function instants(dataset: Dataset): fc.Arbitrary<string> {
	const [first, last] = [toMs(dataset.earliest) + 14 * 86_400_000, toMs(dataset.latest)];
	return fc.oneof(fc.constant(dataset.latest), fc.integer({ min: 0, max: Math.floor((last - first) / 1000) }).map((seconds) => toIso(first + seconds * 1000)));
}

/** Some values of up to three dimensions; now and then a value that nothing has. */
export function filters(dataset: Dataset, dimensions: readonly string[]): fc.Arbitrary<Record<string, (string | null)[]>> {
	const one = fc.constantFrom(...dimensions).chain((dimension) => {
		const values = (dataset.values[dimension] ?? []).map(({ value }) => value);
		const some = fc.subarray(values, { minLength: Math.min(1, values.length), maxLength: values.length });
		return fc.tuple(fc.constant(dimension), fc.oneof({ weight: 12, arbitrary: some }, { weight: 1, arbitrary: fc.constant<(string | null)[]>(['nothing is called so']) }));
	});
	return fc.array(one, { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs));
}

export function days(dataset: Dataset): fc.Arbitrary<DateRange> {
	const first = dataset.earliest.slice(0, 10);
	const last = daysBetween(first, dataset.latest.slice(0, 10));
	const day = fc.integer({ min: -5, max: last + 5 }).map((after) => addDays(first, after));
	return fc.oneof(
		fc.constant({}),
		day.map((from) => ({ from })),
		day.map((to) => ({ to })),
		fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
	);
}
