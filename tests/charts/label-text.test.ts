import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dodge, ellipsis, intervalText, markTitle, textWidth, wrap } from '../../src/charts/label-text.ts';
import { distinctTicks, niceDomain, ticks } from '../../src/charts/scale.ts';

describe('text', () => {
	it('an ellipsised text fits its width and a fitting text is unchanged', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 20, max: 300 }), (text, width) => {
				const short = ellipsis(text, width);
				expect(textWidth(short)).toBeLessThanOrEqual(width);
				if (textWidth(text) <= width) expect(short).toBe(text);
			}),
		);
	});

	it('wrapped lines fit, and lose no word when there is room', () => {
		expect(wrap('Claim denial', 60, 11)).toEqual(['Claim', 'denial']);
		fc.assert(
			fc.property(fc.lorem(), fc.integer({ min: 30, max: 200 }), (text, width) =>
				wrap(text, width).every((line) => textWidth(line) <= width),
			),
		);
	});

	it('an interval says its unit once, and "to" between negative numbers', () => {
		expect(intervalText((value) => `${value} %`, 83, 85)).toBe('83–85 %');
		expect(intervalText((value) => `${value} d`, -2, 1)).toBe('-2 to 1 d');
		expect(intervalText(String, null, 1)).toBeNull();
	});

	it('a title carries label, value, interval and n', () => {
		expect(markTitle('Claim denial', (value) => `${value} d`, { value: 9.6, lo: 9.2, hi: 10.1, n: 2014 })).toBe(
			'Claim denial: 9.6 d (9.2–10.1 d), n 2,014',
		);
		expect(markTitle('Other', String, { value: null, lo: null, hi: null, n: 0 })).toBe('Other: no value, n 0');
	});
});

describe('dodging', () => {
	it('keeps positions a gap apart, in order, and inside the bounds when they fit', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -50, max: 250 }), { maxLength: 12 }), (wishes) => {
				const placed = dodge(wishes, 13, 0, 200);
				const sorted = [...placed].sort((a, b) => a - b);
				sorted.forEach((position, index) => {
					if (index > 0) expect(position - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(13 - 1e-6);
					expect(position).toBeGreaterThanOrEqual(-1e-6);
					expect(position).toBeLessThanOrEqual(200 + 1e-6);
				});
				wishes.forEach((wish, a) =>
					wishes.forEach((other, b) => wish < other && expect(placed[a] ?? 0).toBeLessThan(placed[b] ?? 0)),
				);
			}),
		);
	});

	it('leaves positions that are apart where they wish to be', () => {
		expect(dodge([10, 40, 80], 13, 0, 100)).toEqual([10, 40, 80]);
	});
});

describe('ticks', () => {
	it('lie within the domain on round steps', () => {
		expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
		expect(niceDomain(3.09, 3.97, 4)).toEqual([3, 4]);
	});

	it('never write one number twice', () => {
		expect(distinctTicks(0, 2, 8, (value) => value.toFixed(0))).toEqual([0, 1, 2]);
	});
});
