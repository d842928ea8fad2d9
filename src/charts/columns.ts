import { documentOf, drawIn, emptySvg, hitArea, isLit, rootSvg, toneInk } from './drawing.ts';
import { countText, ellipsis, markTitle, textWidth, widest, wrap } from './label-text.ts';
import { distinctTicks, extent, linear, niceDomain } from './scale.ts';
import type { GroupsInput } from './types.ts';

const VALUE_SIZE = 12;

/** Ordered groups along x: dot and 95 % interval with the value beside it and n at the foot. */
export function columns(input: GroupsInput): SVGSVGElement {
	const { rows, width, format } = input;
	if (rows.length === 0) return emptySvg('columns', input);
	const draw = drawIn(documentOf(input));
	const [lowest, highest] = extent([
		input.reference?.value,
		...rows.flatMap((row) => (row.value === null ? [] : [row.value, row.lo, row.hi])),
	]) ?? [0, 1];
	const domain = niceDomain(lowest, highest, 4);
	const marks = distinctTicks(domain[0], domain[1], 4, format);
	const left = Math.max(Math.ceil(widest(marks.map(format))), textWidth('n')) + 10;
	const step = (width - left) / rows.length;
	const every = Math.max(1, Math.ceil(Math.min(34, widest(rows.map((row) => row.label)) + 6) / step));
	const labels = rows.map((row, index) =>
		every === 1 || (index % every === 0 && index + (every + 1) / 2 <= rows.length)
			? wrap(row.label, every * step - 6)
			: [],
	);
	const lines = Math.max(...labels.map((label) => label.length));
	const top = 16;
	const foot = 22 + lines * 13 + (input.axis ? 16 : 0);
	const height = Math.max(input.height ?? 220, top + foot + 60);
	const bottom = height - foot;
	const y = linear(domain, [bottom, top]);
	const svg = rootSvg(draw, 'columns', width, height);
	for (const tick of marks) {
		svg.append(
			draw('line', {
				x1: left,
				x2: width,
				y1: y(tick),
				y2: y(tick),
				stroke: tick === 0 ? 'var(--ink-3)' : 'var(--rule)',
			}),
			draw('text', { x: left - 10, y: y(tick) + 4, 'text-anchor': 'end', fill: 'var(--ink-2)' }, format(tick)),
		);
	}
	if (input.reference) {
		const at = y(input.reference.value);
		const text = ellipsis(input.reference.label, width - left);
		svg.append(
			draw(
				'g',
				{ class: 'reference' },
				draw('line', { x1: left, x2: width, y1: at, y2: at, stroke: 'var(--ink)' }),
				draw('text', { x: width, y: top - 6, 'text-anchor': 'end', fill: 'var(--ink-2)' }, text),
			),
		);
	}
	const values = rows.map((row) => (row.value === null ? '' : format(row.value)));
	const counts = rows.map((row) => countText(row.n));
	const beside = widest(values, VALUE_SIZE) + 10 <= step / 2;
	const showValues = widest(values, VALUE_SIZE) <= step - 2;
	const showCounts = widest(counts) <= step - 4;
	rows.forEach((row, index) => {
		const x = left + (index + 0.5) * step;
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, markTitle(row.label, format, row)),
			hitArea(draw, x - step / 2, top, step, height - top),
		);
		if (row.value !== null) {
			const ink = row.faint ? 'var(--ink-3)' : toneInk(row.tone);
			const upper = row.hi ?? row.value;
			if (row.lo !== null && row.hi !== null)
				group.append(draw('line', { x1: x, x2: x, y1: y(row.lo), y2: y(row.hi), stroke: ink, 'stroke-width': 1.5 }));
			group.append(
				draw('circle', {
					cx: x,
					cy: y(row.value),
					r: 4,
					fill: row.faint ? 'var(--paper)' : ink,
					stroke: ink,
					'stroke-width': 1.5,
				}),
			);
			const at = beside
				? { x: x + 8, y: y(row.value) + 4 }
				: { x, y: Math.min(y(upper), y(row.value) - 4) - 4, 'text-anchor': 'middle' };
			if (showValues)
				group.append(
					draw(
						'text',
						{
							...at,
							'font-size': VALUE_SIZE,
							fill: row.faint ? 'var(--ink-3)' : 'var(--ink)',
							'font-weight': isLit(row.tone) && !row.faint ? 600 : undefined,
							stroke: 'var(--paper)',
							'stroke-width': 3,
							'paint-order': 'stroke',
						},
						values[index] ?? '',
					),
				);
		}
		if (showCounts)
			group.append(
				draw('text', { x, y: bottom + 16, 'text-anchor': 'middle', fill: 'var(--ink-3)' }, counts[index] ?? ''),
			);
		(labels[index] ?? []).forEach((line, place) =>
			group.append(draw('text', { x, y: bottom + 31 + place * 13, 'text-anchor': 'middle', fill: 'var(--ink)' }, line)),
		);
		svg.append(group);
	});
	if (showCounts)
		svg.append(draw('text', { x: left - 10, y: bottom + 16, 'text-anchor': 'end', fill: 'var(--ink-3)' }, 'n'));
	if (input.axis)
		svg.append(
			draw(
				'text',
				{ class: 'axis', x: left + (width - left) / 2, y: height - 3, 'text-anchor': 'middle', fill: 'var(--ink-3)' },
				ellipsis(input.axis, width - left),
			),
		);
	return svg;
}
