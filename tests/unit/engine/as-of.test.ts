import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset, EngineApi, ProgressEvent } from '../../../src/engine/api.ts';
import { decode, type Row } from '../../../src/engine/duckdb.ts';
import { nodeEngine } from '../../support/engine.ts';
import { filesWith } from './small-files.ts';

let engine: EngineApi;
let opened: Dataset;

const rows = async (sql: string, selections: { name: string; sql: string }[] = []): Promise<Row[]> => decode((await engine.query({ selections, statements: [sql] })).tables[0] ?? new Uint8Array());
const marts = async () => ({
	lifecycle: await rows('select * from marts.fct_case_lifecycle order by case_id'),
	timeline: await rows('select * from marts.fct_case_timeline order by case_id, seq'),
	steps: await rows('select * from marts.fct_case_steps order by step_id'),
	kpis: await rows('select * from marts.mart_ops_kpis order by case_type'),
});
const comparable = ({ timings: _timings, version: _version, ...rest }: Dataset) => rest;

beforeAll(async () => {
	engine = nodeEngine();
	opened = await engine.load({ pack: 'advocacy', files: filesWith(), asOf: null });
});

describe('the as-of', () => {
	it('moved back, hides what came later', async () => {
		const dataset = await engine.asOf('2025-02-02T12:00:00');
		expect([dataset.asOf, dataset.latest, dataset.earliest]).toEqual(['2025-02-02T12:00:00', opened.latest, opened.earliest]);
		expect(await rows('select case_id, status, resolved_at is null as open, csat_score from marts.fct_case_lifecycle order by 1')).toEqual([
			{ case_id: '1', status: 'in_progress', open: true, csat_score: null },
			{ case_id: '2', status: 'assigned', open: true, csat_score: null },
		]);
		expect(await rows("select count(*)::integer as n from marts.fct_case_timeline where occurred_at > timestamp '2025-02-02 12:00:00'")).toEqual([{ n: 0 }]);
	});

	it('moved to null, gives every number back as it was', async () => {
		await engine.asOf(null);
		const before = await marts();
		await engine.asOf('2025-02-01T09:30:00');
		expect(await marts()).not.toEqual(before);
		const dataset = await engine.asOf(null);
		expect(await marts()).toEqual(before);
		expect(comparable(dataset)).toEqual(comparable(opened));
	});

	it('given when the data is opened, is the same as moved there afterwards', async () => {
		await engine.asOf('2025-02-03T10:00:00');
		const moved = await marts();
		await engine.load({ pack: 'advocacy', files: filesWith(), asOf: '2025-02-03T10:00:00' });
		expect(await marts()).toEqual(moved);
		await engine.asOf(null);
	});

	it('before all data leaves empty marts and no error', async () => {
		const dataset = await engine.asOf('2020-01-01T00:00:00');
		expect(await rows('select count(*)::integer as n from marts.fct_case_lifecycle')).toEqual([{ n: 0 }]);
		expect(dataset.quality.filter((result) => result.count > 0 && result.says.startsWith('Holds'))).toEqual([]);
		await engine.asOf(null);
	});

	it('that cannot be read is refused, and the one before stays', async () => {
		await engine.asOf('2025-02-02T12:00:00');
		const before = await marts();
		await expect(engine.asOf('2025-99-99T00:00:00')).rejects.toMatchObject({ name: 'ThroughlineError' });
		expect(await marts()).toEqual(before);
		expect((await engine.models()).find((model) => model.name === 'fct_case_lifecycle')?.sql).not.toContain('2025-99');
		await engine.asOf(null);
	});

	it('moved, does not leave a selection of the earlier one behind', async () => {
		const selection = [{ name: 'chosen', sql: 'select * from marts.fct_case_lifecycle' }];
		const count = 'select count(*)::integer as n from chosen';
		expect(await rows(count, selection)).toEqual([{ n: 3 }]);
		await engine.asOf('2025-02-01T09:30:00');
		expect(await rows(count, selection)).toEqual([{ n: 1 }]);
		await engine.asOf(null);
		expect(await rows(count, selection)).toEqual([{ n: 3 }]);
	});

	it('moved, rebuilds what depends on it and not what was staged', async () => {
		const events: ProgressEvent[] = [];
		const dataset = await engine.asOf('2025-02-02T12:00:00', (event) => void events.push(event));
		expect(events.map((event) => event.phase)).not.toContain('staging');
		expect(events.at(-1)).toMatchObject({ phase: 'marts', done: events.length, total: events.length });
		expect(dataset.timings.filter((timing) => timing.layer === 'staging').length).toBe(6);
		await engine.asOf(null);
	});
});
