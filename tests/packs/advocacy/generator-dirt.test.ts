import { describe, expect, test } from 'vitest';
import { generate } from '../../../src/packs/advocacy/generate.ts';
import { instant, rowsOf } from './generated-rows.ts';
import type { Row, Tables } from './generated-rows.ts';

const TIMES = { patients: 'created_at', cases: 'created_at', interactions: 'created_at', case_events: 'occurred_at', patient_feedback: 'submitted_at' } as const;

/** Counts of each kind of dirty row, from the rows alone. */
function dirtIn(tables: Tables): Record<string, number> {
	const found: Record<string, number> = {};
	const add = (kind: string, happened: boolean) => {
		if (happened) found[kind] = (found[kind] ?? 0) + 1;
	};
	const known = (rows: readonly Row[]) => new Set(rows.map((row) => row['id']));
	const [patients, advocates, cases] = [known(tables.patients), known(tables.advocates), known(tables.cases)];
	const before = (row: Row, column: string) => {
		const [created, at] = [instant(row['created_at']), instant(row[column])];
		return created !== null && at !== null && at < created;
	};
	for (const [name, time] of Object.entries(TIMES)) {
		const seen = new Map<string, Row>();
		for (const row of tables[name as keyof Tables]) {
			const first = seen.get(row['id'] ?? '');
			if (first) {
				const same = Object.keys(row).every((key) => key === '_row' || row[key] === first[key]);
				add(same ? 'duplicate_identical' : 'duplicate_conflicting', true);
				continue;
			}
			seen.set(row['id'] ?? '', row);
			add('unparseable_date', row[time] !== null && instant(row[time]) === null);
			for (const column of ['risk_score', 'duration_minutes', 'csat_score']) {
				add('unparseable_number', row[column] != null && Number.isNaN(Number(row[column])));
			}
			if (name === 'cases') add('unknown_patient', !patients.has(row['patient_id'] ?? ''));
			if (name !== 'cases' && row['case_id'] !== undefined) add('unknown_case', !cases.has(row['case_id'] ?? ''));
			if (row['advocate_id'] != null) add('unknown_advocate', !advocates.has(row['advocate_id']));
			if (name === 'patient_feedback') add('csat_out_of_range', Number(row['csat_score']) < 1 || Number(row['csat_score']) > 5);
			if (name === 'cases') add('assigned_before_created', before(row, 'assigned_at'));
			if (name === 'cases') add('resolved_before_created', before(row, 'resolved_at'));
		}
	}
	return found;
}

describe('dirty rows of the advocacy generator', () => {
	test.each(['planted', 'null'])('as many of each kind are in the rows as the manifest says (%s)', (scenario) => {
		const generated = generate({ seed: 4, size: 'standard', scenario });
		const { escalated_after_resolution, docs_received_before_requested, ...errors } = generated.manifest.dirty;
		expect(dirtIn(rowsOf(generated))).toEqual(errors);
		expect(Object.keys(errors)).toHaveLength(10);
		expect(escalated_after_resolution).toBeGreaterThan(5);
		expect(docs_received_before_requested).toBeGreaterThan(5);
	});

	test('about 1 % of all rows are dirty, and of the cases at most 1 %', () => {
		const { manifest } = generate({ seed: 4, size: 'standard', scenario: 'planted' });
		const dirty = Object.values(manifest.dirty).reduce((sum, n) => sum + n, 0);
		expect(dirty / manifest.rows).toBeGreaterThan(0.008);
		expect(dirty / manifest.rows).toBeLessThan(0.012);
	});

	test('misplaced escalations and receipts are in the rows, and there are no others', () => {
		const generated = generate({ seed: 4, size: 'standard', scenario: 'planted' });
		const tables = rowsOf(generated);
		const resolved = new Map(tables.cases.map((row) => [row['id'], before(row) ? null : row['resolved_at']]));
		const asked = new Map<string | null | undefined, string>();
		for (const row of tables.case_events) {
			if (row['event_type'] === 'docs_requested' && instant(row['occurred_at']) !== null && !asked.has(row['case_id'])) asked.set(row['case_id'], row['occurred_at'] ?? '');
		}
		let late = 0;
		let early = 0;
		const seen = new Set<string | null | undefined>();
		for (const row of tables.case_events) {
			const at = row['occurred_at'] ?? '';
			if (instant(at) === null || seen.has(row['id'])) continue;
			seen.add(row['id']);
			if (row['event_type'] === 'escalated' && at > (resolved.get(row['case_id']) ?? '9')) late++;
			if (row['event_type'] === 'docs_received' && at < (asked.get(row['case_id']) ?? '0')) early++;
		}
		const { escalated_after_resolution: moved = 0, docs_received_before_requested: swapped = 0 } = generated.manifest.dirty;
		expect(late).toBeLessThanOrEqual(moved);
		expect(late).toBeGreaterThanOrEqual(moved - 3);
		expect(early).toBeLessThanOrEqual(swapped);
		expect(early).toBeGreaterThanOrEqual(swapped - 3);
	});
});

function before(row: Row): boolean {
	return (row['resolved_at'] ?? '9') < (row['created_at'] ?? '');
}
