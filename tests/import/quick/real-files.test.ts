import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../../src/engine/api.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import { inferQuick } from '../../../src/import/quick/infer.ts';
import type { QuickPlan } from '../../../src/import/quick/types.ts';
import type { TileResult } from '../../../src/metrics/tiles/index.ts';
import type { Pack } from '../../../src/pack/types.ts';
import { contextOf, measure, nodeEngine } from '../../support/engine.ts';
import { claimsOf } from '../../support/claims.ts';
import { expectMeasures, expectRules, expectTiles, expectWhole, rowsOf } from './laws.ts';
import { evidenceOf, opened, sharedTable } from './table.ts';

interface Opened {
	plan: QuickPlan;
	pack: Pack;
	dataset: Dataset;
	results: Map<string, TileResult>;
	value: (id: string, by?: string) => Promise<Record<string, number | null>>;
	counted: (sql: string) => Promise<number>;
}

describe('real files that belong to no pack, to the numbers that others computed', () => {
	let duck: Duck;
	let engine: EngineApi;
	beforeAll(async () => {
		[duck, engine] = [await bootInNode(), nodeEngine()];
	});

	/** The file with every law of a pack held. */
	async function open(path: string, delimiter = ','): Promise<Opened> {
		const table = sharedTable(path, delimiter);
		if (!table) throw new Error(`${path} is not there`);
		const plan = inferQuick(table.source, table.profiles, table.readings, evidenceOf(duck, table));
		const { pack, dataset } = await opened(engine, plan, table);
		await expectWhole(engine, pack, dataset);
		await expectRules(engine, pack, dataset);
		await expectMeasures(engine, contextOf(pack, dataset));
		const results = await expectTiles(engine, pack, dataset);
		return {
			plan, pack, dataset, results,
			value: async (id, by) => Object.fromEntries((await measure(engine, contextOf(pack, dataset), { measure: id, ...(by === undefined ? {} : { by: [by] }) })).map((row) => [row.keys[0] ?? '', row.value])),
			counted: async (sql) => Number((await rowsOf(engine, `select (${sql})::double as n`))[0]?.n),
		};
	}

	const there = (path: string): boolean => sharedTable(path) !== null;

	test.skipIf(!there('hospital/nhs_ae_attendances.csv'))('attendances: 88.48 % seen in time is a sum over a sum, and no mean of rates is made', async () => {
		const { plan, pack, dataset, value } = await open('hospital/nhs_ae_attendances.csv');
		expect(dataset.accounts).toEqual([{ table: 'records', file: null, read: 12765, quarantined: 0, skipped: 0, loaded: 12765 }]);
		expect(plan.time.value).toBe('period');
		expect(plan.ratios.map(({ part, whole }) => `${part}/${whole}`)).toContain('breaches/attendances');
		expect((await value('breaches__of__attendances__rest'))['']).toBeCloseTo(0.8848, 4);
		expect(await value('attendances__sum')).toEqual({ '': 72019402 });
		expect(plan.left.map(({ column }) => column)).toEqual(['org_code']);
		// Thirteen weeks hold three or four firsts of a month: counts of them are set against nothing.
		expect(Object.values(pack.measures).filter(({ kind }) => kind === 'count' || kind === 'sum').every(({ presentOnly }) => presentOnly === true)).toBe(true);
	});

	test.skipIf(!there('hospital/patients_raw.csv'))('patients: an event log of 500 cases, 7 activities and 5,442 events, starts and completions told apart', async () => {
		const { plan, dataset, value, counted } = await open('hospital/patients_raw.csv');
		expect(plan.eventLog).toMatchObject({ case: 'patient', activity: 'handling', resource: 'employee', lifecycle: 'registration_type' });
		expect(plan.entity).toEqual(['patient', 'patients']);
		expect(dataset.accounts[0]?.loaded).toBe(5442);
		expect([await value('records'), await value('events')]).toEqual([{ '': 500 }, { '': 5442 }]);
		expect(Object.keys(await value('events', 'handling'))).toHaveLength(7);
		// A variant counts completions: one that counted starts too would repeat each activity.
		expect(await counted("select count(*) from marts.fct_cases where case__path like '%Registration → Registration%'")).toBe(0);
	});

	test.skipIf(!there('event-logs/running-example.csv')).each([['running-example.csv', ','], ['running_example_notebook_semicolon.csv', ';']])('%s: 42 events, 6 cases, 8 activities, 6 variants; durations median 815,940 s, mean 966,890 s', async (file, delimiter) => {
		const { plan, value, counted } = await open(`event-logs/${file}`, delimiter);
		expect([await value('records'), await value('events')]).toEqual([{ '': 6 }, { '': 42 }]);
		const activity = plan.columns.find(({ column }) => column === plan.eventLog?.activity)?.name ?? '';
		expect(Object.keys(await value('events', activity))).toHaveLength(8);
		expect(await counted('select count(distinct case__path) from marts.fct_cases')).toBe(6);
		expect(((await value('case__took__median'))[''] ?? 0) * 86400).toBeCloseTo(815940, 3);
		expect(((await value('case__took__mean'))[''] ?? 0) * 86400).toBeCloseTo(966890, 3);
		// 16 directly-follows edges summing to 36.
		expect(await counted('select count(distinct event__step) from marts.fct_events')).toBe(16);
		expect(await counted('select count(event__step) from marts.fct_events')).toBe(36);
	});

	test.skipIf(!there('event-logs/receipt.csv'))('receipt: 8,577 events, 1,434 cases, 27 activities, 116 variants (713, 123, 116), 99 edges summing to 7,143', async () => {
		const { plan, value, counted } = await open('event-logs/receipt.csv');
		expect(plan.time.value).toBe('time:timestamp');
		expect(plan.eventLog).toMatchObject({ case: 'case:concept:name', activity: 'concept:name' });
		expect([await value('records'), await value('events')]).toEqual([{ '': 1434 }, { '': 8577 }]);
		expect(Object.keys(await value('events', 'concept_name'))).toHaveLength(27);
		expect(await counted('select count(distinct case__path) from marts.fct_cases')).toBe(116);
		expect(await counted('select list_sum(list_slice(list_sort(list(n), \'desc\'), 1, 3)) from (select count(*) as n from marts.fct_cases group by case__path)')).toBe(713 + 123 + 116);
		expect([await counted('select count(distinct event__step) from marts.fct_events'), await counted('select count(event__step) from marts.fct_events')]).toEqual([99, 7143]);
		expect(((await value('case__took__median'))[''] ?? 0) * 3600).toBeCloseTo(2868.58, 1);
		expect(((await value('case__took__mean'))[''] ?? 0) * 3600).toBeCloseTo(467263.916, 1);
	});

	test.skipIf(!there('complaints/cfpb_consumer_complaints_elvus.csv')).each([['elvus', 268], ['bkreis', 349]])('complaints of %s: %i records by their id, the time to the company measured, narratives left as free text', async (file, rows) => {
		const { plan, value, dataset } = await open(`complaints/cfpb_consumer_complaints_${file}.csv`);
		expect([plan.entity, plan.key.value, plan.time.value]).toEqual([['complaint', 'complaints'], 'Complaint ID', 'Date received']);
		expect(dataset.accounts[0]?.loaded).toBe(rows);
		expect(await value('records')).toEqual({ '': rows });
		expect(plan.spans.map(({ start, end }) => `${start} → ${end}`)).toEqual(['Date received → Date sent to company']);
		expect(plan.dimensions.map(({ column }) => column)).not.toContain('Consumer complaint narrative');
	});

	test.skipIf(!there('call-center/Call Center.csv'))('call centre: the numbers of the file, and none of the claims that it does not carry', async () => {
		const { plan, pack, dataset, value, results } = await open('call-center/Call Center.csv');
		expect(dataset.accounts[0]?.loaded).toBe(32941);
		expect([plan.time.value, plan.key.value]).toEqual(['call_timestamp', 'id']);
		expect(await value('records', 'reason')).toEqual({ 'Billing Question': 23462, Payments: 4749, 'Service Outage': 4730 });
		expect(await value('records', 'channel')).toEqual({ 'Call-Center': 10639, Chatbot: 8256, Email: 7470, Web: 6576 });
		expect(await value('records', 'sentiment')).toEqual({ Negative: 11063, Neutral: 8754, 'Very Negative': 6026, Positive: 3928, 'Very Positive': 3170 });
		const [csat] = await measure(engine, contextOf(pack, dataset), { measure: 'csat_score__mean' });
		expect([csat?.n, csat?.value?.toFixed(4)]).toEqual([12271, '5.5484']);
		expect(await value('call_duration_in_minutes__median')).toEqual({ '': 25 });
		expect(await value('call_duration_in_minutes__sum')).toEqual({ '': 824222 });
		expect((await value('call_duration_in_minutes__mean'))['']).toBeCloseTo(25.021, 3);
		const claims = [...results].filter(([id]) => !id.endsWith('-grid')).flatMap(([id, result]) => claimsOf(id, result));
		expect(claims.filter((claim) => /Monday|Billing|Payments|Outage|reason/i.test(claim))).toEqual([]);
		expect(claims.length).toBeGreaterThan(0);
		expect(plan.left.map(({ column }) => column)).toEqual(expect.arrayContaining(['customer_name', 'city', 'state']));
	});

	test.skipIf(!there('solace/cases.csv'))('cases without their pack: 4 set aside, the Kaplan–Meier median 9.5574 days over 1,496', async () => {
		const { plan, dataset, value } = await open('solace/cases.csv');
		expect(dataset.accounts[0]).toMatchObject({ read: 1500, quarantined: 4, loaded: 1496 });
		expect(plan.spans[0]).toMatchObject({ start: 'created_at', end: 'resolved_at', open: true });
		expect((await value('resolved_at__after_created_at__median'))['']).toBeCloseTo(9.5574, 4);
		expect(await value('resolved_at__after_created_at__open')).toEqual({ '': 242 });
	});
});
