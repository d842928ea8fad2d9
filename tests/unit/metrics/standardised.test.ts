import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standardised } from '../../../src/metrics/tiles/groups.ts';
import type { MeasureRow } from '../../../src/metrics/request.ts';
import { replayable } from '../../support/property.ts';

const row = (group: string, stratum: string, num: number, den: number): MeasureRow => ({ keys: [group, stratum], t: null, value: num / den, n: den, lo: null, hi: null, parts: { num, den } });

describe('like for like', () => {
	// Worked by hand: strata A 30 of 100 and B 60 of 100 over all, 90 of 200 = 45 %.
	const rows = [row('x', 'A', 8, 20), row('x', 'B', 50, 80), row('y', 'A', 22, 80), row('y', 'B', 10, 20)];
	const [x] = standardised(rows);

	test('a group of 20 rows at 30 % and 80 rows at 60 % is expected to have 54; it has 58, so 45 % × 58 ÷ 54', () => {
		expect(x?.value).toBeCloseTo((0.45 * 58) / 54, 12);
	});

	test('its variance is that of a sample without replacement in each stratum, and its weight says how many rows of 45 % vary as much', () => {
		const variance = 20 * 0.3 * 0.7 * (1 - 20 / 100) + 80 * 0.6 * 0.4 * (1 - 80 / 100);
		expect(x?.z).toBeCloseTo(4 / Math.sqrt(variance), 12);
		expect(x?.parts.weight).toBeCloseTo((0.45 * 0.55) / ((0.45 / 54) ** 2 * variance), 9);
	});

	test('at its weight, a group lies as many standard errors from the whole as its z says: the picture cannot contradict the test', () => {
		const cell = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('s', 't', 'u'), fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }));
		fc.assert(
			fc.property(fc.array(cell, { minLength: 2, maxLength: 12 }), (cells) => {
				const given = cells.map(([group, stratum, den, share]) => row(group, stratum, Math.round(den * share), den));
				const all = given.reduce((sum, { parts }) => ({ num: sum.num + (parts.num ?? 0), den: sum.den + (parts.den ?? 0) }), { num: 0, den: 0 });
				const centre = all.num / all.den;
				for (const { value, z, parts } of standardised(given)) {
					if (value === null || value >= 1 || parts.weight === undefined || z === null || z === undefined) continue;
					expect((value - centre) / Math.sqrt((centre * (1 - centre)) / parts.weight)).toBeCloseTo(z, 6);
				}
			}),
			replayable(200),
		);
	});
});
