import * as Plot from '@observablehq/plot';
import { documentOf, drawIn, emptySvg, hitArea, isLit, lineOfText, namedRule, toneInk } from './drawing.ts';
import { countText, dodge, ellipsis, percentText, textWidth, widest } from './label-text.ts';
import { keyed, layer, plotSvg, xAxis, yAxis } from './plot-frame.ts';
import type { CurveRow, SurvivalInput } from './types.ts';

const LABEL_GAP = 13;
const QUARTERS = [0, 0.25, 0.5, 0.75, 1];

/** Days at which people count: weeks when they fit, else whole steps. */
function dayTicks(days: number, room: number): number[] {
	const sizes = days > 14 ? [7, 14, 28, 30, 60, 90, 180, 365] : [1, 2, 7];
	const step = sizes.find((size) => (days / size) * 34 <= room) ?? days;
	return Array.from({ length: Math.floor(days / step) + 1 }, (_, index) => index * step);
}

function shown(curve: CurveRow, days: number): { t: number; share: number; lo: number; hi: number }[] {
	const inside = curve.points.filter((point) => point.t <= days);
	const last = inside.at(-1);
	const beyond = curve.points.length > inside.length;
	return last && beyond ? [...inside, { ...last, t: days }] : inside;
}

function shareAt(curve: CurveRow, t: number): CurveRow['points'][number] | undefined {
	return (curve.points.at(-1)?.t ?? -1) < t ? undefined : curve.points.findLast((point) => point.t <= t);
}

function titleOf(curve: CurveRow, promise: SurvivalInput['promise']): string {
	const at = promise && shareAt(curve, promise.at);
	const kept = at ? ` ${percentText(at.share)} (${percentText(at.lo)}–${percentText(at.hi)}) at ${promise.label},` : '';
	return `${curve.label}:${kept} n ${countText(curve.n)}, ${countText(curve.open)} still open`;
}

/** Share resolved by day as step curves with 95 % bands; curves with a tone stand out, the others are context. */
export function survival(input: SurvivalInput): SVGSVGElement {
	const { width, days, promise } = input;
	const curves = [...input.curves].sort((a, b) => Number(isLit(a.tone)) - Number(isLit(b.tone)));
	if (curves.length === 0) return emptySvg('survival', input);
	const labelWidth = Math.min(Math.ceil(widest(curves.map((curve) => curve.label))) + 2, width / 3);
	const margins = { top: 26, right: labelWidth + 8, bottom: 36, left: Math.ceil(textWidth('100 %')) + 12 };
	const least = (curves.length - 1) * LABEL_GAP + margins.top + margins.bottom + 24;
	const height = Math.max(input.height ?? Math.round(Math.min(300, Math.max(220, width * 0.5))), least);
	const right = width - margins.right;
	const draw = drawIn(documentOf(input));
	const marks = curves.flatMap((curve) => {
		const points = shown(curve, days);
		const lit = isLit(curve.tone);
		const stroke = lit ? toneInk(curve.tone) : 'var(--ink-3)';
		const fill = lit ? toneInk(curve.tone) : 'var(--mute)';
		const title = titleOf(curve, promise);
		return [
			Plot.areaY(points, {
				x: 't',
				y1: 'lo',
				y2: 'hi',
				curve: 'step-after',
				fill,
				fillOpacity: lit ? 0.16 : 0.22,
				...keyed(input, curve.key, title),
			}),
			Plot.lineY(points, {
				x: 't',
				y: 'share',
				curve: 'step-after',
				stroke,
				strokeWidth: lit ? 1.75 : 1,
				...keyed(input, curve.key, title),
			}),
		];
	});
	const labels = layer(input, ({ x, y }) => {
		const ends = curves.map((curve) => shown(curve, days).at(-1)).map((point) => y(point?.share ?? 0));
		const places = dodge(ends, LABEL_GAP, margins.top + 4, height - margins.bottom);
		const text = curves.flatMap((curve, index) => {
			if (curve.points.length === 0) return [];
			const lit = isLit(curve.tone);
			// Under the key of its curve, so that the name is a part of the mark and takes the pointer.
			return [
				draw(
					'g',
					{ class: 'mark', 'data-key': curve.key },
					draw('title', {}, titleOf(curve, promise)),
					hitArea(draw, right, (places[index] ?? 0) - LABEL_GAP / 2, labelWidth + 8, LABEL_GAP),
					lineOfText(
						draw,
						curve.label,
						{
							x: right + 8,
							y: (places[index] ?? 0) + 4,
							fill: lit ? toneInk(curve.tone) : 'var(--ink-2)',
							'font-weight': lit ? 600 : undefined,
						},
						labelWidth,
					),
				),
			];
		});
		if (!promise || promise.at > days) return text;
		const lit = curves.filter((curve) => isLit(curve.tone));
		const kept = lit.flatMap((curve) => shareAt(curve, promise.at) ?? []);
		const heights = dodge(
			kept.map((point) => y(point.share) + 14),
			LABEL_GAP,
			margins.top + 10,
			height - margins.bottom - 4,
		);
		const room = right - x(promise.at) > 44;
		const dots = lit
			.filter((curve) => shareAt(curve, promise.at))
			.flatMap((curve, index) => {
				const share = kept[index]?.share ?? 0;
				const dot = draw('circle', { cx: x(promise.at), cy: y(share), r: 3.5, fill: toneInk(curve.tone) });
				return room
					? [
							dot,
							draw(
								'text',
								{
									x: x(promise.at) + 7,
									y: heights[index] ?? 0,
									fill: toneInk(curve.tone),
									'font-weight': 600,
									stroke: 'var(--paper)',
									'stroke-width': 3,
									'paint-order': 'stroke',
								},
								percentText(share),
							),
						]
					: [dot];
			});
		return [
			...text,
			namedRule(
				draw,
				{ x: x(promise.at), top: margins.top - 4, bottom: height - margins.bottom, width },
				promise.label,
			),
			...dots,
		];
	});
	const svg = plotSvg(
		'survival',
		input,
		{ height, margins },
		{
			x: { type: 'linear', domain: [0, days] },
			y: { type: 'linear', domain: [0, 1] },
			marks: [yAxis(QUARTERS, percentText), xAxis(dayTicks(days, right - margins.left), String), marks, labels],
		},
	);
	svg.append(
		draw(
			'text',
			{ class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' },
			ellipsis(input.axis, width),
		),
	);
	return svg;
}
