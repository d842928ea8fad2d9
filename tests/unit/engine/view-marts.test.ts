import { beforeAll, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import type { Measure, Pack } from '../../../src/pack/types.ts';
import { contextOf, measure, nodeEngine, openDemo, packNamed } from '../../support/engine.ts';

const own: Measure = { label: 'Touches', definition: '', reading: '', mart: 'fct_case_timeline', unit: '', format: 'decimal', better: 'neither', kind: 'mean', expr: 'seq' };
const declared = packNamed('advocacy');
const pack: Pack = { ...declared, measures: { ...declared.measures, own } };
const views = Object.keys(pack.marts).filter((name) => pack.marts[name]?.view);
let engine: EngineApi;
let dataset: Dataset;

const rows = async (sql: string): Promise<Row[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());

beforeAll(async () => {
	engine = nodeEngine();
	({ dataset } = await openDemo(engine, 'advocacy', { seed: 5, size: 'small', scenario: 'planted' }));
});

test('a mart that stands as a query is one, and is counted like any other', async () => {
	expect(views).toContain('fct_case_timeline');
	expect((await rows(`select view_name from duckdb_views() where database_name = current_database() and schema_name = 'marts'`)).map((row) => row.view_name)).toEqual(views);
	for (const view of views) expect(dataset.timings.find(({ name }) => name === view)?.rows).toBe(Number((await rows(`select count(*) as n from marts."${view}"`))[0]?.n));
});

test('a measure over it is right under filters that belong to another mart, also after the as-of has moved', async () => {
	const urgent = { urgency: ['high'] };
	const expected = async (): Promise<number> => Number((await rows(`select avg(t.seq) as mean from marts.fct_case_timeline as t join marts.fct_case_lifecycle as c on t.case_id = c.case_id where c.urgency = 'high'`))[0]?.mean);
	const answered = async (): Promise<number | null | undefined> => (await measure(engine, contextOf(pack, dataset, urgent), { measure: 'own' }))[0]?.value;
	expect(await answered()).toBeCloseTo(await expected(), 10);
	const before = await answered();
	dataset = await engine.asOf(`${dataset.latest.slice(0, 4)}-05-01T00:00:00`);
	expect(await answered()).toBeCloseTo(await expected(), 10);
	expect(await answered()).not.toBe(before);
	dataset = await engine.asOf(null);
	expect(await answered()).toBe(before);
});
