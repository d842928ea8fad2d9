import type { CleanCase, CleanRows } from './advocacy-facts.ts';

/** A case as the words describe it at one instant. Instants are milliseconds. */
export interface CaseAt {
	created: number;
	resolved: number | null;
	reopened: boolean;
	active: boolean;
	responded: number | null;
	escalated: boolean;
	/** Milliseconds since anything last happened to it. */
	idle: number;
	interactions: number;
	handoffs: number;
	missingDocs: boolean | null;
	score: number | null;
	advocate: string | null;
	/** Spans of activity, the end null while it lasts. */
	spans: { from: number; to: number | null }[];
	dimensions: Readonly<Record<string, string | null>>;
}

const earliest = (times: readonly number[]): number | null => (times.length > 0 ? Math.min(...times) : null);
const upTo = (asOf: number) => (at: number | null): at is number => at !== null && at <= asOf;

/** Cases created up to the instant, with nothing in them that happened later. */
export function casesAt(rows: CleanRows, asOf: number): CaseAt[] {
	return rows.cases.filter((each) => each.created <= asOf).map((each) => caseAt(rows, each, asOf));
}

function caseAt(rows: CleanRows, each: CleanCase, asOf: number): CaseAt {
	const known = upTo(asOf);
	const events = (rows.events.get(each.id) ?? []).filter((event) => event.at <= asOf);
	const when = (type: string): number[] => events.filter((event) => event.type === type).map((event) => event.at);
	const touches = (rows.interactions.get(each.id) ?? []).filter((touch) => touch.at <= asOf);
	const resolutions = [...when('resolved'), each.resolved].filter(known).filter((at) => at >= each.created);
	const reopenings = when('reopened');
	const active = resolutions.length === 0 || Math.max(...reopenings, -Infinity) >= Math.max(...resolutions);
	const responded = earliest(when('first_response')) ?? (known(each.responded) ? each.responded : null);
	const assigned = earliest(when('assigned')) ?? (known(each.assigned) ? each.assigned : null);
	const escalated = when('escalated').length > 0 || each.row.escalation_flag === '1' || each.row.status === 'escalated';
	const last = Math.max(each.created, ...events.map((event) => event.at), ...touches.map((touch) => touch.at), ...[each.assigned, each.responded, each.resolved].filter(known));
	const advocate = rows.advocates.get(each.row.advocate_id ?? '');
	const patient = rows.patients.get(each.row.patient_id ?? '');
	const handoffs = each.metadata.handoff_count ?? changesOfHand(touches);
	const awaited = Math.max(...when('docs_requested'), -Infinity) > Math.max(...when('docs_received'), -Infinity);
	const states: [boolean, string][] = [[!active, 'resolved'], [reopenings.length > 0, 'reopened'], [awaited, 'waiting_for_documents'], [escalated, 'escalated'], [responded !== null, 'in_progress'], [assigned !== null, 'assigned']];
	const missing = each.metadata.missing_docs ?? null;
	const answer = (rows.answers.get(each.id) ?? []).filter(({ at }) => at <= asOf).sort((a, b) => b.at - a.at)[0];
	return {
		created: each.created,
		resolved: earliest(resolutions),
		reopened: reopenings.length > 0,
		active,
		responded,
		escalated,
		idle: asOf - last,
		interactions: touches.length,
		handoffs,
		missingDocs: missing,
		score: answer?.score ?? null,
		advocate: advocate?.id ?? null,
		spans: spansOf(each.created, resolutions, reopenings),
		dimensions: {
			case_type: each.row.case_type ?? null,
			urgency: each.row.urgency ?? null,
			status: states.find(([holds]) => holds)?.[1] ?? 'new',
			team: advocate?.team ?? null,
			advocate: advocate?.name ?? null,
			insurance_type: patient?.insurance_type ?? null,
			state: patient?.state ?? null,
			preferred_channel: patient?.preferred_channel ?? null,
			intake_source: each.metadata.intake_source ?? null,
			complexity: each.metadata.complexity ?? null,
			missing_docs: missing === null ? null : missing ? 'missing' : 'complete',
			handoffs: handoffs >= 3 ? '3+' : handoffs === 2 ? '2' : '0–1',
			escalated: escalated ? 'escalated' : 'not escalated',
		},
	};
}

function changesOfHand(touches: readonly { at: number; advocate: string | null; order: number }[]): number {
	const hands = [...touches].sort((a, b) => a.at - b.at || a.order - b.order).flatMap((touch) => touch.advocate ?? []);
	return hands.filter((hand, i) => i > 0 && hand !== hands[i - 1]).length;
}

/** From the opening to the first resolution, from each reopening after it to the next resolution. */
function spansOf(created: number, resolutions: readonly number[], reopenings: readonly number[]): CaseAt['spans'] {
	const spans: CaseAt['spans'] = [];
	for (let from: number | null = created; from !== null; ) {
		const start: number = from;
		const to = earliest(resolutions.filter((at) => (spans.length === 0 ? at >= start : at > start)));
		spans.push({ from: start, to });
		from = to === null ? null : earliest(reopenings.filter((at) => at >= to));
	}
	return spans;
}
