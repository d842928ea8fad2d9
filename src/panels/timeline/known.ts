import type { Timeline } from '../../pack/types.ts';
import { holderOf, turns, type History, type Touch } from './history.ts';

export interface Known {
	/** A value of the status dimension, from the entries alone. */
	status: string;
	open: boolean;
	/** Days since the opening; of what has ended, up to its end. */
	days: number;
	holder: string | null;
	contacts: number;
	/** Hours from the moment, or from the first end where it came earlier, to the promise; below 0 past it. */
	left: number | null;
	/** It has ended once, so that the promise is kept or broken for good. */
	settled: boolean;
	asks: readonly { label: string; state: 'not asked' | 'asked' | 'received' }[];
}

const lastOf = (touches: readonly Touch[], what: string): number => touches.findLastIndex((touch) => touch.kind === 'event' && touch.what === what);

function statusOf({ status, ends, reopens }: Timeline, touches: readonly Touch[], opened: number): string {
	const effective = turns({ ends, reopens }, touches, opened).map(({ index }) => index);
	const counted = touches.filter(({ what, kind }, index) => kind === 'event' && ((what !== ends && what !== reopens) || effective.includes(index)));
	const rule = status.rules.find(({ since, until }) => {
		const begun = lastOf(counted, since);
		return begun >= 0 && (until === undefined || lastOf(counted, until) < begun);
	});
	return rule?.value ?? status.first;
}

/** What the touches up to and including an entry say at its instant; nothing later takes part. */
export function knownAt(rules: Timeline, history: Pick<History, 'opened' | 'limit' | 'touches'>, entry: { t: number; touches: number }): Known {
	const { opened, limit } = history;
	const touches = history.touches.slice(0, entry.touches);
	const found = turns(rules, touches, opened);
	const open = rules.lasting !== false && (found.at(-1)?.opens ?? true);
	const timeOf = (turn: { index: number } | undefined): number => (turn === undefined ? entry.t : (touches[turn.index]?.t ?? entry.t));
	const firstEnd = found[0];
	return {
		status: statusOf(rules, touches, opened),
		open,
		days: Math.max(0, (open ? entry.t : timeOf(found.at(-1))) - opened) / 86_400_000,
		holder: holderOf(touches),
		contacts: touches.filter(({ kind }) => kind === 'interaction').length,
		left: limit === null ? null : (opened + limit - timeOf(firstEnd)) / 3_600_000,
		settled: firstEnd !== undefined,
		asks: rules.asks.map(({ label, asked, received }) => {
			const [request, receipt] = [lastOf(touches, asked), lastOf(touches, received)];
			return { label, state: request < 0 && receipt < 0 ? 'not asked' : receipt > request ? 'received' : 'asked' };
		}),
	};
}
