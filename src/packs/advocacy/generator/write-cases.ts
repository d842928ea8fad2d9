import { encodeText, pushBytes, pushInteger, pushNull, pushText, pushTimestamp } from '../../../lib/text-columns.ts';
import type { TextColumn } from '../../../lib/text-columns.ts';
import type { GeneratedTable } from '../../../pack/types.ts';
import { count, drawDefect, newDirt, unknownKey, unreadableDate, wrongEarlier } from './dirt.ts';
import type { Defect } from './dirt.ts';
import { DAY } from './plan.ts';
import { endRow, finish, tableWriter } from './table-writer.ts';
import * as words from './vocabulary.ts';
import { coded } from './write-people.ts';
import type { History, World } from './world.ts';

const pushType = coded(words.CASE_TYPES);
const pushUrgency = coded(words.URGENCIES);
const pushStatus = coded(['open', 'in_progress', 'pending_docs', 'escalated', 'resolved', 'reopened']);
const FLAGS = [encodeText('0'), encodeText('1')] as const;

function list(values: readonly string[]): string {
	return values.map((value) => `"${value}"`).join(', ');
}

const BARRIER_LISTS = Array.from({ length: 16 }, (_, mask) => {
	const barriers = words.BARRIERS.filter((_, bit) => (mask >> bit) & 1);
	return { barriers: list(barriers.length > 0 ? barriers : ['none']), flags: list(barriers.filter((barrier) => words.SUPPORTED_BARRIERS.has(barrier))) };
});
const DOCUMENT_LISTS = words.DOCUMENTS.map((_, first) =>
	[0, 1, 2, 3, 4].map((count) =>
		list(Array.from({ length: count }, (_, i) => words.DOCUMENTS[(first + 3 * i) % words.DOCUMENTS.length] ?? '')),
	),
);

function metadata(world: World, history: History, id: number): string {
	const { cases } = world;
	const lists = BARRIER_LISTS[cases.barriers[id] ?? 0];
	const documents = DOCUMENT_LISTS[cases.firstDocument[id] ?? 0]?.[cases.documents[id] ?? 0] ?? '';
	return (
		`{"intake_source": "${words.INTAKE_SOURCES[cases.intake[id] ?? 0]}", "barriers": [${lists?.barriers}], "handoff_count": ${history.handoffs[id]}, ` +
		`"complexity": "${words.COMPLEXITIES[cases.complexity[id] ?? 0]}", "submitted_documents": [${documents}], "support_flags": [${lists?.flags}], ` +
		`"missing_docs": ${cases.missingDocs[id] === 1}}`
	);
}

function statusOf(history: History, id: number): number {
	if (history.open[id] === 0) return 4;
	if ((history.reopened[id] ?? -1) >= 0) return 5;
	if ((history.escalated[id] ?? -1) >= 0) return 3;
	if ((history.docsRequested[id] ?? -1) >= 0 && (history.docsReceived[id] ?? -1) < 0) return 2;
	return (history.firstResponse[id] ?? -1) >= 0 ? 1 : 0;
}

const KINDS: readonly Defect[] = [
	'resolved_before_created', 'assigned_before_created', 'duplicate_identical', 'duplicate_conflicting', 'unknown_patient', 'unknown_advocate', 'unparseable_date',
];

const COLUMNS = [
	'id', 'patient_id', 'advocate_id', 'case_type', 'urgency', 'status', 'created_at', 'assigned_at', 'first_response_at', 'resolved_at',
	'escalation_flag', 'reopen_flag', 'metadata_json',
] as const;

export function writeCases(world: World, history: History, counts: Record<string, number>): GeneratedTable {
	const { cases, plan } = world;
	const dirt = newDirt(plan.seed, 'cases', 0.009, KINDS, counts);
	const table = tableWriter(COLUMNS, plan.cases);
	const start = plan.firstDay * DAY;
	const pushInstant = (column: TextColumn, at: number | undefined) =>
		at === undefined || at === -1 ? pushNull(column) : pushTimestamp(column, start + at);
	const row = (id: number, defect: Defect | null) => {
		const { columns } = table;
		const created = cases.created[id] ?? 0;
		const advocate = history.advocate[id] ?? -1;
		pushInteger(columns.id, id + 1);
		pushInteger(columns.patient_id, defect === 'unknown_patient' ? unknownKey(dirt, plan.patients) : (cases.patient[id] ?? 0) + 1);
		if (defect === 'unknown_advocate') pushInteger(columns.advocate_id, unknownKey(dirt, plan.advocates));
		else if (advocate < 0) pushNull(columns.advocate_id);
		else pushInteger(columns.advocate_id, advocate + 1);
		pushType(columns.case_type, cases.type[id]);
		pushUrgency(columns.urgency, defect === 'duplicate_conflicting' ? ((cases.urgency[id] ?? 0) + 1) % 3 : cases.urgency[id]);
		pushStatus(columns.status, statusOf(history, id));
		if (defect === 'unparseable_date') pushBytes(columns.created_at, unreadableDate(dirt));
		else pushTimestamp(columns.created_at, start + created);
		if (defect === 'assigned_before_created') pushTimestamp(columns.assigned_at, start + wrongEarlier(dirt, created));
		else pushInstant(columns.assigned_at, history.assigned[id]);
		pushInstant(columns.first_response_at, history.firstResponse[id]);
		if (defect === 'resolved_before_created') pushTimestamp(columns.resolved_at, start + wrongEarlier(dirt, created));
		else pushInstant(columns.resolved_at, history.resolved[id]);
		pushBytes(columns.escalation_flag, FLAGS[(history.escalated[id] ?? -1) >= 0 ? 1 : 0]);
		pushBytes(columns.reopen_flag, FLAGS[(history.reopened[id] ?? -1) >= 0 ? 1 : 0]);
		pushText(columns.metadata_json, metadata(world, history, id));
		endRow(table);
	};
	for (let id = 0; id < plan.cases; id++) {
		const defect = drawDefect(dirt);
		const duplicated = defect === 'duplicate_identical' || defect === 'duplicate_conflicting';
		const inert =
			(defect === 'resolved_before_created' && (history.resolved[id] ?? -1) < 0) ||
			(defect === 'assigned_before_created' && (history.assigned[id] ?? -1) < 0);
		row(id, duplicated || inert ? null : defect);
		if (duplicated) row(id, defect);
		if (defect && !inert) count(dirt, defect);
	}
	return finish(table);
}
