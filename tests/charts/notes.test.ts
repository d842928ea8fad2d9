import fc from 'fast-check';
import { expect, test } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import type { Series, SeriesPoint } from '../../src/charts/types.ts';
import { replayable } from '../support/property.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 5);

const scene = fc.record({
	weeks: fc.integer({ min: 4, max: 60 }),
	width: fc.integer({ min: 320, max: 1200 }),
	days: fc.uniqueArray(fc.integer({ min: -30, max: 450 }), { maxLength: 6 }),
});

const points = (weeks: number): SeriesPoint[] => Array.from({ length: weeks }, (_, i) => ({ t: start + i * 7 * day, value: 10 + ((i * 7) % 5), n: 10, unfinished: i === weeks - 1 && i > 0 }));
const series = (key: string, weeks: number): Series => ({ key, label: key, tone: 'plain', points: points(weeks) });
const notesOn = (days: readonly number[]) => days.map((each) => ({ t: start + each * day, label: `day ${String(each)}` }));
/** The axis ends with the bucket that begins last. */
const within = (days: readonly number[], weeks: number): number[] => days.filter((each) => each >= 0 && each < weeks * 7);

/** x of the first two points that the chart has drawn of a series, from the path itself: they lie a week apart. */
function weekOf(path: string): { first: number; week: number } {
	const xs = [...path.matchAll(/[ML]?(-?[\d.]+),-?[\d.]+/g)].map((match) => Number(match[1]));
	const [first = Number.NaN, second = Number.NaN] = xs;
	return { first, week: second - first };
}

test('a note of a flow stands at the x of its day, measured by the drawn line itself; notes off the axis are not drawn', () => {
	fc.assert(
		fc.property(scene, ({ weeks, width, days }) => {
			const svg = charts.flow({ width, inflow: series('in', weeks), outflow: series('out', weeks), stock: series('stock', weeks), notes: notesOn(days), format: String });
			const { first, week } = weekOf(svg.querySelector('.panel.stock path.line')?.getAttribute('d') ?? '');
			const drawn = [...svg.querySelectorAll('g.note line')].map((line) => Number(line.getAttribute('x1'))).sort((a, b) => a - b);
			const expected = within(days, weeks).sort((a, b) => a - b).map((each) => first + (each / 7) * week);
			expect(drawn.length).toBe(expected.length);
			// Paths are drawn to a thousandth of a pixel, and the error of one week grows with the weeks.
			drawn.forEach((x, i) => expect(Math.abs(x - (expected[i] ?? Number.NaN))).toBeLessThan(0.02 * weeks));
		}),
		replayable(60),
	);
});

test('a note of a spark stands at the x of its day and says which day and what', () => {
	fc.assert(
		fc.property(scene, ({ weeks, width, days }) => {
			const svg = charts.spark({ width, points: points(weeks), notes: notesOn(days) });
			const { first, week } = weekOf(svg.querySelector('g.mark path')?.getAttribute('d') ?? '');
			const drawn = [...svg.querySelectorAll('g.note')].map((note) => ({ x: Number(note.querySelector('line')?.getAttribute('x1')), title: note.querySelector('title')?.textContent ?? '' }));
			expect(drawn.map(({ title }) => title).sort()).toEqual(within(days, weeks).map((each) => `${new Date(start + each * day).toISOString().slice(0, 10)}: day ${String(each)}`).sort());
			for (const { x, title } of drawn) {
				const away = Number(/day (\d+)$/.exec(title)?.[1]);
				// Sparks are drawn to a tenth of a pixel.
				expect(Math.abs(x - (first + (away / 7) * week))).toBeLessThan(0.11 * (away / 7) + 0.11);
			}
		}),
		replayable(60),
	);
});
