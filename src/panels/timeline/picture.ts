import type { TimelineInput, TimelineSpan } from '../../charts/types.ts';
import { instantText, shortInstantText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import type { Timeline } from '../../pack/types.ts';
import type { Entry, History } from './history.ts';
import { entryText, nameOf, promiseText, timeText } from './words.ts';

const said = texts.timeline;

interface Stretch {
	from: number;
	to: number;
}

/** Parts of a stretch of time that lie in a span during which it was open. */
function whileOpen({ spans, asOf }: History, { from, to }: Stretch): Stretch[] {
	return spans.flatMap((span) => {
		const [start, end] = [Math.max(from, span.from), Math.min(to, span.to ?? asOf)];
		return start < end ? [{ from: start, to: end }] : [];
	});
}

function waitsOf(history: History): TimelineSpan[] {
	return history.entries.flatMap((entry) => {
		if (entry.kind === 'promise') return [];
		const stretch = { from: entry.t - entry.wait, to: entry.t };
		return whileOpen(history, stretch).map(({ from, to }, part): TimelineSpan => {
			const time = timeText(to - from);
			return { key: `wait-${entry.key}-${String(part)}`, from, to, label: entry.stale ? said.nothing(time) : null, title: said.between(time, instantText(from), instantText(to)) };
		});
	});
}

function holdersOf(history: History, end: number): TimelineSpan[] {
	const changes: { t: number; who: string | null }[] = [{ t: Math.min(history.opened, end), who: null }];
	for (const { t, who } of history.touches) if (who !== null && who !== changes.at(-1)?.who) changes.push({ t, who });
	return changes.flatMap(({ t, who }, i) =>
		whileOpen(history, { from: t, to: changes[i + 1]?.t ?? end }).map(({ from, to }, part): TimelineSpan => ({
			key: `holder-${String(i)}-${String(part)}`, from, to, label: part === 0 ? who : null, title: said.holds(who ?? said.nobody, instantText(from), instantText(to)),
		})),
	);
}

const titleOf = (rules: Timeline, history: History, entry: Entry): string => `${instantText(entry.t)}: ${entryText(rules, history, entry)}${entry.who === null ? '' : `, ${entry.who}`}`;

/** The whole history as the picture takes it, without its width. */
export function pictureOf(rules: Timeline, history: History, current: Entry): Omit<TimelineInput, 'width'> {
	const { opened, asOf, limit, entries, touches, spans } = history;
	const open = spans.at(-1)?.to === null;
	const from = Math.min(opened, touches[0]?.t ?? opened);
	const last = touches.at(-1)?.t ?? opened;
	const end = open ? asOf : last;
	const to = open ? Math.max(asOf, from + 60_000) : last + Math.max(3_600_000, (last - from) * 0.04);
	const mark = (entry: Entry): TimelineInput['events'][number] => ({ key: entry.key, t: entry.t, label: nameOf(rules, entry.what), title: titleOf(rules, history, entry) });
	const kept = limit !== null && (spans[0]?.to ?? Infinity) <= opened + limit;
	return {
		from,
		to,
		events: entries.filter(({ kind }) => kind === 'event').map(mark),
		contacts: entries.filter(({ kind }) => kind === 'interaction').map((entry) => ({ ...mark(entry), lane: nameOf(rules, entry.what), minutes: entry.minutes })),
		waits: waitsOf(history),
		holders: holdersOf(history, end),
		holding: said.holding,
		...(limit === null ? {} : { promise: { at: opened + limit, label: (kept ? said.keptLine : said.promiseLine)(promiseText(limit)), kept } }),
		...(open ? { end: said.now(shortInstantText(asOf)) } : {}),
		current: current.key,
		cursor: current.t,
	};
}
