import { instantText, numberText } from '../../lib/format.ts';
import { texts } from '../../lib/texts/index.ts';
import type { Timeline } from '../../pack/types.ts';
import type { Entry, History } from './history.ts';

const hour = 3_600_000;
const said = texts.timeline;

/** A stretch of time: minutes below one hour, hours below two days, then days. */
export function timeText(ms: number): string {
	const size = Math.abs(ms);
	if (size < hour) return said.minutes(numberText('integer', size / 60_000));
	if (size < 48 * hour) return said.hours(numberText('hours', size / hour));
	return said.days(numberText('days', size / (24 * hour)));
}

/** The promise as people say it: 7 days, 36 h. */
export function promiseText(ms: number): string {
	const days = ms / (24 * hour);
	if (days === 1) return said.day;
	return Number.isInteger(days) ? said.days(numberText('integer', days)) : timeText(ms);
}

export function nameOf({ names }: Pick<Timeline, 'names'>, what: string): string {
	return Object.hasOwn(names, what) ? (names[what] ?? what) : what.replaceAll('_', ' ');
}

/** What happened, without its time: "call, 12 min". */
export function entryText(rules: Pick<Timeline, 'names'>, { limit, asOf }: Pick<History, 'limit' | 'asOf'>, entry: Entry): string {
	if (entry.kind === 'promise') return said.promiseEnds(promiseText(limit ?? 0));
	if (entry.kind === 'now') return `${said.now(instantText(asOf))}: ${said.stillOpen}`;
	return [nameOf(rules, entry.what), ...(entry.minutes === null ? [] : [said.minutes(numberText('integer', entry.minutes))])].join(', ');
}

export function waitText(entry: Entry): string {
	if (entry.kind === 'promise' || entry.wait < hour) return '';
	return entry.kind === 'now' ? said.nothing(timeText(entry.wait)) : said.later(timeText(entry.wait));
}
