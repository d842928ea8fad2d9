import { documentOf, drawIn, emptySvg, hitArea, isLit, namedRule, rootSvg, toneFill, type Draw } from './drawing.ts';
import { countText, ellipsis, markTitle, textWidth } from './label-text.ts';
import { axisTitle, rowFrame, rowLabel } from './rows.ts';
import { linear } from './scale.ts';
import type { GroupRow, GroupsInput } from './types.ts';

const VALUE_SIZE = 12;

function endOf(row: GroupRow): number {
	return Math.max(0, row.value ?? 0, row.value === null ? 0 : (row.hi ?? 0));
}

function smallPrint(row: GroupRow): string {
	return row.faint ? `n ${countText(row.n)}` : '';
}

function valueWidth(row: GroupRow, format: (value: number) => string): number {
	if (row.value === null) return 0;
	return textWidth(format(row.value), VALUE_SIZE) + (row.faint ? textWidth(smallPrint(row)) + 6 : 0) + 8;
}

function whisker(draw: Draw, row: GroupRow, x: (value: number) => number, y: number): SVGElement[] {
	if (row.lo === null || row.hi === null) return [];
	return [
		draw('line', {
			x1: x(row.lo),
			x2: x(row.hi),
			y1: y,
			y2: y,
			stroke: row.faint ? 'var(--ink-3)' : 'var(--ink)',
			'stroke-width': 1,
		}),
	];
}

/** Horizontal bars from zero in the order given, the value at the end of each, its 95 % interval as a thin rule. */
export function bars(input: GroupsInput): SVGSVGElement {
	const { rows, width, format } = input;
	if (rows.length === 0) return emptySvg('bars', input);
	const draw = drawIn(documentOf(input));
	const frame = rowFrame(
		rows.map((row) => row.label),
		input,
		{ top: input.reference ? 20 : 2, bottom: input.axis ? 18 : 2 },
	);
	const lowest = Math.min(0, ...rows.map((row) => (row.value === null ? 0 : Math.min(row.value, row.lo ?? row.value))));
	const highest = Math.max(0, input.reference?.value ?? 0, ...rows.map(endOf));
	const room = width - frame.x - 1;
	const fits = rows
		.filter((row) => endOf(row) > lowest)
		.map((row) => (room - valueWidth(row, format)) / (endOf(row) - lowest));
	const span = highest - lowest || 1;
	const x = linear([lowest, highest], [frame.x, frame.x + span * Math.max(0, Math.min(room / span, ...fits))]);
	const svg = rootSvg(draw, 'bars', width, frame.height);
	const thickness = Math.min(14, frame.rowHeight - 8);
	rows.forEach((row, index) => {
		const y = frame.top + (index + 0.5) * frame.rowHeight;
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, markTitle(row.label, format, row)),
		);
		group.append(
			hitArea(draw, 0, y - frame.rowHeight / 2, width, frame.rowHeight),
			...rowLabel(draw, frame, row.label, y, row.faint),
		);
		if (row.value !== null) {
			const paint = row.faint
				? { fill: 'none', stroke: 'var(--ink-3)', 'stroke-dasharray': '2 2' }
				: { fill: toneFill(row.tone) };
			group.append(
				draw('rect', {
					x: Math.min(x(0), x(row.value)),
					y: y - thickness / 2,
					width: Math.abs(x(row.value) - x(0)),
					height: thickness,
					...paint,
				}),
				...whisker(draw, row, x, y),
			);
			const label = draw(
				'text',
				{
					x: x(endOf(row)) + 6,
					y: y + 4,
					'font-size': VALUE_SIZE,
					fill: row.faint ? 'var(--ink-3)' : 'var(--ink)',
					'font-weight': isLit(row.tone) ? 600 : undefined,
				},
				format(row.value),
			);
			if (row.faint) label.append(draw('tspan', { dx: 6, 'font-size': 11, 'font-weight': 400 }, smallPrint(row)));
			group.append(label);
		}
		svg.append(group);
	});
	svg.append(
		draw('line', {
			class: 'zero',
			x1: x(0),
			x2: x(0),
			y1: frame.top,
			y2: frame.bottom,
			stroke: 'var(--ink-3)',
			'stroke-width': 1,
		}),
	);
	if (input.reference)
		svg.append(
			namedRule(
				draw,
				{ x: x(input.reference.value), top: frame.top - 2, bottom: frame.bottom, width },
				input.reference.label,
			),
		);
	if (input.axis) svg.append(axisTitle(draw, ellipsis(input.axis, width), width, frame.bottom + 14));
	return svg;
}
