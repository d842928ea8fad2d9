import { xAxis, yAxis } from './axes.ts';
import { documentOf, drawIn, emptySvg, hitArea, isLit, lineOfText, namedRule, rootSvg, toneInk, type Draw } from './drawing.ts';
import { countText, dodge, ellipsis, percentText, textWidth, widest } from './label-text.ts';
import { bandPath, linePath } from './paths.ts';
import { linear, type Scale } from './scale.ts';
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

/** Each step holds its height until the next one. */
function stepped<P extends { t: number }>(points: readonly P[]): P[] {
	return points.flatMap((point, index) => {
		const before = points[index - 1];
		return before === undefined ? [point] : [{ ...before, t: point.t }, point];
	});
}

/** The promise as a rule, and where the curves that stand out cross it. */
function promised(
	draw: Draw,
	curves: readonly CurveRow[],
	promise: NonNullable<SurvivalInput['promise']>,
	at: { x: Scale; y: Scale; right: number; bottom: number; top: number; width: number },
): SVGElement[] {
	const known = curves.filter((curve) => isLit(curve.tone)).flatMap((curve) => {
		const point = shareAt(curve, promise.at);
		return point ? [{ ink: toneInk(curve.tone), share: point.share }] : [];
	});
	const heights = dodge(known.map(({ share }) => at.y(share) + 14), LABEL_GAP, at.top + 10, at.bottom - 4);
	const named = at.right - at.x(promise.at) > 44;
	const halo = { 'font-weight': 600, stroke: 'var(--paper)', 'stroke-width': 3, 'paint-order': 'stroke' };
	return [
		namedRule(draw, { x: at.x(promise.at), top: at.top - 4, bottom: at.bottom, width: at.width }, promise.label),
		...known.flatMap(({ ink, share }, index) => [
			draw('circle', { cx: at.x(promise.at), cy: at.y(share), r: 3.5, fill: ink }),
			...(named ? [draw('text', { x: at.x(promise.at) + 7, y: heights[index] ?? 0, fill: ink, ...halo }, percentText(share))] : []),
		]),
	];
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
	const bottom = height - margins.bottom;
	const x = linear([0, days], [margins.left, right]);
	const y = linear([0, 1], [bottom, margins.top]);
	const ends = curves.map((curve) => shown(curve, days).at(-1)).map((point) => y(point?.share ?? 0));
	const places = dodge(ends, LABEL_GAP, margins.top + 4, bottom);
	const marks = curves.map((curve, index) => {
		const steps = stepped(shown(curve, days));
		const lit = isLit(curve.tone);
		const [stroke, fill] = lit ? [toneInk(curve.tone), toneInk(curve.tone)] : ['var(--ink-3)', 'var(--mute)'];
		const at = places[index] ?? 0;
		return draw(
			'g',
			{ class: 'mark', 'data-key': curve.key },
			draw('title', {}, titleOf(curve, promise)),
			draw('path', { class: 'area', fill, 'fill-opacity': lit ? 0.16 : 0.22, d: bandPath(steps.map(({ t, lo, hi }) => ({ t, above: hi, below: lo })), x, y) }),
			draw('path', { class: 'line', fill: 'none', stroke, 'stroke-width': lit ? 1.75 : 1, 'stroke-linejoin': 'round', d: linePath(steps.map(({ t, share }) => ({ t, value: share })), x, y) }),
			// The name is a part of the mark and takes the pointer.
			...(steps.length === 0
				? []
				: [
						hitArea(draw, right, at - LABEL_GAP / 2, labelWidth + 8, LABEL_GAP),
						lineOfText(draw, curve.label, { x: right + 8, y: at + 4, fill: lit ? toneInk(curve.tone) : 'var(--ink-2)', 'font-weight': lit ? 600 : undefined }, labelWidth),
					]),
		);
	});
	const svg = rootSvg(draw, 'survival', width, height);
	const named = dayTicks(days, right - margins.left).map((day) => ({ t: day, lines: [String(day)] }));
	svg.append(...yAxis(draw, y, QUARTERS, percentText, { left: margins.left, right }), xAxis(draw, x, named, bottom), ...marks);
	if (promise && promise.at <= days) svg.append(...promised(draw, curves, promise, { x, y, right, bottom, top: margins.top, width }));
	svg.append(
		draw(
			'text',
			{ class: 'axis', x: width, y: height - 3, 'text-anchor': 'end', fill: 'var(--ink-3)' },
			ellipsis(input.axis, width),
		),
	);
	return svg;
}
