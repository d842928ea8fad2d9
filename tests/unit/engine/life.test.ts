import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineApi, ProgressEvent } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import { nodeEngine, openDemo, packNamed } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

const demo = { seed: 3, size: 'small', scenario: 'planted' };
let engine: EngineApi;

const rows = async (sql: string): Promise<Row[]> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array());
const catalogs = async () => (await rows("select database_name from duckdb_databases() where not internal and database_name <> 'memory'")).length;

beforeAll(() => {
	engine = nodeEngine();
});

describe('an engine', () => {
	it('with nothing open says so to every question', async () => {
		const closed = { code: 'engine.closed' };
		await expect(engine.query({ selections: [], statements: ['select 1'] })).rejects.toMatchObject(closed);
		await expect(engine.sql('select 1', 10)).rejects.toMatchObject(closed);
		await expect(engine.asOf(null)).rejects.toMatchObject(closed);
		await expect(engine.models()).rejects.toMatchObject(closed);
		await engine.close();
	});

	it('names a pack that there is not, and those there are', async () => {
		await expect(engine.load({ pack: 'nowhere', files: [], asOf: null })).rejects.toMatchObject({ code: 'pack.unknown', next: expect.stringContaining('advocacy') as string });
	});

	it('[S0-F21] opens generated data, tells its progress, and accounts for every row', async () => {
		const pack = packNamed('advocacy');
		const events: ProgressEvent[] = [];
		const { generated } = await openDemo(engine, 'advocacy', demo);
		const dataset = await engine.open({ pack: 'advocacy', tables: generated.tables, asOf: null }, (event) => void events.push(event));
		expect(dataset.rows).toBe(generated.manifest.rows);
		for (const { read, loaded, quarantined, skipped } of dataset.accounts) expect(loaded + quarantined + skipped).toBe(read);
		expect(events.filter((event) => event.phase === 'raw').map((event) => event.name)).toEqual(Object.keys(pack.raw));
		expect(events.filter((event) => event.phase !== 'raw').map((event) => event.name)).toEqual(dataset.timings.map((timing) => timing.name));
		expect(dataset.timings.map((timing) => timing.name).sort()).toEqual([...Object.keys(pack.staging), ...Object.keys(pack.models), ...Object.keys(pack.marts)].sort());
	});

	it('opened twice, answers from the second and has let go of the first', async () => {
		const first = await openDemo(engine, 'advocacy', demo);
		const second = await openDemo(engine, 'advocacy', { ...demo, seed: 4 });
		expect(second.dataset.version).toBeGreaterThan(first.dataset.version);
		expect(second.dataset.values).not.toEqual(first.dataset.values);
		const total = await rows('select count(*)::integer as n from marts.fct_case_lifecycle');
		expect(total).toEqual([{ n: second.dataset.timings.find((timing) => timing.name === 'fct_case_lifecycle')?.rows }]);
		expect(await catalogs()).toBe(1);
	});

	it('opened with the same seed, gives the same dataset', async () => {
		const { dataset: first } = await openDemo(engine, 'advocacy', demo);
		const { dataset: again } = await openDemo(engine, 'advocacy', demo);
		const { timings: _a, version: _b, ...one } = first;
		const { timings: _c, version: _d, ...other } = again;
		expect(other).toEqual(one);
	});

	it('goes from generated data to files and back', async () => {
		const { dataset: first } = await openDemo(engine, 'advocacy', demo);
		await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
		expect(await rows('select count(*)::integer as n from marts.fct_case_lifecycle')).toEqual([{ n: 3 }]);
		const { dataset: back } = await openDemo(engine, 'advocacy', demo);
		expect([back.accounts, back.values]).toEqual([first.accounts, first.values]);
	});

	it('tells the models with the SQL as it ran, each ref among them', async () => {
		const models = await engine.models();
		const names = models.map((model) => model.name);
		for (const { refs, sql, grain } of models) {
			expect(refs.filter((ref) => !names.includes(ref))).toEqual([]);
			expect(sql).not.toContain('{{');
			expect(grain).not.toBe('');
		}
	});

	it('closed, frees the data and can be opened again', async () => {
		await engine.close();
		await expect(engine.sql('select 1', 1)).rejects.toMatchObject({ code: 'engine.closed' });
		await openDemo(engine, 'advocacy', demo);
		expect(await catalogs()).toBe(1);
	});

	it('works with no extension loaded or loadable: every model was built so', async () => {
		expect(await rows("select name, value from duckdb_settings() where name in ('autoinstall_known_extensions', 'autoload_known_extensions', 'enable_external_access', 'lock_configuration') order by name")).toEqual([
			{ name: 'autoinstall_known_extensions', value: 'false' },
			{ name: 'autoload_known_extensions', value: 'false' },
			{ name: 'enable_external_access', value: 'false' },
			{ name: 'lock_configuration', value: 'true' },
		]);
		await expect(rows('select current_date')).rejects.toMatchObject({ code: 'sql.failed', message: expect.stringMatching(/extension/) as string });
	});
});
