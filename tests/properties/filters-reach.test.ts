import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { applicable, identifier, relationOf, segmentOf } from '../../src/metrics/relation.ts';
import type { Filters } from '../../src/metrics/request.ts';
import { packs } from '../../src/packs/index.ts';
import { contextOf, measure, nodeEngine, openDemo } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { filters } from '../support/slicer-states.ts';

describe.each(Object.values(packs))('filters of $id', (pack) => {
	let engine: EngineApi;
	let dataset: Dataset;
	const { main } = pack;
	const belonging = Object.keys(pack.marts).filter((mart) => pack.marts[mart]?.belongs === true);
	const rows = async (statement: string, filter: Filters, mart: string): Promise<Record<string, unknown>[]> => {
		const { name, selection } = relationOf({ pack, filters: filter }, mart);
		const { tables } = await engine.query({ selections: selection ? [selection] : [], statements: [statement.replace('{rows}', name)] });
		return decode(tables[0] ?? new Uint8Array());
	};
	const keys = async (filter: Filters, mart: string): Promise<Set<string>> => new Set((await rows(`select distinct ${identifier(main.key)}::varchar as key from {rows}`, filter, mart)).map(({ key }) => String(key)));

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, pack.id, { seed: 9, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
	});

	const milestones = fc.constantFrom(...Object.entries(pack.milestones).flatMap(([set, { values }]) => Object.keys(values).map((value): Filters => ({ [set]: [value] }))));
	const ofMain = fc.tuple(filters(dataset_(), pack.marts[main.mart]?.dimensions ?? []), fc.option(milestones, { nil: {} })).map(([one, other]): Filters => ({ ...one, ...other }));

	/** The generator of filters wants values; those of the main mart's dimensions are read when it runs. */
	function dataset_(): Dataset {
		return { get values() { return dataset.values; } } as Dataset;
	}

	test('of the main mart choose in every table that belongs to it the rows of the chosen ones, and no others', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constant(null).chain(() => ofMain), fc.constantFrom(...belonging), async (filter, mart) => {
				const chosen = await keys(filter, main.mart);
				const there = await keys(filter, mart);
				const all = await keys({}, mart);
				expect(there).toEqual(new Set([...all].filter((key) => chosen.has(key))));
			}),
			replayable(40),
		);
	});

	test('on a dimension of a table that belongs to the main mart choose the ones that have such a row', async () => {
		for (const mart of belonging) {
			for (const dimension of pack.marts[mart]?.dimensions ?? []) {
				if (pack.marts[main.mart]?.dimensions?.includes(dimension)) continue;
				const column = identifier(pack.dimensions[dimension]?.column ?? dimension);
				const [first] = await rows(`select ${column}::varchar as value from {rows} group by 1 order by count(*), 1 limit 1`, {}, mart);
				const filter = { [dimension]: [String(first?.['value'])] };
				expect(await keys(filter, main.mart)).toEqual(await keys(filter, mart));
			}
		}
	});

	test('cut into a part and all the rest, every row stands on one side; each side’s n add up, and the value over all lies between', async () => {
		const shares = Object.entries(pack.measures).filter(([, each]) => each.kind === 'share' || each.kind === 'mean');
		const context = contextOf(pack, dataset);
		await fc.assert(
			fc.asyncProperty(fc.constant(null).chain(() => ofMain), fc.constantFrom(...shares), async (part, [id, { mart }]) => {
				if (Object.keys(part).length === 0 || segmentOf(pack, mart, { filters: part, rest: false }) === null) return;
				const [whole, inside, outside] = await Promise.all([measure(engine, context, { measure: id }), measure(engine, context, { measure: id, segment: { filters: part, rest: false } }), measure(engine, context, { measure: id, segment: { filters: part, rest: true } })]);
				expect((inside[0]?.n ?? 0) + (outside[0]?.n ?? 0)).toBe(whole[0]?.n);
				const [a, b, all] = [inside[0]?.value ?? null, outside[0]?.value ?? null, whole[0]?.value ?? null];
				if (a === null || b === null || all === null) return;
				expect(all).toBeGreaterThanOrEqual(Math.min(a, b) - 1e-9);
				expect(all).toBeLessThanOrEqual(Math.max(a, b) + 1e-9);
			}),
			replayable(40),
		);
	});

	test('that a table cannot know are named for it, and a part by them is no comparison there', () => {
		const apart = Object.keys(pack.marts).filter((mart) => mart !== main.mart && pack.marts[mart]?.belongs !== true);
		for (const mart of apart) {
			const [set] = Object.keys(pack.milestones);
			if (set === undefined) continue;
			const filter = { [set]: [Object.keys(pack.milestones[set]?.values ?? {})[0] ?? ''] };
			expect(applicable(pack, mart, filter)).toEqual({ used: [], ignored: [set] });
			expect(segmentOf(pack, mart, { filters: filter, rest: true })).toBeNull();
		}
	});
});
