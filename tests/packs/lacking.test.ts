import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { keyOf, mainTable } from '../../src/import/map/contract.ts';
import type { Recipe } from '../../src/import/types.ts';
import { shownOf } from '../../src/metrics/lacking.ts';
import type { Pack } from '../../src/pack/types.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import { contextOf, nodeEngine, run } from '../support/engine.ts';
import { csvFiles, rawTables } from '../support/generated-tables.ts';

type Columns = Record<string, Record<string, { distinct: number; print: string }>>;

/** Of every column of every mart: how many values it has, and a print of all of them. */
async function columnsOf(engine: EngineApi, pack: Pack): Promise<Columns> {
	const rows = async (sql: string) => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());
	const made: Columns = {};
	for (const mart of Object.keys(pack.marts)) {
		const names = (await rows(`select column_name as name from duckdb_columns() where schema_name = 'marts' and table_name = '${mart}' and database_name = current_database()`)).map(({ name }) => String(name));
		const [row = {}] = await rows(`select ${names.map((name, i) => `count(distinct "${name}")::double as d${String(i)}, coalesce(sum(hash("${name}"::varchar)::hugeint), 0)::varchar as p${String(i)}`).join(', ')} from marts."${mart}"`);
		made[mart] = Object.fromEntries(names.map((name, i) => [name, { distinct: Number(row[`d${String(i)}`]), print: String(row[`p${String(i)}`]) }]));
	}
	return made;
}

const named = ({ absent }: Dataset): string[] => absent.map(({ table, column }) => (column === null ? table : `${table}.${column}`));

/** The recipe without these columns and tables. */
function without(recipe: Recipe, absent: readonly string[]): Recipe {
	const tables = Object.entries(recipe.tables).flatMap(([table, feeds]) => (absent.includes(table) ? [] : [[table, feeds.map((feed) => ({ ...feed, columns: Object.fromEntries(Object.entries(feed.columns).filter(([column]) => !absent.includes(`${table}.${column}`))) }))] as const]));
	return { ...recipe, tables: Object.fromEntries(tables) };
}

describe.each(Object.values(packs).map((pack) => [pack.id, pack] as const))('files of %s without columns that may be missing', (id, pack) => {
	const optional = Object.entries(pack.raw).flatMap(([table, { columns }]) => Object.entries(columns).flatMap(([column, { filled }]) => (filled === true ? [] : [`${table}.${column}`])));
	/** Without a table that rows must refer to, they are all set aside. */
	const bound = Object.values(pack.staging).flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === 'reference' && rule.severity === 'error' ? [pack.staging[rule.to]?.source] : [])));
	const spare = Object.keys(pack.raw).filter((table) => table !== mainTable(pack) && !bound.includes(table));
	const cases: [string, string[]][] = [
		...Object.keys(pack.raw).map((table): [string, string[]] => [`${table} by its keys alone`, optional.filter((name) => name.startsWith(`${table}.`))]),
		...spare.map((table): [string, string[]] => [`no ${table}`, [table]]),
		['nothing but what must be there', spare],
		['nothing but the keys of what must be there', [...optional, ...spare]],
	];
	let engine: EngineApi;
	let recipe: Recipe;
	let full: Columns;
	/** What a proposal leaves out by itself, such as free text. */
	let anyway: string[];
	let files: ReturnType<typeof csvFiles>;
	const load = (absent: readonly string[]): Promise<Dataset> => engine.load({ pack: id, files, asOf: null, recipe: without(recipe, absent) });

	beforeAll(async () => {
		engine = nodeEngine();
		files = csvFiles(rawTables(await generate(id, { seed: 21, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' })));
		recipe = (await engine.read({ pack: id, files })).proposal.recipe;
		const whole = await load([]);
		anyway = named(whole);
		expect(whole.lacks).toEqual({});
		full = await columnsOf(engine, pack);
	}, 120_000);

	test.each(cases)('%s: what is said to be lost says nothing any more, and every tile can be asked or says what it needs', { timeout: 120_000 }, async (_, absent) => {
		const dataset = await load(absent);
		const found = await columnsOf(engine, pack);
		const keys = Object.keys(pack.raw).flatMap((table) => keyOf(pack, table).map((key) => `${table}.${key}`));
		const gone = new Set([...absent, ...anyway].filter((name) => !keys.includes(name) && !absent.some((other) => name.startsWith(`${other}.`))));
		expect(named(dataset).sort()).toEqual([...gone].sort());
		const untrue = Object.entries(dataset.lacks).flatMap(([mart, columns]) =>
			Object.keys(columns).filter((column) => column !== '*').flatMap((column) => {
				const [before, now] = [full[mart]?.[column], found[mart]?.[column]];
				return before && now && now.distinct > 1 && before.print === now.print ? [`${mart}.${column}`] : [];
			}),
		);
		expect(untrue, 'said to be lost, and still the same').toEqual([]);
		const unsaid = Object.entries(found).flatMap(([mart, columns]) => Object.entries(columns).flatMap(([column, now]) => ((full[mart]?.[column]?.distinct ?? 0) > 0 && now.distinct === 0 && !dataset.lacks[mart]?.[column] && !dataset.lacks[mart]?.['*'] ? [`${mart}.${column}`] : [])));
		// That a second row is needed for a value (the reopening of a case) is not read from the SQL.
		expect(unsaid.length, `empty without a word: ${unsaid.join(', ')}`).toBeLessThanOrEqual(1);
		for (const tile of pack.views.flatMap(({ tiles }) => tiles)) {
			const shown = shownOf(pack, dataset.lacks, tile);
			for (const name of [...shown.lacks, ...shown.left]) expect(named(dataset)).toContain(name);
			const plan = shown.lacks.length > 0 ? null : planTile(contextOf(pack, dataset), shown.tile, { compare: 'previous', segment: {}, grain: null });
			if (plan) await expect(run(engine, plan), tile.id).resolves.toBeDefined();
		}
	});

	test('what a model rests on stands in the contract, and without all of it the column says nothing, with any of it it may', async () => {
		const mains = Object.values(pack.models).concat(Object.values(pack.marts)).flatMap(({ rests }) => Object.values(rests ?? {}));
		const known = Object.entries(pack.raw).flatMap(([table, { columns }]) => [table, ...Object.keys(columns).map((column) => `${table}.${column}`)]);
		expect(mains.flat().filter((source) => !known.includes(source))).toEqual([]);
		for (const sources of mains) {
			const lost = await engine.lacks(id, sources);
			expect(Object.values(lost).flatMap((columns) => Object.values(columns)).some((blamed) => sources.every((source) => blamed.includes(source)))).toBe(true);
		}
	});

	test('nothing is said to be missing of files that have everything', async () => {
		const lost = await engine.lacks(id, []);
		expect(pack.views.flatMap(({ tiles }) => tiles).filter((tile) => shownOf(pack, lost, tile).tile !== tile)).toEqual([]);
	});
});
