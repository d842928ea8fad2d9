import { quick as said } from '../../lib/texts/quick.ts';
import { planned } from './columns.ts';
import { begins, eventName, has, wordsOf } from './names.ts';
import type { QuickColumn, QuickPair, QuickSpan, QuickUnit } from './types.ts';

const starts = (words: readonly string[]): boolean => begins(words, 'creat', 'open', 'receiv', 'start', 'begin', 'began', 'regist', 'admi', 'report', 'submit', 'request', 'order', 'arriv', 'intake', 'enter', 'entry', 'enroll', 'refer', 'raised', 'logged', 'checkin', 'from');
const ends = (words: readonly string[]): boolean => begins(words, 'clos', 'end', 'resolv', 'complet', 'finish', 'discharg', 'ship', 'deliver', 'sent', 'answer', 'respon', 'decid', 'decision', 'checkout', 'left', 'depart', 'stop') || has(words, 'to');
/** After such an end nothing lasts any more; without it, it does. */
const finishes = (words: readonly string[]): boolean => begins(words, 'clos', 'end', 'resolv', 'complet', 'finish', 'discharg', 'deliver', 'checkout', 'depart', 'stop');

export const isStart = (column: string): boolean => starts(wordsOf(column));
export const isEnd = (column: string): boolean => ends(wordsOf(column));

/** Fewer are no evidence for an order in time. */
const leastPairs = 10;
const mostSpans = 3;
/** Rows out of order are set aside; a pair with more of them is no span. */
const nearlyAll = 0.97;

const limits = [1 / 24, 2 / 24, 4 / 24, 8 / 24, 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365, 730];
/** Days, hours or minutes, as fit how many days most last. */
export const unitFor = (days: number): QuickUnit => (days >= 2 ? 'days' : days * 24 >= 2 ? 'hours' : 'minutes');

/** A round time at which to ask how many still last: the first at or above the days. */
export const roundDays = (days: number): number => limits.find((limit) => limit >= days * 0.999) ?? Math.ceil(days / 365) * 365;

const because = ({ start, end, both, ordered, endless }: QuickPair, open: boolean): string => said.span(start, end, ordered, both) + (endless === 0 ? '' : open ? said.spanOpen(endless) : said.spanUnknown(endless));

/** A pair as a span; a person may choose one that is not proposed. */
export function spanOf(pair: QuickPair, columns: readonly QuickColumn[], open = pair.endless > 0 && finishes(wordsOf(pair.end))): QuickSpan {
	const name = (column: string): string => eventName(columns.find((each) => each.column === column)?.label ?? column);
	return { start: pair.start, end: pair.end, label: `From ${name(pair.start)} to ${name(pair.end)}`, open, limitDays: roundDays(pair.wholeDays ? Math.max(1, pair.third) : pair.third), because: because(pair, open) };
}

/** Pairs that are spans: named like a start and an end, or the row's own time and a later one; in order on nearly all rows. */
export function spansOf(pairs: readonly QuickPair[], time: string | null, columns: readonly QuickColumn[]): QuickSpan[] {
	const rank = ({ start, end }: QuickPair): number => (isStart(start) ? 2 : 0) + (isEnd(end) ? 2 : 0) + (start === time ? 1 : 0) + (finishes(wordsOf(end)) ? 1 : 0);
	const fit = pairs.filter(({ start, end, both, ordered, later }) => {
		if (planned(wordsOf(start)) || planned(wordsOf(end)) || (isEnd(start) && !isStart(start))) return false;
		return both >= leastPairs && ordered >= nearlyAll * both && later >= 0.05 * both && (start === time || isStart(start)) && (isEnd(end) || start === time) && !(isStart(end) && !isEnd(end) && start !== time);
	});
	return [...fit].sort((a, b) => rank(b) - rank(a) || b.both - a.both).slice(0, mostSpans).map((pair) => spanOf(pair, columns));
}
