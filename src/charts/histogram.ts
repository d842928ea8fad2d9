import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, emptySvg, namedRule, toneFill } from './drawing.ts';
import { countText, ellipsis, textWidth, widest } from './label-text.ts';
import { keyed, layer, plotSvg, xAxis, yAxis } from './plot-frame.ts';
import { distinctTicks, niceDomain, ticks } from './scale.ts';
import type { HistogramInput } from './types.ts';

/** Counts per bin of equal width; a marker line says where the promise lies. */
export function histogram(input: HistogramInput): SVGSVGElement {
	const { bins, width, format, marker } = input;
	const [first, last] = [bins[0], bins.at(-1)];
	if (first === undefined || last === undefined) return emptySvg('histogram', input);
	const draw = drawIn(documentOf(input));
	const [, highest] = niceDomain(0, Math.max(1, ...bins.map((bin) => bin.count)), 3);
	const counts = ticks(0, highest, 3).filter(Number.isInteger);
	const from = Math.min(first.from, marker?.at ?? first.from);
	const to = Math.max(last.to, marker?.at ?? last.to);
	const margins = {
		top: marker ? 26 : 8,
		right: Math.ceil(textWidth(format(to)) / 2) + 2,
		bottom: input.axis ? 36 : 22,
		left: Math.ceil(widest(counts.map(countText))) + 12,
	};
	const height = Math.max(input.height ?? 180, margins.top + margins.bottom + 40);
	const room = width - margins.left - margins.right;
	const values = distinctTicks(
		from,
		to,
		Math.max(2, Math.min(8, room / (widest([format(from), format(to)]) + 24))),
		format,
	);
	const marks = bins.map((bin) =>
		Plot.rectY([bin], {
			x1: 'from',
			x2: 'to',
			y: 'count',
			insetLeft: 0.5,
			insetRight: 0.5,
			fill: toneFill(bin.tone),
			...keyed(input, String(bin.from), `${format(bin.from)} to ${format(bin.to)}: n ${countText(bin.count)}`),
		}),
	);
	const line = layer(input, ({ x }) =>
		marker
			? [
					namedRule(
						draw,
						{ x: x(marker.at), top: margins.top - 4, bottom: height - margins.bottom, width },
						marker.label,
					),
				]
			: [],
	);
	const svg = plotSvg(
		'histogram',
		input,
		{ height, margins },
		{
			x: { type: 'linear', domain: [from, to] },
			y: { type: 'linear', domain: [0, highest] },
			marks: [
				yAxis(counts, countText),
				xAxis(values, format),
				marks,
				Plot.ruleY([0], { stroke: 'var(--ink-3)' }),
				line,
			],
		},
	);
	if (input.axis)
		svg.append(
			draw(
				'text',
				{ class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' },
				ellipsis(input.axis, width),
			),
		);
	return svg;
}
