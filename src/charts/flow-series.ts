import type { Series, SeriesPoint } from './types.ts';

export interface GapPoint {
	t: number;
	above: number;
	below: number;
}

/** Every bucket of any of the series once, in order. */
export function bucketStarts(series: readonly Series[]): number[] {
	return [...new Set(series.flatMap((one) => one.points.map((point) => point.t)))].sort((a, b) => a - b);
}

/** The finished part of a series; unfinished and missing buckets break the line. */
export function solid(series: Series): { t: number; value: number | null }[] {
	return series.points.map((point) => ({ t: point.t, value: point.unfinished ? null : point.value }));
}

/**
 * The stretches from, to and between unfinished buckets, drawn dashed. Where an unfinished value lies outside the domain
 * of the finished ones the stretch towards it ends at the edge: it must not squeeze the rest.
 */
export function dashed(
	points: readonly SeriesPoint[],
	domain: readonly [number, number],
): { t: number; value: number | null }[] {
	return points.map((point, index) => {
		const [before, after] = [points[index - 1], points[index + 1]];
		if (point.value === null || !(point.unfinished || before?.unfinished || after?.unfinished))
			return { t: point.t, value: null };
		const edge = Math.min(domain[1], Math.max(domain[0], point.value));
		if (edge === point.value || before === undefined || before.value === null || before.value === point.value)
			return { t: point.t, value: edge };
		// Beyond the same edge on both sides: there is nothing between them to see.
		if (edge === domain[0] ? before.value <= edge : before.value >= edge) return { t: point.t, value: null };
		return { t: before.t + ((edge - before.value) / (point.value - before.value)) * (point.t - before.t), value: edge };
	});
}

export function lastKnown(series: Series, finishedOnly: boolean): (SeriesPoint & { value: number }) | undefined {
	const known = series.points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]));
	return (finishedOnly ? known.findLast((point) => !point.unfinished) : undefined) ?? known.at(-1);
}

/**
 * The upper and lower edge of the area between two lines where `upper` is the higher, closed at each crossing.
 * Runs are separate, so that an area never spans a missing or unfinished bucket.
 */
export function gapBetween(upper: Series, lower: Series): GapPoint[][] {
	const others = new Map(solid(lower).map((point) => [point.t, point.value]));
	const runs: GapPoint[][] = [];
	let run: GapPoint[] = [];
	let previous: GapPoint | null = null;
	const close = () => {
		if (run.length > 1) runs.push(run);
		run = [];
	};
	for (const point of solid(upper)) {
		const other = others.get(point.t) ?? null;
		if (point.value === null || other === null) {
			close();
			previous = null;
			continue;
		}
		const current: GapPoint = { t: point.t, above: point.value, below: other };
		const [before, after] = [previous === null ? 0 : previous.above - previous.below, current.above - current.below];
		if (previous !== null && before * after < 0) {
			const part = before / (before - after);
			const value = previous.above + part * (current.above - previous.above);
			run.push({ t: previous.t + part * (current.t - previous.t), above: value, below: value });
			if (after < 0) close();
		}
		if (after >= 0) run.push(current);
		else close();
		previous = current;
	}
	close();
	return runs;
}
