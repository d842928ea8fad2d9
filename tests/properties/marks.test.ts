import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { keysOfMark, pickedBy } from '../../src/metrics/marks.ts';
import { applicable } from '../../src/metrics/relation.ts';
import { markKeys, subjectsOf } from '../../src/metrics/subjects.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import { packs } from '../../src/packs/index.ts';
import type { Tile } from '../../src/pack/types.ts';
import { contextOf, nodeEngine, openDemo, run } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters } from '../support/slicer-states.ts';

describe.each(Object.values(packs))('the marks of $id', (pack) => {
	const tiles = pack.views.flatMap((view) => view.tiles).filter((tile) => !['list', 'insights', 'actions'].includes(tile.kind));
	let engine: EngineApi;
	let dataset: Dataset;

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, pack.id, { seed: 11, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
	});

	/** Opens a mark and adds its rows up again; says how many of its numbers were compared. */
	async function opens(tile: Tile, context: ReturnType<typeof contextOf>, pick: number): Promise<number> {
		const plan = planTile(context, tile, { compare: 'none', segment: {}, grain: pick % 2 === 0 ? null : 'month' });
		if (!plan) return 0;
		const result = await run(engine, plan);
		const keys = markKeys(result);
		const key = keys[pick % Math.max(1, keys.length)];
		if (key === undefined) return 0;
		const subjects = subjectsOf(context, tile, result, key);
		expect(subjects.length, `${tile.id} ${key}`).toBeGreaterThan(0);
		for (const subject of subjects) {
			const proof = await run(engine, subject.rows(1_000_000));
			const what = `${tile.id} ${key}: ${subject.title}`;
			expect(proof.rows.length, what).toBe(proof.count);
			if (pick % 3 === 0) {
				const answer = await engine.sql(`select count(*) as n from (${proof.sql})`, 10);
				expect(Number(decode(answer.table)[0]?.['n']), `${what}, in the console`).toBe(proof.count);
			}
			if (!subject.again || subject.n === 0) continue;
			const again = subject.again(proof.rows);
			if (subject.value === null) expect(again, what).toBeNull();
			else expect(again, what).toBeCloseTo(subject.value, 8);
		}
		return subjects.length;
	}

	test.each(tiles.map((tile) => [tile.id, tile] as const))('%s: the rows behind every mark add up to the number it shows', async (_, tile) => {
		const context = contextOf(pack, dataset);
		let compared = 0;
		for (let pick = 0; pick < 6; pick++) compared += await opens(tile, context, pick);
		expect(compared).toBeGreaterThan(0);
	});

	test('so they do for any tile, mark and slicers', async () => {
		const dimensions = pack.marts[pack.main.mart]?.dimensions ?? [];
		const states = fc.record({ tile: fc.constantFrom(...tiles), chosen: filters(dataset, dimensions), range: days(dataset), pick: fc.nat(500) });
		await fc.assert(
			fc.asyncProperty(states, async ({ tile, chosen, range, pick }) => {
				await opens(tile, contextOf(pack, dataset, chosen, range), pick);
			}),
			replayable(60),
		);
	}, 120_000);

	test('every kind that draws values of a dimension, a stage or a person filters by its marks, and the filter holds for the rows of the main mart', async () => {
		for (const tile of tiles) {
			const plan = planTile(contextOf(pack, dataset), tile, { compare: 'none', segment: {}, grain: null });
			const key = plan ? markKeys(await run(engine, plan))[0] : undefined;
			if (key === undefined || tile.kind === 'kpis' || tile.kind === 'flow') continue;
			expect(pickedBy(tile), tile.id).not.toBeNull();
			const values = keysOfMark(tile, key);
			expect(values, tile.id).not.toBeNull();
			const chosen = Object.fromEntries(Object.entries(values ?? {}).map(([dimension, value]) => [dimension, [value]]));
			expect(applicable(pack, pack.main.mart, chosen).ignored, tile.id).toEqual([]);
		}
	});
});
