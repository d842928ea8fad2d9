// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flags } from '../../src/charts/flags.ts';
import { textWidth } from '../../src/charts/label-text.ts';
import { timeTicks } from '../../src/charts/time-ticks.ts';
import { timeline } from '../../src/charts/timeline.ts';
import type { TimelineInput } from '../../src/charts/types.ts';
import { replayable } from '../support/property.ts';
import { inputs } from './inputs.ts';
import { textBoxes } from './text-boxes.ts';

const HOUR = 3_600_000;
const widths = [300, 340, 480, 620, 772, 900];
const number = (element: Element | null, name: string): number => Number(element?.getAttribute(name));
const typical = (width: number): TimelineInput => inputs('typical', width).timeline;

const words = fc.constantFrom(
	'opened',
	'assigned',
	'first response',
	'documents requested',
	'documents received',
	'escalated',
	'resolved',
	'reopened',
	'asked for by a very long name of an event that no pack has',
	'x',
);
const people = fc.constantFrom(
	'Camille Whitfield',
	'Zoë Kowalski',
	'Renée Everett',
	'Al',
	'Maximiliane von und zu Habenichts-Obermayer',
);

/** Any case: events and contacts anywhere on the axis, bunched or not, many handoffs, a promise inside or beyond. */
const anyCase: fc.Arbitrary<TimelineInput> = fc
	.record({
		width: fc.constantFrom(...widths),
		hours: fc.constantFrom(1, 30, 500, 9000),
		events: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), words), { minLength: 1, maxLength: 12 }),
		contacts: fc.array(
			fc.tuple(
				fc.double({ min: 0, max: 1, noNaN: true }),
				fc.constantFrom('call', 'email', 'insurer follow-up'),
				fc.option(fc.integer({ min: 1, max: 600 })),
			),
			{ maxLength: 20 },
		),
		holders: fc.array(people, { maxLength: 9 }),
		cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 9, maxLength: 9 }),
		promise: fc.option(fc.double({ min: 0, max: 2, noNaN: true }), { nil: undefined }),
		end: fc.boolean(),
	})
	.map(({ width, hours, events, contacts, holders, cuts, promise, end }) => {
		const from = Date.UTC(2026, 0, 5, 7, 13);
		const at = (share: number): number => from + Math.round(share * hours * HOUR);
		const ends = [...cuts].sort((a, b) => a - b);
		const inOrder = <T extends readonly [number, ...unknown[]]>(rows: readonly T[]): readonly T[] =>
			[...rows].sort((a, b) => a[0] - b[0]);
		return {
			width,
			from,
			to: at(1),
			events: inOrder(events).map(([share, label], i) => ({ key: `e${i}`, t: at(share), label, title: label })),
			contacts: inOrder(contacts).map(([share, lane, minutes], i) => ({
				key: `c${i}`,
				t: at(share),
				label: lane,
				title: lane,
				lane,
				minutes,
			})),
			waits: ends
				.slice(1)
				.map((share, i) => ({
					key: `w${i}`,
					from: at(ends[i] ?? 0),
					to: at(share),
					label: i % 3 === 0 ? null : `${i}.2 days nothing`,
					title: 'a wait',
				})),
			holders: holders.map((label, i) => ({
				key: `h${i}`,
				from: at(i === 0 ? 0 : (ends[i - 1] ?? 0)),
				to: at(ends[i] ?? 1),
				label: i % 4 === 3 ? null : label,
				title: label,
			})),
			holding: 'held by',
			...(promise === undefined ? {} : { promise: { at: at(promise), label: 'promise: 7 days', kept: promise > 1 } }),
			...(end ? { end: 'as of 30 Jun, 16:57' } : {}),
		};
	});

describe('any timeline', () => {
	it('keeps its labels apart and inside, its marks inside, and every mark', () => {
		fc.assert(
			fc.property(anyCase, (input) => {
				const svg = timeline(input);
				const height = number(svg, 'height');
				const boxes = textBoxes(svg);
				const overlaps = boxes.flatMap((a, i) =>
					boxes
						.slice(i + 1)
						.filter(
							(b) =>
								a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5,
						)
						.map((b) => `${a.text} × ${b.text}`),
				);
				expect(overlaps).toEqual([]);
				for (const box of boxes)
					expect([
						box.text,
						box.left >= -0.5,
						box.right <= input.width + 0.5,
						box.top >= -0.5,
						box.bottom <= height + 0.5,
					]).toEqual([box.text, true, true, true, true]);
				for (const rect of svg.querySelectorAll('.mark rect:not(.hit)')) {
					expect(number(rect, 'x')).toBeGreaterThanOrEqual(-0.5);
					expect(number(rect, 'x') + number(rect, 'width')).toBeLessThanOrEqual(input.width + 0.5);
				}
				expect(svg.querySelectorAll('.mark[data-key]')).toHaveLength(
					input.events.length + input.contacts.length + input.waits.length + input.holders.length,
				);
			}),
			replayable(150),
		);
	});

	it('has what came later further right, on one scale for events and contacts', () => {
		fc.assert(
			fc.property(anyCase, (input) => {
				const svg = timeline(input);
				const placed = [...input.events, ...input.contacts].map(({ key, t }) => {
					const mark = svg.querySelector(`[data-key="${key}"]`);
					const circle = mark?.querySelector('circle') ?? null;
					const rect = mark?.querySelector('rect:not(.hit)') ?? null;
					return { t, x: circle ? number(circle, 'cx') : number(rect, 'x') };
				});
				placed.sort((a, b) => a.t - b.t);
				placed.forEach(({ t, x }, i) => {
					const before = placed[i - 1];
					if (before && before.t < t) expect(x).toBeGreaterThanOrEqual(before.x - 1.6);
				});
			}),
			replayable(60),
		);
	});
});

describe('a timeline', () => {
	it.each(widths)('at %d px has the promise at its place, and tints what came after and nothing before', (width) => {
		const input = typical(width);
		const svg = timeline(input);
		const ends = ['e0', 'e7'].map((key) => ({
			t: input.events[Number(key.slice(1))]?.t ?? 0,
			x: number(svg.querySelector(`[data-key="${key}"] circle`), 'cx'),
		}));
		const [first, last] = ends;
		if (!first || !last || !input.promise) throw new Error('not drawn');
		const wanted = first.x + ((input.promise.at - first.t) / (last.t - first.t)) * (last.x - first.x);
		expect(number(svg.querySelector('.promise line'), 'x1')).toBeCloseTo(wanted, 1);
		expect(number(svg.querySelector('.late'), 'x')).toBeCloseTo(wanted, 1);
		expect(svg.querySelector('.late')?.getAttribute('fill')).toBe('var(--worse)');
	});

	it('tints nothing where the promise was kept, and draws no line for one that lies beyond', () => {
		const input = typical(620);
		const promise = { at: input.from + 168 * HOUR, label: 'promise: 7 days, kept', kept: true };
		expect(timeline({ ...input, promise }).querySelector('.late')).toBeNull();
		const later = timeline({ ...input, promise: { ...promise, at: input.to + HOUR, kept: false } });
		expect(later.querySelector('.promise line')).toBeNull();
		expect(later.querySelector('.late')).toBeNull();
		expect(later.querySelector('.promise text')?.textContent).toContain('→');
	});

	it('ends open at the as-of while it is open, and not after it has ended', () => {
		const { end, ...ended } = typical(620);
		expect(timeline({ ...ended, end: end ?? '' }).querySelector('.open-end')).not.toBeNull();
		expect(timeline(ended).querySelector('.open-end, .end')).toBeNull();
	});

	it('says every milestone and every person at the widths of the drawer', () => {
		for (const width of [358, 772]) {
			const input = typical(width);
			const said = [...timeline(input).querySelectorAll('text')]
				.map((text) => text.childNodes[0]?.textContent ?? '')
				.join(' | ');
			for (const { label } of input.events) expect(said).toContain(label);
			for (const { label } of input.holders) expect(said).toContain(label ?? '');
		}
	});

	it('marks the current entry and puts the cursor on it', () => {
		const svg = timeline(typical(620));
		expect([...svg.querySelectorAll('.mark.current')].map((mark) => mark.getAttribute('data-key'))).toEqual(['c3']);
		expect(
			Math.abs(
				number(svg.querySelector('.cursor'), 'x1') - number(svg.querySelector('.mark.current rect:not(.hit)'), 'x'),
			),
		).toBeLessThan(2);
	});

	it('shows names as text and never as markup', () => {
		const input = typical(620);
		const svg = timeline({
			...input,
			holders: [{ key: 'h', from: input.from, to: input.to, label: '<img src=x onerror=alert(1)>', title: '<b>' }],
		});
		expect(svg.querySelector('img, b')).toBeNull();
		expect(svg.textContent).toContain('<img src=x onerror=alert(1)>');
	});
});

describe('flags', () => {
	it('let no pole pass through the name of another flag that hangs lower', () => {
		const points = fc
			.array(fc.tuple(fc.integer({ min: 40, max: 890 }), words), { maxLength: 10 })
			.map((all) => [...all].sort((a, b) => a[0] - b[0]).map(([x, label]) => ({ x, label })));
		fc.assert(
			fc.property(points, (all) => {
				const hung = flags(all, 900);
				hung.forEach((flag, i) =>
					hung.forEach((other, k) => {
						const pole = all[k]?.x ?? 0;
						if (i === k || flag.text === '' || other.text === '') return;
						const through = flag.x < pole && pole < flag.x + textWidth(flag.text);
						if (through) expect(flag.level).toBeGreaterThan(other.level);
					}),
				);
			}),
			replayable(300),
		);
	});
});

describe('ticks of time', () => {
	it('lie inside, in order, with room for their names, each on a round minute', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: Date.UTC(2001, 0, 1), max: Date.UTC(2099, 0, 1) }),
				fc.integer({ min: 60_000, max: 4000 * 24 * HOUR }),
				fc.integer({ min: 200, max: 900 }),
				(from, span, width) => {
					const ticks = timeTicks(from, from + span, width);
					ticks.forEach(({ t, label }, i) => {
						expect(t >= from && t <= from + span).toBe(true);
						expect(t % 60_000).toBe(0);
						expect(label).not.toBe('');
						const before = ticks[i - 1];
						if (before) expect(((t - before.t) / span) * width).toBeGreaterThan(40);
					});
				},
			),
			replayable(300),
		);
	});

	it('name hours, days from midnight, weeks from Monday and months as fits', () => {
		const from = Date.UTC(2026, 5, 10, 9, 30);
		const labels = (hours: number): string[] => timeTicks(from, from + hours * HOUR, 500).map(({ label }) => label);
		expect(labels(8)).toEqual(['10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00']);
		expect(labels(24 * 5)).toEqual(['11 Jun', '12 Jun', '13 Jun', '14 Jun', '15 Jun']);
		expect(labels(24 * 60)).toEqual(['15 Jun', '22 Jun', '29 Jun', '6 Jul', '13 Jul', '20 Jul', '27 Jul', '3 Aug']);
		expect(labels(24 * 400)).toEqual(['Jul 26', 'Sep 26', 'Nov 26', 'Jan 27', 'Mar 27', 'May 27', 'Jul 27']);
	});
});
