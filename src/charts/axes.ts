import type { Draw } from './drawing.ts';
import type { Scale } from './scale.ts';

/** Hairlines over the width of the plot, each named at its left. */
export function yAxis(draw: Draw, y: Scale, ticks: readonly number[], format: (value: number) => string, side: { left: number; right: number }): SVGElement[] {
	const lined = (tick: number): SVGElement => draw('line', { x1: side.left, x2: side.right, y1: y(tick), y2: y(tick) });
	const named = (tick: number): SVGElement => draw('text', { x: side.left - 10, y: y(tick) + 4 }, format(tick));
	return [draw('g', { class: 'y-grid', stroke: 'var(--rule)' }, ...ticks.map(lined)), draw('g', { class: 'y-axis', fill: 'var(--ink-2)', 'text-anchor': 'end' }, ...ticks.map(named))];
}

/** Short ticks below the plot, each with its lines of text. */
export function xAxis(draw: Draw, x: Scale, ticks: readonly { t: number; lines: readonly string[] }[], bottom: number): SVGElement {
	const mark = (t: number): SVGElement => draw('line', { x1: x(t), x2: x(t), y1: bottom, y2: bottom + 3, stroke: 'var(--ink-3)' });
	return draw(
		'g',
		{ class: 'x-axis', fill: 'var(--ink-2)', 'text-anchor': 'middle' },
		...ticks.map(({ t }) => mark(t)),
		...ticks.flatMap(({ t, lines }) => lines.map((line, index) => draw('text', { x: x(t), y: bottom + 16 + index * 11 }, line))),
	);
}
