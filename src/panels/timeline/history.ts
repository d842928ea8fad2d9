import { toIso } from '../../lib/dates.ts';
import type { Timeline } from '../../pack/types.ts';

const hour = 3_600_000;

/** One event or interaction, as it stands in the mart. */
export interface Touch {
	/** ms since the epoch, UTC. */
	t: number;
	/** The same instant with all its digits. */
	instant: string;
	kind: 'event' | 'interaction';
	what: string;
	who: string | null;
	minutes: number | null;
}

export interface Entry extends Omit<Touch, 'kind'> {
	key: string;
	/** A promise that has run out, and the as-of of what is still open, are entries too. */
	kind: Touch['kind'] | 'promise' | 'now';
	/** Touches up to and including this entry. */
	touches: number;
	/** ms since the touch before, or since the opening. */
	wait: number;
	/** Longer than the stale limit, and all that while it was open. */
	stale: boolean;
	/** Another person than the one who held it. */
	handoff: boolean;
}

export interface History {
	opened: number;
	asOf: number;
	/** ms from opening to the promise; null where the pack makes none. */
	limit: number | null;
	touches: readonly Touch[];
	entries: readonly Entry[];
	/** When it was open; the last `to` is null while it is. */
	spans: readonly { from: number; to: number | null }[];
}

/** Openings and ends in turn: an end of what is not open, or a reopening of what is, changes nothing. */
export function turns(rules: Pick<Timeline, 'ends' | 'reopens'>, touches: readonly Touch[], opened: number): readonly { index: number; opens: boolean }[] {
	let open = true;
	return touches.flatMap(({ kind, what, t }, index) => {
		const opens = what === rules.reopens;
		if (kind !== 'event' || t < opened || (!opens && what !== rules.ends) || opens === open) return [];
		open = opens;
		return [{ index, opens }];
	});
}

function spansOf(found: ReturnType<typeof turns>, touches: readonly Touch[], opened: number): { from: number; to: number | null }[] {
	const spans: { from: number; to: number | null }[] = [{ from: opened, to: null }];
	for (const { index, opens } of found) {
		const t = touches[index]?.t ?? opened;
		const last = spans.at(-1);
		if (opens) spans.push({ from: t, to: null });
		else if (last) last.to = t;
	}
	return spans;
}

/** Who holds it: the person of the latest touch that names one. */
export function holderOf(touches: readonly Touch[]): string | null {
	return touches.findLast(({ who }) => who !== null)?.who ?? null;
}

/** `touches` in their order, none later than `asOf`; the limits are in hours, 0 for none. */
export function readHistory(rules: Timeline, touches: readonly Touch[], opened: number, asOf: number, limits: { promise: number; stale: number }): History {
	const spans = rules.lasting === false ? [{ from: opened, to: touches.at(-1)?.t ?? opened }] : spansOf(turns(rules, touches, opened), touches, opened);
	const openAt = (t: number): boolean => spans.some(({ from, to }) => from <= t && (to === null || t < to));
	const open = spans.at(-1)?.to === null;
	const due = opened + limits.promise * hour;
	const entries = touches.map((touch, i): Entry => {
		const before = i === 0 ? opened : (touches[i - 1]?.t ?? opened);
		const [holder, wait] = [holderOf(touches.slice(0, i)), touch.t - before];
		return { ...touch, key: String(i), touches: i + 1, wait, stale: wait > limits.stale * hour && openAt(before), handoff: touch.who !== null && holder !== null && touch.who !== holder };
	});
	const marker = (kind: 'promise' | 'now', t: number, wait: number): Entry => {
		const before = touches.filter((touch) => touch.t <= t).length;
		return { t, instant: toIso(t), kind, key: kind, what: kind, who: null, minutes: null, touches: before, wait, stale: wait > limits.stale * hour, handoff: false };
	};
	const settled = spans[0]?.to ?? null;
	if (limits.promise > 0 && due <= asOf && (settled === null || settled > due)) {
		const place = entries.findIndex((entry) => entry.t > due);
		entries.splice(place < 0 ? entries.length : place, 0, marker('promise', due, 0));
	}
	if (open) entries.push(marker('now', asOf, asOf - Math.max(opened, touches.at(-1)?.t ?? opened)));
	return { opened, asOf, limit: limits.promise > 0 ? limits.promise * hour : null, touches, entries, spans };
}
