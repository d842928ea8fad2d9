import { documentOf, drawIn, emptySvg, hitArea, rootSvg } from './drawing.ts';
import { notesWithin } from './flow-notes.ts';
import { dashed } from './flow-series.ts';
import { extent, linear } from './scale.ts';
import type { SeriesPoint, SparkInput } from './types.ts';

type Known = SeriesPoint & { value: number };

function pathOf(points: readonly Known[], x: (t: number) => number, y: (value: number) => number): string {
	return points
		.map((point, index) => `${index === 0 ? 'M' : 'L'}${x(point.t).toFixed(1)},${y(point.value).toFixed(1)}`)
		.join('');
}

/** Unbroken runs of known points, so that a missing bucket is a gap. */
function runs(points: readonly SeriesPoint[]): Known[][] {
	const found: Known[][] = [[]];
	for (const point of points) {
		if (point.value === null) found.push([]);
		else found.at(-1)?.push({ ...point, value: point.value });
	}
	return found.filter((run) => run.length > 0);
}

/** A line without axes: the unfinished end dashed, a dot on the last finished value, a hairline for the reference. */
export function spark(input: SparkInput): SVGSVGElement {
	const { width, points } = input;
	const height = input.height ?? 28;
	const known = runs(points).flat();
	const finished = known.filter((point) => !point.unfinished);
	const last = finished.at(-1) ?? known.at(-1);
	if (last === undefined) return emptySvg('spark', { ...input, height });
	const draw = drawIn(documentOf(input));
	const times = extent(points.map((point) => point.t)) ?? [0, 1];
	const values = extent([input.reference, ...(finished.length > 0 ? finished : known).map((point) => point.value)]) ?? [
		0, 1,
	];
	const starts = points.map((point) => point.t).sort((a, b) => a - b);
	const { shown, end } = notesWithin(starts, input.notes ?? []);
	const x = linear(times[0] === times[1] ? [times[0] - 1, times[0]] : [times[0], end ?? times[1]], [2, width - 4]);
	const y = linear(values[0] === values[1] ? [values[0] - 1, values[0] + 1] : values, [height - 4, 4]);
	const svg = rootSvg(draw, 'spark', width, height);
	if (input.reference !== undefined) {
		const at = y(input.reference);
		svg.append(
			draw('line', { class: 'reference', x1: 0, x2: width, y1: at, y2: at, stroke: 'var(--mute)', 'stroke-width': 1 }),
		);
	}
	const group = draw('g', {
		class: 'mark',
		'data-key': String(last.t),
		fill: 'none',
		stroke: 'var(--ink-2)',
		'stroke-width': 1.25,
		'stroke-linejoin': 'round',
		'stroke-linecap': 'round',
	});
	for (const run of runs(points)) {
		const done = run.filter((point) => !point.unfinished);
		if (done.length > 1) group.append(draw('path', { d: pathOf(done, x, y) }));
	}
	for (const tail of runs(dashed(points, values))) {
		if (tail.length > 1)
			group.append(draw('path', { class: 'unfinished', d: pathOf(tail, x, y), 'stroke-dasharray': '1.5 2.5' }));
	}
	group.append(draw('circle', { cx: x(last.t), cy: y(last.value), r: 2.5, fill: 'var(--accent)', stroke: 'none' }));
	const ticks = shown.map((note) => {
		const at = x(note.t);
		return draw(
			'g',
			{ class: 'note' },
			draw('title', {}, `${new Date(note.t).toISOString().slice(0, 10)}: ${note.label}`),
			draw('line', { x1: at, x2: at, y1: 0, y2: height, stroke: 'var(--ink-3)', 'stroke-dasharray': '1 2' }),
			hitArea(draw, at - 3, 0, 6, height),
		);
	});
	svg.append(group, ...ticks);
	const reach = (): void => group.after(...columns(input, x, height));
	if (input.later) input.later(reach);
	else reach();
	return svg;
}

/** One invisible column over each point, keyed by its day, that says it. */
function columns(input: SparkInput, x: (t: number) => number, height: number): SVGElement[] {
	const { points, titleOf } = input;
	if (titleOf === undefined) return [];
	const draw = drawIn(documentOf(input));
	return points.map((point, index) => {
		const left = x((point.t + (points[index - 1]?.t ?? point.t)) / 2);
		const right = x((point.t + (points[index + 1]?.t ?? point.t)) / 2);
		return draw(
			'g',
			{ class: 'bucket', 'data-key': new Date(point.t).toISOString().slice(0, 10) },
			draw('title', {}, titleOf(point)),
			hitArea(draw, left, 0, right - left, height),
		);
	});
}
