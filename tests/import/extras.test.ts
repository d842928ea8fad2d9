import { expect, test } from 'vitest';
import { withExtras } from '../../src/import/extras.ts';
import { shiftInstant } from '../../src/lib/dates.ts';
import { generate } from '../../src/packs/generators.ts';
import { contextOf, measure, nodeEngine, packNamed } from '../support/engine.ts';
import { csvFiles, rawTables } from '../support/generated-tables.ts';

test('a column that nothing asks for comes along as a dimension that groups, filters, and stays when the as-of moves', async () => {
	const engine = nodeEngine();
	const tables = rawTables(await generate('advocacy', { seed: 5, size: 'small', scenario: 'planted' }));
	const region = (id: string | null | undefined): string => (Number(id) % 3 === 0 ? 'North "coast"' : 'South');
	const cases = (tables.cases ?? []).map((row, i) => ({ ...row, Region: region(row.id), ticket: `T-${String(i)}` }));
	const files = csvFiles({ ...tables, cases });
	const dataset = await engine.load({ pack: 'advocacy', files, asOf: null });
	expect(dataset.extras).toEqual([{ id: 'extra_region', label: 'Region', column: 'Region' }]);
	const pack = withExtras(packNamed('advocacy'), dataset.extras);
	const context = contextOf(pack, dataset);
	const byRegion = await measure(engine, context, { measure: 'cases_opened', by: ['extra_region'] });
	const [all] = await measure(engine, context, { measure: 'cases_opened' });
	expect(byRegion.map(({ keys }) => keys[0])).toEqual(['North "coast"', 'South']);
	expect(byRegion.reduce((sum, { n }) => sum + n, 0)).toBe(all?.n);
	const [north] = await measure(engine, contextOf(pack, dataset, { extra_region: ['North "coast"'] }), { measure: 'cases_opened' });
	expect(north?.n).toBe(byRegion[0]?.n);
	expect(dataset.values.extra_region?.map(({ value }) => value).sort()).toEqual(['North "coast"', 'South']);
	const earlier = await engine.asOf(shiftInstant(dataset.latest, -30));
	expect(earlier.extras).toEqual(dataset.extras);
	expect((await measure(engine, contextOf(pack, earlier), { measure: 'cases_opened', by: ['extra_region'] })).length).toBe(2);
});

test('generated data has none', async () => {
	const engine = nodeEngine();
	const { tables } = await generate('advocacy', { seed: 5, size: 'small', scenario: 'planted' });
	expect((await engine.open({ pack: 'advocacy', tables, asOf: null })).extras).toEqual([]);
});
