import { beforeAll, describe, expect, test } from 'vitest';
import { dayMs, toMs } from '../../../src/lib/dates.ts';
import type { TileResult } from '../../../src/metrics/tiles/index.ts';
import type { Planted } from '../../../src/pack/types.ts';
import { tileResults } from '../../support/claims.ts';
import { contextOf, nodeEngine, openDemo, packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');

interface Run {
	seed: number;
	tiles: Map<string, TileResult>;
	planted: Map<string, Planted>;
}

async function runs(size: string, seeds: number): Promise<Run[]> {
	const engine = nodeEngine();
	const done: Run[] = [];
	for (let seed = 1; seed <= seeds; seed++) {
		const { dataset, generated } = await openDemo(engine, 'advocacy', { seed, size, scenario: 'planted' });
		const planted = new Map(generated.manifest.planted.map((effect) => [effect.id, effect]));
		done.push({ seed, tiles: await tileResults(engine, contextOf(pack, dataset)), planted });
	}
	return done;
}

function tile<K extends TileResult['kind']>(run: Run, id: string, kind: K): Extract<TileResult, { kind: K }> {
	const result = run.tiles.get(id);
	if (result?.kind !== kind) throw new Error(`${id} is no ${kind}`);
	return result as Extract<TileResult, { kind: K }>;
}

const named = (run: Run, id: string): string[] => (run.tiles.get(id)?.finding.claim === true ? (run.tiles.get(id)?.finding.named ?? []) : []).map(String).sort();
const listed = (run: Run, effect: string, detail: string): string[] => ((run.planted.get(effect)?.[detail] ?? []) as string[]).toSorted();
const same = (a: readonly string[], b: readonly string[]): boolean => a.join('|') === b.join('|');

const slowest = (run: Run): boolean => same(named(run, 'type-delay'), listed(run, 'slow_types', 'case_types'));
const escalatedBoth = (run: Run): boolean => same(named(run, 'escalations-by-type'), listed(run, 'slow_types', 'case_types'));

/** In 400 cases of a type, 25 % against 14 % pass a test at the level of a whole pack in only nine runs of ten, each type by itself. */
const escalatedOneAtLeast = (run: Run): boolean => named(run, 'escalations-by-type').length > 0 && named(run, 'escalations-by-type').every((type) => listed(run, 'slow_types', 'case_types').includes(type));

const documents = (run: Run): boolean =>
	same(named(run, 'missing-docs'), ['missing']) && tile(run, 'drivers', 'drivers').drivers.some((driver) => driver.dimension === 'missing_docs' && driver.value === 'missing' && driver.beyond);

const handoffs = (run: Run): boolean => {
	const { slope, finding } = tile(run, 'handoffs-csat', 'trend-by');
	return finding.claim && (slope?.slope ?? 0) < 0;
};

const escalated = (run: Run): boolean => same(named(run, 'escalated-csat'), ['escalated']) && tile(run, 'escalated-csat', 'groups').groups.some((group) => group.keys[0] === 'escalated' && group.beyond && group.worse);

const overloaded = (run: Run): boolean => same(named(run, 'caseload'), listed(run, 'overloaded_advocates', 'advocates'));

const incident = (run: Run): boolean => {
	const [first] = tile(run, 'what-changed', 'changes').changes;
	const planted = run.planted.get('portal_incident');
	return first !== undefined && first.beyond && first.diff > 0 && first.dimension === 'insurance_type' && first.value === planted?.insurance_type && Math.abs(first.since - toMs(String(planted?.from))) <= 10 * dayMs;
};

describe('what was planted is found in at least 38 of 40 data sets of 1,500 cases', () => {
	let all: Run[] = [];
	beforeAll(async () => void (all = await runs('small', 40)), 240_000);

	test.each([
		['[S0-F18] prior authorisations and claim denials take longer, and no other type does', slowest],
		['[S0-F13] slow types are escalated more often: at least one is named, and no other type', escalatedOneAtLeast],
		['[S0-F15] [S0-F8] missing documents go with longer waits, and are among the drivers', documents],
		['[S0-F16] each handoff goes with lower satisfaction', handoffs],
		['[S0-F17] escalated cases are less satisfied', escalated],
		['[S0-F12] the advocates over capacity are named, and nobody else', overloaded],
		['[S0-F32] the failing document portal: for which insurance and since when, to ten days', incident],
	])('%s', (_, found) => {
		expect(all).toHaveLength(40);
		expect(all.filter((run) => !found(run)).map((run) => run.seed).slice(2), 'seeds beyond the two that may miss it').toEqual([]);
	});
});

describe('what was planted is found in 30,000 cases', () => {
	let all: Run[] = [];
	beforeAll(async () => void (all = await runs('standard', 3)), 240_000);

	test.each([
		['[S0-F18] the slow types, and no other', slowest],
		['[S0-F13] both slow types as escalated more often, and no other', escalatedBoth],
		['[S0-F15] missing documents', documents],
		['[S0-F16] handoffs and satisfaction', handoffs],
		['[S0-F17] escalation and satisfaction', escalated],
		['[S0-F12] exactly the overloaded advocates', overloaded],
		['[S0-F32] the portal incident', incident],
	])('%s', (_, found) => {
		expect(all.filter((run) => !found(run)).map((run) => run.seed)).toEqual([]);
	});
});
