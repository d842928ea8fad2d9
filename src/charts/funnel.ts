import { documentOf, drawIn, emptySvg, hitArea, lineOfText, rootSvg, type Draw } from './drawing.ts';
import { countText, intervalText, textWidth, widest } from './label-text.ts';
import type { FunnelInput, FunnelRow } from './types.ts';

type Part = 'reached' | 'waiting' | 'lost';

const HEADS: Readonly<Record<Part, string>> = { reached: 'reached', waiting: 'waiting', lost: 'lost' };
const PARTS: readonly Part[] = ['reached', 'waiting', 'lost'];
const PAINT: Readonly<Record<Part, Readonly<Record<string, string | number>>>> = {
	reached: { fill: 'var(--accent)' },
	waiting: { fill: 'var(--accent)', 'fill-opacity': 0.35 },
	lost: { fill: 'var(--mute)' },
};
const LABEL_SIZE = 12;

function titleOf(row: FunnelRow, format: (value: number) => string): string {
	const share = row.share === null ? 'no share' : format(row.share);
	const interval = intervalText(format, row.lo, row.hi);
	const n = row.reached + row.waiting + row.lost;
	return `${row.label}: ${share}${interval === null ? '' : ` (${interval})`}, ${countText(row.reached)} reached, ${countText(row.waiting)} still waiting, ${countText(row.lost)} lost, n ${countText(n)}`;
}

function stack(
	draw: Draw,
	row: FunnelRow,
	at: { x: number; y: number; thickness: number; scale: number },
): SVGElement[] {
	let x = at.x;
	return PARTS.filter((part) => row[part] > 0).map((part) => {
		const width = row[part] * at.scale;
		const rect = draw('rect', {
			class: part,
			x,
			y: at.y,
			width: Math.max(0.5, width - 1),
			height: at.thickness,
			...PAINT[part],
		});
		x += width;
		return rect;
	});
}

/** Stages as stacked bars on one scale of cases: reached, still waiting and lost, with their counts as columns headed by their tone. */
export function funnel(input: FunnelInput): SVGSVGElement {
	const { rows, width, format } = input;
	if (rows.length === 0) return emptySvg('funnel', input);
	const draw = drawIn(documentOf(input));
	const shares = rows.map((row) => (row.share === null ? '' : format(row.share)));
	const intervals = rows.map((row) => (row.lo === row.hi ? '' : (intervalText(format, row.lo, row.hi) ?? '')));
	const inline = width >= 520;
	const columns = PARTS.map((part) => ({
		part,
		width:
			Math.max(
				textWidth(HEADS[part]) + 12,
				widest(
					rows.map((row) => countText(row[part])),
					LABEL_SIZE,
				),
			) + 10,
	}));
	const countsWidth = columns.reduce((sum, column) => sum + column.width, 0);
	const shareWidth = widest(shares, LABEL_SIZE) + 12;
	const intervalWidth = inline ? widest(intervals) + 10 : 0;
	const labelWidth = inline
		? Math.min(
				widest(
					rows.map((row) => row.label),
					LABEL_SIZE,
				),
				width / 4,
			)
		: width - countsWidth - shareWidth;
	const barLeft = inline ? labelWidth + 12 : 0;
	const barWidth = inline ? Math.max(40, width - barLeft - countsWidth - shareWidth - intervalWidth) : width;
	const top = 20;
	const rowHeight = inline ? 28 : 40;
	const height = top + rows.length * rowHeight;
	const scale = barWidth / Math.max(1, ...rows.map((row) => row.reached + row.waiting + row.lost));
	const svg = rootSvg(draw, 'funnel', width, height);
	let edge = width;
	const rights = new Map<Part, number>();
	for (const column of [...columns].reverse()) {
		rights.set(column.part, edge);
		const text = HEADS[column.part];
		svg.append(
			draw('rect', { x: edge - textWidth(text) - 12, y: 4, width: 8, height: 8, ...PAINT[column.part] }),
			draw('text', { x: edge, y: 12, 'text-anchor': 'end', fill: 'var(--ink-2)' }, text),
		);
		edge -= column.width;
	}
	rows.forEach((row, index) => {
		const y = top + index * rowHeight;
		const base = y + (inline ? rowHeight / 2 + 4 : 15);
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, titleOf(row, format)),
			hitArea(draw, 0, y, width, rowHeight),
		);
		group.append(
			lineOfText(draw, row.label, { x: 0, y: base, 'font-size': LABEL_SIZE, fill: 'var(--ink)' }, labelWidth),
		);
		group.append(
			...stack(draw, row, {
				x: barLeft,
				y: inline ? y + rowHeight / 2 - 7 : y + 21,
				thickness: inline ? 14 : 10,
				scale,
			}),
		);
		const share = draw(
			'text',
			{
				x: edge - intervalWidth,
				y: base,
				'text-anchor': 'end',
				'font-size': LABEL_SIZE,
				'font-weight': 600,
				fill: 'var(--ink)',
			},
			shares[index] ?? '',
		);
		if (shares[index] !== '') group.append(share);
		if (inline && intervals[index] !== '')
			group.append(
				draw('text', { x: edge, y: base, 'text-anchor': 'end', fill: 'var(--ink-3)' }, intervals[index] ?? ''),
			);
		for (const part of PARTS)
			group.append(
				draw(
					'text',
					{
						x: rights.get(part) ?? width,
						y: base,
						'text-anchor': 'end',
						'font-size': LABEL_SIZE,
						fill: row[part] === 0 ? 'var(--ink-3)' : 'var(--ink-2)',
					},
					countText(row[part]),
				),
			);
		if (index > 0) svg.append(draw('line', { x1: 0, x2: width, y1: y, y2: y, stroke: 'var(--rule)' }));
		svg.append(group);
	});
	return svg;
}
