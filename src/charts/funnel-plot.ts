import { xAxis, yAxis } from './axes.ts';
import { documentOf, drawIn, emptySvg, rootSvg, toneInk, type Draw } from './drawing.ts';
import { countText, dodge, ellipsis, markTitle, textWidth, widest } from './label-text.ts';
import { linePath } from './paths.ts';
import { placeLabels } from './place-labels.ts';
import { distinctTicks, extent, linear, niceDomain, ticks, type Scale } from './scale.ts';
import type { FunnelPlotInput, GroupRow } from './types.ts';

type Limit = FunnelPlotInput['limits'][number];

type Row = FunnelPlotInput['rows'][number];

const weightOf = (row: Row): number => row.weight ?? row.n;

interface Placed {
	row: Row;
	value: number;
	/** Beyond which limits it lies. */
	place: 'none' | '95' | '998';
}

/** The limits at n, linear between the two given neighbours. */
function limitAt(limits: readonly Limit[], n: number): Limit | undefined {
	const after = limits.findIndex((limit) => limit.n >= n);
	if (after < 0) return limits.at(-1);
	const [a, b] = [limits[Math.max(0, after - 1)], limits[after]];
	if (a === undefined || b === undefined || a.n === b.n) return b;
	const between = (key: keyof Limit) => linear([a.n, b.n], [a[key], b[key]])(n);
	return { n, lo95: between('lo95'), hi95: between('hi95'), lo998: between('lo998'), hi998: between('hi998') };
}

function beyond(row: Row, limits: readonly Limit[]): Placed['place'] {
	const limit = limitAt(limits, weightOf(row));
	if (row.value === null || limit === undefined) return 'none';
	if (row.value < limit.lo998 || row.value > limit.hi998) return '998';
	return row.value < limit.lo95 || row.value > limit.hi95 ? '95' : 'none';
}

/** Value over n, or over its weight, with the limits within which chance alone keeps 95 and 99.8 % of groups; those beyond the outer are lit and named. */
export function funnelPlot(input: FunnelPlotInput): SVGSVGElement {
	const { rows, width, format, centre } = input;
	if (rows.length === 0) return emptySvg('funnel-plot', input);
	const draw = drawIn(documentOf(input));
	const limits = [...input.limits].sort((a, b) => a.n - b.n);
	const drawn = rows.flatMap((row) =>
		row.value === null ? [] : [{ row, value: row.value, place: beyond(row, limits) }],
	);
	const most = Math.max(1, ...rows.map(weightOf), limits.at(-1)?.n ?? 0) * 1.02;
	const least = Math.max(1, Math.min(...rows.map(weightOf)) * 0.8);
	const shown = limits.filter((limit) => limit.n >= least);
	const [lowest, highest] = extent([
		centre,
		...drawn.map((point) => point.value),
		...shown.flatMap((limit) => [limit.lo998, limit.hi998]),
	]) ?? [0, 1];
	const domain = niceDomain(lowest, highest, 4);
	const values = distinctTicks(domain[0], domain[1], 4, format);
	const side = ['99.8 %', '95 %', `all ${format(centre)}`];
	const margins = {
		top: 8,
		right: Math.ceil(widest(side)) + 8,
		bottom: 36,
		left: Math.ceil(widest(values.map(format))) + 12,
	};
	const height = Math.max(input.height ?? Math.round(Math.min(320, Math.max(240, width * 0.5))), 140);
	const right = width - margins.right;
	const counts = ticks(
		0,
		most,
		Math.max(2, Math.min(6, (right - margins.left) / (textWidth(countText(Math.round(most))) + 28))),
	).filter(Number.isInteger);
	const bottom = height - margins.bottom;
	const x = linear([0, most], [margins.left, right]);
	const y = linear(domain, [bottom, margins.top]);
	const curve = (key: keyof Limit, dash?: string): SVGElement =>
		draw('path', { class: 'limit', fill: 'none', stroke: 'var(--ink-3)', 'stroke-dasharray': dash, d: linePath(shown.map((limit) => ({ t: limit.n, value: limit[key] })), x, y) });
	const svg = rootSvg(draw, 'funnel-plot', width, height);
	svg.append(
		...yAxis(draw, y, values, format, { left: margins.left, right }),
		xAxis(draw, x, counts.map((count) => ({ t: count, lines: [countText(count)] })), bottom),
		...(shown.length === 0 ? [] : [curve('lo998'), curve('hi998'), curve('lo95', '2 3'), curve('hi95', '2 3')]),
		draw('line', { x1: margins.left, x2: right, y1: y(centre), y2: y(centre), stroke: 'var(--ink)' }),
		...sideNames(draw, shown.at(-1), centre, side, { y, left: right + 8, bottom }),
		...pointMarks(draw, drawn, format, { x, y, width, left: margins.left, right, bottom }),
	);
	svg.append(
		draw(
			'text',
			{ class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' },
			ellipsis(input.axis ?? 'n', width),
		),
	);
	return svg;
}

/** The limits and the centre, named at the right end. */
function sideNames(draw: Draw, end: Limit | undefined, centre: number, side: readonly string[], at: { y: Scale; left: number; bottom: number }): SVGElement[] {
	const [outer = '', inner = '', whole = ''] = side;
	const names = [...(end ? [{ text: outer, value: end.hi998 }, { text: inner, value: end.hi95 }] : []), { text: whole, value: centre }];
	const heights = dodge(names.map((name) => at.y(name.value)), 13, 6, at.bottom);
	return names.map((name, index) => draw('text', { x: at.left, y: (heights[index] ?? 0) + 4, fill: index === names.length - 1 ? 'var(--ink)' : 'var(--ink-3)' }, name.text));
}

function inkOf(row: GroupRow, lit: boolean, place: Placed['place']): string {
	if (lit) return toneInk(row.tone === undefined || row.tone === 'plain' ? 'accent' : row.tone);
	return place === '95' ? 'var(--ink)' : 'var(--ink-3)';
}

/** Every group as a dot, those beyond the outer limit last, so that they lie on top, and with their names. */
function pointMarks(draw: Draw, drawn: readonly Placed[], format: (value: number) => string, at: { x: Scale; y: Scale; width: number; left: number; right: number; bottom: number }): SVGElement[] {
	const { x, y } = at;
	const named = drawn.filter((point) => point.place === '998');
	const obstacles = drawn.map((point) => ({ x: x(weightOf(point.row)) - 4, y: y(point.value) - 4, width: 8, height: 8 }));
	const texts = named.map((point) => ({ x: x(weightOf(point.row)), y: y(point.value), text: ellipsis(point.row.label, at.width / 3) }));
	const places = placeLabels(texts, obstacles, { x: at.left, y: 0, width: at.right - at.left, height: at.bottom });
	return [...drawn].sort((a, b) => Number(a.place === '998') - Number(b.place === '998')).map(({ row, value, place }) => {
		const lit = place === '998' && !row.faint;
		const ink = inkOf(row, lit, place);
		const group = draw(
			'g',
			{ class: 'mark', 'data-key': row.key },
			draw('title', {}, markTitle(row.label, format, row)),
			draw('circle', { cx: x(weightOf(row)), cy: y(value), r: lit ? 4 : 3, fill: lit ? ink : 'var(--paper)', stroke: ink, 'stroke-width': 1.25 }),
		);
		const index = named.findIndex((point) => point.row === row);
		const [label, text] = [places[index], texts[index]];
		if (label && text) {
			if (label.far)
				group.append(
					draw('line', {
						x1: text.x,
						y1: text.y,
						x2: Math.min(Math.max(text.x, label.x - 3), label.x + textWidth(text.text) + 3),
						y2: label.y + (text.y < label.y - 4 ? -9 : 2),
						stroke: 'var(--ink-3)',
						'stroke-width': 0.75,
					}),
				);
			group.append(draw('text', { x: label.x, y: label.y, fill: ink, 'font-weight': 600, stroke: 'var(--paper)', 'stroke-width': 3, 'paint-order': 'stroke' }, text.text));
		}
		return group;
	});
}
