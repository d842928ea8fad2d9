import { describe, expect, test } from 'vitest';
import { generate } from '../../../src/packs/advocacy/generate.ts';
import { caseFacts, rowsOf, welch } from './generated-rows.ts';
import type { CaseFacts, Tables } from './generated-rows.ts';

interface Incident {
	insurance: string;
	from: number;
}

const flag = (condition: boolean) => (condition ? 1 : 0);
const slow = (fact: CaseFacts) => fact.type === 'prior_authorization' || fact.type === 'claim_denial';

/** Of cases with a value: those meeting the condition against the others. */
function compare(facts: readonly CaseFacts[], value: (fact: CaseFacts) => number | null, condition: (fact: CaseFacts) => boolean): number {
	const groups: [number[], number[]] = [[], []];
	for (const fact of facts) {
		const number = value(fact);
		if (number !== null) groups[condition(fact) ? 0 : 1].push(number);
	}
	return welch(...groups);
}

function effects(facts: readonly CaseFacts[], incident: Incident): Record<string, number> {
	const affected = (fact: CaseFacts) => fact.insurance === incident.insurance && (fact.asked ?? 0) >= incident.from;
	return {
		slow_types: compare(facts, (fact) => fact.days, slow),
		slow_types_escalated: compare(facts, (fact) => flag(fact.escalated), slow),
		missing_documents: compare(facts, (fact) => fact.days, (fact) => fact.missing),
		handoffs_cost_csat: -compare(facts, (fact) => fact.csat, (fact) => fact.handoffs >= 2),
		escalated_less_satisfied: -compare(facts, (fact) => (fact.csat === null ? null : fact.csat + 0.25 * fact.handoffs), (fact) => fact.escalated),
		portal_incident: compare(facts, (fact) => (fact.wait === null ? null : Math.log(fact.wait)), affected),
	};
}

/** Names of advocates with more active cases than capacity. */
function overCapacity(tables: Tables): string[] {
	const active = tables.cases.filter((row) => row['status'] !== 'resolved');
	return tables.advocates
		.filter((row) => active.filter((one) => one['advocate_id'] === row['id']).length > Number(row['capacity']))
		.map((row) => row['name'] ?? '');
}

describe('what the advocacy generator plants', () => {
	test('[S0-F21] each planted effect is plain in 1,500 cases, in each of ten seeds', () => {
		const insurances = new Set<unknown>();
		for (let seed = 1; seed <= 10; seed++) {
			const generated = generate({ seed, size: 'small', scenario: 'planted' });
			const tables = rowsOf(generated);
			const incident = generated.manifest.planted.find((effect) => effect.id === 'portal_incident');
			insurances.add(incident?.['insurance_type']);
			const from = Date.parse(`${String(incident?.['from'])}T00:00:00Z`);
			const found = effects(caseFacts(tables), { insurance: String(incident?.['insurance_type']), from });
			for (const [effect, z] of Object.entries(found)) expect(z, `${effect}, seed ${seed}`).toBeGreaterThan(5);
			const overloaded = generated.manifest.planted.find((effect) => effect.id === 'overloaded_advocates');
			expect(overCapacity(tables)).toEqual(overloaded?.['advocates']);
		}
		expect(insurances).toEqual(new Set(['exchange', 'medicaid']));
	});

	test.each([1, 2, 3])('the null scenario shows none of them in 30,000 cases (seed %i)', (seed) => {
		const generated = generate({ seed, size: 'standard', scenario: 'null' });
		expect(generated.manifest.planted).toEqual([]);
		const tables = rowsOf(generated);
		const facts = caseFacts(tables);
		const insurance = ['exchange', 'medicaid'][seed % 2] ?? '';
		const found: Record<string, number> = {
			...effects(facts, { insurance, from: Date.parse('2026-04-10T00:00:00Z') }),
			escalated_less_satisfied: compare(facts, (fact) => fact.csat, (fact) => fact.escalated),
			touched_less_with_missing_documents: compare(facts, (fact) => fact.interactions, (fact) => fact.missing),
			touched_less_by_type: compare(facts, (fact) => fact.interactions, slow),
			stale_with_missing_documents: compare(facts, (fact) => (fact.idle === null ? null : flag(fact.idle > 48)), (fact) => fact.missing),
			handed_over_by_type: compare(facts, (fact) => fact.handoffs, slow),
			handed_over_with_missing_documents: compare(facts, (fact) => fact.handoffs, (fact) => fact.missing),
		};
		for (const [effect, z] of Object.entries(found)) expect(Math.abs(z), effect).toBeLessThan(4.5);
		expect(overCapacity(tables)).toEqual([]);
	});

	test('[S0-F21] the office looks like an office: rates and times are typical', () => {
		for (const scenario of ['planted', 'null']) {
			const facts = caseFacts(rowsOf(generate({ seed: 8, size: 'standard', scenario })));
			const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
			const active = facts.filter((fact) => fact.idle !== null);
			const within = (value: number, low: number, high: number, what: string) => {
				expect(value, `${what}, ${scenario}`).toBeGreaterThan(low);
				expect(value, `${what}, ${scenario}`).toBeLessThan(high);
			};
			within(active.length, 420, 700, 'active');
			within(mean(active.map((fact) => flag((fact.idle ?? 0) > 48))), 0.1, 0.5, 'stale');
			within(mean(facts.map((fact) => flag(fact.escalated))), 0.15, 0.21, 'escalated');
			within(mean(facts.map((fact) => flag((fact.days ?? 99) > 7))), 0.5, 0.67, 'open at 7 days');
			within(mean(facts.map((fact) => fact.interactions)), 5, 6, 'interactions');
			within(mean(facts.flatMap((fact) => fact.csat ?? [])), 3.6, 3.85, 'CSAT');
		}
	});
});
