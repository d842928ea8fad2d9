import { documentOf, drawIn, emptySvg, hitArea, rootSvg } from './drawing.ts';
import { countText, ellipsis, intervalText, percentText, textWidth, widest } from './label-text.ts';
import { axisTitle, rowFrame, rowLabel } from './rows.ts';
import type { StepRow, StepsInput } from './types.ts';

const VALUE_SIZE = 12;
const RUNNING = { fill: 'var(--accent)', 'fill-opacity': 0.35 };

function medianText(row: StepRow, format: (value: number) => string, withInterval: boolean): [string, string] {
	if (row.median === null) return ['', ''];
	return [format(row.median), withInterval ? (intervalText(format, row.lo, row.hi) ?? '') : ''];
}

/** Hours per step as bars with their share of all hours; time still running is apart, the median of one case stands at the right. */
export function steps(input: StepsInput): SVGSVGElement {
	const { rows, width, format } = input;
	if (rows.length === 0) return emptySvg('steps', input);
	const draw = drawIn(documentOf(input));
	const frame = rowFrame(
		rows.map((row) => row.label),
		input,
		{ top: 22, bottom: input.axis ? 18 : 2 },
	);
	const medians = rows.map((row) => medianText(row, format, width >= 480));
	const intervalWidth = widest(medians.map(([, interval]) => interval)) + (width >= 480 ? 8 : 0);
	const medianWidth =
		Math.max(
			textWidth('median'),
			widest(
				medians.map(([median]) => median),
				VALUE_SIZE,
			) + intervalWidth,
		) + 12;
	const all = input.total ?? rows.reduce((sum, row) => sum + row.done + row.running, 0);
	const longest = Math.max(...rows.map((row) => row.done + row.running));
	const shares = rows.map((row) => (all > 0 ? percentText((row.done + row.running) / all) : ''));
	const room = Math.max(20, width - frame.x - medianWidth - widest(shares, VALUE_SIZE) - 8);
	const scale = longest > 0 ? room / longest : 0;
	const thickness = Math.min(14, frame.rowHeight - 8);
	const svg = rootSvg(draw, 'steps', width, frame.height);
	const running = 'still running';
	svg.append(
		draw('rect', { x: frame.x, y: 4, width: 8, height: 8, fill: 'var(--accent)' }),
		draw('text', { x: frame.x + 12, y: 12, fill: 'var(--ink-2)' }, 'done'),
		draw('text', { x: width, y: 12, 'text-anchor': 'end', fill: 'var(--ink-2)' }, 'median'),
	);
	const next = frame.x + 12 + textWidth('done') + 12;
	if (next + 12 + textWidth(running) < width - textWidth('median') - 8)
		svg.append(
			draw('rect', { x: next, y: 4, width: 8, height: 8, ...RUNNING }),
			draw('text', { x: next + 12, y: 12, fill: 'var(--ink-2)' }, running),
		);
	rows.forEach((row, index) => {
		const y = frame.top + (index + 0.5) * frame.rowHeight;
		const [median, interval] = medians[index] ?? ['', ''];
		const spread = intervalText(format, row.lo, row.hi);
		const title = `${row.label}: ${shares[index] === '' ? '' : `${shares[index]} of all time, `}${row.median === null ? 'no median' : `median ${format(row.median)}`}${spread === null ? '' : ` (${spread})`}, n ${countText(row.n)}`;
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, title),
			hitArea(draw, 0, y - frame.rowHeight / 2, width, frame.rowHeight),
			...rowLabel(draw, frame, row.label, y),
		);
		if (row.done > 0)
			group.append(
				draw('rect', {
					class: 'done',
					x: frame.x,
					y: y - thickness / 2,
					width: row.done * scale,
					height: thickness,
					fill: 'var(--accent)',
				}),
			);
		if (row.running > 0)
			group.append(
				draw('rect', {
					class: 'running',
					x: frame.x + row.done * scale,
					y: y - thickness / 2,
					width: row.running * scale,
					height: thickness,
					...RUNNING,
				}),
			);
		if (shares[index] !== '')
			group.append(
				draw(
					'text',
					{ x: frame.x + (row.done + row.running) * scale + 6, y: y + 4, 'font-size': VALUE_SIZE, fill: 'var(--ink)' },
					shares[index] ?? '',
				),
			);
		if (median !== '')
			group.append(
				draw(
					'text',
					{ x: width - intervalWidth, y: y + 4, 'text-anchor': 'end', 'font-size': VALUE_SIZE, fill: 'var(--ink)' },
					median,
				),
			);
		if (interval !== '')
			group.append(draw('text', { x: width, y: y + 4, 'text-anchor': 'end', fill: 'var(--ink-3)' }, interval));
		svg.append(group);
	});
	svg.append(
		draw('line', { class: 'zero', x1: frame.x, x2: frame.x, y1: frame.top, y2: frame.bottom, stroke: 'var(--ink-3)' }),
	);
	if (input.axis) svg.append(axisTitle(draw, ellipsis(input.axis, width), width, frame.bottom + 14));
	return svg;
}
