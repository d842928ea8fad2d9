import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { withEdit, type QuickEdit } from '../../../src/import/quick/edit.ts';
import { inferQuick } from '../../../src/import/quick/infer.ts';
import { quickPack } from '../../../src/import/quick/pack.ts';
import type { QuickPlan } from '../../../src/import/quick/types.ts';
import { ThroughlineError } from '../../../src/lib/errors.ts';
import type { Context } from '../../../src/metrics/request.ts';
import { contextOf, measure, nodeEngine } from '../../support/engine.ts';
import { replayable } from '../../support/property.ts';
import { expectMeasures, expectRules, expectTiles, expectWhole, rowsOf } from './laws.ts';
import { givenTables } from './random-tables.ts';
import { evidenceOf, opened, tableOf, type Table } from './table.ts';

describe('any table', () => {
	let duck: Duck;
	let engine: EngineApi;
	beforeAll(async () => {
		[duck, engine] = [await bootInNode(), nodeEngine()];
	});
	const planOf = (table: Table): QuickPlan => inferQuick(table.source, table.profiles, table.readings, evidenceOf(duck, table));

	/** The numbers of the pack against sums over the loaded rows' own cells. */
	async function expectTotals(plan: QuickPlan, table: Table, context: Context): Promise<void> {
		const loaded = (await rowsOf(engine, 'select source_row::double as row from staging.stg_records')).map(({ row }) => Number(row) - 1);
		const cells = (column: string): (string | null)[] => loaded.map((row) => table.raw[table.source.columns.indexOf(column)]?.[row]?.trim() ?? null).map((cell) => (cell === '' ? null : cell));
		const one = async (id: string): Promise<{ value: number | null; n: number }> => (await measure(engine, context, { measure: id }))[0] ?? { value: null, n: 0 };
		const nameOf = (column: string): string => plan.columns.find((each) => each.column === column)?.name ?? '';
		expect((await one(plan.eventLog ? 'events' : 'records')).n).toBe(loaded.length);
		if (plan.eventLog) expect((await one('records')).n).toBe(new Set(cells(plan.eventLog.case)).size);
		for (const { column, uses } of plan.numbers) {
			// A number that a log's cases share is told of cases.
			if (plan.eventLog && plan.cases.some((each) => each.column === plan.eventLog?.case && each.constant.includes(column))) continue;
			const numbers = cells(column).flatMap((cell) => (cell === null ? [] : [Number(cell)]));
			const sum = numbers.reduce((total, each) => total + each, 0);
			if (uses.includes('sum')) expect((await one(`${nameOf(column)}__sum`)).value, column).toBeCloseTo(sum, 5);
			if (uses.includes('mean')) expect(await one(`${nameOf(column)}__mean`), column).toMatchObject({ n: numbers.length });
			if (uses.includes('mean') && numbers.length > 0) expect((await one(`${nameOf(column)}__mean`)).value, column).toBeCloseTo(sum / numbers.length, 6);
		}
		for (const { column } of plan.eventLog ? [] : plan.rates) {
			const flags = cells(column).filter((cell) => cell !== null).map((cell) => /^(true|yes|y|1)$/i.test(cell));
			expect(await one(`${nameOf(column)}__share`), column).toMatchObject({ n: flags.length, value: flags.length === 0 ? null : flags.filter(Boolean).length / flags.length });
		}
	}

	test('is inferred, built and answered in every tile, and its totals are those of its rows', { timeout: 600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(givenTables, async (given) => {
				const table = tableOf(given);
				const plan = planOf(table);
				expect(structuredClone(plan)).toEqual(JSON.parse(JSON.stringify(plan)));
				const { pack, dataset } = await opened(engine, plan, table);
				expect(dataset.accounts[0]?.read).toBe(table.source.rows);
				await expectWhole(engine, pack, dataset);
				await expectRules(engine, pack, dataset);
				await expectTiles(engine, pack, dataset);
				await expectTotals(plan, table, contextOf(pack, dataset));
			}),
			replayable(40),
		);
	});

	test('has measures that bind in every shape', { timeout: 600_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(givenTables, async (given) => {
				const table = tableOf(given);
				const { pack, dataset } = await opened(engine, planOf(table), table);
				await expectMeasures(engine, contextOf(pack, dataset));
			}),
			replayable(12),
		);
	});

	test('has a reason for every column: it is part of something, or it is left with why', () => {
		fc.assert(
			fc.property(givenTables, (given) => {
				const table = tableOf(given);
				const plan = planOf(table);
				const made = JSON.stringify([plan.time.value, plan.key.value, plan.dimensions, plan.numbers, plan.rates, plan.ratios, plan.spans, plan.eventLog]);
				const left = new Set(plan.left.map(({ column }) => column));
				for (const { column } of plan.columns) expect(left.has(column) || made.includes(JSON.stringify(column)), column).toBe(true);
				const reasons = [plan.time.because, plan.key.because, ...[...plan.dimensions, ...plan.numbers, ...plan.rates, ...plan.ratios, ...plan.spans, ...plan.left, ...(plan.eventLog ? [plan.eventLog] : [])].map(({ because }) => because)];
				expect(reasons.filter((because) => because === '')).toEqual([]);
				expect(plan.time.value === null || !plan.time.others.includes(plan.time.value)).toBe(true);
			}),
			replayable(60),
		);
	});

	const edits = (plan: QuickPlan): fc.Arbitrary<QuickEdit> => {
		const column = fc.constantFrom(...plan.columns.map((each) => each.column));
		const kind = <K extends string>(...of: K[]): fc.Arbitrary<K> => fc.constantFrom(...of);
		return fc.oneof(
			fc.record({ kind: kind('time', 'key'), column: fc.option(column) }),
			fc.record({ kind: kind('dimension', 'number', 'rate', 'leave', 'not-dimension', 'not-number', 'not-rate'), column }),
			fc.record({ kind: kind('use'), column, use: kind('mean', 'sum', 'median') }),
			fc.record({ kind: kind('label'), column, label: fc.string({ maxLength: 20 }) }),
			fc.record({ kind: kind('name'), label: fc.string({ maxLength: 20 }), entity: fc.tuple(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 })) }),
			fc.record({ kind: kind('span'), start: column, end: column, open: fc.boolean() }),
			fc.record({ kind: kind('limit'), start: column, end: column, days: fc.constantFrom(0.25, 7, 30, -1) }),
			fc.record({ kind: kind('ratio'), part: column, whole: column }),
			fc.record({ kind: kind('event-log'), case: column, activity: column, lifecycle: fc.option(column) }),
			fc.constant({ kind: 'not-event-log' as const }),
		);
	};

	test('stays a whole pack under any edits; an impossible one is refused with what is possible', { timeout: 600_000 }, async () => {
		let taken = 0;
		await fc.assert(
			fc.asyncProperty(givenTables.chain((given) => { const table = tableOf(given); const plan = planOf(table); return fc.tuple(fc.constant(table), fc.constant(plan), fc.array(edits(plan), { minLength: 1, maxLength: 12 })); }), async ([table, plan, steps]) => {
				const edited = steps.reduce((before, edit) => {
					try {
						const after = withEdit(before, edit);
						taken += 1;
						return after;
					} catch (error) {
						expect(error).toBeInstanceOf(ThroughlineError);
						expect((error as ThroughlineError).code).toBe('request.invalid');
						return before;
					}
				}, plan);
				const built = await opened(engine, edited, table).catch((error: unknown) => {
					// All rows may be set aside by a key that a person chose; that is said, and what was open stays.
					expect((error as ThroughlineError).code).toBe('files.empty');
					return null;
				});
				if (built === null) return;
				await expectWhole(engine, built.pack, built.dataset);
				await expectTiles(engine, built.pack, built.dataset);
			}),
			replayable(30),
		);
		expect(taken).toBeGreaterThan(30);
	});

	test('a plan that came from elsewhere cannot bring SQL with it', () => {
		const table = tableOf({ name: 'a.csv', columns: [{ name: 'a', cells: ['1', '2'] }] });
		const plan = planOf(table);
		const forged = { ...plan, columns: plan.columns.map((column) => ({ ...column, name: 'a" from raw.x; drop table y; --' })) };
		expect(() => quickPack(forged)).toThrow(ThroughlineError);
	});
});
