import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import type { Context, MeasureRow } from '../../src/metrics/request.ts';
import { identifier } from '../../src/metrics/relation.ts';
import type { TileResult } from '../../src/metrics/tiles/index.ts';
import { tileCalled } from '../../src/metrics/tiles/index.ts';
import { fill } from '../../src/metrics/tiles/says.ts';
import type { Generated, Grain, Tile } from '../../src/pack/types.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { claimsOf, tileResults } from '../support/claims.ts';
import { contextOf, measure, nodeEngine } from '../support/engine.ts';
import { csvFiles, rawTables, type RawRow } from '../support/generated-tables.ts';

const grains: Grain[] = ['day', 'week', 'month', 'quarter'];
const nothing = 'nothing is called so';

/** Every number inside a result, with the way to it. */
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

describe.each(Object.values(packs).map((pack) => [pack.id, pack] as const))('the pack %s', (id, pack) => {
	const request = { seed: 21, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' };
	const tiles = pack.views.flatMap((view) => view.tiles);
	const measures = Object.entries(pack.measures);
	const slicers = Object.entries(pack.dimensions).filter(([, dimension]) => dimension.slicer === true).map(([name]) => name);
	let engine: EngineApi;
	let dataset: Dataset;
	let generated: Generated;
	const rows = async (sql: string) => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());
	const context = (filters: Context['filters'] = {}, range: Context['range'] = {}) => contextOf(pack, dataset, filters, range);
	const ownDimensions = (mart: string): string[] => (pack.marts[mart]?.dimensions ?? []).filter((name) => pack.dimensions[name]);
	const faults = async (at: Context, measureId: string, more: object): Promise<string[]> => {
		const declared = pack.measures[measureId];
		const isShare = declared?.kind === 'share' || (declared?.kind === 'survival' && declared.stat === 'open_at');
		return (await measure(engine, at, { measure: measureId, ...more })).flatMap((row) => faultsOf(row, isShare)).map((fault) => `${measureId} ${JSON.stringify(more)}: ${fault}`);
	};
	const firstValues = (): Context['filters'] => Object.fromEntries(slicers.map((name) => [name, (dataset.values[name] ?? []).slice(0, 3).map(({ value }) => value)]));

	beforeAll(async () => {
		engine = nodeEngine();
		generated = await generate(id, request);
		dataset = await engine.open({ pack: id, tables: generated.tables, asOf: null });
	});

	test('generates the same bytes for the same request', async () => {
		const again = await generate(id, request);
		expect(Object.keys(again.tables)).toEqual(Object.keys(generated.tables));
		for (const [name, table] of Object.entries(generated.tables)) expect(Buffer.concat(again.tables[name]?.chunks ?? []).equals(Buffer.concat(table.chunks)), name).toBe(true);
		expect(again.manifest).toEqual(generated.manifest);
	});

	test('builds every model, and each has rows', () => {
		const built = dataset.timings.map(({ name }) => name).sort();
		expect(built).toEqual([...Object.keys(pack.staging), ...Object.keys(pack.models), ...Object.keys(pack.marts)].sort());
		expect(dataset.timings.filter((timing) => timing.rows === 0)).toEqual([]);
	});

	test('has one row per key in every model', async () => {
		const layers = { staging: pack.staging, intermediate: pack.models, marts: pack.marts };
		for (const [layer, models] of Object.entries(layers)) {
			for (const [name, { key }] of Object.entries(models)) {
				const columns = key.map(identifier).join(', ');
				expect(await rows(`select ${columns} from ${layer}.${identifier(name)} group by all having count(*) > 1 limit 3`), name).toEqual([]);
			}
		}
	});

	test('keeps every promise of its models, and every row of raw is accounted for', () => {
		const promised = new Set([...Object.keys(pack.models), ...Object.keys(pack.marts)]);
		expect(dataset.quality.filter((rule) => promised.has(rule.model) && rule.count > 0)).toEqual([]);
		for (const account of dataset.accounts) expect(account.loaded + account.quarantined + account.skipped).toBe(account.read);
	});

	test('sets aside every row that breaks an error rule: what is left, loaded again, breaks none', async () => {
		const kept: Record<string, RawRow[]> = {};
		for (const [model, { source }] of Object.entries(pack.staging)) {
			const columns = Object.keys(pack.raw[source]?.columns ?? {}).map(identifier).join(', ');
			kept[source] = (await rows(`select ${columns} from raw.${identifier(source)} where _row in (select source_row from staging.${identifier(model)})`)) as RawRow[];
		}
		const again = await engine.load({ pack: id, files: csvFiles(kept), asOf: dataset.asOf });
		expect(dataset.quality.some((rule) => rule.severity === 'error' && rule.count > 0)).toBe(true);
		expect(again.quality.filter((rule) => rule.severity === 'error' && rule.count > 0)).toEqual([]);
		dataset = await engine.open({ pack: id, tables: generated.tables, asOf: null });
	});

	test.each(measures)('measure %s binds alone, by every dimension, by two, by every grain, under every slicer and range, tested too', async (name, declared) => {
		const dimensions = ownDimensions(declared.mart);
		const pairs = dimensions.flatMap((first, i) => (i + 1 < dimensions.length ? [[first, dimensions[i + 1] ?? first]] : []));
		const timed = declared.time === undefined ? [] : grains.flatMap((grain) => [{ grain }, { grain, by: dimensions.slice(0, 1) }, { grain, clock: 'own' }]);
		const asked = [{}, ...dimensions.map((by) => ({ by: [by] })), ...pairs.map((by) => ({ by })), ...dimensions.map((by) => ({ by: [by], tested: true })), ...timed, { asOf: `${dataset.earliest.slice(0, 10)}T23:00:00` }];
		const day = dataset.latest.slice(0, 10);
		const states = [...slicers.map((slicer) => context({ [slicer]: [firstValues()[slicer]?.[0] ?? null] })), context(firstValues(), { from: day }), context({}, { to: day }), context({}, { from: day, to: day }), context({}, { to: '1900-01-01' })];
		const found = [
			...(await Promise.all(asked.map((more) => faults(context(), name, more)))),
			...(await Promise.all(states.flatMap((state) => [{}, { by: dimensions.slice(0, 1), tested: true }, ...(declared.time === undefined ? [] : [{ grain: 'week' }])].map((more) => faults(state, name, more))))),
		];
		expect(found.flat()).toEqual([]);
	});

	const wellFormed = (tile: Tile, result: TileResult | undefined): string[] => {
		if (tile.kind === 'insights' || tile.kind === 'actions') return [];
		if (!result) return [`${tile.id} has no result`];
		const bad = numbersIn(result).filter(([, value]) => !Number.isFinite(value)).map(([path]) => `${tile.id}${path} is no number`);
		const { text } = result.finding;
		return [...bad, ...(/\{\w+\}/.test(text) || text === '' || /NaN|undefined|null|Infinity/.test(text) ? [`${tile.id} says “${text}”`] : [])];
	};

	test('every tile returns rows on demo data and says a whole sentence', async () => {
		const results = await tileResults(engine, context());
		expect(tiles.flatMap((tile) => wellFormed(tile, results.get(tile.id)))).toEqual([]);
		for (const [name, result] of results) expect(result.finding.text, name).not.toBe('No rows under these filters.');
		expect([...results].flatMap(([name, result]) => claimsOf(name, result)).length).toBeGreaterThan(0);
	});

	test('every tile is well-formed under narrow filters', async () => {
		for (const slicer of slicers) {
			for (const { value } of (dataset.values[slicer] ?? []).slice(-1)) {
				for (const range of [{}, { from: dataset.latest.slice(0, 10) }]) {
					const results = await tileResults(engine, context({ [slicer]: [value] }, range), 'year');
					expect(tiles.flatMap((tile) => wellFormed(tile, results.get(tile.id)))).toEqual([]);
				}
			}
		}
	});

	test.each([
		...slicers.map((slicer) => [`a value of ${slicer} that nothing has`, { [slicer]: [nothing] }, {}] as const),
		['a range before the data', {}, { from: '1990-01-01', to: '1990-12-31' }] as const,
		['a range after the data', {}, { from: '2090-01-01' }] as const,
	])('every tile says that there is nothing, and claims nothing, under %s', async (_, filters, range) => {
		const results = await tileResults(engine, context(filters, range));
		expect(tiles.flatMap((tile) => wellFormed(tile, results.get(tile.id)))).toEqual([]);
		for (const tile of tiles) {
			const result = results.get(tile.id);
			if (!result || !appliesTo(tile, filters, range)) continue;
			const none = 'says' in tile ? fill(tile.says.none, result.finding.words) : '';
			expect(['No rows under these filters.', none], tile.id).toContain(result.finding.text);
			expect(claimsOf(tile.id, result), tile.id).toEqual([]);
		}
	});

	/** People and their capacity do not follow the dates and filters of cases. */
	function appliesTo(tile: Tile, filters: Context['filters'], range: Context['range']): boolean {
		const mart = 'mart' in tile ? tile.mart : tile.kind === 'panel' ? String(tile.options.mart) : undefined;
		if (mart === undefined || pack.marts[mart] === undefined) return true;
		const { dimensions = [], opened } = pack.marts[mart];
		return Object.keys(filters).every((name) => dimensions.includes(name)) && (Object.keys(range).length === 0 || opened !== undefined);
	}

	test('every evidence, briefing and about names something that exists', () => {
		const evidence = tiles.flatMap((tile) => (tile.kind === 'insights' ? tile.evidence : tile.kind === 'actions' ? tile.actions.map((action) => action.evidence) : []));
		const ids = [...evidence, ...pack.views.flatMap((view) => view.briefing)];
		expect(ids.filter((each) => !tileCalled(pack, each))).toEqual([]);
		expect(tiles.filter((tile) => tile.kind === 'matrix' && !tile.measures.includes(tile.about)).map((tile) => tile.id)).toEqual([]);
		expect(new Set(tiles.map((tile) => tile.id)).size).toBe(tiles.length);
	});

	test('every action has a word for each of its placeholders wherever its evidence stands', async () => {
		const results = await tileResults(engine, context());
		const sentences = tiles.flatMap((tile) => (tile.kind === 'actions' ? tile.actions : [])).map((action) => {
			const finding = results.get(action.evidence)?.finding;
			return finding === undefined || (!finding.claim && Object.keys(finding.words).length === 0) || (tileCalled(pack, action.evidence)?.kind !== 'list' && !finding.claim) ? '' : fill(action.do, finding.words);
		});
		expect(sentences.filter((sentence) => /\{\w+\}/.test(sentence))).toEqual([]);
		expect(sentences.filter((sentence) => sentence !== '').length).toBeGreaterThan(0);
	});

	test('every tile says what it counts, has a title, and names the rows it answers', () => {
		expect(tiles.filter((tile) => tile.title === '' || tile.features.length === 0 || (tile.note === '' && tile.kind !== 'kpis')).map((tile) => tile.id)).toEqual([]);
	});

	test('importing the generated tables as CSV gives the same marts as generating', async () => {
		const digests = async (): Promise<Record<string, unknown>> => {
			const entries = Object.keys(pack.marts).map(async (mart) => [mart, (await rows(`select count(*)::double as n, bit_xor(hash(m))::varchar as content, sum(hash(m) % 1000003)::double as total from marts.${identifier(mart)} as m`))[0]] as const);
			return Object.fromEntries(await Promise.all(entries));
		};
		dataset = await engine.open({ pack: id, tables: generated.tables, asOf: null });
		const [made, asOf] = [await digests(), dataset.asOf];
		const tables = rawTables(generated);
		const imported = await engine.load({ pack: id, files: csvFiles(tables), asOf: null });
		expect(await digests()).toEqual(made);
		expect(imported.asOf).toBe(asOf);
		const [first] = Object.keys(tables);
		await engine.load({ pack: id, files: csvFiles({ ...tables, [first ?? '']: (tables[first ?? ''] ?? []).slice(1) }), asOf: null });
		expect(await digests()).not.toEqual(made);
		dataset = await engine.open({ pack: id, tables: generated.tables, asOf: null });
	});
});
