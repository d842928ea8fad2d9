import { lineOfText, type Draw } from './drawing.ts';
import type { Flag } from './flags.ts';
import { ellipsis, textWidth } from './label-text.ts';
import type { TimelineInput } from './types.ts';

export const ROW = 14;
export const HALO = { stroke: 'var(--paper)', 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };

/** Flags above (`side` −1) or below a line at `y`, with a pole from each to the line. */
export function drawFlags(
	draw: Draw,
	points: readonly { x: number }[],
	all: readonly Flag[],
	y: number,
	side: 1 | -1,
): SVGElement[] {
	return all.flatMap(({ x, level, text }, i) => {
		if (text === '') return [];
		const at = y + side * (level * ROW + (side === 1 ? 13 : 7));
		const pole = points[i]?.x ?? 0;
		return [
			draw('line', { x1: pole, x2: pole, y1: y, y2: at - (side === 1 ? 0 : 8), stroke: 'var(--mute)' }),
			draw('text', { x, y: at, fill: 'var(--ink)', ...HALO }, text),
		];
	});
}

/** Names centred on their spans, each in the first of two rows where it is free; the rest stay unsaid. */
export function rowsOfNames(
	spans: readonly { middle: number; text: string }[],
	width: number,
): { x: number; row: number; text: string }[] {
	const taken: { row: number; left: number; right: number }[] = [];
	return spans.flatMap(({ middle, text }) => {
		const half = textWidth(text) / 2;
		if (half * 2 > width) return [];
		const x = Math.min(Math.max(middle, half), width - half);
		const row = [0, 1].find((each) =>
			taken.every((other) => other.row !== each || x + half + 6 < other.left || x - half - 6 > other.right),
		);
		if (row === undefined) return [];
		taken.push({ row, left: x - half, right: x + half });
		return [{ x, row, text }];
	});
}

export interface Rule {
	x: number;
	text: string;
	/** Left end of the text. */
	left: number;
	row: number;
	kind: 'promise' | 'end';
}

/** The lines that cross the whole picture with their names on top of it, one row lower where they would meet. */
export function rulesOf(input: TimelineInput, at: (t: number) => number): { rules: Rule[]; rows: number } {
	const { promise, end, width, to } = input;
	const placed = (x: number, label: string, kind: Rule['kind']): Rule => {
		const text = ellipsis(label, width);
		const long = textWidth(text);
		return { x, text, left: Math.min(Math.max(0, x - long / 2), width - long), row: 0, kind };
	};
	const last = end === undefined ? [] : [placed(at(to), end, 'end')];
	const due =
		promise === undefined
			? []
			: [placed(Math.min(at(promise.at), at(to)), promise.at > to ? `${promise.label} →` : promise.label, 'promise')];
	const [first, second] = [last[0], due[0]];
	const meets = first !== undefined && second !== undefined && second.left + textWidth(second.text) + 8 > first.left;
	const rules = [...last, ...due.map((rule) => ({ ...rule, row: meets ? 1 : 0 }))];
	return { rules, rows: rules.length === 0 ? 0 : meets ? 2 : 1 };
}

export function drawRules(draw: Draw, rules: readonly Rule[], bottom: number, beyond: boolean): SVGElement[] {
	return rules.map(({ x, text, left, row, kind }) =>
		draw(
			'g',
			{ class: kind },
			...(kind === 'promise' && beyond
				? []
				: [
						draw('line', {
							x1: x,
							x2: x,
							y1: row * ROW + 14,
							y2: bottom,
							stroke: kind === 'promise' ? 'var(--ink)' : 'var(--ink-3)',
							'stroke-dasharray': kind === 'end' ? '2 3' : undefined,
						}),
					]),
			lineOfText(draw, text, {
				x: left,
				y: row * ROW + 10,
				fill: kind === 'promise' ? 'var(--ink)' : 'var(--ink-2)',
				...HALO,
			}),
		),
	);
}
