import { ellipsis, textWidth, wrap } from './label-text.ts';
import type { ChartSize, Tone } from './types.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;
export type Draw = <K extends keyof SVGElementTagNameMap>(
	name: K,
	attributes?: Attributes,
	...children: (Node | string)[]
) => SVGElementTagNameMap[K];

export function round(value: number): number {
	return Math.round(value * 100) / 100;
}

export function documentOf(input: ChartSize): Document {
	return input.document ?? globalThis.document;
}

/** Makes SVG elements of one document; numbers are cut to hundredths of a px. */
export function drawIn(document: Document): Draw {
	return (name, attributes = {}, ...children) => {
		const element = document.createElementNS('http://www.w3.org/2000/svg', name);
		for (const [attribute, value] of Object.entries(attributes)) {
			if (value !== undefined)
				element.setAttribute(attribute, typeof value === 'number' ? String(round(value)) : value);
		}
		element.append(...children);
		return element;
	};
}

export function setRoot(svg: SVGSVGElement, kind: string, width: number, height: number): void {
	const attributes: Record<string, string> = {
		class: `chart chart-${kind}`,
		width: String(round(width)),
		height: String(round(height)),
		viewBox: `0 0 ${round(width)} ${round(height)}`,
		role: 'img',
		fill: 'var(--ink)',
		'font-size': '11',
		'font-variant': 'tabular-nums',
	};
	for (const [attribute, value] of Object.entries(attributes)) svg.setAttribute(attribute, value);
}

export function rootSvg(draw: Draw, kind: string, width: number, height: number): SVGSVGElement {
	const svg = draw('svg');
	setRoot(svg, kind, width, height);
	return svg;
}

/** What a kind returns when there is nothing to draw; the caller says why. */
export function emptySvg(kind: string, input: ChartSize): SVGSVGElement {
	return rootSvg(drawIn(documentOf(input)), kind, input.width, input.height ?? 48);
}

/** One line of text, cut to `width`; the whole text stays in its <title>. */
export function lineOfText(draw: Draw, text: string, attributes: Attributes, width = Infinity): SVGTextElement {
	const size = Number(attributes['font-size'] ?? 11);
	const shown = ellipsis(text, width, size);
	return draw('text', attributes, shown, ...(shown === text ? [] : [draw('title', {}, text)]));
}

/** Text centred vertically on `y`, on up to two lines. */
export function labelBlock(
	draw: Draw,
	text: string,
	at: { x: number; y: number; width: number },
	attributes: Attributes,
): SVGTextElement[] {
	const size = Number(attributes['font-size'] ?? 11);
	const lines = wrap(text, at.width, size);
	const cut = lines.join(' ') !== text.split(/\s+/u).join(' ');
	return lines.map((line, index) =>
		draw(
			'text',
			{ x: at.x, y: at.y + size * 0.35 + (index - (lines.length - 1) / 2) * (size + 2), ...attributes },
			line,
			...(cut && index === 0 ? [draw('title', {}, text)] : []),
		),
	);
}

export function hitArea(draw: Draw, x: number, y: number, width: number, height: number): SVGRectElement {
	return draw('rect', {
		class: 'hit',
		x,
		y,
		width: Math.max(0, width),
		height: Math.max(0, height),
		fill: 'none',
		'pointer-events': 'all',
	});
}

/** A vertical line over the plot with its name above it, kept inside 0–`width`. */
export function namedRule(
	draw: Draw,
	at: { x: number; top: number; bottom: number; width: number },
	label: string,
): SVGGElement {
	const text = ellipsis(label, at.width);
	const half = textWidth(text) / 2;
	const x = Math.min(Math.max(at.x, half), at.width - half);
	return draw(
		'g',
		{ class: 'reference' },
		draw('line', { x1: at.x, x2: at.x, y1: at.top, y2: at.bottom, stroke: 'var(--ink)', 'stroke-width': 1 }),
		draw('text', { x, y: at.top - 5, 'text-anchor': 'middle', fill: 'var(--ink-2)' }, text),
	);
}

/** The colour of a dot or line; context is grey. */
export function toneInk(tone: Tone | undefined): string {
	if (tone === undefined || tone === 'plain') return 'var(--ink)';
	return tone === 'mute' ? 'var(--ink-3)' : `var(--${tone})`;
}

/** The colour of an area that begins at zero; without a finding it is quiet. */
export function toneFill(tone: Tone | undefined): string {
	return tone === undefined || tone === 'plain' || tone === 'mute' ? 'var(--mute)' : `var(--${tone})`;
}

export function isLit(tone: Tone | undefined): boolean {
	return tone === 'better' || tone === 'worse' || tone === 'accent';
}
