import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { casePlan } from '../../src/panels/timeline/case.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { nodeEngine, run } from '../support/engine.ts';

describe.each(Object.values(packs).map((pack) => [pack.id, pack] as const))('the timeline of the pack %s', (id, pack) => {
	const { timeline, main } = pack;
	let engine: EngineApi;
	let dataset: Dataset;
	const column = async (sql: string): Promise<string[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array()).map((row) => String(row.value));

	beforeAll(async () => {
		engine = nodeEngine();
		dataset = await engine.open({ pack: id, tables: (await generate(id, { seed: 3, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' })).tables, asOf: null });
	});

	test('names limits that the pack has, and statuses that its dimension has', () => {
		for (const name of [timeline.limitHours, timeline.staleHours]) expect(Number(pack.vars[name])).toBeGreaterThan(0);
		const values = Object.keys(pack.dimensions[timeline.status.dimension]?.values ?? {});
		for (const value of [timeline.status.first, ...timeline.status.rules.map((rule) => rule.value)]) expect(values).toContain(value);
		for (const dimension of timeline.dimensions) expect(pack.dimensions[dimension], dimension).toBeDefined();
	});

	test('names events that happen', async () => {
		const happened = await column(`select distinct ${timeline.what} as value from marts.${timeline.mart} where ${timeline.kind} = 'event'`);
		const named = [...timeline.status.rules.flatMap(({ since, until }) => (until === undefined ? [since] : [since, until])), timeline.ends, timeline.reopens, ...timeline.asks.flatMap(({ asked, received }) => [asked, received])];
		expect(named.filter((event) => !happened.includes(event))).toEqual([]);
	});

	test('opens every tenth of its first hundred', async () => {
		const keys = await column(`select ${main.key}::varchar as value from marts.${main.mart} order by 1 limit 100`);
		for (const key of keys.filter((_, i) => i % 10 === 0)) {
			const read = await run(engine, casePlan(pack, key, dataset.asOf));
			expect(read.one?.[main.key]).toBe(key);
			expect(read.history?.entries.length).toBeGreaterThan(0);
			for (const { column: name } of timeline.facts) expect(read.one).toHaveProperty(name);
		}
	});
});
