import { documentOf, drawIn, emptySvg, lineOfText, rootSvg } from './drawing.ts';
import { markTitle, textWidth, widest, wrap } from './label-text.ts';
import { rowFrame, rowLabel } from './rows.ts';
import { extent, linear } from './scale.ts';
import type { GridInput } from './types.ts';

const VALUE_SIZE = 12;

/** The number, without its unit where the cell is too narrow for it; nothing where even that does not fit. */
function fitted(text: string, width: number): string {
	if (textWidth(text, VALUE_SIZE) <= width) return text;
	const bare = text.replace(/[^\d]+$/u, '');
	return textWidth(bare, VALUE_SIZE) <= width ? bare : '';
}

/** Rows × columns with the number in each cell over one sequential wash; small n is faint and without wash. */
export function grid(input: GridInput): SVGSVGElement {
	const { rows, rowLabels, columnLabels, width, format } = input;
	if (rows.length === 0 || rowLabels.length === 0 || columnLabels.length === 0) return emptySvg('grid', input);
	const draw = drawIn(documentOf(input));
	const labelWidth = Math.min(widest(rowLabels, 12), width / 3);
	const step = (width - labelWidth - 12) / columnLabels.length;
	const heads = columnLabels.map((label) => wrap(label, step - 6));
	const top = Math.max(...heads.map((head) => head.length)) * 13 + 8 + (input.axis ? 16 : 0);
	const frame = rowFrame(rowLabels, { width, height: input.height ?? top + rowLabels.length * 30 }, { top, bottom: 2 });
	const [lowest, highest] = extent(rows.filter((row) => !row.faint).map((row) => row.value)) ?? [0, 1];
	const wash = linear([lowest, highest], [0.05, 0.42]);
	const svg = rootSvg(draw, 'grid', width, frame.height);
	if (input.axis)
		svg.append(
			lineOfText(draw, input.axis, { class: 'axis', x: frame.x, y: 11, fill: 'var(--ink-3)' }, width - frame.x),
		);
	columnLabels.forEach((label, column) => {
		const head = heads[column] ?? [];
		const lines = head.map((line, index) =>
			draw(
				'text',
				{
					x: frame.x + (column + 0.5) * step,
					y: top - 8 - (head.length - 1 - index) * 13,
					'text-anchor': 'middle',
					fill: 'var(--ink-2)',
				},
				line,
			),
		);
		svg.append(draw('g', {}, draw('title', {}, label), ...lines));
	});
	rowLabels.forEach((label, index) =>
		svg.append(...rowLabel(draw, frame, label, frame.top + (index + 0.5) * frame.rowHeight)),
	);
	for (const row of rows) {
		const [line, column] = [rowLabels.indexOf(row.row), columnLabels.indexOf(row.column)];
		if (line < 0 || column < 0 || row.value === null) continue;
		const [x, y] = [frame.x + column * step, frame.top + line * frame.rowHeight];
		const tile = {
			x: x + 1,
			y: y + 1,
			width: Math.max(0, step - 2),
			height: frame.rowHeight - 2,
			'pointer-events': 'all',
		};
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, markTitle(`${row.row}, ${row.column}`, format, row)),
		);
		group.append(
			draw(
				'rect',
				row.faint
					? { ...tile, fill: 'none', stroke: 'var(--rule)', 'stroke-dasharray': '2 2' }
					: { ...tile, fill: 'var(--accent)', 'fill-opacity': wash(row.value) },
			),
		);
		const text = fitted(format(row.value), step - 4);
		if (text !== '')
			group.append(
				draw(
					'text',
					{
						x: x + step / 2,
						y: y + frame.rowHeight / 2 + 4,
						'text-anchor': 'middle',
						'font-size': VALUE_SIZE,
						fill: row.faint ? 'var(--ink-3)' : 'var(--ink)',
					},
					text,
				),
			);
		svg.append(group);
	}
	return svg;
}
