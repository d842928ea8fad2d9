import { expect, test, vi } from 'vitest';
import type { EngineApi } from '../../src/engine/api.ts';
import { ThroughlineError } from '../../src/lib/errors.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { livingEngine } from '../../src/state/engine-life.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { putBy } from '../../src/state/put-by.ts';
import { Session } from '../../src/state/session.svelte.ts';
import { nodeEngine } from '../support/engine.ts';
import { forgetful } from '../support/forgetful.ts';

test('tables that were put by come back as they were, as often as they are taken, also when what they were made of is gone', async () => {
	const { tables } = await generate('advocacy', { seed: 9, size: 'small', scenario: 'planted' });
	const before = structuredClone(tables);
	const kept = putBy(tables);
	const expectSame = async (): Promise<void> => {
		const taken = (await kept.taken()) ?? {};
		expect(Object.keys(taken)).toEqual(Object.keys(before));
		for (const [name, { rows, chunks }] of Object.entries(before)) {
			expect(taken[name]?.rows).toBe(rows);
			expect(taken[name]?.chunks.map((chunk, i) => Buffer.compare(chunk, chunks[i] ?? new Uint8Array())), name).toEqual(chunks.map(() => 0));
		}
	};
	await expectSame();
	for (const { chunks } of Object.values(tables)) for (const chunk of chunks) structuredClone(chunk, { transfer: [chunk.buffer as ArrayBuffer] });
	await expectSame();
	expect(await putBy(tables).taken(), 'bytes that are gone are not kept').toBeNull();
});

test('tables that cannot be put by are null, and nothing is thrown', async () => {
	vi.stubGlobal('Blob', class { constructor() { throw new Error('no room'); } });
	const kept = putBy({ cases: { rows: 1, chunks: [new Uint8Array(4)] } });
	await new Promise((done) => setTimeout(done, 20));
	vi.unstubAllGlobals();
	expect(await kept.taken()).toBeNull();
});

test('after an engine has ended, the demo data is not generated again unless it is other data, and what stands on the page is not asked again', async () => {
	let kill: () => void = () => undefined;
	const asked: number[] = [];
	const life = livingEngine(() => {
		const gone = new Promise<ThroughlineError>((resolve) => (kill = () => resolve(new ThroughlineError('engine.trap', { message: 'killed' }))));
		const real = nodeEngine();
		const query: EngineApi['query'] = (batch) => (asked.push(batch.statements.length), real.query(batch));
		return { engine: { ...real, query } as unknown as Remote<EngineApi>, stop: () => undefined, gone };
	});
	const made: unknown[] = [];
	let address = '?v=1&size=small';
	const session = new Session({ engine: life.engine, onloss: life.onloss, generator: { generate: (pack, request) => (made.push(request), generate(pack, request)) }, packs, kept: new Kept(forgetful()), address: { read: () => address, write: (query) => void (address = query) } });
	await session.start();
	const seen = (): string => JSON.stringify([session.dataset?.asOf, session.dataset?.accounts, session.answers.byId], (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
	const before = seen();
	await vi.waitFor(() => expect(asked.length).toBeGreaterThan(3));
	const [times, statements] = [asked.length, asked.slice(0, 3).reduce((sum, n) => sum + n, 0)];
	kill();
	await expect.poll(() => session.notice ?? '', { timeout: 90_000 }).toContain('started again');
	await session.engine.models();
	await new Promise((done) => setTimeout(done, 500));
	expect(seen()).toBe(before);
	expect(asked.slice(times).reduce((sum, n) => sum + n, 0), 'the rehearsal of a slicer at most').toBeLessThan(statements);
	expect(asked.length - times).toBeLessThanOrEqual(1);
	await session.refresh();
	expect(seen()).toBe(before);
	expect(made.length).toBe(1);
	await session.open({ seed: 8 });
	const other = seen();
	session.notice = null;
	kill();
	await expect.poll(() => session.notice ?? '', { timeout: 90_000 }).toContain('started again');
	await session.engine.models();
	await session.refresh();
	expect(seen()).toBe(other);
	expect(other).not.toBe(before);
	expect(made.length).toBe(2);
}, 180_000);
