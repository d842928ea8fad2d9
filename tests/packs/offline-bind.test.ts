import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi, ModelInfo, Selection } from '../../src/engine/api.ts';
import { render } from '../../src/lib/template.ts';
import { compile } from '../../src/metrics/compile.ts';
import type { Context } from '../../src/metrics/request.ts';
import type { Kernel } from '../../src/metrics/statistics/kernels.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import type { Kernels } from '../../src/metrics/tiles/plan.ts';
import { packs } from '../../src/packs/index.ts';
import { contextOf, nodeEngine, openDemo } from '../support/engine.ts';

/** Needs an extension that no network can bring, or the clock, or chance. */
const banned = /\b(current_date|current_time|current_timestamp|localtime|localtimestamp|today|now|get_current_timestamp|timestamptz|timezone|random|setseed|uuid|gen_random_uuid|tablesample|json_\w+|to_json|from_json|read_\w+|parquet_scan|install|load|attach|collate|copy|pragma|getvariable)\b|->>|at time zone|::\s*json\b/i;

const bare = (sql: string): string => sql.replace(/--.*$/gm, '').replace(/'(?:[^']|'')*'/g, "''").replace(/"(?:[^"]|"")*"/g, '""');
const faultOf = (sql: string): string[] => {
	const found = banned.exec(bare(sql));
	return found ? [`${found[0]} in: ${sql.slice(0, 200)}`] : [];
};

interface Shipped {
	selections: Selection[];
	statements: string[];
	kernels?: Kernels;
}

const columnsOf = (kernel: Kernel): string[] => [...kernel.where, ...kernel.keys.map(({ sql }) => sql), ...['x', 'num', 'den', 'days', 'event', 'starts', 'ends', 'last'].flatMap((name) => (name in kernel ? [String(kernel[name as keyof Kernel])] : []))];

/** What the engine runs: the statements, and the columns of the kernels that may stand in for them. */
const textsOf = ({ statements, kernels = {} }: Shipped): string[] => [...statements, ...Object.values(kernels).flatMap((kernel) => [...columnsOf(kernel).map((sql) => `select (${sql}) as v from ${kernel.from}`), ...(kernel.kind === 'survival' && kernel.limits !== null ? [kernel.limits] : [])])];

describe.each(Object.values(packs).map((pack) => [pack.id, pack] as const))('what the pack %s ships', (id, pack) => {
	let engine: EngineApi;
	let dataset: Dataset;
	let models: ModelInfo[];

	beforeAll(async () => {
		engine = nodeEngine();
		({ dataset } = await openDemo(engine, id, { seed: 3, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' }));
		models = await engine.models();
	});

	const contexts = (): Context[] => {
		const slicers = Object.entries(pack.dimensions).filter(([, dimension]) => dimension.slicer === true).map(([name]) => name);
		const values = Object.fromEntries(slicers.map((name) => [name, (dataset.values[name] ?? []).map(({ value }) => value)]));
		return [contextOf(pack, dataset), contextOf(pack, dataset, values, { from: dataset.earliest.slice(0, 10), to: dataset.latest.slice(0, 10) }), contextOf(pack, dataset, { [slicers[0] ?? '']: [null, "it's"] })];
	};

	const bindsAndIsClean = async (shipped: readonly Shipped[]) => {
		expect(shipped.flatMap((each) => [...textsOf(each), ...each.selections.map(({ sql }) => sql)].flatMap(faultOf))).toEqual([]);
		for (const each of shipped) await engine.query({ selections: each.selections, statements: textsOf(each).map((sql) => `explain ${sql}`) });
		expect(shipped.length).toBeGreaterThan(0);
	};

	test('models bind without any extension and use nothing banned', async () => {
		await bindsAndIsClean([{ selections: [], statements: models.map((model) => model.sql) }]);
	});

	test('rules and promises of models bind and use nothing banned', async () => {
		const layers = new Map(models.map((model) => [model.name, model.layer]));
		const condition = (model: string, sql: string): string => `select 1 from ${layers.get(model) ?? ''}."${model}" as this where ${render(model, sql, (name) => layers.get(name), { ...pack.vars, as_of: dataset.asOf })}`;
		const rules = Object.entries(pack.staging).flatMap(([model, { rules }]) => rules.flatMap((rule) => (rule.kind === 'condition' ? [condition(model, rule.violated)] : [])));
		const holds = Object.entries({ ...pack.models, ...pack.marts }).flatMap(([model, { holds = {} }]) => Object.values(holds).map((sql) => condition(model, sql)));
		await bindsAndIsClean([{ selections: [], statements: [...rules, ...holds] }]);
	});

	test('every measure in every shape binds and uses nothing banned', async () => {
		const shipped = contexts().flatMap((context) =>
			Object.entries(pack.measures).flatMap(([measure, { mart, time }]) => {
				const by = (pack.marts[mart]?.dimensions ?? []).slice(0, 2);
				const shapes = [{}, { by }, { by: by.slice(0, 1), tested: true }, { asOf: dataset.earliest }, ...(time === undefined ? [] : [{ grain: 'month' as const, by: by.slice(0, 1) }, { grain: 'week' as const, clock: 'own' as const }])];
				return shapes.map((shape): Shipped => {
					const { sql, relation, kernel } = compile(context, { measure, ...shape });
					return { selections: relation.selection ? [relation.selection] : [], statements: [sql], kernels: kernel ? { [sql]: kernel } : {} };
				});
			}),
		);
		await bindsAndIsClean(shipped);
	});

	test('every tile’s plan binds and uses nothing banned', async () => {
		const tiles = pack.views.flatMap((view) => view.tiles);
		await bindsAndIsClean(contexts().flatMap((context) => tiles.flatMap((tile) => planTile(context, tile, { compare: 'year', segment: {}, grain: null }) ?? [])));
	});

	test.each(['select now()', 'select to_json(1)', "select '{}'::json ->> 'a'", "select current_date", "from read_parquet('x')"])('the check finds %s', (sql) => {
		expect(faultOf(sql)).toHaveLength(1);
	});

	test('the engine refuses what needs an extension', async () => {
		await expect(engine.query({ selections: [], statements: ['explain select to_json(1)'] })).rejects.toThrow();
	});
});
