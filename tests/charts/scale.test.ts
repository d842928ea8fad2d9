import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import { niceDomain, ticks } from '../../src/charts/scale.ts';

const nearly = fc.tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 4 }));

describe('numbers that differ by rounding alone', () => {
	it('have one tick and a domain with room, not steps without end', () => {
		fc.assert(
			fc.property(nearly, ([value, steps]) => {
				const other = value + steps * Number.EPSILON * Math.abs(value);
				expect(ticks(value, other, 5).length).toBeLessThanOrEqual(1);
				const [lo, hi] = niceDomain(value, other, 4);
				expect(lo < value || lo === value).toBe(true);
				expect(hi > lo).toBe(true);
			}),
		);
	});

	it('are drawn by every kind of chart over groups', () => {
		const row = (key: string, value: number) => ({ key, label: key, value, n: 40, lo: value - 1e-16, hi: value });
		for (const draw of [charts.bars, charts.columns, charts.dots]) {
			const svg = draw({ width: 1344, rows: [row('a', 1), row('b', 1 - 1.2e-16)], reference: { value: 1 - 2.3e-16, label: 'all' }, format: (value) => `${(value * 100).toFixed(0)} %` });
			expect(svg.querySelectorAll('g.mark').length).toBe(2);
		}
	});
});
