import { beforeAll, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import type { Context } from '../../src/metrics/request.ts';
import { packs } from '../../src/packs/index.ts';
import { rehearsal } from '../../src/state/rehearsal.ts';
import { nodeEngine, openDemo } from '../support/engine.ts';

const [pack] = Object.values(packs);
if (!pack) throw new Error('there is no pack');
let engine: EngineApi;
let dataset: Dataset;
let context: Context;
const tiles = pack.views[0]?.tiles ?? [];

beforeAll(async () => {
	engine = nodeEngine();
	({ dataset } = await openDemo(engine, pack.id, { seed: 5, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
	context = { pack, filters: {}, range: {}, asOf: dataset.asOf, earliest: dataset.earliest };
});

test('the rehearsal of a slicer asks what its commonest value would ask, by kernels alone, and the engine answers all of it', async () => {
	const batch = rehearsal(context, tiles, { compare: 'previous', segment: {}, grain: null }, dataset.values);
	expect(batch?.selections).toEqual([]);
	expect(batch?.statements.length).toBeGreaterThan(5);
	expect(batch?.statements.filter((sql) => !batch.kernels?.[sql])).toEqual([]);
	const { tables } = await engine.query(batch ?? { selections: [], statements: [] });
	expect(tables.filter((table) => Array.isArray(table))).toHaveLength(batch?.statements.length ?? -1);
});

test('data in which no slicer has two values to choose from rehearse nothing', () => {
	expect(rehearsal(context, tiles, { compare: 'previous', segment: {}, grain: null }, {})).toBeNull();
});
