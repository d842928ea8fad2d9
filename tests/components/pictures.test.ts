import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import type { Filters } from '../../src/metrics/request.ts';
import { packs } from '../../src/packs/index.ts';
import { pictureOf } from '../../src/ui/pictures.ts';
import { contextOf, nodeEngine, openDemo, run } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters } from '../support/slicer-states.ts';

describe.each(Object.values(packs))('the pictures of $id', (pack) => {
	let engine: EngineApi;
	let dataset: Dataset;
	const tiles = pack.views.flatMap((view) => view.tiles);

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, pack.id, { seed: 13, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
	});

	async function draws(filter: Filters, range: Parameters<typeof contextOf>[3], width: number): Promise<void> {
		for (const tile of tiles) {
			const plan = planTile(contextOf(pack, dataset, filter, range), tile, { compare: 'previous', segment: {}, grain: null });
			if (!plan) continue;
			const svg = pictureOf(tile, await run(engine, plan))?.(width);
			expect(svg?.outerHTML ?? '', `${tile.id} ${JSON.stringify([filter, range])}`).not.toMatch(/NaN|undefined|Infinity/);
		}
	}

	test('are drawn for each milestone alone, at phone and desk width', async () => {
		for (const [set, { values }] of Object.entries(pack.milestones)) {
			for (const value of Object.keys(values)) for (const width of [320, 1344]) await draws({ [set]: [value] }, {}, width);
		}
	}, 120_000);

	test('are drawn whatever the slicers leave, with no broken number in them', async () => {
		await fc.assert(
			fc.asyncProperty(fc.constant(null).chain(() => fc.tuple(filters(dataset, pack.marts[pack.main.mart]?.dimensions ?? []), days(dataset), fc.constantFrom(300, 520, 1344))), async ([filter, range, width]) => draws(filter, range, width)),
			replayable(25),
		);
	}, 240_000);
});
