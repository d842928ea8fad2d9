import { ellipsis, textWidth } from './label-text.ts';

const SIZE = 11;
const AWAY = 4;
const LEAST = 18;

export interface Flag {
	/** Left end of the text. */
	x: number;
	/** Rows away from the line it points at, from 0. */
	level: number;
	/** What fits; empty where nothing does. */
	text: string;
}

interface Side {
	side: 1 | -1;
	text: string;
	left: number;
	right: number;
}

function hung(x: number, label: string, side: 1 | -1, width: number): Side {
	const room = side === 1 ? width - x - AWAY : x - AWAY;
	const text = room < LEAST ? '' : ellipsis(label, room, SIZE);
	const long = textWidth(text, SIZE);
	const left = side === 1 ? x + AWAY : x - AWAY - long;
	return { side, text, left, right: left + long };
}

const covers = (one: Side, x: number): boolean => one.text !== '' && one.left - 2 <= x && x <= one.right + 2;
const meet = (a: Side, b: Side): boolean =>
	a.text !== '' && b.text !== '' && a.left < b.right + 6 && b.left < a.right + 6;

/** Two that face each other and reach over each other's pole cannot both stand: the one that loses less turns, once. */
function turned(points: readonly { x: number; label: string }[], width: number): Side[] {
	const sides = points.map(({ x, label }) => {
		const right = hung(x, label, 1, width);
		return right.text === label || x < width / 2 ? right : hung(x, label, -1, width);
	});
	const done = new Set<number>();
	for (let again = true; again;) {
		again = false;
		points.forEach((a, i) =>
			points.forEach((b, k) => {
				const [one, other] = [sides[i], sides[k]];
				if (!one || !other || i >= k || !covers(one, b.x) || !covers(other, a.x)) return;
				const flip = [i, k]
					.filter((index) => !done.has(index))
					.map((index) => ({
						index,
						side: hung(points[index]?.x ?? 0, points[index]?.label ?? '', index === i ? -1 : 1, width),
					}));
				const best = flip.sort((p, q) => q.side.text.length - p.side.text.length)[0];
				if (best) {
					sides[best.index] = best.side;
					done.add(best.index);
				} else sides[k] = { ...other, text: '' };
				again = true;
			}),
		);
	}
	return sides;
}

/**
 * Names of points on a line as flags on poles: no name over another, no pole through a name. Points come from left to
 * right; `width` is that of the picture.
 */
export function flags(points: readonly { x: number; label: string }[], width: number): Flag[] {
	const sides = turned(points, width);
	const levels = sides.map(() => 0);
	const pairs = sides.flatMap((a, i) =>
		sides.flatMap((b, k) =>
			i === k ? [] : [{ i, k, above: covers(a, points[k]?.x ?? 0), apart: i < k && meet(a, b) }],
		),
	);
	for (let round = 0, again = true; again && round < 200; round++) {
		again = false;
		for (const { i, k, above, apart } of pairs) {
			const [a = 0, b = 0] = [levels[i], levels[k]];
			if (above ? a > b : !apart || a !== b) continue;
			levels[i] = above ? b + 1 : a + 1;
			again = true;
		}
	}
	return sides.map(({ left, text }, i) => ({ x: left, level: text === '' ? 0 : (levels[i] ?? 0), text }));
}

/** Points closer than `near` px share one flag. */
export function gathered(
	points: readonly { x: number; label: string }[],
	near: number,
	longest: number,
): { x: number; label: string }[] {
	const groups: { x: number; last: number; label: string }[] = [];
	for (const { x, label } of points) {
		const group = groups.at(-1);
		const joined = `${group?.label ?? ''}, ${label}`;
		if (group && x - group.last <= near && textWidth(joined, SIZE) <= longest)
			Object.assign(group, { label: joined, last: x });
		else groups.push({ x, last: x, label });
	}
	return groups.map(({ x, label }) => ({ x, label: ellipsis(label, longest, SIZE) }));
}
