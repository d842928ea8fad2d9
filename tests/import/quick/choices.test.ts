import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { withEdit } from '../../../src/import/quick/edit.ts';
import { inferQuick } from '../../../src/import/quick/infer.ts';
import { quickPack } from '../../../src/import/quick/pack.ts';
import type { QuickPlan } from '../../../src/import/quick/types.ts';
import { toIso } from '../../../src/lib/dates.ts';
import { casePlan } from '../../../src/panels/timeline/case.ts';
import { contextOf, measure, nodeEngine, run } from '../../support/engine.ts';
import { tileResults } from '../../support/claims.ts';
import { rowsOf } from './laws.ts';
import { evidenceOf, opened, tableOf, type Table } from './table.ts';

const day = (n: number): string => toIso(Date.UTC(2025, 0, 1) + n * 86_400_000).slice(0, 10);
const rows = Array.from({ length: 60 }, (_, i) => i);
const column = (name: string, cell: (i: number) => string | null) => ({ name, cells: rows.map(cell) });

/** 60 tickets, one a day; every third is open; each of the others takes ten days, and one ends before it begins. */
const tickets = tableOf({
	name: 'Tickets 2025.csv',
	columns: [
		column('Ticket ID', (i) => `T-${String(i)}`),
		column('Due date', (i) => day(400 + i)),
		column('Created at', (i) => day(i)),
		column('Closed at', (i) => (i % 3 === 0 ? null : i === 58 ? day(2) : day(i + 10))),
		column('Team', (i) => ['north', 'south'][i % 2] ?? ''),
		column('Ward code', (i) => String(100 + (i % 4))),
		column('Satisfaction rate', (i) => String(50 + (i % 37))),
		column('Amount', (i) => String(i * 10)),
		column('Zip code', (i) => String(10_000 + i * 13)),
		column('Country', () => 'DE'),
		column('Remark', (i) => `the caller said at length that nothing of what was agreed on the phone had been done, again, ${String(i)}`),
		column('Escalated', (i) => (i % 5 === 0 ? 'yes' : 'no')),
	],
});

describe('what a table is taken for', () => {
	let duck: Duck;
	let engine: EngineApi;
	let plan: QuickPlan;
	const planOf = (table: Table): QuickPlan => inferQuick(table.source, table.profiles, table.readings, evidenceOf(duck, table));
	beforeAll(async () => {
		[duck, engine] = [await bootInNode(), nodeEngine()];
		plan = planOf(tickets);
	});
	const names = (items: readonly { column: string }[]): string[] => items.map((item) => item.column);

	test('its time is the date at which rows came to be, not the one that lies ahead', () => {
		expect(plan.time).toMatchObject({ value: 'Created at', others: ['Due date', 'Closed at', null], sure: false });
	});

	test('its key tells rows apart and names them', () => {
		expect([plan.key.value, plan.entity, plan.id, plan.label]).toEqual(['Ticket ID', ['ticket', 'tickets'], 'quick_tickets_2025', 'Tickets 2025']);
	});

	test('codes make groups and are never averaged, places are left, and so are text and what is the same everywhere', () => {
		expect(names(plan.dimensions)).toEqual(['Team', 'Escalated', 'Ward code']);
		expect(plan.dimensions.some(({ ordered }) => ordered)).toBe(false);
		expect(names(plan.numbers)).toEqual(['Satisfaction rate', 'Amount']);
		expect(names(plan.rates)).toEqual(['Escalated']);
		expect(plan.left).toEqual([
			{ column: 'Due date', because: 'A date that is neither when a row happened nor the end of something' },
			{ column: 'Zip code', because: 'Its name says that it numbers or places things: nothing to average' },
			{ column: 'Country', because: 'The same on every row: DE' },
			{ column: 'Remark', because: 'Free text' },
		]);
	});

	test('rates of rows are neither added up nor averaged, and an edit to do so is refused', () => {
		expect(plan.numbers[0]).toMatchObject({ use: 'median', uses: ['median'] });
		expect(() => withEdit(plan, { kind: 'use', column: 'Satisfaction rate', use: 'mean' })).toThrow('“Satisfaction rate” cannot be "mean"');
		expect(Object.keys(quickPack(plan).measures)).not.toContain('satisfaction_rate__mean');
	});

	test('a later date is an end where it is one on nearly all rows; rows without it are open where its name says so', () => {
		expect(plan.spans).toEqual([expect.objectContaining({ start: 'Created at', end: 'Closed at', open: true, limitDays: 10, label: 'From created to closed' })]);
	});

	test('the row that ends before it begins is set aside, the others are counted: read = loaded + set aside + skipped', async () => {
		const { pack, dataset } = await opened(engine, plan, tickets);
		expect(dataset.accounts).toEqual([{ table: 'records', file: null, read: 60, loaded: 59, quarantined: 1, skipped: 0 }]);
		expect(await rowsOf(engine, 'select ticket_id, rule from quarantine.stg_records')).toEqual([{ ticket_id: 'T-58', rule: 'closed_at_before_created_at' }]);
		expect((await measure(engine, contextOf(pack, dataset), { measure: 'closed_at__after_created_at__median' }))[0]).toMatchObject({ value: 10, n: 59 });
		// Created up to the latest date (a ticket of day 59 ends on day 69) and without an end: every third of 60.
		expect((await measure(engine, contextOf(pack, dataset), { measure: 'closed_at__after_created_at__open' }))[0]).toMatchObject({ value: 20 });
	});

	test('seen from an earlier day, what had not ended then is open', async () => {
		const { pack, dataset } = await opened(engine, plan, tickets, `${day(20)}T00:00:00`);
		// Of tickets 0 to 20: every third (7), and those of the last ten days before the end of day 20 (11 to 20, of which 12, 15 and 18 are among them).
		const open = rows.filter((i) => i <= 20 && (i % 3 === 0 || i + 10 > 20)).length;
		expect((await measure(engine, contextOf(pack, dataset), { measure: 'closed_at__after_created_at__open' }))[0]?.value).toBe(open);
		expect((await measure(engine, contextOf(pack, dataset), { measure: 'records' }))[0]?.value).toBe(21);
	});

	test('each row has its history from its own dates, and open rows are called open', async () => {
		const { pack, dataset } = await opened(engine, plan, tickets);
		const ended = await run(engine, casePlan(pack, 'T-1', dataset.asOf));
		expect(ended.history?.entries.map(({ what, t }) => [what, toIso(t).slice(0, 10)])).toEqual([['created_at', day(1)], ['closed_at', day(11)]]);
		const open = await run(engine, casePlan(pack, 'T-3', dataset.asOf));
		expect(open.history?.entries.map(({ kind }) => kind)).toEqual(['event', 'now']);
	});

	test('where no column says when, nothing is over time, and the views say so', async () => {
		const table = tableOf({ name: 'plain.csv', columns: [column('Team', (i) => ['north', 'south'][i % 2] ?? ''), column('Score', (i) => String(i % 7))] });
		const { pack, dataset } = await opened(engine, planOf(table), table);
		expect(Object.values(pack.measures).filter(({ time }) => time !== undefined)).toEqual([]);
		expect(pack.views.map(({ about }) => about.endsWith('Nothing in it says when, so there are no trends.'))).toEqual([true, true, true]);
		const results = await tileResults(engine, contextOf(pack, dataset));
		expect(results.get('kpis')).toMatchObject({ kpis: expect.arrayContaining([expect.objectContaining({ trend: [], change: null })]) });
		const read = await run(engine, casePlan(pack, '1', dataset.asOf));
		expect([read.one?.team, read.history]).toEqual(['north', null]);
	});

	test('an event log says neither that a case has ended nor that it is open', async () => {
		const log = tableOf({ name: 'log.csv', columns: [column('case_id', (i) => `C${String(i % 10)}`), column('activity', (i) => ['a', 'b', 'c'][Math.floor(i / 10) % 3] ?? ''), column('timestamp', (i) => `${day(i)} 08:00:00`)] });
		const { pack, dataset } = await opened(engine, planOf(log), log);
		const { history } = await run(engine, casePlan(pack, 'C0', dataset.asOf));
		expect(history?.entries.map(({ kind, what }) => [kind, what])).toEqual(['a', 'b', 'c', 'a', 'b', 'c'].map((what) => ['event', what]));
		expect(Object.values(pack.measures).filter(({ kind }) => kind === 'balance' || kind === 'survival')).toEqual([]);
	});

	test('an edit changes what it names and nothing else, and can be taken back', () => {
		const without = withEdit(plan, { kind: 'not-dimension', column: 'Team' });
		expect(names(without.dimensions)).toEqual(['Escalated', 'Ward code']);
		expect(names(without.left)).toContain('Team');
		expect(names(withEdit(without, { kind: 'dimension', column: 'Team' }).dimensions).sort()).toEqual(names(plan.dimensions).sort());
		const timeless = withEdit(plan, { kind: 'time', column: null });
		expect([timeless.time.value, timeless.spans]).toEqual([null, plan.spans]);
		expect(withEdit(timeless, { kind: 'time', column: 'Created at' })).toMatchObject({ time: { value: 'Created at', because: 'Chosen by you', sure: true } });
		expect(() => withEdit(plan, { kind: 'time', column: 'Team' })).toThrow('“Team” cannot be "time"');
		expect(withEdit(plan, { kind: 'leave', column: 'Closed at' })).toMatchObject({ spans: [], time: plan.time });
		expect(names(withEdit(plan, { kind: 'dimension', column: 'Ward code' }).dimensions)[0]).toBe('Ward code');
	});

	test('a definition that comes along with a request stands in for no installed pack', async () => {
		const pack = { ...quickPack(plan), id: 'advocacy' };
		const dataset = await engine.open({ pack: 'advocacy', definition: pack, tables: {}, asOf: null }).catch((error: unknown) => String(error));
		expect(dataset).toContain('no row with a readable date');
		await expect(engine.open({ pack: 'unheard_of', tables: {}, asOf: null })).rejects.toThrow('There is no pack called unheard_of');
	});
});
