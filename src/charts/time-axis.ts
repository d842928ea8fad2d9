import * as Plot from '@observablehq/plot';
import { bucketTicks } from './bucket-ticks.ts';

/** The ticks of buckets as an axis of Plot. */
export function timeAxis(times: readonly number[], room: number): Plot.Markish {
	const ticks = bucketTicks(times, room);
	const lines = new Map(ticks.map((tick) => [tick.t, tick.lines.join('\n')]));
	return Plot.axisX(ticks.map((tick) => new Date(tick.t)), {
		tickFormat: (date: Date) => lines.get(date.getTime()) ?? '',
		tickSize: 3,
		tickPadding: 4,
		fill: 'var(--ink-2)',
		stroke: 'var(--ink-3)',
		fontSize: 11,
		label: null,
	});
}
