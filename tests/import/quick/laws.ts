import { expect } from 'vitest';
import type { Dataset, EngineApi } from '../../../src/engine/api.ts';
import { decode } from '../../../src/engine/duckdb.ts';
import { render } from '../../../src/lib/template.ts';
import { identifier } from '../../../src/metrics/relation.ts';
import type { Context, MeasureRow } from '../../../src/metrics/request.ts';
import { fill } from '../../../src/metrics/tiles/says.ts';
import { tileCalled, type TileResult } from '../../../src/metrics/tiles/index.ts';
import type { Pack, Tile } from '../../../src/pack/types.ts';
import { claimsOf, tileResults } from '../../support/claims.ts';
import { contextOf, measure } from '../../support/engine.ts';

/** What every pack has to keep (tests/packs/conformance.test.ts), for one that was made while the app runs. */

function numbersIn(value: unknown, path = ''): [string, number][] {
	if (typeof value === 'number') return [[path, value]];
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) => numbersIn(inner, `${path}.${key}`));
}

function faultsOf(row: MeasureRow, isShare: boolean): string[] {
	const unless = (kept: boolean, fault: string): string[] => (kept ? [] : [`${fault}: ${JSON.stringify(row)}`]);
	const slack = 1e-9 * Math.max(1, Math.abs(row.value ?? 0));
	return [
		...unless(row.n >= 0, 'n below 0'),
		...unless(row.value === null || row.lo === null || row.lo <= row.value + slack, 'lo above the value'),
		...unless(row.value === null || row.hi === null || row.hi >= row.value - slack, 'hi below the value'),
		...unless(!isShare || [row.value, row.lo, row.hi].every((each) => each === null || (each >= 0 && each <= 1)), 'a share outside 0–1'),
		...unless(numbersIn(row).every(([, each]) => Number.isFinite(each)), 'a number that is none'),
	];
}

/** No place of a sentence is left open. Braces of the data itself stand in the words. */
export function wellFormed(tile: Tile, result: TileResult | undefined): string[] {
	if (tile.kind === 'insights' || tile.kind === 'actions') return [];
	if (!result) return [`${tile.id} has no result`];
	const bad = numbersIn(result).filter(([, value]) => !Number.isFinite(value)).map(([path]) => `${tile.id}${path} is no number`);
	const { text, words } = result.finding;
	const bare = Object.values(words).filter((word) => word.length > 0).reduce((rest, word) => rest.replaceAll(word, ''), text);
	return [...bad, ...(/\{\w+\}/.test(bare) || text === '' || /NaN|undefined|null|Infinity/.test(bare) ? [`${tile.id} says “${text}”`] : [])];
}

export const rowsOf = async (engine: EngineApi, sql: string): Promise<Record<string, unknown>[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());

/** Keys, promises of models, names of tiles and measures, and the accounting. */
export async function expectWhole(engine: EngineApi, pack: Pack, dataset: Dataset): Promise<void> {
	const tiles = pack.views.flatMap((view) => view.tiles);
	const layers = { staging: pack.staging, intermediate: pack.models, marts: pack.marts };
	expect(dataset.timings.map(({ name }) => name).sort()).toEqual(Object.values(layers).flatMap((models) => Object.keys(models)).sort());
	for (const [layer, models] of Object.entries(layers)) {
		for (const [name, { key }] of Object.entries(models)) expect(await rowsOf(engine, `select ${key.map(identifier).join(', ')} from ${layer}.${identifier(name)} group by all having count(*) > 1 limit 3`), name).toEqual([]);
	}
	const promised = new Set([...Object.keys(pack.models), ...Object.keys(pack.marts)]);
	expect(dataset.quality.filter((rule) => promised.has(rule.model) && rule.count > 0)).toEqual([]);
	for (const account of dataset.accounts) expect(account.loaded + account.quarantined + account.skipped).toBe(account.read);
	expect(new Set(tiles.map(({ id }) => id)).size).toBe(tiles.length);
	const named = [...tiles.flatMap((tile) => (tile.kind === 'insights' ? tile.evidence : [])), ...pack.views.flatMap((view) => view.briefing)];
	expect(named.filter((id) => !tileCalled(pack, id))).toEqual([]);
	expect(tiles.filter((tile) => tile.title === '' || tile.features.length === 0 || (tile.note === '' && tile.kind !== 'kpis')).map(({ id }) => id)).toEqual([]);
	expect(tiles.filter((tile) => tile.kind === 'matrix' && !tile.measures.includes(tile.about)).map(({ id }) => id)).toEqual([]);
	expect(pack.views.map(({ id, tiles }) => [id, tiles.length > 0])).toEqual([['executive', true], ['operations', true], ['root-cause', true]]);
	expect(tiles.filter((tile) => tile.kind === 'groups' && !pack.marts[pack.measures[tile.measure]?.mart ?? '']?.dimensions?.includes(tile.by)).map(({ id }) => id)).toEqual([]);
}

/** Every measure binds alone, by every dimension of its mart, by every grain, tested, and as of an earlier day. */
export async function expectMeasures(engine: EngineApi, context: Context): Promise<void> {
	const { pack } = context;
	const found: string[] = [];
	for (const [id, declared] of Object.entries(pack.measures)) {
		const isShare = declared.kind === 'share' || (declared.kind === 'survival' && declared.stat === 'open_at');
		const own = (pack.marts[declared.mart]?.dimensions ?? []).filter((name) => pack.dimensions[name]);
		const asked = [{}, ...own.map((by) => ({ by: [by] })), ...own.map((by) => ({ by: [by], tested: true })), ...(own.length > 1 ? [{ by: own.slice(0, 2) }] : []), ...(declared.time === undefined ? [] : (['day', 'month'] as const).flatMap((grain) => [{ grain }, { grain, clock: 'own' as const }])), { asOf: `${context.earliest.slice(0, 10)}T23:00:00` }];
		for (const request of asked) found.push(...(await measure(engine, context, { measure: id, ...request })).flatMap((row) => faultsOf(row, isShare)).map((fault) => `${id} ${JSON.stringify(request)}: ${fault}`));
	}
	expect(found).toEqual([]);
}

/** Rules and promises bind as conditions over their models. */
export async function expectRules(engine: EngineApi, pack: Pack, dataset: Dataset): Promise<void> {
	const layers = new Map((await engine.models()).map((model) => [model.name, model.layer]));
	const conditions = [
		...Object.entries(pack.staging).flatMap(([model, { rules }]) => rules.flatMap((rule) => (rule.kind === 'condition' ? [[model, rule.violated] as const] : []))),
		...Object.entries(pack.marts).flatMap(([model, { holds = {} }]) => Object.values(holds).map((sql) => [model, sql] as const)),
	];
	for (const [model, sql] of conditions) await rowsOf(engine, `explain select 1 from ${layers.get(model) ?? ''}.${identifier(model)} as this where ${render(model, sql, (name) => layers.get(name), { ...pack.vars, as_of: dataset.asOf })}`);
}

/** Every tile answers in whole sentences, with all rows, under a value of every slicer, and with nothing left; and then claims nothing. */
export async function expectTiles(engine: EngineApi, pack: Pack, dataset: Dataset): Promise<Map<string, TileResult>> {
	const tiles = pack.views.flatMap((view) => view.tiles);
	const all = await tileResults(engine, contextOf(pack, dataset));
	expect(tiles.flatMap((tile) => wellFormed(tile, all.get(tile.id)))).toEqual([]);
	const slicers = Object.entries(pack.dimensions).filter(([, { slicer }]) => slicer === true).map(([name]) => name);
	for (const slicer of slicers) {
		const [least] = (dataset.values[slicer] ?? []).slice(-1);
		if (!least) continue;
		const narrow = await tileResults(engine, contextOf(pack, dataset, { [slicer]: [least.value] }), 'year');
		expect(tiles.flatMap((tile) => wellFormed(tile, narrow.get(tile.id)))).toEqual([]);
	}
	const none: [Context['filters'], Context['range']][] = [...slicers.slice(0, 2).map((slicer): [Context['filters'], Context['range']] => [{ [slicer]: ['nothing is called so'] }, {}]), [{}, { to: '1901-12-31' }]];
	for (const [filters, range] of none) {
		const results = await tileResults(engine, contextOf(pack, dataset, filters, range));
		expect(tiles.flatMap((tile) => wellFormed(tile, results.get(tile.id)))).toEqual([]);
		for (const tile of tiles) {
			const result = results.get(tile.id);
			const mart = result && 'measure' in tile && tile.kind !== 'steps' ? pack.measures[tile.measure]?.mart : 'mart' in tile ? tile.mart : undefined;
			if (!result || (Object.keys(range).length > 0 && (mart === undefined || pack.marts[mart]?.opened === undefined))) continue;
			const said = 'says' in tile ? fill(tile.says.none, result.finding.words) : result.finding.text;
			expect(['No rows under these filters.', said], tile.id).toContain(result.finding.text);
			expect(claimsOf(tile.id, result), tile.id).toEqual([]);
		}
	}
	return all;
}
