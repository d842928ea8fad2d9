import { expect } from 'vitest';
import type { MeasureRow } from '../../src/metrics/request.ts';

type Comparable = Pick<MeasureRow, 'keys' | 'value' | 'n'> & Partial<Pick<MeasureRow, 't' | 'lo' | 'hi'>>;

/** The same groups with the same n, and every number to eight digits. Groups over which nothing is known say nothing. */
export function expectSameRows(found: readonly Comparable[], expected: readonly Comparable[], label: string): void {
	const byKey = (rows: readonly Comparable[]): Map<string, Comparable> => new Map(rows.filter((row) => row.n > 0).map((row) => [JSON.stringify([row.keys, row.t ?? null]), row]));
	const [have, want] = [byKey(found), byKey(expected)];
	const counts = (rows: Map<string, Comparable>): Record<string, number> => Object.fromEntries([...rows].map(([key, row]) => [key, row.n]).sort());
	expect(counts(have), label).toEqual(counts(want));
	for (const [key, row] of want) {
		for (const part of ['value', 'lo', 'hi'] as const) {
			const [a, b] = [have.get(key)?.[part], row[part]];
			if (b === undefined) continue;
			const same = a == null || b === null ? (a ?? null) === b : Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(b));
			expect(same, `${label} ${key} ${part}: ${String(a)} instead of ${String(b)}`).toBe(true);
		}
	}
}
