import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import { replayable } from '../support/property.ts';

test('the unfinished end of a trend never runs back in time, however far its values lie outside the picture', () => {
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 3, maxLength: 12 }), fc.array(fc.integer({ min: -40, max: 50 }), { minLength: 1, maxLength: 5 }), (done, open) => {
			const points = [...done.map((value) => ({ value, unfinished: false })), ...open.map((value) => ({ value, unfinished: true }))].map((point, i) => ({ ...point, t: i * 7 * 86_400_000, n: 5 }));
			for (const path of charts.spark({ width: 300, points }).querySelectorAll('path')) {
				const xs = [...(path.getAttribute('d') ?? '').matchAll(/(-?[\d.]+),/g)].map((match) => Number(match[1]));
				expect(xs).toEqual([...xs].sort((a, b) => a - b));
			}
		}),
		replayable(200),
	);
});
