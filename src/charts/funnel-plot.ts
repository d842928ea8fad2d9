import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, emptySvg, toneInk } from './drawing.ts';
import { countText, dodge, ellipsis, markTitle, textWidth, widest } from './label-text.ts';
import { layer, plotSvg, xAxis, yAxis } from './plot-frame.ts';
import { placeLabels } from './place-labels.ts';
import { distinctTicks, extent, linear, niceDomain, ticks } from './scale.ts';
import type { FunnelPlotInput, GroupRow } from './types.ts';

type Limit = FunnelPlotInput['limits'][number];

/** The limits at n, linear between the two given neighbours. */
function limitAt(limits: readonly Limit[], n: number): Limit | undefined {
	const after = limits.findIndex((limit) => limit.n >= n);
	if (after < 0) return limits.at(-1);
	const [a, b] = [limits[Math.max(0, after - 1)], limits[after]];
	if (a === undefined || b === undefined || a.n === b.n) return b;
	const between = (key: keyof Limit) => linear([a.n, b.n], [a[key], b[key]])(n);
	return { n, lo95: between('lo95'), hi95: between('hi95'), lo998: between('lo998'), hi998: between('hi998') };
}

function beyond(row: GroupRow, limits: readonly Limit[]): 'none' | '95' | '998' {
	const limit = limitAt(limits, row.n);
	if (row.value === null || limit === undefined) return 'none';
	if (row.value < limit.lo998 || row.value > limit.hi998) return '998';
	return row.value < limit.lo95 || row.value > limit.hi95 ? '95' : 'none';
}

/** Value over n with the limits within which chance alone keeps 95 and 99.8 % of groups; those beyond the outer are lit and named. */
export function funnelPlot(input: FunnelPlotInput): SVGSVGElement {
	const { rows, width, format, centre } = input;
	if (rows.length === 0) return emptySvg('funnel-plot', input);
	const draw = drawIn(documentOf(input));
	const limits = [...input.limits].sort((a, b) => a.n - b.n);
	const drawn = rows.flatMap((row) =>
		row.value === null ? [] : [{ row, value: row.value, place: beyond(row, limits) }],
	);
	const most = Math.max(1, ...rows.map((row) => row.n), limits.at(-1)?.n ?? 0) * 1.02;
	const least = Math.max(1, Math.min(...rows.map((row) => row.n)) * 0.8);
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
	const curve = (key: keyof Limit, dash: string | undefined) =>
		Plot.lineY(shown, {
			x: 'n',
			y: key,
			stroke: 'var(--ink-3)',
			strokeWidth: 1,
			...(dash === undefined ? {} : { strokeDasharray: dash }),
		});
	const points = layer(input, ({ x, y }) => {
		const named = drawn.filter((point) => point.place === '998');
		const obstacles = drawn.map((point) => ({ x: x(point.row.n) - 4, y: y(point.value) - 4, width: 8, height: 8 }));
		const texts = named.map((point) => ({
			x: x(point.row.n),
			y: y(point.value),
			text: ellipsis(point.row.label, width / 3),
		}));
		const places = placeLabels(texts, obstacles, {
			x: margins.left,
			y: 0,
			width: right - margins.left,
			height: height - margins.bottom,
		});
		const groups = [...drawn]
			.sort((a, b) => Number(a.place === '998') - Number(b.place === '998'))
			.map(({ row, value, place }) => {
				const lit = place === '998' && !row.faint;
				const ink = lit
					? toneInk(row.tone === undefined || row.tone === 'plain' ? 'accent' : row.tone)
					: place === '95'
						? 'var(--ink)'
						: 'var(--ink-3)';
				const group = draw(
					'g',
					{ class: 'mark', 'data-key': row.key },
					draw('title', {}, markTitle(row.label, format, row)),
				);
				group.append(
					draw('circle', {
						cx: x(row.n),
						cy: y(value),
						r: lit ? 4 : 3,
						fill: lit ? ink : 'var(--paper)',
						stroke: ink,
						'stroke-width': 1.25,
					}),
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
					group.append(
						draw(
							'text',
							{
								x: label.x,
								y: label.y,
								fill: ink,
								'font-weight': 600,
								stroke: 'var(--paper)',
								'stroke-width': 3,
								'paint-order': 'stroke',
							},
							text.text,
						),
					);
				}
				return group;
			});
		const end = shown.at(-1);
		const names = end
			? [
					{ text: '99.8 %', at: end.hi998 },
					{ text: '95 %', at: end.hi95 },
					{ text: side[2] ?? '', at: centre },
				]
			: [{ text: side[2] ?? '', at: centre }];
		const heights = dodge(
			names.map((name) => y(name.at)),
			13,
			6,
			height - margins.bottom,
		);
		return [
			...names.map((name, index) =>
				draw(
					'text',
					{
						x: right + 8,
						y: (heights[index] ?? 0) + 4,
						fill: index === names.length - 1 ? 'var(--ink)' : 'var(--ink-3)',
					},
					name.text,
				),
			),
			...groups,
		];
	});
	const svg = plotSvg(
		'funnel-plot',
		input,
		{ height, margins },
		{
			x: { type: 'linear', domain: [0, most] },
			y: { type: 'linear', domain },
			marks: [
				yAxis(values, format),
				xAxis(counts, countText),
				curve('lo998', undefined),
				curve('hi998', undefined),
				curve('lo95', '2 3'),
				curve('hi95', '2 3'),
				Plot.ruleY([centre], { stroke: 'var(--ink)' }),
				points,
			],
		},
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
