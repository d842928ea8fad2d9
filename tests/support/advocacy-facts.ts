import type { Generated } from '../../src/pack/types.ts';
import { rawTables, type RawRow } from './generated-tables.ts';

/** The raw advocacy rows that break no error rule, read without any SQL. Instants are milliseconds. */
export interface CleanRows {
	patients: Map<string, RawRow>;
	advocates: Map<string, { id: string; name: string; team: string | null; capacity: number }>;
	cases: CleanCase[];
	interactions: Map<string, { at: number; advocate: string | null; order: number }[]>;
	events: Map<string, { type: string; at: number }[]>;
	answers: Map<string, { score: number; at: number }[]>;
}

export interface CleanCase {
	id: string;
	row: RawRow;
	created: number;
	assigned: number | null;
	responded: number | null;
	resolved: number | null;
	metadata: { intake_source?: string; complexity?: string; handoff_count?: number; missing_docs?: boolean };
}

const shape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}$|^(\d{4}-\d{2}-\d{2})$/;

/** Undefined: there is text and it is no instant. */
function instantOf(cell: string | null | undefined): number | null | undefined {
	if (cell == null || cell === '') return null;
	const day = shape.exec(cell)?.[1] ?? shape.exec(cell)?.[2];
	const at = Date.parse(cell.length === 10 ? `${cell}T00:00:00Z` : `${cell}Z`);
	return day === undefined || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? undefined : at;
}

function numberOf(cell: string | null | undefined): number | null | undefined {
	if (cell == null || cell === '') return null;
	return Number.isFinite(Number(cell)) ? Number(cell) : undefined;
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const item of items) {
		const group = groups.get(keyOf(item));
		if (group) group.push(item);
		else groups.set(keyOf(item), [item]);
	}
	return groups;
}

/** Copies collapse to one; rows that share a key and differ are all set aside. */
function byKey(rows: readonly RawRow[]): RawRow[] {
	const groups = groupBy(rows, (row) => row.id ?? '');
	return [...groups.values()].flatMap((same) => (new Set(same.map((row) => JSON.stringify(Object.entries(row)))).size === 1 ? same.slice(0, 1) : []));
}

const readable = (row: RawRow, instants: readonly string[], numbers: readonly string[] = []): boolean =>
	instants.every((column) => instantOf(row[column]) !== undefined) && numbers.every((column) => numberOf(row[column]) !== undefined);

function grouped<T>(rows: readonly (readonly [string, T])[]): Map<string, T[]> {
	return new Map([...groupBy(rows, ([id]) => id)].map(([id, pairs]) => [id, pairs.map(([, value]) => value)]));
}

export function cleanRows(generated: Generated): CleanRows {
	const raw = rawTables(generated);
	const of = (table: string): RawRow[] => byKey(raw[table] ?? []);
	const patients = new Map(of('patients').filter((row) => readable(row, ['created_at'], ['risk_score'])).map((row) => [row.id ?? '', row]));
	const advocates = new Map(
		of('advocates')
			.filter((row) => readable(row, ['hire_date'], ['capacity']))
			.map((row) => [row.id ?? '', { id: row.id ?? '', name: row.name ?? '', team: row.team ?? null, capacity: Number(row.capacity) }]),
	);
	const knownAdvocate = (row: RawRow): boolean => row.advocate_id == null || advocates.has(row.advocate_id);
	const cases = of('cases').flatMap((row): CleanCase[] => {
		if (!readable(row, ['created_at', 'assigned_at', 'first_response_at', 'resolved_at'])) return [];
		const [created, assigned, responded, resolved] = ['created_at', 'assigned_at', 'first_response_at', 'resolved_at'].map((column) => instantOf(row[column]) ?? null);
		if (created == null || !patients.has(row.patient_id ?? '') || !knownAdvocate(row)) return [];
		if ([assigned, resolved].some((at) => at != null && at < created)) return [];
		const metadata = JSON.parse(row.metadata_json ?? '{}') as CleanCase['metadata'];
		return [{ id: row.id ?? '', row, created, assigned: assigned ?? null, responded: responded ?? null, resolved: resolved ?? null, metadata }];
	});
	const known = new Set(cases.map((each) => each.id));
	const belonging = (table: string, time: string, numbers: readonly string[] = []): RawRow[] =>
		of(table).filter((row) => known.has(row.case_id ?? '') && knownAdvocate(row) && row[time] != null && readable(row, [time], numbers));
	const at = (row: RawRow, column: string): number => instantOf(row[column]) ?? NaN;
	return {
		patients,
		advocates,
		cases,
		interactions: grouped(belonging('interactions', 'created_at', ['duration_minutes']).map((row, order) => [row.case_id ?? '', { at: at(row, 'created_at'), advocate: row.advocate_id ?? null, order }] as const)),
		events: grouped(belonging('case_events', 'occurred_at').map((row) => [row.case_id ?? '', { type: row.event_type ?? '', at: at(row, 'occurred_at') }] as const)),
		answers: grouped(
			belonging('patient_feedback', 'submitted_at', ['csat_score']).flatMap((row) => {
				const score = numberOf(row.csat_score);
				return score == null || score < 1 || score > 5 ? [] : [[row.case_id ?? '', { score, at: at(row, 'submitted_at') }] as const];
			}),
		),
	};
}
