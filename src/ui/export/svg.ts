import { drawIn, type Draw } from '../../charts/drawing.ts';
import { wrap } from '../../charts/label-text.ts';

/** What stands around a picture that is taken out of its page. */
export interface Words {
	title: string;
	finding: string;
	/** The finding is a tested claim. */
	claim: boolean;
	/** Paragraphs of small print. */
	small: readonly string[];
}

/** Values of custom properties by name, with their two hyphens. */
export type Tokens = Readonly<Record<string, string>>;

/** The light theme's tokens, whichever theme is on. */
export function lightTokens(page: Document = document): Tokens {
	const found: Record<string, string> = {};
	const rules = [...page.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
	for (const rule of rules) {
		if (!(rule instanceof CSSStyleRule) || rule.selectorText !== ':root') continue;
		for (const name of rule.style) if (name.startsWith('--')) found[name] = rule.style.getPropertyValue(name).trim();
	}
	return found;
}

export const resolved = (text: string, tokens: Tokens): string => text.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => tokens[name] ?? 'currentColor');

/** What only a page needs: places to point at, keys, roles. */
const pageOnly = ['class', 'role', 'tabindex', 'data-key'];

/** A copy with its colours written out and what was dimmed left dimmed. */
function copyOf(picture: SVGSVGElement, tokens: Tokens): SVGSVGElement {
	const copy = picture.cloneNode(true) as SVGSVGElement;
	const [shown, copied] = [picture, copy].map((svg) => [...svg.querySelectorAll('*')]);
	shown?.forEach((element, i) => {
		if (!element.isConnected) return;
		const { opacity, display } = getComputedStyle(element);
		if (display === 'none') copied?.[i]?.setAttribute('display', 'none');
		else if (opacity !== '' && opacity !== '1') copied?.[i]?.setAttribute('opacity', opacity);
	});
	for (const hit of copy.querySelectorAll('.hit, [display="none"]')) hit.remove();
	for (const element of [copy, ...copy.querySelectorAll('*')]) {
		for (const { name, value } of [...element.attributes]) {
			if (pageOnly.includes(name) || name.startsWith('aria-')) element.removeAttribute(name);
			else if (value.includes('var(')) element.setAttribute(name, resolved(value, tokens));
		}
	}
	return copy;
}

const pad = 20;
const narrowest = 420;

function paragraph(draw: Draw, text: string, at: { y: number; width: number; size: number; leading: number; lines: number }, look: Record<string, string>): { element: SVGTextElement; y: number } {
	const lines = wrap(text, at.width, at.size, at.lines);
	const element = draw('text', { 'font-size': at.size, ...look }, ...lines.map((line, i) => draw('tspan', { x: pad, y: at.y + at.size + i * at.leading }, line)));
	return { element, y: at.y + lines.length * at.leading };
}

/** A picture that stands alone: title and finding above it, small print below, on paper, every colour and font named in it. */
export function standalone(picture: SVGSVGElement, { title, finding, claim, small }: Words, tokens: Tokens): SVGSVGElement {
	const draw = drawIn(picture.ownerDocument);
	const token = (name: string): string => tokens[`--${name}`] ?? 'currentColor';
	const [wide, high] = ['width', 'height'].map((side) => Number(picture.getAttribute(side) ?? 0)) as [number, number];
	const width = Math.max(wide, narrowest);
	const inner = copyOf(picture, tokens);
	const heading = paragraph(draw, title, { y: pad, width, size: 12, leading: 18, lines: 2 }, { fill: token('ink-2') });
	const sentence = paragraph(draw, finding, { y: heading.y + 2, width, size: 18, leading: 24, lines: 5 }, { fill: token('ink'), 'font-family': token('serif'), 'font-weight': claim ? '500' : '400' });
	inner.setAttribute('x', String(pad));
	inner.setAttribute('y', String(sentence.y + 12));
	inner.setAttribute('overflow', 'visible');
	let y = sentence.y + 12 + high + 12;
	const prints = small.filter((text) => text !== '').map((text) => {
		const next = paragraph(draw, text, { y, width, size: 11, leading: 15, lines: 4 }, { fill: token('ink-3') });
		y = next.y + 2;
		return next.element;
	});
	const [outer, height] = [width + 2 * pad, y + pad - 4];
	return draw(
		'svg',
		{ width: outer, height, viewBox: `0 0 ${String(outer)} ${String(height)}`, fill: token('ink'), 'font-family': token('sans'), 'font-size': 11, 'font-variant': 'tabular-nums' },
		draw('title', {}, title),
		draw('desc', {}, finding),
		draw('rect', { width: outer, height, fill: token('paper') }),
		heading.element,
		sentence.element,
		inner,
		...prints,
	);
}

/** As a file; what XML cannot hold is left out. */
export function svgText(svg: SVGSVGElement): string {
	return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg).replaceAll(/[\0-\x08\x0B\f\x0E-\x1F\uFFFE\uFFFF]/g, '')}\n`;
}
