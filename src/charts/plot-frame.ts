import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, setRoot } from './drawing.ts';
import type { ChartSize } from './types.ts';

/** Attributes by which Plot would overrule the page's own type. */
const FOREIGN = ['font-family', 'text-anchor', 'aria-label', 'aria-description'] as const;

export interface Margins {
	top: number;
	right: number;
	bottom: number;
	left: number;
}

/** Plot's svg without its stylesheet: the page's policy forbids inline styles, and colours come from tokens. */
export function plotSvg(
	kind: string,
	input: ChartSize,
	size: { height: number; margins: Margins },
	options: Plot.PlotOptions,
): SVGSVGElement {
	const { margins, height } = size;
	const svg = Plot.plot({
		document: documentOf(input),
		className: `chart-${kind}`,
		width: input.width,
		height,
		marginTop: margins.top,
		marginRight: margins.right,
		marginBottom: margins.bottom,
		marginLeft: margins.left,
		...options,
		x: { axis: null, ...options.x },
		y: { axis: null, ...options.y },
	}) as SVGSVGElement;
	for (const style of svg.querySelectorAll('style')) style.remove();
	for (const name of FOREIGN) svg.removeAttribute(name);
	for (const labelled of svg.querySelectorAll('[aria-label]')) {
		const name = (labelled.getAttribute('aria-label') ?? '').replaceAll(' ', '-');
		labelled.setAttribute('class', name);
		if (name.endsWith('tick-label') && !labelled.hasAttribute('text-anchor'))
			labelled.setAttribute('text-anchor', 'middle');
		labelled.removeAttribute('aria-label');
	}
	gatherMarks(svg);
	setRoot(svg, kind, input.width, height);
	return svg;
}

/** One group per key: the parts of a mark that Plot draws apart come together where the last of them stands. */
export function gatherMarks(svg: Element): void {
	const last = new Map<string, Element>();
	for (const group of [...svg.querySelectorAll('g.mark[data-key]')].reverse()) {
		const key = group.getAttribute('data-key') ?? '';
		const whole = last.get(key);
		if (whole === undefined) {
			last.set(key, group);
			continue;
		}
		group.querySelector(':scope > title')?.remove();
		whole.querySelector(':scope > title')?.after(...group.childNodes);
		group.remove();
	}
}

/** Puts what one Plot mark draws under one key and one title. */
export function keyed(input: ChartSize, key: string, title: string): { render: Plot.RenderFunction } {
	const draw = drawIn(documentOf(input));
	return {
		render: (index, scales, values, dimensions, context, next) => {
			const drawn = next?.(index, scales, values, dimensions, context) ?? null;
			return draw(
				'g',
				{ class: 'mark', 'data-key': key },
				draw('title', {}, title),
				...(drawn === null ? [] : [drawn]),
			);
		},
	};
}

/** Draws with the scales Plot has settled on; for labels that must dodge and for areas that take the pointer. */
export function layer(
	input: ChartSize,
	paint: (scales: { x: (value: number) => number; y: (value: number) => number }) => SVGElement[],
): Plot.RenderFunction {
	const draw = drawIn(documentOf(input));
	return (_index, scales) => {
		const at = (scale: ((value: number) => number) | undefined) => (value: number) => scale?.(value) ?? 0;
		return draw('g', { class: 'layer', 'text-anchor': 'start' }, ...paint({ x: at(scales.x), y: at(scales.y) }));
	};
}

export function yAxis(values: readonly number[], format: (value: number) => string): Plot.Markish[] {
	return [
		Plot.gridY(values, { stroke: 'var(--rule)', strokeOpacity: 1 }),
		Plot.axisY(values, {
			tickSize: 0,
			tickPadding: 10,
			tickFormat: format,
			fill: 'var(--ink-2)',
			fontSize: 11,
			label: null,
		}),
	];
}

export function xAxis(values: readonly number[], format: (value: number) => string): Plot.Markish {
	return Plot.axisX(values, {
		tickSize: 3,
		tickPadding: 4,
		tickFormat: format,
		fill: 'var(--ink-2)',
		stroke: 'var(--ink-3)',
		fontSize: 11,
		label: null,
	});
}
