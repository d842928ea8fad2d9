import { tableFromIPC } from '@uwdata/flechette';
import type { Generated } from '../../../src/pack/types.ts';

export type Row = Record<string, string | null>;
export type Tables = Record<'patients' | 'advocates' | 'cases' | 'interactions' | 'case_events' | 'patient_feedback', Row[]>;

export function rowsOf(generated: Generated): Tables {
	const entries = Object.entries(generated.tables).map(([name, table]) => [
		name,
		table.chunks.flatMap((chunk) => tableFromIPC(chunk).toArray() as Row[]),
	]);
	return Object.fromEntries(entries) as Tables;
}

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T/;

/** Milliseconds, or null for a missing cell, an unreadable one, or a day that does not exist. */
export function instant(text: string | null | undefined): number | null {
	if (!text || !INSTANT.test(text)) return null;
	const at = Date.parse(`${text}Z`);
	return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text.slice(0, 10) ? null : at;
}

/** Rows whose key no other row shares with different content, each once. */
export function unambiguous(rows: readonly Row[]): Row[] {
	const byId = new Map<string, Row | null>();
	for (const row of rows) {
		const id = row['id'] ?? '';
		const first = byId.get(id);
		const same = first === undefined || (first !== null && Object.keys(row).every((key) => key === '_row' || row[key] === first[key]));
		byId.set(id, same ? row : null);
	}
	return [...byId.values()].filter((row) => row !== null);
}

export interface CaseFacts {
	id: string;
	type: string;
	insurance: string;
	missing: boolean;
	handoffs: number;
	escalated: boolean;
	interactions: number;
	/** Days to the first resolution; null when open. */
	days: number | null;
	/** Hours without a touch; null when resolved. */
	idle: number | null;
	asked: number | null;
	/** Days from the request of documents to their receipt. */
	wait: number | null;
	csat: number | null;
}

const END = Date.parse('2026-06-30T17:00:00Z');
const DAY = 86_400_000;

/** One record per clean case, from the raw rows alone. */
export function caseFacts(tables: Tables): CaseFacts[] {
	const insurance = new Map(unambiguous(tables.patients).map((row) => [row['id'], row['insurance_type'] ?? '']));
	const facts = new Map<string, CaseFacts & { touched: number; open: boolean }>();
	for (const row of unambiguous(tables.cases)) {
		const created = instant(row['created_at']);
		const resolved = instant(row['resolved_at']);
		const patient = insurance.get(row['patient_id'] ?? '');
		if (created === null || patient === undefined || (resolved !== null && resolved < created)) continue;
		const metadata = JSON.parse(row['metadata_json'] ?? '') as { missing_docs: boolean; handoff_count: number };
		const id = row['id'] ?? '';
		facts.set(id, {
			id,
			type: row['case_type'] ?? '',
			insurance: patient,
			missing: metadata.missing_docs,
			handoffs: metadata.handoff_count,
			escalated: row['escalation_flag'] === '1',
			interactions: 0,
			days: resolved === null ? null : (resolved - created) / DAY,
			idle: null,
			asked: null,
			wait: null,
			csat: null,
			touched: created,
			open: row['status'] !== 'resolved',
		});
	}
	for (const row of unambiguous(tables.interactions)) {
		const fact = facts.get(row['case_id'] ?? '');
		const at = instant(row['created_at']);
		if (!fact || at === null) continue;
		fact.interactions++;
		fact.touched = Math.max(fact.touched, at);
	}
	for (const row of unambiguous(tables.case_events)) {
		const fact = facts.get(row['case_id'] ?? '');
		const at = instant(row['occurred_at']);
		if (!fact || at === null) continue;
		fact.touched = Math.max(fact.touched, at);
		if (row['event_type'] === 'docs_requested') fact.asked = at;
		if (row['event_type'] === 'docs_received' && fact.asked !== null && at > fact.asked) fact.wait = (at - fact.asked) / DAY;
	}
	for (const row of unambiguous(tables.patient_feedback)) {
		const fact = facts.get(row['case_id'] ?? '');
		const score = Number(row['csat_score']);
		if (fact && score >= 1 && score <= 5) fact.csat = score;
	}
	for (const fact of facts.values()) if (fact.open) fact.idle = (END - fact.touched) / 3_600_000;
	return [...facts.values()];
}

/** Welch's statistic for the difference of means, first minus second. */
export function welch(first: readonly number[], second: readonly number[]): number {
	const moments = (values: readonly number[]) => {
		const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
		return { mean, error: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) / values.length };
	};
	const [a, b] = [moments(first), moments(second)];
	return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}
