import { labelBlock, type Draw } from './drawing.ts';
import { textWidth, widest } from './label-text.ts';

const LABEL_SIZE = 12;

/** Where horizontal rows lie: a column of labels, then the plot from `x` to the right edge. */
export interface RowFrame {
	labelWidth: number;
	x: number;
	top: number;
	rowHeight: number;
	bottom: number;
	height: number;
}

/** Labels take what the longest needs, at most a third of the width; longer ones go over two lines in taller rows. */
export function rowFrame(
	labels: readonly string[],
	size: { width: number; height?: number },
	margins: { top: number; bottom: number },
): RowFrame {
	const labelWidth = Math.min(Math.ceil(widest(labels, LABEL_SIZE)), size.width / 3);
	const wrapped = labels.some((label) => textWidth(label, LABEL_SIZE) > labelWidth);
	const least = wrapped ? 32 : 18;
	const wished =
		size.height === undefined
			? wrapped
				? 34
				: 24
			: (size.height - margins.top - margins.bottom) / Math.max(1, labels.length);
	const rowHeight = Math.max(least, Math.min(wished, 40));
	const bottom = margins.top + rowHeight * labels.length;
	return { labelWidth, x: labelWidth + 12, top: margins.top, rowHeight, bottom, height: bottom + margins.bottom };
}

export function rowLabel(draw: Draw, frame: RowFrame, label: string, y: number, faint = false): SVGTextElement[] {
	return labelBlock(
		draw,
		label,
		{ x: 0, y, width: frame.labelWidth },
		{ 'font-size': LABEL_SIZE, fill: faint ? 'var(--ink-3)' : 'var(--ink)' },
	);
}

export function axisTitle(draw: Draw, text: string, x: number, y: number): SVGTextElement {
	return draw('text', { class: 'axis', x, y, 'text-anchor': 'end', fill: 'var(--ink-3)' }, text);
}
