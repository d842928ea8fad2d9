import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode, type Row } from '../../src/engine/duckdb.ts';
import { toIso, toMs } from '../../src/lib/dates.ts';
import { casePlan } from '../../src/panels/timeline/case.ts';
import { readHistory, type History, type Touch } from '../../src/panels/timeline/history.ts';
import { knownAt } from '../../src/panels/timeline/known.ts';
import { nodeEngine, openDemo, packNamed, run } from '../support/engine.ts';

const pack = packNamed('advocacy');
const rules = pack.timeline;
let engine: EngineApi;
let latest: Dataset;

const rows = async (sql: string): Promise<Row[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());

/** Of a status without a date on the record the entries cannot know. */
const lifecycle = `select case_id::varchar as id, status, is_active, epoch_ms(created_at)::double as opened, age_days, resolution_days, reopen_count::integer as reopens, sla_hours_left, interaction_count::integer as contacts, docs_requested_at is not null as asked, docs_received_at is not null as received,
	is_escalated and escalated_at is null as undated from marts.fct_case_lifecycle`;

async function histories(dataset: Dataset): Promise<Map<string, History>> {
	const touches = new Map<string, Touch[]>();
	for (const row of await rows(`select case_id::varchar as id, epoch_ms(occurred_at)::double as t, kind, what, advocate as who from marts.fct_case_timeline order by case_id, seq`)) {
		const list = touches.get(String(row.id)) ?? [];
		list.push({ t: Number(row.t), instant: '', kind: row.kind === 'interaction' ? 'interaction' : 'event', what: String(row.what), who: typeof row.who === 'string' ? row.who : null, minutes: null });
		touches.set(String(row.id), list);
	}
	const opened = await rows(lifecycle);
	return new Map(opened.map((row) => [String(row.id), readHistory(rules, touches.get(String(row.id)) ?? [], Number(row.opened), toMs(dataset.asOf), { promise: 168, stale: 48 })]));
}

beforeAll(async () => {
	engine = nodeEngine();
	({ dataset: latest } = await openDemo(engine, 'advocacy', { seed: 5, size: 'small', scenario: 'planted' }));
});

describe('what the timeline says was known at an instant', () => {
	test('[S1-F19] is what the marts say when they are built as of it: status, days, holder, hours to the promise, contacts, documents', async () => {
		await engine.asOf(null);
		const whole = await histories(latest);
		const [first, last] = [toMs(latest.earliest), toMs(latest.latest)];
		let [compared, undated] = [0, 0];
		for (const share of [0.4, 0.7, 0.93, 1]) {
			const instant = share === 1 ? latest.latest : toIso(first + share * (last - first));
			const t = toMs(instant);
			await engine.asOf(share === 1 ? null : instant);
			const holders = new Map((await rows(`select case_id::varchar as id, arg_max(advocate, seq) filter (advocate is not null) as who from marts.fct_case_timeline group by 1`)).map((row) => [String(row.id), row.who ?? null]));
			for (const row of await rows(lifecycle)) {
				const history = whole.get(String(row.id));
				if (!history) throw new Error(`no history of ${String(row.id)}`);
				const known = knownAt(rules, history, { t, touches: history.touches.filter((touch) => touch.t <= t).length });
				const [ask] = known.asks;
				const named = `${String(row.id)} at ${instant}`;
				if (row.undated === true) undated++;
				else expect([named, known.status]).toEqual([named, row.status]);
				expect([named, known.open, known.contacts, known.holder]).toEqual([named, row.is_active, row.contacts, holders.get(String(row.id)) ?? null]);
				expect([named, ask?.state === 'not asked']).toEqual([named, row.asked !== true && row.received !== true]);
				if (row.is_active === true) expect(known.days).toBeCloseTo(Number(row.age_days), 6);
				else if (row.reopens === 0) expect(known.days).toBeCloseTo(Number(row.resolution_days), 6);
				if (typeof row.sla_hours_left === 'number') expect(known.left).toBeCloseTo(row.sla_hours_left, 5);
				if (typeof row.resolution_days === 'number') expect(known.left).toBeCloseTo(168 - row.resolution_days * 24, 5);
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(2000);
		expect(undated / compared).toBeLessThan(0.1);
	});

	test('is read for one case with its place among all, the numbers in keys counting as numbers', async () => {
		const dataset = await engine.asOf(null);
		const ids = (await rows('select case_id::varchar as id from marts.fct_case_lifecycle')).map(({ id }) => Number(id)).sort((a, b) => a - b);
		for (const place of [0, 9, Math.floor(ids.length / 2), ids.length - 1]) {
			const read = await run(engine, casePlan(pack, String(ids[place]), dataset.asOf));
			expect(read.place).toEqual({ place: place + 1, total: ids.length, previous: place === 0 ? null : String(ids[place - 1]), next: place === ids.length - 1 ? null : String(ids[place + 1]) });
			expect(read.history?.touches.length).toBe(Number((await rows(`select count(*)::integer as n from marts.fct_case_timeline where case_id = '${String(ids[place])}'`))[0]?.n));
		}
	});

	test('is nothing for a case that had not been opened, or that is in no data', async () => {
		const [young] = await rows('select case_id::varchar as id from marts.fct_case_lifecycle order by created_at desc limit 1');
		const early = await engine.asOf(toIso(toMs(latest.earliest) + 30 * 86_400_000));
		for (const id of [String(young?.id), "no'such"]) expect(await run(engine, casePlan(pack, id, early.asOf))).toMatchObject({ one: null, history: null, place: null });
	});

	test('carries instants that the as-of takes: as of an entry, the history ends with it', async () => {
		const dataset = await engine.asOf(null);
		const [longest] = await rows('select case_id::varchar as id from marts.fct_case_timeline group by 1 order by count(*) desc, id limit 1');
		const whole = await run(engine, casePlan(pack, String(longest?.id), dataset.asOf));
		for (const index of [0, 5, 12]) {
			const touch = whole.history?.touches[index];
			if (!touch) throw new Error('too short');
			const then = await engine.asOf(touch.instant);
			const cut = await run(engine, casePlan(pack, String(longest?.id), then.asOf));
			expect(cut.history?.touches).toEqual(whole.history?.touches.filter(({ t }) => t <= touch.t));
		}
		await engine.asOf(null);
	});
});
