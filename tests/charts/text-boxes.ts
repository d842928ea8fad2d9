import { textWidth } from '../../src/charts/label-text.ts';

export interface TextBox {
	text: string;
	left: number;
	right: number;
	top: number;
	bottom: number;
}

function inherited(element: Element, name: string): string | null {
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		const value = at.getAttribute(name);
		if (value !== null) return value;
	}
	return null;
}

function offset(element: Element): { x: number; y: number } {
	let [x, y] = [0, 0];
	for (let at: Element | null = element; at !== null; at = at.parentElement) {
		const move = /translate\(([-\d.e]+)(?:[ ,]+([-\d.e]+))?\)/u.exec(at.getAttribute('transform') ?? '');
		x += Number(move?.[1] ?? 0);
		y += Number(move?.[2] ?? 0);
	}
	return { x, y };
}

function length(value: string | null, size: number): number {
	if (value === null) return 0;
	return value.endsWith('em') ? Number.parseFloat(value) * size : Number.parseFloat(value);
}

/** The text that is painted: without titles, one entry per line. */
function linesOf(text: Element): string[] {
	const spans = [...text.children].filter((child) => child.localName === 'tspan');
	const own = [...text.childNodes]
		.filter((node) => node.nodeType === 3)
		.map((node) => node.textContent ?? '')
		.join('');
	if (spans.length > 0 && spans.every((span) => span.hasAttribute('dx')))
		return [[own, ...spans.map((span) => span.textContent ?? '')].join('  ')];
	return spans.length > 0 ? spans.map((span) => span.textContent ?? '') : [own];
}

/** Estimated boxes of all painted lines of text, in px of the root svg. */
export function textBoxes(svg: SVGSVGElement): TextBox[] {
	return [...svg.querySelectorAll('text')].flatMap((element) => {
		const size = Number(inherited(element, 'font-size') ?? 11);
		const anchor = inherited(element, 'text-anchor') ?? 'start';
		const move = offset(element);
		const x = move.x + length(element.getAttribute('x'), size);
		const y =
			move.y +
			length(element.getAttribute('y'), size) +
			length(element.getAttribute('dy'), size) +
			length(element.querySelector('tspan[y]')?.getAttribute('y') ?? null, size);
		return linesOf(element)
			.filter((text) => text.trim() !== '')
			.map((text, line) => {
				const width = textWidth(text, size);
				const left = x - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0);
				const base = y + line * size;
				return { text, left, right: left + width, top: base - size * 0.74, bottom: base + size * 0.05 };
			});
	});
}
