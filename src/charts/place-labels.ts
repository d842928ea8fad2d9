import { textWidth } from './label-text.ts';

export interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

export interface PlacedLabel {
	/** Left end and baseline. */
	x: number;
	y: number;
	/** Far from its point: a leader is needed. */
	far: boolean;
}

export function overlap(a: Box, b: Box): boolean {
	return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** For each point a place for its name inside the frame, off every other point and name: beside it first, then further away. */
export function placeLabels(
	points: readonly { x: number; y: number; text: string }[],
	obstacles: readonly Box[],
	frame: Box,
	size = 11,
): (PlacedLabel | null)[] {
	const taken = [...obstacles];
	return points.map((point) => {
		const width = textWidth(point.text, size);
		const offsets = [0, 12, -12, 24, -24, 36, -36, 48, -48, 64, -64, 80, -80];
		const candidates = offsets.flatMap((dy) => [
			{ x: point.x + 8, y: point.y + dy, far: dy !== 0 },
			{ x: point.x - 8 - width, y: point.y + dy, far: dy !== 0 },
			...(dy === 0 ? [] : [{ x: point.x - width / 2, y: point.y + dy, far: Math.abs(dy) > 12 }]),
		]);
		for (const { x, y, far } of candidates) {
			const box = { x, y: y - size / 2 - 1, width, height: size + 2 };
			const inside =
				box.x >= frame.x &&
				box.x + width <= frame.x + frame.width &&
				box.y >= frame.y &&
				box.y + box.height <= frame.y + frame.height;
			if (!inside || taken.some((other) => overlap(box, other))) continue;
			taken.push(box);
			return { x, y: y + size * 0.36, far };
		}
		return null;
	});
}
