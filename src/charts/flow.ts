import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, emptySvg, hitArea, lineOfText, rootSvg, toneInk } from './drawing.ts';
import { bucketStarts, dashed, gapBetween, lastKnown, solid } from './flow-series.ts';
import { notesWithin, placeNotes } from './flow-notes.ts';
import { countText, dodge, ellipsis, textWidth, widest } from './label-text.ts';
import { keyed, layer, plotSvg, yAxis, type Margins } from './plot-frame.ts';
import { distinctTicks, extent, linear, niceDomain } from './scale.ts';
import { timeAxis } from './time-axis.ts';
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

function lines(input: FlowInput, series: Series, domain: readonly [number, number], width: number): Plot.Markish[] {
	const stroke = toneInk(series.tone);
	const named = keyed(input, series.key, titleOf(series, input.format));
	const style = { x: 't', y: 'value', stroke, strokeWidth: width, ...named };
	return [
		Plot.lineY(solid(series), style),
		Plot.lineY(dashed(series.points, domain), { ...style, strokeDasharray: '2 3' }),
	];
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
	const time = { type: 'utc', domain } as const;

	const panel = (
		name: string,
		y: number,
		panelHeight: number,
		margins: Margins,
		options: Plot.PlotOptions,
	): SVGGElement => {
		const svg = plotSvg('flow', input, { height: panelHeight, margins }, { x: time, ...options });
		return draw('g', { class: `panel ${name}`, transform: `translate(0,${y})` }, ...svg.children);
	};
	const ending = (series: readonly Series[], finishedOnly: boolean, bottom: number) =>
		layer(input, ({ x: atX, y: atY }) => {
			const known = series.flatMap((one) => {
				const last = lastKnown(one, finishedOnly);
				return last ? [{ one, last }] : [];
			});
			const places = dodge(
				known.map(({ last }) => atY(last.value)),
				LABEL_GAP,
				4,
				bottom - 2,
			);
			return known.flatMap(({ one, last }, index) => {
				const ink = toneInk(one.tone);
				return [
					draw('circle', { cx: atX(last.t), cy: atY(last.value), r: 2.5, fill: ink }),
					lineOfText(
						draw,
						endLabel(one, finishedOnly, format),
						{ x: right + 10, y: (places[index] ?? 0) + 4, 'font-size': LABEL_SIZE, 'font-weight': 600, fill: ink },
						labelWidth,
					),
				];
			});
		});
	const stockPanel = panel(
		'stock',
		top - 8,
		upper + 8,
		{ ...side, top: 8, bottom: 0 },
		{
			y: { type: 'linear', domain: stockDomain },
			marks: [
				yAxis(stockTicks, format),
				Plot.areaY(stock.points, {
					x: 't',
					y1: () => 0,
					y2: 'value',
					fill: toneInk(stock.tone),
					fillOpacity: 0.08,
					...keyed(input, stock.key, titleOf(stock, format)),
				}),
				Plot.ruleY([0], { stroke: 'var(--ink-3)' }),
				lines(input, stock, stockDomain, 1.5),
				ending([stock], false, upper + 8),
			],
		},
	);
	const between = [[inflow, outflow] as const, [outflow, inflow] as const].flatMap(([high, low]) =>
		gapBetween(high, low).map((run) =>
			Plot.areaY(run, {
				x: 't',
				y1: 'below',
				y2: 'above',
				fill: toneInk(high.tone),
				fillOpacity: 0.16,
				...keyed(input, high.key, `${high.label} above ${low.label}`),
			}),
		),
	);
	const flowPanel = panel(
		'flows',
		top + upper + PANEL_GAP - 8,
		lower + 8 + foot,
		{ ...side, top: 8, bottom: foot },
		{
			y: { type: 'linear', domain: flowDomain },
			marks: [
				yAxis(flowTicks, format),
				timeAxis(starts, right - side.left),
				between,
				lines(input, outflow, flowDomain, 1.5),
				lines(input, inflow, flowDomain, 1.5),
				ending([inflow, outflow], true, lower + 8),
			],
		},
	);
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
	svg.append(stockPanel, flowPanel, ...rules);
	const before = rules.at(-1) ?? flowPanel;
	const reach = (): void => before.after(...buckets(input, x, top, bottom - top));
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
