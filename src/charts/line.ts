import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, emptySvg, hitArea } from './drawing.ts';
import { ellipsis, markTitle, textWidth, widest } from './label-text.ts';
import { layer, plotSvg, xAxis, yAxis } from './plot-frame.ts';
import { distinctTicks, extent, niceDomain } from './scale.ts';
import { timeAxis } from './time-axis.ts';
import type { LineInput } from './types.ts';

/** One line over time or over a number, a dot at each point; a missing value is a gap. */
export function line(input: LineInput): SVGSVGElement {
	const { points, width, format, at } = input;
	const known = points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]));
	const along = extent(points.map((point) => point.t));
	const values = extent(known.map((point) => point.value));
	if (along === null || values === null) return emptySvg('line', input);
	const draw = drawIn(documentOf(input));
	const [lo, hi] = niceDomain(values[0] > 0 && values[0] < values[1] * 0.6 ? 0 : values[0], values[1], 4);
	const marks = distinctTicks(lo, hi, 4, format);
	const ends = at === 'time' ? [] : along.map(at);
	const margins = {
		top: 10,
		right: at === 'time' ? 22 : Math.ceil(widest(ends) / 2) + 4,
		bottom: input.axis ? 38 : 24,
		left: Math.max(Math.ceil(widest(marks.map(format))) + 14, at === 'time' ? 22 : Math.ceil(textWidth(ends[0] ?? '') / 2) + 2),
	};
	const height = Math.max(input.height ?? 240, margins.top + margins.bottom + 60);
	const room = width - margins.left - margins.right;
	const domain: [number, number] = along[0] === along[1] ? [along[0] - (at === 'time' ? 43_200_000 : 1), along[1] + (at === 'time' ? 43_200_000 : 1)] : along;
	const few = known.length <= room / 8;
	const name = (t: number): string => (at === 'time' ? new Date(t).toISOString().slice(0, 16).replace('T00:00', '').replace('T', ' ') : at(t));
	const svg = plotSvg('line', input, { height, margins }, {
		x: { type: at === 'time' ? 'utc' : 'linear', domain },
		y: { type: 'linear', domain: [lo, hi] },
		marks: [
			yAxis(marks, format),
			at === 'time' ? timeAxis(points.map((point) => point.t), room) : xAxis(distinctTicks(domain[0], domain[1], Math.max(2, Math.min(8, room / (widest(ends) + 24))), at), at),
			Plot.line(points, { x: 't', y: (point: { value: number | null }) => point.value ?? Number.NaN, stroke: 'var(--ink-2)', strokeWidth: 1.5 }),
			layer(input, ({ x, y }) =>
				known.map((point, i) => {
					const [left, right] = [known[i - 1], known[i + 1]].map((other) => (other ? (x(other.t) + x(point.t)) / 2 : x(point.t)));
					const [from, to] = [left ?? 0, right ?? 0];
					return draw(
						'g',
						{ class: 'mark', 'data-key': String(point.t) },
						draw('title', {}, markTitle(name(point.t), format, { value: point.value, lo: point.lo ?? null, hi: point.hi ?? null, n: point.n ?? 0 })),
						hitArea(draw, Math.min(from, x(point.t) - 2), margins.top, Math.max(4, to - from), height - margins.top - margins.bottom),
						draw('circle', { cx: x(point.t), cy: y(point.value), r: few ? 3 : 1, fill: 'var(--accent)' }),
					);
				}),
			),
		],
	});
	if (input.axis) svg.append(draw('text', { class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' }, ellipsis(input.axis, width)));
	return svg;
}
