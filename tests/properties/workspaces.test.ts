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
type Meeting = 'in different workspaces' | 'in the same' | 'importing into the same';

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
	test('pages that die at any step, one after another, each leave what was there before the act, or what was to come; and nothing is left over after the next sweep', async () => {
		let died = 0;
		const deaths = fc.array(fc.record({ at: fc.nat({ max: 30 }), reached: fc.constantFrom<Reached>('nothing', 'half', 'all'), sweeps: fc.boolean() }), { minLength: 1, maxLength: 3 });
		await fc.assert(
			fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 12 }), deaths, async (all, faults) => {
				const [boxes, ids]: [Boxes, string[]] = [new Map(), []];
				let todo = all;
				for (const { sweeps, ...dies } of [...faults, null].map((fault) => fault ?? { at: Infinity, reached: 'nothing' as const, sweeps: true })) {
					const { store } = storeOver(boxes, windows(), { dies });
					// What each act leaves on a device that never fails.
					const model = storeOver(new Map([...boxes].map(([id, entries]) => [id, new Map(entries)])), windows()).store;
					const states = [await seen(model)];
					let alive = true;
					let last: Act | undefined;
					while (alive && todo.length > 0) {
						[last, ...todo] = todo as [Act, ...Act[]];
						await play(model, last, ids);
						states.push(await seen(model));
						alive = await play(store, last, ids).then(() => true, () => false);
					}
					if (!alive) died++;
					const next = storeOver(boxes, windows()).store;
					const found = await seen(next);
					// Clearing a device is many removals: some workspaces may be gone, none may be another.
					if (!alive && last?.kind === 'forget all') expect(states.at(-2)).toEqual(expect.arrayContaining(found));
					else expect(alive ? states.slice(-1) : states.slice(-2)).toContainEqual(found);
					if (!sweeps) continue;
					await next.sweep();
					expect(await seen(next)).toEqual(found);
					expect(await leaks(boxes, next)).toEqual([]);
				}
			}),
			replayable(300),
		);
		expect(died).toBeGreaterThan(100);
	});

	test('a page that dies while it forgets, after one that died while it renamed, leaves the workspace as it was last, or none: no earlier version comes back', async () => {
		for (let first = 0; first < 12; first++) {
			for (let second = 0; second < 12; second++) {
				const boxes: Boxes = new Map();
				await storeOver(boxes, windows()).store.put(await draftOf(['a', 'b']), 'ws');
				await storeOver(boxes, windows(), { dies: { at: first, reached: 'nothing' } }).store.change('ws', { name: 'New' }).catch(() => undefined);
				const before = await seen(storeOver(boxes, windows()).store);
				await storeOver(boxes, windows(), { dies: { at: second, reached: 'all' } }).store.forget('ws').catch(() => undefined);
				expect([before, []]).toContainEqual(await seen(storeOver(boxes, windows()).store));
			}
		}
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
			fc.asyncProperty(acts, acts, fc.constantFrom<Meeting>('in different workspaces', 'in the same', 'importing into the same'), fc.infiniteStream(fc.integer({ min: 1, max: 12 })), async (first, second, meeting, turns) => {
				const pace = (): number => Number(turns.next().value);
				const same = meeting !== 'in different workspaces';
				const [one, other] = [first, second].map((all) => all.filter(({ kind }) => kind !== 'forget all' && (kind === 'put' || meeting !== 'importing into the same'))) as [Act[], Act[]];
				const boxes: Boxes = new Map();
				const [shared, mine, others]: [string[], string[], string[]] = [['ws-a', 'ws-b', 'ws-c'], ['ws-1', 'ws-2', 'ws-3'], ['ws-4', 'ws-5', 'ws-6']];
				const locks = manager();
				const locksOf = (): Locks => (locks ? webLocks(locks, 'test/') : ownLocks());
				const [left, right] = [storeOver(boxes, locksOf(), { pace }).store, storeOver(boxes, locksOf(), { pace }).store];
				const run = async (store: Store, all: readonly Act[], ids: string[]): Promise<string[]> => {
					const prints: string[] = [];
					for (const each of all) {
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
				if (meeting === 'importing into the same') {
					const lasts = [one, other].flatMap((all) => shared.map((_, slot) => all.findLast((each) => each.kind === 'put' && each.slot === slot)));
					const prints = await Promise.all(lasts.map(async (each) => (each?.kind === 'put' ? (await draftOf(each.texts)).print : null)));
					for (const [slot, id] of shared.entries()) {
						const ends = [prints[slot], prints[slot + shared.length]].filter((print) => print !== null);
						if (ends.length > 0) expect(ends).toContain((await store.list()).find((each) => each.id === id)?.print);
					}
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
