import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownLocks, webLocks, type Locks } from '../../src/state/workspaces/locks.ts';
import { filePrint, printOf } from '../../src/state/workspaces/print.ts';
import { Store, type Draft } from '../../src/state/workspaces/store.ts';
import { memoryDepot, type Boxes, type Reached } from '../support/memory-depot.ts';
import { memoryLocks } from '../support/memory-locks.ts';
import { replayable } from '../support/property.ts';

type Act = { kind: 'put'; slot: number; texts: string[]; again: boolean } | { kind: 'rename'; slot: number; name: string } | { kind: 'state'; slot: number; state: string } | { kind: 'forget'; slot: number } | { kind: 'forget all' };

const slots = fc.integer({ min: 0, max: 2 });
const act: fc.Arbitrary<Act> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('put' as const), slot: slots, texts: fc.array(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }), again: fc.boolean() }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('rename' as const), slot: slots, name: fc.string({ minLength: 1, maxLength: 8 }) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('state' as const), slot: slots, state: fc.string({ maxLength: 8 }) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('forget' as const), slot: slots }) },
	{ weight: 1, arbitrary: fc.constant({ kind: 'forget all' as const }) },
);
const acts = fc.array(act, { minLength: 1, maxLength: 8 });

let names = 0;
const unique = (): string => String(++names).padStart(6, '0');
const storeOver = (boxes: Boxes, locks: Locks, options: Parameters<typeof memoryDepot>[1] = {}, now = () => 1e12) => {
	const depot = memoryDepot(boxes, options);
	return { depot, store: new Store({ depot, locks, now, unique }) };
};
const windows = (): Locks => webLocks(memoryLocks(), 'test/');

async function draftOf(texts: readonly string[]): Promise<Draft> {
	const files = await Promise.all(texts.map(async (text, i) => ({ name: `${String(i)}.csv`, blob: new Blob([text]), print: await filePrint(new TextEncoder().encode(text)) })));
	return { name: 'Some files', pack: 'any', files, print: await printOf(files, null), recipe: null, state: '', rows: texts.length };
}

/** What is kept, as a reader finds it: every byte of every file included. */
async function seen(store: Store): Promise<string[]> {
	const all = await store.list();
	const found = await Promise.all(all.map(async ({ id, name, state, print }) => JSON.stringify([id, name, state, print, await Promise.all(((await store.files(id)) ?? []).map(async (file) => [file.name, await file.blob.text()]))])));
	return found.sort();
}

/** One act on the workspace in a slot; a slot gets its workspace at its first import. */
async function play(store: Store, each: Act, ids: string[]): Promise<void> {
	if (each.kind === 'forget all') return store.forgetAll();
	const id = (ids[each.slot] ??= `ws-${unique()}`);
	if (each.kind === 'put') return void (await store.put(await draftOf(each.texts), id));
	if (each.kind === 'forget') return store.forget(id);
	await store.change(id, each.kind === 'rename' ? { name: each.name } : { state: each.state });
}

/** Entries that no manifest in force names. */
async function leaks(boxes: Boxes, store: Store): Promise<string[]> {
	const needed = (await store.list()).flatMap(({ id, files }) => [...files.map(({ entry }) => `${id}/${entry}`)]);
	const there = [...boxes].flatMap(([id, entries]) => [...entries.keys()].map((entry) => `${id}/${entry}`));
	const manifests = there.filter((path) => path.includes('/m-'));
	return [...there.filter((path) => !path.includes('/m-') && !needed.includes(path)), ...(manifests.length === (await store.list()).length ? [] : manifests), ...[...boxes].flatMap(([id, entries]) => (entries.size === 0 ? [id] : []))];
}

describe('workspaces', () => {
	test('a page that dies at any step of any acts leaves what was there before the act, or what was to come; and nothing is left over after the next sweep', async () => {
		let died = 0;
		await fc.assert(
			fc.asyncProperty(acts, fc.nat({ max: 50 }), fc.constantFrom<Reached>('nothing', 'half', 'all'), async (all, at, reached) => {
				const [boxes, ids]: [Boxes, string[]] = [new Map(), []];
				// What each act leaves, on a device that never fails.
				const twin: Boxes = new Map();
				const model = storeOver(twin, windows()).store;
				const { store } = storeOver(boxes, windows(), { dies: { at, reached } });
				const states = [await seen(model)];
				let alive = true;
				for (const each of all) {
					await play(model, each, ids);
					states.push(await seen(model));
					alive = await play(store, each, ids).then(() => true, () => false);
					if (!alive) break;
				}
				if (!alive) died++;
				const next = storeOver(boxes, windows()).store;
				const found = await seen(next);
				// Clearing a device is many removals in one: some workspaces may be gone, none may be changed.
				const partly = all.some(({ kind }) => kind === 'forget all') && found.every((each) => states.flat().includes(each));
				expect(alive ? [states.at(-1)] : partly ? [found] : states.slice(-2)).toContainEqual(found);
				await next.sweep();
				expect(await seen(next)).toEqual(found);
				expect(await leaks(boxes, next)).toEqual([]);
			}),
			replayable(300),
		);
		expect(died).toBeGreaterThan(100);
	});

	test('a full device refuses an import and loses nothing that was kept; the part that was written is gone', async () => {
		let refused = 0;
		await fc.assert(
			fc.asyncProperty(acts, fc.integer({ min: 400, max: 1500 }), async (all, quota) => {
				const [boxes, ids]: [Boxes, string[]] = [new Map(), []];
				const { store } = storeOver(boxes, windows(), { quota });
				for (const each of all) {
					const before = await seen(store);
					const error: unknown = await play(store, each, ids).then(() => null, (thrown: unknown) => thrown);
					if (error === null) continue;
					refused++;
					expect(error).toMatchObject({ name: 'QuotaExceededError' });
					expect(await seen(store)).toEqual(before);
					expect(await leaks(boxes, store)).toEqual([]);
				}
			}),
			replayable(200),
		);
		expect(refused).toBeGreaterThan(30);
	});

	test.each([
		['with Web Locks', () => memoryLocks() as LockManager | null],
		['without Web Locks', () => null],
	])('two windows at work at the same time, %s, leave every workspace whole, and each as one of them wrote it last', async (_, manager) => {
		await fc.assert(
			fc.asyncProperty(acts, acts, fc.boolean(), async (one, other, same) => {
				const boxes: Boxes = new Map();
				const [shared, mine, others]: [string[], string[], string[]] = [['ws-a', 'ws-b', 'ws-c'], ['ws-1', 'ws-2', 'ws-3'], ['ws-4', 'ws-5', 'ws-6']];
				const locks = manager();
				const locksOf = (): Locks => (locks ? webLocks(locks, 'test/') : ownLocks());
				const [left, right] = [storeOver(boxes, locksOf()).store, storeOver(boxes, locksOf()).store];
				const run = async (store: Store, all: readonly Act[], ids: string[]): Promise<string[]> => {
					const prints: string[] = [];
					for (const each of all) {
						if (each.kind === 'forget all') continue;
						await play(store, each, ids).catch(() => undefined);
						if (each.kind === 'put') prints.push((await draftOf(each.texts)).print);
					}
					return prints;
				};
				const written = (await Promise.all([run(left, one, same ? shared : mine), run(right, other, same ? shared : others)])).flat();
				await left.sweep();
				const store = storeOver(boxes, locksOf()).store;
				for (const { id, print, files } of await store.list()) {
					expect(written).toContain(print);
					const kept = await store.files(id);
					expect(kept?.length).toBe(files.length);
					const prints = await Promise.all((kept ?? []).map(async ({ name, blob }) => ({ name, print: await filePrint(blob) })));
					expect(await printOf(prints, null)).toBe(print);
				}
				if (!same) {
					const alone = async (all: readonly Act[], ids: string[]): Promise<string[]> => {
						const apart = storeOver(new Map(), windows()).store;
						await run(apart, all, ids);
						return (await seen(apart)).filter((each) => ids.some((id) => each.includes(id)));
					};
					expect(await seen(store)).toEqual([...(await alone(one, mine)), ...(await alone(other, others))].sort());
				}
			}),
			replayable(150),
		);
	});

	test('without Web Locks what another window may be writing is left alone for a day, and swept then', async () => {
		const boxes: Boxes = new Map([['ws', new Map([[`b-${(1e12).toString(36)}-x`, new Blob(['half'])]])]]);
		await storeOver(boxes, ownLocks(), {}, () => 1e12 + 3_600_000).store.sweep();
		expect(boxes.get('ws')?.size).toBe(1);
		await storeOver(boxes, ownLocks(), {}, () => 1e12 + 90_000_000).store.sweep();
		expect(boxes.size).toBe(0);
	});

	test('a sweep does not touch a workspace that another window is writing', async () => {
		const boxes: Boxes = new Map();
		const manager = memoryLocks();
		const [writer, sweeper] = [storeOver(boxes, webLocks(manager, 't/')).store, storeOver(boxes, webLocks(manager, 't/')).store];
		const writing = writer.put(await draftOf(['a', 'b', 'c']), 'ws');
		for (let i = 0; i < 20; i++) await sweeper.sweep();
		await writing;
		expect((await sweeper.files('ws'))?.length).toBe(3);
	});
});

describe('a print', () => {
	test('is equal for equal files in any order, from bytes or a blob, and differs with a byte, a name or a recipe', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), bytes: fc.uint8Array({ maxLength: 40 }) }), { selector: ({ name }) => name, minLength: 1, maxLength: 4 }), async (files) => {
				const named = await Promise.all(files.map(async ({ name, bytes }) => ({ name, print: await filePrint(bytes) })));
				const print = await printOf(named, null);
				expect(print).toMatch(/^[0-9a-z]{16,20}$/);
				expect(await printOf(named.toReversed(), null)).toBe(print);
				expect(await filePrint(new Blob([files[0]?.bytes ?? new Uint8Array()]))).toBe(named[0]?.print);
				const [first, ...rest] = named;
				expect(await printOf([{ name: `${first?.name ?? ''}x`, print: first?.print ?? '' }, ...rest], null)).not.toBe(print);
				expect(await printOf(named, { version: 1, pack: null, sources: {}, tables: {} })).not.toBe(print);
				const changed = Uint8Array.from([...(files[0]?.bytes ?? []), 7]);
				expect(await filePrint(changed)).not.toBe(named[0]?.print);
			}),
			replayable(100),
		);
	});

	test('of more than one piece is the same from bytes and from a blob', async () => {
		const bytes = Uint8Array.from({ length: 9_000_001 }, (_, i) => (i * 31) & 255);
		expect(await filePrint(new Blob([bytes]))).toBe(await filePrint(bytes));
	});
});
