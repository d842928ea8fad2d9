import type { Scale } from './scale.ts';

const at = (x: number, y: number): string => `${String(Math.round(x * 1000) / 1000)},${String(Math.round(y * 1000) / 1000)}`;

/** A line through the points, in thousandths of a px; a missing value is a gap. */
export function linePath(points: readonly { t: number; value: number | null }[], x: Scale, y: Scale): string {
	let path = '';
	let broken = true;
	for (const { t, value } of points) {
		if (value !== null) path += `${broken ? 'M' : 'L'}${at(x(t), y(value))}`;
		broken = value === null;
	}
	return path;
}

/** The area between two edges; it never spans a missing point. */
export function bandPath(points: readonly { t: number; above: number | null; below: number | null }[], x: Scale, y: Scale): string {
	let path = '';
	let edges: { upper: string[]; lower: string[] } = { upper: [], lower: [] };
	const close = (): void => {
		if (edges.upper.length > 0) path += `M${[...edges.upper, ...edges.lower.reverse()].join('L')}Z`;
		edges = { upper: [], lower: [] };
	};
	for (const { t, above, below } of points) {
		if (above === null || below === null) close();
		else {
			edges.upper.push(at(x(t), y(above)));
			edges.lower.push(at(x(t), y(below)));
		}
	}
	close();
	return path;
}
