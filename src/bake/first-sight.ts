import type { EngineApi } from '../engine/api.ts';
import { bootInNode } from '../engine/duckdb-node.ts';
import { createEngine } from '../engine/engine.ts';
import { chosen } from '../lib/locale.svelte.ts';
import { batchOf } from '../metrics/tiles/batch.ts';
import { generate } from '../packs/generators.ts';
import { packs } from '../packs/index.ts';
import { onceRead } from '../state/answers.svelte.ts';
import { firstPlans, writeFirstSight, type Results } from '../state/first-sight.svelte.ts';
import { defaultState } from '../state/location.ts';

const nothingToDraw = (): number => {
	throw new Error('the demo data holds nothing to replace by a surrogate');
};

/** The picture of what the bare address opens, from the real engine in Node. `size` replaces the default one, for tests. */
export async function bakeFirstSight(build: string, engine: EngineApi = createEngine(bootInNode, nothingToDraw), size?: string): Promise<string> {
	const { pack: id, source } = defaultState(packs);
	const pack = packs[id];
	if (!pack || source.kind !== 'demo') throw new RangeError('the bare address opens no demo data');
	const { tables } = await generate(id, { ...source, ...(size === undefined ? {} : { size }) });
	const dataset = await engine.open({ pack: id, tables, asOf: null });
	const plans = firstPlans(pack, dataset);
	const batch = batchOf(Object.values(plans));
	const answers = (await engine.query(batch)).tables.map(onceRead);
	const locale = chosen.id;
	try {
		return writeFirstSight(build, pack, dataset, (each): Results => {
			chosen.id = each;
			return Object.fromEntries(Object.entries(plans).map(([tile, plan]) => [tile, plan.read(batch.answersTo(plan, answers))]));
		});
	} finally {
		chosen.id = locale;
	}
}
