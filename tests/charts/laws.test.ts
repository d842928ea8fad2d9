// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { charts } from '../../src/charts/index.ts';
import { plotted } from '../../src/charts/plotted.ts';
import { inputs, situations, type Inputs } from './inputs.ts';
import { textBoxes, type TextBox } from './text-boxes.ts';

const every = { ...charts, ...plotted };
type ChartKind = keyof typeof every;
const kinds = Object.keys(every) as ChartKind[];
const widths = [300, 340, 480, 620, 900];
const drawn = (kind: ChartKind, all: Inputs) =>
	(every[kind] as (input: Inputs[ChartKind]) => SVGSVGElement)(all[kind]);
const everyCase = kinds.flatMap((kind) =>
	situations.flatMap((situation) =>
		widths.map((width) => ({ kind, situation, width, svg: drawn(kind, inputs(situation, width)) })),
	),
);
const PAINTED = 'rect:not(.hit), circle, path, line';

function collide(a: TextBox, b: TextBox): boolean {
	return a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;
}

describe.each(kinds)('%s', (kind) => {
	const cases = everyCase.filter((one) => one.kind === kind);

	it('never lets labels overlap', () => {
		const overlaps = cases.flatMap(({ situation, width, svg }) => {
			const boxes = textBoxes(svg);
			return boxes.flatMap((a, index) =>
				boxes
					.slice(index + 1)
					.filter((b) => collide(a, b))
					.map((b) => `${situation} at ${width}: "${a.text}" × "${b.text}"`),
			);
		});
		expect(overlaps).toEqual([]);
	});

	it('never clips a label', () => {
		const clipped = cases.flatMap(({ situation, width, svg }) => {
			const height = Number(svg.getAttribute('height'));
			const right = Number(svg.getAttribute('width'));
			return textBoxes(svg)
				.filter((box) => box.left < -0.5 || box.right > right + 0.5 || box.top < -0.5 || box.bottom > height + 0.5)
				.map((box) => `${situation} at ${width}: "${box.text}" ${JSON.stringify(box)}`);
		});
		expect(clipped).toEqual([]);
	});

	it('takes every colour from a token', () => {
		const colours = cases.flatMap(({ svg }) =>
			[svg, ...svg.querySelectorAll('*')].flatMap((element) =>
				['fill', 'stroke', 'color'].flatMap((name) => element.getAttribute(name) ?? []),
			),
		);
		expect(
			[...new Set(colours)].filter((colour) => colour !== 'none' && !/^var\(--[a-z0-9-]+\)$/u.test(colour)),
		).toEqual([]);
	});

	it('brings no stylesheet, no inline style, no id and no font of its own', () => {
		for (const { svg } of cases) {
			expect(svg.querySelectorAll('style, [style], [id], [font-family]')).toHaveLength(0);
			expect(svg.hasAttribute('font-family')).toBe(false);
		}
	});

	it('is an image of a stated size with the class of its kind', () => {
		for (const { svg } of cases) {
			expect(svg.getAttribute('class')).toBe(`chart chart-${kind}`);
			expect(svg.getAttribute('role')).toBe('img');
			expect(svg.getAttribute('viewBox')).toBe(`0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
		}
	});

	it('gives every mark a key', () => {
		for (const { situation, svg } of cases) {
			const marks = svg.querySelectorAll('[data-key]');
			if (situation === 'empty') expect(svg.children).toHaveLength(0);
			else expect(marks.length).toBeGreaterThan(0);
			const keys = [...marks].map((mark) => mark.getAttribute('data-key'));
			expect(keys).not.toContain('');
			expect(new Set(keys).size).toBe(keys.length);
			if (kind !== 'spark')
				for (const mark of marks) expect(mark.querySelector(':scope > title')?.textContent).toBeTruthy();
		}
	});

	it('draws no number that is not one', () => {
		for (const { svg } of cases) expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/u);
	});

	it('stays inside its width', () => {
		for (const { svg, width } of cases) {
			for (const shape of svg.querySelectorAll('rect')) {
				const right = Number(shape.getAttribute('x')) + Number(shape.getAttribute('width'));
				expect(right).toBeLessThanOrEqual(width + 0.5);
			}
		}
	});

	it('draws the same text twice', () => {
		expect(drawn(kind, inputs('typical', 480)).outerHTML).toBe(drawn(kind, inputs('typical', 480)).outerHTML);
	});
});

describe('many rows', () => {
	const rows = Array.from({ length: 40 }, (_, index) => ({
		key: `adv_${index}`,
		label: `Advocate ${index} Moreno`,
		value: 3 + (index % 7),
		lo: 2 + (index % 7),
		hi: 4.5 + (index % 7),
		n: 40 + index * 11,
	}));
	const format = (value: number) => `${value.toFixed(1)} d`;
	const limits = [10, 600].map((n) => ({ n, lo95: 5, hi95: 7, lo998: 4.5, hi998: 7.5 }));
	const curves = rows.slice(0, 14).map((row) => ({
		key: row.key,
		label: row.label,
		n: row.n,
		open: 3,
		points: [0, 5, 20, 40].map((t) => ({ t, share: t / 45, lo: t / 50, hi: t / 41 })),
	}));
	const day = 86_400_000;
	const series = (key: string, length: number, step: number) => ({
		key,
		label: key,
		tone: 'plain' as const,
		points: Array.from({ length }, (_, index) => ({
			t: Date.UTC(2024, 0, 1) + index * step * day,
			value: 100 + ((index * 37) % 50),
		})),
	});
	const flow = (length: number, step: number) => (width: number) =>
		charts.flow({
			width,
			format,
			inflow: series('opened', length, step),
			outflow: series('resolved', length, step),
			stock: series('waiting', length, step),
			notes: [0, 1, 2, 3].map((index) => ({
				t: Date.UTC(2024, 0, 1 + index),
				label: `change ${index} of the intake form`,
			})),
		});
	const many: Record<string, (width: number) => SVGSVGElement> = {
		bars: (width) => charts.bars({ width, format, rows, reference: { value: 6, label: 'all 6.0 d' } }),
		'bars with negative values': (width) =>
			charts.bars({
				width,
				format,
				rows: rows.map((row, index) => (index % 3 ? row : { ...row, value: -row.value, lo: -row.hi, hi: -row.lo })),
			}),
		dots: (width) => charts.dots({ width, format, rows, reference: { value: 6, label: 'all 6.0 d' } }),
		columns: (width) => charts.columns({ width, format, rows, reference: { value: 6, label: 'all 6.0 d' } }),
		survival: (width) =>
			charts.survival({ width, curves, days: 30, axis: 'days', promise: { at: 7, label: 'promise' } }),
		'funnel-plot': (width) => charts['funnel-plot']({ width, format, rows, centre: 6, limits }),
		grid: (width) =>
			charts.grid({
				width,
				format,
				rows: rows.map((row, index) => ({
					...row,
					row: `team ${Math.floor(index / 10)}`,
					column: `hour ${index % 10}`,
				})),
				rowLabels: ['team 0', 'team 1', 'team 2', 'team 3'],
				columnLabels: Array.from({ length: 10 }, (_, index) => `hour ${index}`),
			}),
		'flow of a week of days': flow(7, 1),
		'flow of two months of days': flow(60, 1),
		'flow of three years of months': flow(36, 30),
	};
	it.each(Object.keys(many))('%s: labels stay apart and inside', (name) => {
		const faults = widths.flatMap((width) => {
			const svg = many[name]?.(width);
			if (svg === undefined) return ['not drawn'];
			const boxes = textBoxes(svg);
			const outside = boxes
				.filter((box) => box.left < -0.5 || box.right > width + 0.5)
				.map((box) => `${width}: "${box.text}" outside`);
			return [
				...outside,
				...boxes.flatMap((a, index) =>
					boxes
						.slice(index + 1)
						.filter((b) => collide(a, b))
						.map((b) => `${width}: "${a.text}" × "${b.text}"`),
				),
			];
		});
		expect(faults).toEqual([]);
	});
});

describe('rows without a value', () => {
	it.each(['bars', 'dots', 'columns'] as const)('%s keeps the row and draws nothing in it', (kind) => {
		const all = inputs('nulls', 480);
		const svg = drawn(kind, all);
		expect([...svg.querySelectorAll('[data-key]')].map((mark) => mark.getAttribute('data-key'))).toEqual(
			all[kind].rows.map((row) => row.key),
		);
		for (const row of all[kind].rows) {
			const painted = svg.querySelector(`[data-key="${row.key}"]`)?.querySelectorAll(PAINTED) ?? [];
			if (row.value === null) expect(painted).toHaveLength(0);
			else expect(painted.length).toBeGreaterThan(0);
		}
	});
});

describe('flow', () => {
	it('shares one x scale between its panels', () => {
		for (const { svg } of everyCase.filter((one) => one.kind === 'flow' && one.situation === 'typical')) {
			const xs = (key: string) => {
				const line = svg.querySelector(`[data-key="${key}"] path.line:not([stroke-dasharray])`);
				return [...(line?.getAttribute('d') ?? '').matchAll(/[ML]([\d.]+),/gu)].map((match) => Number(match[1]));
			};
			expect(xs('waiting')).toEqual(xs('opened'));
			expect(xs('resolved')).toEqual(xs('opened'));
			expect(xs('opened').length).toBeGreaterThan(20);
		}
	});

	it('leaves a gap in the stock where it is missing', () => {
		const area =
			drawn('flow', inputs('nulls', 480)).querySelector('[data-key="waiting"] path')?.getAttribute('d') ?? '';
		const runs = inputs('nulls', 480).flow.stock.points.filter(
			(point, index, all) => point.value !== null && (all[index - 1]?.value ?? null) === null,
		);
		expect(area.match(/M/gu)).toHaveLength(runs.length);
	});

	it('dashes the unfinished last bucket', () => {
		const svg = drawn('flow', inputs('typical', 480));
		for (const key of ['opened', 'resolved', 'waiting'])
			expect(
				svg.querySelector(`[data-key="${key}"] [stroke-dasharray], [data-key="${key}"][stroke-dasharray]`),
			).not.toBeNull();
	});
});

describe('funnel plot', () => {
	it('names exactly the groups beyond the outer limits', () => {
		const svg = drawn('funnel-plot', inputs('typical', 620));
		const named = [...svg.querySelectorAll('[data-key]')]
			.filter((mark) => mark.querySelector('text'))
			.map((mark) => mark.getAttribute('data-key'));
		expect(named.sort()).toEqual(['adv_12', 'adv_16', 'adv_19', 'adv_6']);
	});
});
