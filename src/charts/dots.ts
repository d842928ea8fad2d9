import { documentOf, drawIn, emptySvg, hitArea, isLit, namedRule, rootSvg, toneInk } from './drawing.ts';
import { ellipsis, markTitle, textWidth } from './label-text.ts';
import { axisTitle, rowFrame, rowLabel } from './rows.ts';
import { apart, distinctTicks, extent, linear } from './scale.ts';
import type { GroupRow, GroupsInput } from './types.ts';

const VALUE_SIZE = 12;

function rightEnd(row: GroupRow): number {
	return Math.max(row.value ?? -Infinity, row.hi ?? -Infinity);
}

/** A forest: one dot with its 95 % interval per row against zero or a reference; hollow is not beyond noise. */
export function dots(input: GroupsInput): SVGSVGElement {
	const { rows, width, format } = input;
	if (rows.length === 0) return emptySvg('dots', input);
	const draw = drawIn(documentOf(input));
	const frame = rowFrame(
		rows.map((row) => row.label),
		input,
		{ top: input.reference ? 20 : 2, bottom: input.axis ? 34 : 20 },
	);
	const drawn = rows.filter((row) => row.value !== null);
	const [lowest, highest] = extent([
		input.reference?.value ?? 0,
		...drawn.flatMap((row) => [row.value, row.lo, row.hi]),
	]) ?? [0, 1];
	const span = apart(lowest, highest) ? highest - lowest : Math.abs(highest) || 1;
	const start = lowest - (lowest === 0 ? 0 : span * 0.02);
	const room = width - frame.x - 6;
	const fits = drawn.map(
		(row) => (room - textWidth(format(row.value ?? 0), VALUE_SIZE) - 10) / (rightEnd(row) - start || span),
	);
	const end = start + span * 1.04;
	const x = linear(
		[start, end],
		[frame.x + 5, frame.x + 5 + (end - start) * Math.max(0, Math.min(room / (end - start), ...fits))],
	);
	const right = x(end);
	const svg = rootSvg(draw, 'dots', width, frame.height);
	const rules = draw('g', { class: 'rules', stroke: 'var(--rule)' });
	const marks = rows.map((row, index) => {
		const y = frame.top + (index + 0.5) * frame.rowHeight;
		rules.append(
			draw('line', {
				x1: frame.x,
				x2: row.value === null ? right : x(Math.min(row.value, row.lo ?? row.value)),
				y1: y,
				y2: y,
			}),
		);
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, markTitle(row.label, format, row)),
		);
		group.append(
			hitArea(draw, 0, y - frame.rowHeight / 2, width, frame.rowHeight),
			...rowLabel(draw, frame, row.label, y, row.faint),
		);
		if (row.value === null) return group;
		const ink = row.faint ? 'var(--ink-3)' : toneInk(row.tone);
		if (row.lo !== null && row.hi !== null)
			group.append(draw('line', { x1: x(row.lo), x2: x(row.hi), y1: y, y2: y, stroke: ink, 'stroke-width': 1.5 }));
		group.append(
			draw('circle', {
				cx: x(row.value),
				cy: y,
				r: 4,
				fill: row.faint ? 'var(--paper)' : ink,
				stroke: ink,
				'stroke-width': 1.5,
			}),
		);
		group.append(
			draw(
				'text',
				{
					x: x(rightEnd(row)) + 8,
					y: y + 4,
					'font-size': VALUE_SIZE,
					fill: row.faint ? 'var(--ink-3)' : 'var(--ink)',
					'font-weight': isLit(row.tone) && !row.faint ? 600 : undefined,
				},
				format(row.value),
			),
		);
		return group;
	});
	svg.append(rules);
	if (lowest <= 0 && highest >= 0)
		svg.append(
			draw('line', { class: 'zero', x1: x(0), x2: x(0), y1: frame.top, y2: frame.bottom + 3, stroke: 'var(--ink-2)' }),
		);
	if (input.reference)
		svg.append(
			namedRule(
				draw,
				{ x: x(input.reference.value), top: frame.top - 2, bottom: frame.bottom, width },
				input.reference.label,
			),
		);
	svg.append(...marks);
	let free = 0;
	const gap = textWidth(format(highest)) + 24;
	for (const tick of distinctTicks(start, end, Math.max(2, Math.min(5, (right - frame.x) / gap)), format)) {
		const half = textWidth(format(tick)) / 2;
		if (x(tick) - half < free || x(tick) + half > width) continue;
		svg.append(
			draw('line', { x1: x(tick), x2: x(tick), y1: frame.bottom, y2: frame.bottom + 3, stroke: 'var(--ink-3)' }),
			draw('text', { x: x(tick), y: frame.bottom + 15, 'text-anchor': 'middle', fill: 'var(--ink-2)' }, format(tick)),
		);
		free = x(tick) + half + 8;
	}
	if (input.axis) svg.append(axisTitle(draw, ellipsis(input.axis, width), width, frame.bottom + 30));
	return svg;
}
