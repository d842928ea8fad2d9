import { xAxis, yAxis } from './axes.ts';
import { bucketTicks } from './bucket-ticks.ts';
import { documentOf, drawIn, emptySvg, hitArea, lineOfText, rootSvg, toneInk, type Draw } from './drawing.ts';
import { bucketStarts, dashed, gapBetween, lastKnown, solid } from './flow-series.ts';
import { notesWithin, placeNotes } from './flow-notes.ts';
import { countText, dodge, ellipsis, textWidth, widest } from './label-text.ts';
import { bandPath, linePath } from './paths.ts';
import { distinctTicks, extent, linear, niceDomain, type Scale } from './scale.ts';
import type { FlowInput, Series } from './types.ts';

const LABEL_GAP = 14;
const PANEL_GAP = 16;
const LABEL_SIZE = 12;
const NONE: readonly [number, number] = [0, 1];

function endLabel(series: Series, finishedOnly: boolean, format: (value: number) => string): string {
	const last = lastKnown(series, finishedOnly);
	return last === undefined ? '' : `${format(last.value)} ${series.label}`;
}

function titleOf(series: Series, format: (value: number) => string): string {
	const last = lastKnown(series, true);
	return last === undefined
		? series.label
		: `${series.label}: ${format(last.value)}${last.n === undefined ? '' : `, n ${countText(last.n)}`} at the last finished date`;
}

/** Where a panel stands and how its numbers become px in the whole picture. */
interface Panel {
	draw: Draw;
	x: Scale;
	y: Scale;
	/** Ends of the y scale, for what must not leave the panel. */
	domain: readonly [number, number];
}

function lines({ draw, x, y, domain }: Panel, series: Series): SVGElement[] {
	const style = { class: 'line', fill: 'none', stroke: toneInk(series.tone), 'stroke-width': 1.5, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' };
	const [done, open] = [linePath(solid(series), x, y), linePath(dashed(series.points, domain), x, y)];
	return [...(done === '' ? [] : [draw('path', { ...style, d: done })]), ...(open === '' ? [] : [draw('path', { ...style, 'stroke-dasharray': '2 3', d: open })])];
}

function area({ draw, x, y }: Panel, tone: Series['tone'], opacity: number, points: Parameters<typeof bandPath>[0]): SVGElement {
	return draw('path', { class: 'area', fill: toneInk(tone), 'fill-opacity': opacity, d: bandPath(points, x, y) });
}

function markOf(draw: Draw, key: string, title: string, ...parts: SVGElement[]): SVGElement {
	return draw('g', { class: 'mark', 'data-key': key }, draw('title', {}, title), ...parts);
}

/** A dot where each line was last known, and its value and name beside it. */
function endings({ draw, x, y }: Panel, series: readonly Series[], finishedOnly: boolean, format: (value: number) => string, room: { left: number; width: number; bottom: number; top: number }): SVGElement[] {
	const known = series.flatMap((one) => {
		const last = lastKnown(one, finishedOnly);
		return last ? [{ one, last }] : [];
	});
	const places = dodge(known.map(({ last }) => y(last.value)), LABEL_GAP, room.top, room.bottom);
	return known.flatMap(({ one, last }, index) => [
		draw('circle', { cx: x(last.t), cy: y(last.value), r: 2.5, fill: toneInk(one.tone) }),
		lineOfText(draw, endLabel(one, finishedOnly, format), { x: room.left, y: (places[index] ?? 0) + 4, 'font-size': LABEL_SIZE, 'font-weight': 600, fill: toneInk(one.tone) }, room.width),
	]);
}

/** Numbers per bucket at the pointer: one invisible column over both panels. */
function buckets(input: FlowInput, x: (t: number) => number, top: number, height: number): SVGElement[] {
	const draw = drawIn(documentOf(input));
	const series = [input.inflow, input.outflow, input.stock];
	const times = bucketStarts(series);
	return times.map((t, index) => {
		const left = x((t + (times[index - 1] ?? t)) / 2);
		const right = x((t + (times[index + 1] ?? t)) / 2);
		const day = new Date(t).toISOString().slice(0, 10);
		const points = series.map((one) => ({ label: one.label, point: one.points.find((point) => point.t === t) }));
		const said = points.flatMap(({ label, point }) =>
			point && point.value !== null ? [`${input.format(point.value)} ${label}`] : [],
		);
		const unfinished = points.some(({ point }) => point?.unfinished) ? ' (not over)' : '';
		return draw(
			'g',
			{ class: 'bucket', 'data-key': day },
			draw('title', {}, `${input.nameOf?.(t) ?? day}${unfinished}: ${said.join(', ')}`),
			hitArea(draw, left, top, right - left, height),
		);
	});
}

/** The stock as an area above, what flows in and out below, both on one x scale; an unfinished bucket is dashed. */
export function flow(input: FlowInput): SVGSVGElement {
	const { width, format, inflow, outflow, stock } = input;
	const all = [inflow, outflow, stock];
	const starts = bucketStarts(all);
	const times = extent(starts);
	if (times === null) return emptySvg('flow', input);
	const draw = drawIn(documentOf(input));
	const { shown, end } = notesWithin(starts, input.notes ?? []);
	const domain: [number, number] =
		times[0] === times[1] ? [times[0] - 43_200_000, times[1] + 43_200_000] : [times[0], end ?? times[1]];
	const finite = (series: readonly Series[]) =>
		extent(series.flatMap((one) => one.points.map((point) => point.value))) ?? NONE;
	const stockDomain: [number, number] = [0, Math.max(1, finite([stock])[1]) * 1.05];
	const finished = [inflow, outflow].map((series) => ({
		...series,
		points: series.points.filter((point) => !point.unfinished),
	}));
	const [lowest, highest] = finite(finite(finished) === NONE ? [inflow, outflow] : finished);
	const flowDomain = niceDomain(lowest < highest * 0.4 ? Math.min(0, lowest) : lowest, highest, 3);
	const stockTicks = distinctTicks(stockDomain[0], stockDomain[1], 3, format);
	const flowTicks = distinctTicks(flowDomain[0], flowDomain[1], 3, format);
	const ends = [endLabel(stock, false, format), endLabel(inflow, true, format), endLabel(outflow, true, format)];
	const labelWidth = Math.min(Math.ceil(widest(ends, LABEL_SIZE) * 1.05), width / 3);
	const side = { left: Math.ceil(widest([...stockTicks, ...flowTicks].map(format))) + 12, right: labelWidth + 10 };
	const right = width - side.right;
	const x = linear(domain, [side.left, right]);
	const notes = placeNotes(shown, x, width);
	const top = notes.height + 8;
	const foot = 34;
	const height = Math.max(
		input.height ?? Math.round(Math.min(300, Math.max(240, width * 0.42))),
		top + foot + PANEL_GAP + 120,
	);
	const upper = Math.round((height - top - foot - PANEL_GAP) * 0.56);
	const lower = height - top - foot - PANEL_GAP - upper;
	const stockPanel: Panel = { draw, x, y: linear(stockDomain, [top + upper, top]), domain: stockDomain };
	const flowsTop = top + upper + PANEL_GAP;
	const flowPanel: Panel = { draw, x, y: linear(flowDomain, [flowsTop + lower, flowsTop]), domain: flowDomain };
	const across = { left: side.left, right };
	const beside = { left: right + 10, width: labelWidth };
	const gap = (high: Series, low: Series): SVGElement[] => gapBetween(high, low).map((run) => area(flowPanel, high.tone, 0.16, run));
	const ground = stock.points.map(({ t, value }) => ({ t, above: value, below: 0 }));
	const panels = [
		draw(
			'g',
			{ class: 'panel stock' },
			...yAxis(draw, stockPanel.y, stockTicks, format, across),
			draw('line', { x1: side.left, x2: right, y1: top + upper, y2: top + upper, stroke: 'var(--ink-3)' }),
			markOf(draw, stock.key, titleOf(stock, format), area(stockPanel, stock.tone, 0.08, ground), ...lines(stockPanel, stock)),
			...endings(stockPanel, [stock], false, format, { ...beside, top: top - 4, bottom: top + upper - 2 }),
		),
		draw(
			'g',
			{ class: 'panel flows' },
			...yAxis(draw, flowPanel.y, flowTicks, format, across),
			xAxis(draw, x, bucketTicks(starts, right - side.left), flowsTop + lower),
			markOf(draw, outflow.key, titleOf(outflow, format), ...gap(outflow, inflow), ...lines(flowPanel, outflow)),
			markOf(draw, inflow.key, titleOf(inflow, format), ...gap(inflow, outflow), ...lines(flowPanel, inflow)),
			...endings(flowPanel, [inflow, outflow], true, format, { ...beside, top: flowsTop - 4, bottom: flowsTop + lower - 2 }),
		),
	];
	const svg = rootSvg(draw, 'flow', width, height);
	const bottom = height - foot;
	const rules = notes.placed.map((note) =>
		draw(
			'g',
			{ class: 'note' },
			draw('line', {
				x1: note.at,
				x2: note.at,
				y1: note.y + 4,
				y2: bottom,
				stroke: 'var(--ink-3)',
				'stroke-dasharray': '1 3',
			}),
			draw('text', { x: note.x, y: note.y, 'text-anchor': 'start', fill: 'var(--ink-2)' }, note.text),
		),
	);
	svg.append(...panels, ...rules);
	const behind = svg.lastElementChild;
	const reach = (): void => behind?.after(...buckets(input, x, top, bottom - top));
	if (input.later) input.later(reach);
	else reach();
	if (input.axis && textWidth(input.axis) < width)
		svg.append(
			draw(
				'text',
				{ class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' },
				ellipsis(input.axis, width),
			),
		);
	return svg;
}
