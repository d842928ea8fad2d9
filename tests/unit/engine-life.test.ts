import { describe, expect, test } from 'vitest';
import type { EngineApi } from '../../src/engine/api.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { ThroughlineError } from '../../src/lib/errors.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { livingEngine, type EngineLife, type Loss } from '../../src/state/engine-life.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { Session } from '../../src/state/session.svelte.ts';
import { nodeEngine } from '../support/engine.ts';
import { forgetful } from '../support/forgetful.ts';

/** More bytes than wasm can address: DuckDB writes past its memory. */
const trap = (more = 0): string => `select length(repeat('x', ${String(3_500_000_000 + more)}))`;
const small = await generate('advocacy', { seed: 3, size: 'small', scenario: 'planted' });

interface Watched extends EngineLife {
	started: () => number;
	losses: Loss[];
	kill: () => void;
}

/** Real engines in Node; `kill` says that the one in use has ended by itself. */
function watched(rebuild: (engine: Remote<EngineApi>) => Promise<unknown> = (engine) => engine.open({ pack: 'advocacy', tables: small.tables, asOf: null })): Watched {
	let started = 0;
	let kill: () => void = () => undefined;
	const losses: Loss[] = [];
	const life = livingEngine(() => {
		started++;
		const gone = new Promise<ThroughlineError>((resolve) => (kill = () => resolve(new ThroughlineError('engine.trap', { message: 'killed' }))));
		return { engine: nodeEngine() as unknown as Remote<EngineApi>, stop: () => undefined, gone };
	});
	life.onloss(async (engine, loss) => {
		losses.push(loss);
		await rebuild(engine);
	});
	return { ...life, started: () => started, losses, kill: () => kill() };
}

const numberOf = async (engine: Remote<EngineApi>, sql: string): Promise<unknown> => decode((await engine.query({ selections: [], statements: [sql] })).tables[0] ?? new Uint8Array())[0]?.n;
const count = 'select count(*)::integer as n from raw.cases';

describe('an engine that', () => {
	test('traps is replaced, and what is asked next is answered from the data built again; trapped twice by the same statement, it is not asked that for a third time', async () => {
		const { engine, started, losses, kill } = watched();
		await engine.open({ pack: 'advocacy', tables: small.tables, asOf: null });
		const before = await numberOf(engine, count);
		await expect(engine.sql(trap(), 10)).rejects.toMatchObject({ code: 'engine.trap' });
		expect(await numberOf(engine, count)).toBe(before);
		for (const code of ['engine.trap', 'engine.again', 'engine.again']) await expect(engine.sql(trap(), 10)).rejects.toMatchObject({ code });
		expect(started()).toBe(3);
		expect(losses.map(({ again, build }) => [again, build])).toEqual([[false, 'same'], [true, 'same']]);
		await expect(engine.sql('select 1', 10)).resolves.toBeDefined();
		// Ended without a word, it leaves nobody without an answer.
		const asked = numberOf(engine, count);
		kill();
		expect(await asked).toBe(before);
		expect(started()).toBe(4);
	}, 180_000);

	test('dies as often as it is started is given up after a few', async () => {
		let started = 0;
		const life = livingEngine(() => {
			started++;
			return { engine: { query: () => new Promise(() => undefined) } as unknown as Remote<EngineApi>, stop: () => undefined, gone: Promise.resolve(new ThroughlineError('engine.start', { message: 'no file' })) };
		});
		await expect(life.engine.query({ selections: [], statements: ['select 1'] })).rejects.toBeInstanceOf(ThroughlineError);
		expect(started).toBeLessThan(12);
	});

	test('cannot build what was open builds something else, and says so', async () => {
		let times = 0;
		const { engine, losses } = watched((fresh) => (++times === 1 ? Promise.reject(new Error('files are gone')) : fresh.open({ pack: 'advocacy', tables: small.tables, asOf: null })));
		await engine.open({ pack: 'advocacy', tables: small.tables, asOf: null });
		await expect(engine.sql(trap(), 10)).rejects.toMatchObject({ code: 'engine.trap' });
		expect(await numberOf(engine, count)).toBe(small.tables.cases?.rows);
		expect(losses.map(({ build }) => build)).toEqual(['same', 'other']);
	}, 180_000);
});

describe('a page over an engine that ends', () => {
	test('has the same view, as-of and numbers again; a tile that ends every engine fails alone after the second', async () => {
		let started = 0;
		let poison = false;
		const life = livingEngine(() => {
			started++;
			const real = nodeEngine();
			// One statement of the view becomes one that traps: the last, so that others are asked with it.
			const poisoned = (sql: string): string => (poison && /stale/.test(sql) && !/count\(\*\) as n from marts/.test(sql) ? trap() : sql);
			return { engine: { ...real, query: (batch: Parameters<EngineApi['query']>[0]) => real.query({ ...batch, kernels: {}, statements: batch.statements.map(poisoned) }) } as unknown as Remote<EngineApi>, stop: () => undefined, gone: new Promise(() => undefined) };
		});
		let address = '?v=1&size=small&asof=2026-05-01T12:00:00';
		const session = new Session({ engine: life.engine, onloss: life.onloss, generator: { generate }, packs, kept: new Kept(forgetful()), address: { read: () => address, write: (query) => void (address = query) } });
		await session.start();
		const seen = (): string => JSON.stringify([session.query, session.dataset?.asOf, session.dataset?.rows, session.answers.byId], (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
		const before = seen();
		await expect(session.engine.sql(trap(), 1)).rejects.toMatchObject({ code: 'engine.trap' });
		await session.engine.models();
		await session.refresh();
		expect(seen()).toBe(before);
		expect(session.notice).toContain('started again');
		expect([started, session.phase, session.error]).toEqual([2, 'ready', null]);

		poison = true;
		const tiles = Object.keys(session.answers.byId);
		await session.setFilter('urgency', ['high']);
		await expect.poll(async () => (await session.engine.models(), session.phase === 'ready' && !session.answers.loading && session.answers.fresh.length), { timeout: 200_000 }).toBe(tiles.length);
		const failed = Object.entries(session.answers.failed);
		expect(failed.length).toBeGreaterThan(0);
		expect(failed.length).toBeLessThan(tiles.length);
		expect(failed.every(([, { code }]) => code === 'engine.again')).toBe(true);
		expect(Object.keys(session.answers.byId).length + failed.length).toBe(tiles.length);
		expect(started, 'each such statement ends one among others and one alone').toBeLessThanOrEqual(2 + 2 * failed.length);
		const after = started;
		await session.refresh();
		expect(started).toBe(after);
	}, 300_000);
});
