import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMs } from '../../src/lib/dates.ts';
import { readHistory, type Touch } from '../../src/panels/timeline/history.ts';
import { knownAt } from '../../src/panels/timeline/known.ts';
import { neighbours } from '../../src/panels/timeline/neighbours.ts';
import { pictureOf } from '../../src/panels/timeline/picture.ts';
import { entryText, promiseText, timeText, waitText } from '../../src/panels/timeline/words.ts';
import { packNamed } from '../support/engine.ts';
import { replayable } from '../support/property.ts';

const rules = packNamed('advocacy').timeline;
const limits = { promise: 168, stale: 48 };
const hour = 3_600_000;
const opened = Date.UTC(2026, 4, 4, 9, 30);

const touchAt = (t: number, what: string, kind: Touch['kind'] = 'event', who: string | null = null, minutes: number | null = null): Touch => ({ t, instant: new Date(t).toISOString().slice(0, 19), kind, what, who, minutes });
const after = (hours: number, ...rest: [string, Touch['kind']?, (string | null)?, (number | null)?]): Touch => touchAt(opened + hours * hour, ...rest);

const what = fc.constantFrom('assigned', 'first_response', 'docs_requested', 'docs_received', 'escalated', 'resolved', 'reopened', 'something_new');
const anyTouch: fc.Arbitrary<Touch> = fc.oneof(
	fc.tuple(fc.integer({ min: -5, max: 900 }), what).map(([hours, name]) => after(hours, name)),
	fc.tuple(fc.integer({ min: -5, max: 900 }), fc.constantFrom('call', 'email'), fc.constantFrom('Ada', 'Ben', null), fc.option(fc.integer({ min: 1, max: 90 }))).map(([hours, name, who, minutes]) => after(hours, name, 'interaction', who, minutes)),
);
/** Touches in order, also at one instant, and an as-of not before the last. */
const anyHistory = fc.tuple(fc.array(anyTouch, { maxLength: 25 }), fc.integer({ min: 0, max: 200 })).map(([touches, more]) => {
	const all = [...touches].sort((a, b) => a.t - b.t);
	return { touches: all, asOf: Math.max(opened, all.at(-1)?.t ?? opened) + more * hour };
});

describe('what was known then', () => {
	test('at an entry of the whole history is what a history cut at that entry says', () => {
		fc.assert(
			fc.property(anyHistory, ({ touches, asOf }) => {
				const whole = readHistory(rules, touches, opened, asOf, limits);
				for (const entry of whole.entries) {
					const cut = readHistory(rules, touches.slice(0, entry.touches), opened, Math.max(opened, entry.t), limits);
					const same = entry.kind === 'promise' || entry.kind === 'now' ? cut.entries.find(({ kind }) => kind === entry.kind) : cut.entries.find(({ key }) => key === entry.key);
					expect(same).toEqual(entry);
					expect(knownAt(rules, cut, entry)).toEqual(knownAt(rules, whole, entry));
				}
			}),
			replayable(300),
		);
	});

	test('does not change when what comes later changes', () => {
		fc.assert(
			fc.property(anyHistory, anyHistory, fc.nat(), (one, other, place) => {
				const kept = one.touches.slice(0, one.touches.length === 0 ? 0 : (place % one.touches.length) + 1);
				const end = kept.at(-1)?.t ?? opened;
				const later = other.touches.filter(({ t }) => t > end);
				const read = (touches: readonly Touch[]) => knownAt(rules, readHistory(rules, touches, opened, opened + 2000 * hour, limits), { t: end, touches: kept.length });
				expect(read([...kept, ...later])).toEqual(read(kept));
			}),
			replayable(300),
		);
	});

	test('counts contacts, days and hours as time goes on: never fewer contacts, never a promise that grows', () => {
		fc.assert(
			fc.property(anyHistory, ({ touches, asOf }) => {
				const history = readHistory(rules, touches, opened, asOf, limits);
				const known = history.entries.map((entry) => knownAt(rules, history, entry));
				known.forEach((now, i) => {
					const before = known[i - 1];
					expect(now.contacts).toBe(touches.slice(0, history.entries[i]?.touches).filter(({ kind }) => kind === 'interaction').length);
					if (!before) return;
					expect(now.left ?? 0).toBeLessThanOrEqual(before.left ?? 0);
					if (before.settled) expect(now.left).toBe(before.left);
				});
			}),
			replayable(200),
		);
	});

	test('reads a case by hand: asked, received, handed on, resolved late, reopened', () => {
		const touches = [
			after(0, 'opened'),
			after(2, 'assigned'),
			after(20, 'first_response'),
			after(20, 'call', 'interaction', 'Ada', 12),
			after(30, 'docs_requested'),
			after(100, 'docs_received'),
			after(100, 'email', 'interaction', 'Ben'),
			after(150, 'escalated'),
			after(192, 'resolved'),
			after(240, 'reopened'),
		];
		const history = readHistory(rules, touches, opened, opened + 250 * hour, limits);
		const table = history.entries.map((entry) => {
			const { status, open, days, holder, contacts, left, settled, asks } = knownAt(rules, history, entry);
			return [entry.what, status, open, days * 24, holder, contacts, left, settled, asks[0]?.state].join(' ');
		});
		expect(table).toEqual([
			'opened new true 0  0 168 false not asked',
			'assigned assigned true 2  0 166 false not asked',
			'first_response in_progress true 20  0 148 false not asked',
			'call in_progress true 20 Ada 1 148 false not asked',
			'docs_requested waiting_for_documents true 30 Ada 1 138 false asked',
			'docs_received in_progress true 100 Ada 1 68 false received',
			'email in_progress true 100 Ben 2 68 false received',
			'escalated escalated true 150 Ben 2 18 false received',
			'promise escalated true 168 Ben 2 0 false received',
			'resolved resolved false 192 Ben 2 -24 true received',
			'reopened reopened true 240 Ben 2 -24 true received',
			'now reopened true 250 Ben 2 -24 true received',
		]);
		expect(history.entries.map(({ stale }) => stale)).toEqual([false, false, false, false, false, true, false, true, false, false, false, false]);
		expect(history.entries.map(({ handoff }) => handoff).indexOf(true)).toBe(6);
		expect(history.spans).toEqual([{ from: opened, to: opened + 192 * hour }, { from: opened + 240 * hour, to: null }]);
	});
});

describe('a history', () => {
	test('has no promise entry where the case ended before it, and none before it is due', () => {
		const kinds = (touches: Touch[], asOf: number): string[] => readHistory(rules, touches, opened, opened + asOf * hour, limits).entries.map(({ kind }) => kind);
		expect(kinds([after(0, 'opened'), after(40, 'resolved')], 500)).toEqual(['event', 'event']);
		expect(kinds([after(0, 'opened')], 100)).toEqual(['event', 'now']);
		expect(kinds([after(0, 'opened')], 200)).toEqual(['event', 'promise', 'now']);
	});

	test('has waits that together fill exactly the time it was open, and holders that fill it too', () => {
		fc.assert(
			fc.property(anyHistory, ({ touches, asOf }) => {
				const inside = touches.filter(({ t }) => t >= opened);
				const history = readHistory(rules, inside, opened, asOf, limits);
				const last = history.entries.at(-1);
				if (!last) return;
				const { waits, holders, to } = pictureOf(rules, history, last);
				const open = history.spans.reduce((sum, span) => sum + (span.to ?? asOf) - span.from, 0);
				const length = (spans: readonly { from: number; to: number }[]): number => spans.reduce((sum, span) => sum + span.to - span.from, 0);
				expect(length(waits)).toBe(open);
				expect(length(holders)).toBe(open);
				for (const span of [...waits, ...holders]) expect(span.from >= opened && span.to <= to).toBe(true);
			}),
			replayable(200),
		);
	});

	test('says stretches of time in the unit a person would use', () => {
		expect([40 * 60_000, 3 * hour, 47.9 * hour, 76.8 * hour, 2400 * hour].map(timeText)).toEqual(['40 min', '3.0 h', '47.9 h', '3.2 days', '100 days']);
		expect([168 * hour, 24 * hour, 36 * hour].map(promiseText)).toEqual(['7 days', '1 day', '36.0 h']);
		const history = readHistory(rules, [after(0, 'opened'), after(76.8, 'docs_requested'), after(76.8, 'call', 'interaction', 'Ada', 12)], opened, opened + 200 * hour, limits);
		expect(history.entries.map((entry) => entryText(rules, history, entry))).toEqual(['opened', 'documents requested', 'call, 12 min', 'the promise of 7 days ends', 'as of 12 May 2026, 17:30: still open']);
		expect(history.entries.map(waitText)).toEqual(['', '3.2 days later', '', '', '5.1 days nothing']);
		expect(toMs('2026-05-12T17:30:00')).toBe(history.asOf);
	});
});

test('the way to the neighbours is the shown order of the list, else the order of all keys', () => {
	const all = { place: 7, total: 900, previous: '6', next: '8' };
	expect(neighbours({ list: 'Stale', keys: ['9', '7', '3'] }, '7', all, 'cases')).toEqual({ previous: '9', next: '3', place: '2 of 3 in Stale' });
	expect(neighbours({ list: 'Stale', keys: ['9', '7'] }, '7', all, 'cases').next).toBeNull();
	expect(neighbours({ list: 'Stale', keys: ['9'] }, '7', all, 'cases')).toEqual({ previous: '6', next: '8', place: '7 of all 900 cases' });
	expect(neighbours(null, '7', null, 'cases')).toEqual({ previous: null, next: null, place: '' });
});
