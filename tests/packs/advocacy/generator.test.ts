import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Generated } from '../../../src/pack/types.ts';
import { generate } from '../../../src/packs/advocacy/generate.ts';
import { instant, rowsOf } from './generated-rows.ts';
import type { Row } from './generated-rows.ts';

const END = '2026-06-30T17:00:00';
const planted = generate({ seed: 1, size: 'standard', scenario: 'planted' });
const tables = rowsOf(planted);
const TIMES: Readonly<Record<string, readonly string[]>> = {
	patients: ['created_at'],
	cases: ['created_at', 'assigned_at', 'first_response_at', 'resolved_at'],
	interactions: ['created_at'],
	case_events: ['occurred_at'],
	patient_feedback: ['submitted_at'],
};

function hashes(generated: Generated): Record<string, string> {
	return Object.fromEntries(
		Object.entries(generated.tables).map(([name, table]) => {
			const hash = createHash('sha256');
			for (const chunk of table.chunks) hash.update(chunk);
			return [name, hash.digest('hex').slice(0, 16)];
		}),
	);
}

function countBy(rows: readonly Row[], key: (row: Row) => string): Map<string, number> {
	const counts = new Map<string, number>();
	for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
	return counts;
}

describe('the advocacy generator', () => {
	test.each(['planted', 'null'])('the same seed gives the same bytes (%s)', (scenario) => {
		const request = { seed: 5, size: 'small', scenario };
		expect(hashes(generate(request))).toEqual(hashes(generate(request)));
		expect(hashes(generate(request))['cases']).not.toBe(hashes(generate({ ...request, seed: 6 }))['cases']);
	});

	test('the bytes of seed 1 are those of every engine and release until changed on purpose', () => {
		expect(hashes(generate({ seed: 1, size: 'small', scenario: 'planted' }))).toMatchInlineSnapshot(`
			{
			  "advocates": "56a6b48e03d0a925",
			  "case_events": "02bfb92c063efdde",
			  "cases": "9b4d43135ff48744",
			  "interactions": "3fe4545409c2866e",
			  "patient_feedback": "6836acc006709f2c",
			  "patients": "4d8cc4ea833ff7ca",
			}
		`);
	});

	test.each([
		['small', 1500, 17_000, 21_000],
		['standard', 30_000, 360_000, 420_000],
		['large', 100_000, 1_200_000, 1_400_000],
	])('[S0-F21] size %s has %i cases and its share of everything else', (size, cases, fewest, most) => {
		const { tables: made, manifest } = generate({ seed: 3, size, scenario: 'planted' });
		expect(made['cases']?.rows).toBeGreaterThanOrEqual(cases);
		expect(made['cases']?.rows).toBeLessThan(cases * 1.01);
		expect(manifest.rows).toBe(Object.values(made).reduce((sum, table) => sum + table.rows, 0));
		expect(manifest.rows).toBeGreaterThan(fewest);
		expect(manifest.rows).toBeLessThan(most);
	});

	test('rows are numbered from 1 without gaps, over all chunks', () => {
		for (const rows of Object.values(tables)) expect(rows.findIndex((row, i) => Number(row['_row']) !== i + 1)).toBe(-1);
	});

	test('nothing after the end is known', () => {
		for (const [name, columns] of Object.entries(TIMES)) {
			for (const row of tables[name as keyof typeof tables]) {
				for (const column of columns) if (instant(row[column]) !== null && (row[column] ?? '') > END) expect.unreachable(`${name} ${row[column]}`);
			}
		}
	});

	test('every resolved case was assigned and answered before, in that order', () => {
		for (const row of tables.cases) {
			const order = [row['created_at'], row['assigned_at'], row['first_response_at'], row['resolved_at']].map(instant);
			const [created, assigned, first, resolved] = order;
			if (created == null || resolved == null || assigned == null || assigned < created || resolved < created) continue;
			expect(first).toBeGreaterThanOrEqual(assigned);
			expect(resolved).toBeGreaterThanOrEqual(first ?? Infinity);
		}
	});

	test('[S0-F21] arrivals follow hour and weekday and are the same every week', () => {
		const clean = tables.cases.filter((row) => instant(row['created_at']) !== null);
		const weekdays = countBy(clean, (row) => String(new Date(instant(row['created_at']) ?? 0).getUTCDay()));
		const at = (day: number) => weekdays.get(String(day)) ?? 0;
		expect(at(1)).toBeGreaterThan(1.1 * at(5));
		expect(at(5)).toBeGreaterThan(1.8 * at(6));
		expect(at(6)).toBeGreaterThan(1.2 * at(0));
		const office = clean.filter((row) => Number(row['created_at']?.slice(11, 13)) >= 8 && Number(row['created_at']?.slice(11, 13)) < 18).length;
		expect(office / clean.length).toBeGreaterThan(0.7);
		expect(office / clean.length).toBeLessThan(0.9);

		const start = Date.parse('2024-07-01T00:00:00Z');
		const weeks = [...countBy(clean, (row) => String(Math.floor(((instant(row['created_at']) ?? 0) - start) / 604_800_000))).values()].slice(0, 104);
		const mean = weeks.reduce((sum, n) => sum + n, 0) / weeks.length;
		const dispersion = weeks.reduce((sum, n) => sum + (n - mean) ** 2, 0) / (weeks.length - 1) / mean;
		expect(dispersion).toBeGreaterThan(0.5);
		expect(dispersion).toBeLessThan(1.6);
	});

	test.each(['planted', 'null'])('[S0-F21] handoff_count is how often the interactions change hands (%s)', (scenario) => {
		const rows = rowsOf(generate({ seed: 2, size: 'small', scenario }));
		const advocates = new Set(rows.advocates.map((row) => row['id']));
		const ids = countBy(rows.interactions, (row) => row['id'] ?? '');
		const touched = new Map<string, Row[]>();
		const spoiled = new Set<string>();
		for (const row of rows.interactions) {
			const id = row['case_id'] ?? '';
			if (instant(row['created_at']) === null || !advocates.has(row['advocate_id'] ?? '')) spoiled.add(id);
			else if ((ids.get(row['id'] ?? '') ?? 0) === 1) touched.set(id, [...(touched.get(id) ?? []), row]);
		}
		const lost = rows.interactions.filter((row) => Number(row['case_id']) > 1500).length;
		let checked = 0;
		let wrong = 0;
		for (const row of rows.cases) {
			const id = row['id'] ?? '';
			if (spoiled.has(id)) continue;
			const hands = (touched.get(id) ?? []).sort((a, b) => ((a['created_at'] ?? '') < (b['created_at'] ?? '') ? -1 : 1)).map((r) => r['advocate_id']);
			const changes = hands.filter((hand, i) => i > 0 && hand !== hands[i - 1]).length;
			checked++;
			if (changes !== (JSON.parse(row['metadata_json'] ?? '') as { handoff_count: number }).handoff_count) wrong++;
		}
		const duplicated = rows.interactions.filter((row) => (ids.get(row['id'] ?? '') ?? 0) > 1).length / 2;
		expect(checked).toBeGreaterThan(1400);
		expect(wrong).toBeLessThanOrEqual(lost + duplicated);
	});

	test('[S0-F23] metadata parses and has exactly its keys, in order', () => {
		const keys = ['intake_source', 'barriers', 'handoff_count', 'complexity', 'submitted_documents', 'support_flags', 'missing_docs'];
		for (const row of tables.cases) {
			const metadata = JSON.parse(row['metadata_json'] ?? '') as Record<string, unknown>;
			expect(Object.keys(metadata)).toEqual(keys);
			if (metadata['missing_docs'] === true) expect(metadata['submitted_documents']).toEqual([]);
		}
	});

	test('a size or scenario that does not exist is named', () => {
		expect(() => generate({ seed: 1, size: 'huge', scenario: 'planted' })).toThrow('huge');
		expect(() => generate({ seed: 1, size: 'small', scenario: 'wild' })).toThrow('wild');
	});

	test('progress goes from the cases to the last row', () => {
		const phases: [string, number][] = [];
		generate({ seed: 1, size: 'small', scenario: 'null' }, (phase, done) => phases.push([phase, done]));
		expect(phases[0]).toEqual(['cases', 0]);
		expect(phases.at(-1)).toEqual(['rows', 1]);
	});
});
