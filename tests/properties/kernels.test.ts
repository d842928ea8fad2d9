import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode, type Row } from '../../src/engine/duckdb.ts';
import { compile } from '../../src/metrics/compile.ts';
import type { Context, MeasureRequest } from '../../src/metrics/request.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import type { Kernels, Selection } from '../../src/metrics/tiles/plan.ts';
import { packs } from '../../src/packs/index.ts';
import { nodeEngine, openDemo } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters } from '../support/slicer-states.ts';

interface Asked {
	selections: readonly Selection[];
	kernels: Kernels;
}

const keyOf = (row: Row, curve: boolean): string => JSON.stringify(Object.entries(row).filter(([name]) => /^d\d+$/.test(name) || (name === 't' && !curve)));
/** Rows by their keys; a curve's points in their order. */
const inOrder = (rows: readonly Row[], curve: boolean): Row[] => rows.map((row) => ({ ...row })).sort((a, b) => (keyOf(a, curve) < keyOf(b, curve) ? -1 : keyOf(a, curve) > keyOf(b, curve) ? 1 : Number(a.t ?? 0) - Number(b.t ?? 0)));

/** Before the first step that leaves someone at risk there is no variance: SQL says null, the kernel 0, and both are read as 0. */
const cellOf = (row: Row, name: string): unknown => (name === 'g' && row.g === null && row.s !== null ? 0 : typeof row[name] === 'bigint' ? Number(row[name]) : (row[name] ?? null));

function expectEqual(fast: readonly Row[], slow: readonly Row[], kind: string): void {
	const [a, b] = [inOrder(fast, kind === 'curve'), inOrder(slow, kind === 'curve')];
	expect(a.length).toBe(b.length);
	b.forEach((want, i) => {
		for (const name of Object.keys(want)) {
			const [have, should] = [cellOf(a[i] ?? {}, name), cellOf(want, name)];
			if (typeof have === 'number' && typeof should === 'number') expect(Math.abs(have - should), `${name} of ${JSON.stringify(want)}: ${String(have)}`).toBeLessThanOrEqual(1e-11 * Math.max(1, Math.abs(should)));
			else expect(have, `${name} of ${JSON.stringify(want)}`).toEqual(should);
		}
	});
}

describe.each(Object.values(packs).map((pack) => [pack.id, pack] as const))('%s', (id, pack) => {
	let engine: EngineApi;
	let dataset: Dataset;

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, id, { seed: 23, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
	});

	/** The answer cache goes by text, so the plain statement is asked with a line more. */
	async function bothWays({ selections, kernels }: Asked): Promise<number> {
		const statements = Object.keys(kernels);
		const { tables } = await engine.query({ selections: [...selections], statements: [...statements, ...statements.map((sql) => `${sql}\n`)], kernels });
		const rows = tables.map((table) => decode(table));
		statements.forEach((sql, i) => {
			expectEqual(rows[i] ?? [], rows[i + statements.length] ?? [], kernels[sql]?.kind ?? '');
		});
		return statements.length;
	}

	const contexts = (): fc.Arbitrary<Context> => fc.tuple(filters(dataset, Object.keys(dataset.values)), days(dataset)).map(([chosen, range]) => ({ pack, filters: chosen, range, asOf: dataset.asOf, earliest: dataset.earliest }));

	test('whatever the slicers say, a measure by its kernel equals the measure by its SQL', async () => {
		let asked = 0;
		const requests = Object.entries(pack.measures).filter(([, { kind }]) => kind !== 'expression').flatMap(([measure, { mart, time }]): MeasureRequest[] => {
			const by = pack.marts[mart]?.dimensions ?? [];
			return [{ measure }, { measure, by: by.slice(0, 2) }, { measure, asOf: dataset.earliest }, ...by.map((each) => ({ measure, by: [each], tested: true })), ...by.slice(0, 1).map((each) => ({ measure, segment: { filters: { [each]: [dataset.values[each]?.[0]?.value ?? null] }, rest: true } })), ...(time === undefined ? [] : [{ measure, grain: 'week' as const }, { measure, grain: 'month' as const, by: by.slice(1, 2), clock: 'own' as const }])];
		});
		expect(requests.length).toBeGreaterThan(0);
		await fc.assert(
			fc.asyncProperty(contexts(), fc.constantFrom(...requests), async (context, request) => {
				const { sql, kernel, relation } = compile(context, request);
				asked += await bothWays({ selections: relation.selection ? [relation.selection] : [], kernels: kernel ? { [sql]: kernel } : {} });
			}),
			replayable(400),
		);
		expect(asked).toBe(400);
	});

	test('whatever the slicers say, a tile by its kernels equals the tile by its SQL', async () => {
		let asked = 0;
		await fc.assert(
			fc.asyncProperty(contexts(), async (context) => {
				for (const tile of pack.views.flatMap((view) => view.tiles)) {
					const plan = planTile(context, tile, { compare: 'previous', segment: {}, grain: null });
					if (plan) asked += await bothWays({ selections: plan.selections, kernels: plan.kernels ?? {} });
				}
			}),
			replayable(6),
		);
		expect(asked).toBeGreaterThan(10);
	});
});
