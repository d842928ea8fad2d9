import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bandOf, targetField, targetFrom, targetText, withTargets, type Band } from '../../src/metrics/targets.ts';
import type { MeasureRow } from '../../src/metrics/request.ts';
import type { Measure } from '../../src/pack/types.ts';
import { packNamed } from '../support/engine.ts';
import { replayable } from '../support/property.ts';

const pack = packNamed('advocacy');
const kind = (better: Measure['better']): Pick<Measure, 'better' | 'kind' | 'minN'> => ({ better, kind: 'mean' });
const mirrored = (row: Row): Row => ({ ...row, value: row.value === null ? null : -row.value, lo: row.hi === null ? null : -row.hi, hi: row.lo === null ? null : -row.lo });

type Row = Pick<MeasureRow, 'value' | 'n' | 'lo' | 'hi'>;

const size = fc.double({ min: 0.001, max: 1000, noNaN: true });
const rows = fc.record({ value: size, below: size, above: size, n: fc.integer({ min: 30, max: 5000 }) }).map(({ value, below, above, n }): Row => ({ value, lo: value - below, hi: value + above, n }));
const order: readonly Band[] = ['met', 'unsure', 'near', 'missed'];

describe('a value against its target', () => {
	test('is met or missed only when all of its interval lies on that side; whenever the interval holds the target, nothing is claimed', () => {
		fc.assert(
			fc.property(rows, size, fc.constantFrom('lower' as const, 'higher' as const), (row, target, better) => {
				const band = bandOf(kind(better), row, target);
				const good = (bound: number | null): boolean => (better === 'lower' ? (bound ?? NaN) <= target : (bound ?? NaN) >= target);
				if (good(row.lo) && good(row.hi)) expect(band).toBe('met');
				else if (!good(row.lo) && !good(row.hi)) expect(['near', 'missed']).toContain(band);
				else expect(band).toBe('unsure');
			}),
			replayable(2000),
		);
	});

	test('turns with the direction: what is met as "lower is better" is met mirrored as "higher is better"', () => {
		fc.assert(
			fc.property(rows, size, (row, target) => {
				expect(bandOf(kind('higher'), mirrored(row), -target)).toBe(bandOf(kind('lower'), row, target));
			}),
			replayable(1000),
		);
	});

	test('never gets better as the target gets harder', () => {
		fc.assert(
			fc.property(rows, size, size, fc.constantFrom('lower' as const, 'higher' as const), (row, a, b, better) => {
				const [hard, easy] = (better === 'lower') === a < b ? [a, b] : [b, a];
				expect(order.indexOf(bandOf(kind(better), row, hard) as Band)).toBeGreaterThanOrEqual(order.indexOf(bandOf(kind(better), row, easy) as Band));
			}),
			replayable(2000),
		);
	});

	test('is the same in hours as in days', () => {
		fc.assert(
			fc.property(rows, size, fc.constantFrom('lower' as const, 'higher' as const), (row, target, better) => {
				const scaled = { value: (row.value ?? 0) * 32, lo: (row.lo ?? 0) * 32, hi: (row.hi ?? 0) * 32, n: row.n };
				expect(bandOf(kind(better), scaled, target * 32)).toBe(bandOf(kind(better), row, target));
			}),
			replayable(1000),
		);
	});

	test.each([
		['lower', 40, { value: 38, lo: 36, hi: 40, n: 900 }, 'met'],
		['lower', 40, { value: 40, lo: 38, hi: 42, n: 900 }, 'unsure'],
		['lower', 40, { value: 41.5, lo: 40.5, hi: 42.5, n: 9000 }, 'near'],
		['lower', 40, { value: 42, lo: 41, hi: 43, n: 9000 }, 'missed'],
		['higher', 4.5, { value: 4.6, lo: 4.5, hi: 4.7, n: 900 }, 'met'],
		['higher', 4.5, { value: 3.2, lo: 3, hi: 3.4, n: 900 }, 'missed'],
		['lower', 7, { value: null, lo: 9, hi: null, n: 900 }, 'missed'],
		['lower', 7, { value: 9, lo: null, hi: null, n: 900 }, 'unsure'],
		['lower', 7, { value: 2, lo: 1, hi: 3, n: 12 }, 'unsure'],
		['lower', 7, { value: null, lo: null, hi: null, n: 0 }, null],
		['neither', 7, { value: 2, lo: 1, hi: 3, n: 900 }, null],
	] as const)('%s is better, target %d, %o: %s', (better, target, row, band) => {
		expect(bandOf(kind(better), row, target)).toBe(band);
	});

	test('a count needs no least number of rows', () => {
		expect(bandOf({ better: 'lower', kind: 'balance' }, { value: 3, lo: 0.6, hi: 8.8, n: 3 }, 20)).toBe('met');
	});
});

describe('a target as it is typed', () => {
	const formats = ['integer', 'decimal', 'percent', 'hours', 'days', 'score'] as const;

	test('is read back as the number that was set, to ten digits, in every format', () => {
		fc.assert(
			fc.property(fc.constantFrom(...formats), fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 3 }), (format, digits, places) => {
				const value = digits / 10 ** places / (format === 'percent' ? 100 : 1);
				expect(targetFrom({ format, kind: 'ratio' }, targetField({ format }, value))).toBeCloseTo(value, 9);
			}),
			replayable(500),
		);
	});

	test.each([
		['40', 'percent', 'share', 0.4],
		['40 %', 'percent', 'share', 0.4],
		['7,5', 'days', 'survival', 7.5],
		['.5', 'score', 'mean', 0.5],
		['120', 'percent', 'ratio', 1.2],
		['120', 'percent', 'share', null],
		['-3', 'days', 'mean', null],
		['1e5', 'days', 'mean', null],
		['1,000.5', 'days', 'mean', null],
		['soon', 'days', 'mean', null],
		['', 'days', 'mean', null],
	] as const)('%s as %s of a %s is %s', (typed, format, of, value) => {
		expect(targetFrom({ format, kind: of }, typed)).toBe(value);
	});

	test('is said with the side that is better and with every digit that was set', () => {
		expect(targetText({ better: 'lower', format: 'percent' }, 0.4)).toBe('≤ 40\u00a0%');
		expect(targetText({ better: 'lower', format: 'percent' }, 0.3333)).toBe('≤ 33.33\u00a0%');
		expect(targetText({ better: 'higher', format: 'score' }, 4.5)).toBe('≥ 4.50');
		expect(targetText({ better: 'neither', format: 'days' }, 7.25)).toBe('7.25\u00a0d');
	});
});

describe('the targets that hold', () => {
	test('are the reader’s own, else those that the pack declares; nothing else of the pack changes', () => {
		const [id = '', other = ''] = Object.keys(pack.measures);
		const changed = withTargets(pack, { [id]: 5, nothing_called_so: 1 });
		expect(changed.measures[id]?.target).toBe(5);
		expect(changed.measures[other]).toBe(pack.measures[other]);
		expect(Object.keys(changed.measures)).toEqual(Object.keys(pack.measures));
		expect({ ...changed, measures: pack.measures }).toEqual(pack);
		expect(withTargets(pack, {})).toBe(pack);
	});

	test('of a pack are told only where the measure itself says what is enough: work within capacity', () => {
		expect(Object.fromEntries(Object.entries(pack.measures).flatMap(([id, { target }]) => (target === undefined ? [] : [[id, target]])))).toEqual({ utilisation: 1, weighted_utilisation: 1 });
	});
});
