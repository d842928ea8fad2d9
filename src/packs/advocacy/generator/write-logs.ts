import { chance, randomStream } from '../../../lib/random.ts';
import { encodeText, pushBytes, pushInteger, pushNull, pushTenths, pushTimestamp } from '../../../lib/text-columns.ts';
import type { GeneratedTable } from '../../../pack/types.ts';
import { count, drawDefect, newDirt, unknownKey, unreadableDate, unreadableNumber, wrongScore } from './dirt.ts';
import type { Defect } from './dirt.ts';
import { DAY, HOUR } from './plan.ts';
import { endRow, finish, tableWriter } from './table-writer.ts';
import * as words from './vocabulary.ts';
import { byTime } from './world.ts';
import type { History, World } from './world.ts';
import { coded } from './write-people.ts';

const pushInteraction = coded(words.INTERACTION_TYPES);
const pushEvent = coded(words.EVENT_TYPES);
const pushBucket = coded(['promoter', 'passive', 'detractor']);
const COMMENTS = [words.COMMENTS.promoter, words.COMMENTS.passive, words.COMMENTS.detractor].map((texts) => texts.map(encodeText));

const DUPLICATES: readonly Defect[] = ['duplicate_identical', 'duplicate_conflicting'];

export function writeInteractions(world: World, history: History, counts: Record<string, number>): GeneratedTable {
	const { plan } = world;
	const log = history.interactions;
	const kinds: Defect[] = [...DUPLICATES, 'unknown_case', 'unknown_advocate', 'unparseable_date', 'unparseable_number'];
	const dirt = newDirt(plan.seed, 'interactions', 0.011, kinds, counts);
	const table = tableWriter(['id', 'case_id', 'type', 'created_at', 'duration_minutes', 'advocate_id'], log.size);
	const row = (id: number, at: number, defect: Defect | null) => {
		const { columns } = table;
		const tenths = log.tenths[at] ?? 0;
		pushInteger(columns.id, id);
		pushInteger(columns.case_id, defect === 'unknown_case' ? unknownKey(dirt, plan.cases) : (log.case[at] ?? 0) + 1);
		pushInteraction(columns.type, log.kind[at]);
		if (defect === 'unparseable_date') pushBytes(columns.created_at, unreadableDate(dirt));
		else pushTimestamp(columns.created_at, plan.firstDay * DAY + (log.at[at] ?? 0));
		if (defect === 'unparseable_number') pushBytes(columns.duration_minutes, unreadableNumber(dirt));
		else pushTenths(columns.duration_minutes, defect === 'duplicate_conflicting' ? tenths + 50 : tenths);
		pushInteger(columns.advocate_id, defect === 'unknown_advocate' ? unknownKey(dirt, plan.advocates) : (log.advocate[at] ?? 0) + 1);
		endRow(table);
	};
	byTime(log).forEach((at, index) => {
		const defect = drawDefect(dirt);
		const duplicated = defect !== null && DUPLICATES.includes(defect);
		row(index + 1, at, duplicated ? null : defect);
		if (duplicated) row(index + 1, at, defect);
		if (defect) count(dirt, defect);
	});
	return finish(table);
}

/** Escalations now and then are entered after the resolution, and receipts of documents before the request. */
function misplaced(world: World, history: History, id: number, kind: number, draw: number): { at: number; defect: Defect } | null {
	const resolved = history.resolved[id] ?? -1;
	const requested = history.docsRequested[id] ?? -1;
	if (kind === words.ESCALATED && resolved >= 0 && (history.reopened[id] ?? -1) < 0) {
		const at = resolved + HOUR + Math.floor(draw * 40 * HOUR);
		return at <= world.plan.end ? { at, defect: 'escalated_after_resolution' } : null;
	}
	if (kind !== words.DOCS_RECEIVED) return null;
	const room = requested - (world.cases.created[id] ?? 0);
	return room > 1 ? { at: requested - 1 - Math.floor(draw * (room - 1)), defect: 'docs_received_before_requested' } : null;
}

/** Without its second resolution a reopened case would stay open for ever, and somebody would carry it. */
function decidesWhetherOpen(history: History, id: number, kind: number): boolean {
	return (history.reopened[id] ?? -1) >= 0 && (kind === words.RESOLVED || kind === words.REOPENED);
}

export function writeEvents(world: World, history: History, counts: Record<string, number>): GeneratedTable {
	const { plan } = world;
	const log = history.events;
	const dirt = newDirt(plan.seed, 'case_events', 0.01, [...DUPLICATES, 'unknown_case', 'unparseable_date'], counts);
	const misplacement = randomStream(plan.seed, 'dirt/misplaced');
	const table = tableWriter(['id', 'case_id', 'event_type', 'occurred_at'], log.size);
	const row = (id: number, at: number, seconds: number, defect: Defect | null) => {
		const { columns } = table;
		pushInteger(columns.id, id);
		pushInteger(columns.case_id, defect === 'unknown_case' ? unknownKey(dirt, plan.cases) : (log.case[at] ?? 0) + 1);
		pushEvent(columns.event_type, log.kind[at]);
		const start = plan.firstDay * DAY;
		if (defect === 'unparseable_date') pushBytes(columns.occurred_at, unreadableDate(dirt));
		else pushTimestamp(columns.occurred_at, start + (defect === 'duplicate_conflicting' ? seconds - HOUR : seconds));
		endRow(table);
	};
	byTime(log).forEach((at, index) => {
		const drawn = drawDefect(dirt);
		const defect = decidesWhetherOpen(history, log.case[at] ?? 0, log.kind[at] ?? 0) ? null : drawn;
		const duplicated = defect !== null && DUPLICATES.includes(defect);
		const moved = chance(misplacement, 0.006) ? misplaced(world, history, log.case[at] ?? 0, log.kind[at] ?? 0, misplacement()) : null;
		const wrong = defect === null ? moved : null;
		const seconds = wrong?.at ?? log.at[at] ?? 0;
		row(index + 1, at, seconds, duplicated ? null : defect);
		if (duplicated) row(index + 1, at, seconds, defect);
		if (defect ?? wrong?.defect) count(dirt, (defect ?? wrong?.defect) as Defect);
	});
	return finish(table);
}

function bucket(tenths: number): number {
	return tenths >= 45 ? 0 : tenths >= 35 ? 1 : 2;
}

export function writeFeedback(world: World, history: History, counts: Record<string, number>): GeneratedTable {
	const { plan } = world;
	const log = history.feedback;
	const kinds: Defect[] = [...DUPLICATES, 'unknown_case', 'csat_out_of_range', 'unparseable_date', 'unparseable_number'];
	const dirt = newDirt(plan.seed, 'patient_feedback', 0.012, kinds, counts);
	const comments = randomStream(plan.seed, 'comments');
	const table = tableWriter(['id', 'case_id', 'csat_score', 'nps_bucket', 'feedback_text', 'submitted_at'], log.size);
	const row = (id: number, at: number, comment: Uint8Array | null, defect: Defect | null) => {
		const { columns } = table;
		const tenths = log.tenths[at] ?? 0;
		pushInteger(columns.id, id);
		pushInteger(columns.case_id, defect === 'unknown_case' ? unknownKey(dirt, plan.cases) : (log.case[at] ?? 0) + 1);
		if (defect === 'unparseable_number') pushBytes(columns.csat_score, unreadableNumber(dirt));
		else if (defect === 'csat_out_of_range') pushTenths(columns.csat_score, wrongScore(dirt));
		else pushTenths(columns.csat_score, defect === 'duplicate_conflicting' ? (tenths < 30 ? tenths + 10 : tenths - 10) : tenths);
		pushBucket(columns.nps_bucket, bucket(tenths));
		if (comment) pushBytes(columns.feedback_text, comment);
		else pushNull(columns.feedback_text);
		if (defect === 'unparseable_date') pushBytes(columns.submitted_at, unreadableDate(dirt));
		else pushTimestamp(columns.submitted_at, plan.firstDay * DAY + (log.at[at] ?? 0));
		endRow(table);
	};
	byTime(log).forEach((at, index) => {
		const texts = COMMENTS[bucket(log.tenths[at] ?? 0)] ?? [];
		const comment = chance(comments, 0.6) ? (texts[Math.floor(comments() * texts.length)] ?? null) : null;
		const defect = drawDefect(dirt);
		const duplicated = defect !== null && DUPLICATES.includes(defect);
		row(index + 1, at, comment, duplicated ? null : defect);
		if (duplicated) row(index + 1, at, comment, defect);
		if (defect) count(dirt, defect);
	});
	return finish(table);
}
