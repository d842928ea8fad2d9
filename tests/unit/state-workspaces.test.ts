import { describe, expect, test } from 'vitest';
import type { InputFile } from '../../src/engine/api.ts';
import { webLocks } from '../../src/state/workspaces/locks.ts';
import { freeNameFor } from '../../src/state/workspaces/names.ts';
import { Store } from '../../src/state/workspaces/store.ts';
import { Workspaces, type Told } from '../../src/state/workspaces/workspaces.svelte.ts';
import { forgetful } from '../support/forgetful.ts';
import { memoryDepot, type Boxes } from '../support/memory-depot.ts';
import { memoryLocks } from '../support/memory-locks.ts';

let names = 0;
let clock = 1e12;

/** A device with as many windows as are asked for. */
function device(quota = Infinity) {
	const boxes: Boxes = new Map();
	const manager = memoryLocks();
	const shelf = forgetful();
	const heard: { of: number; listener: (told: Told) => void }[] = [];
	let persisted = 0;
	return {
		boxes,
		shelf,
		persisted: () => persisted,
		window: () => {
			const own = heard.length;
			return new Workspaces({
				open: async () => ({ store: new Store({ depot: memoryDepot(boxes, { quota }), locks: webLocks(manager, ''), now: () => ++clock, unique: () => String(++names) }), kind: 'folder' }),
				room: async () => null,
				persist: () => void persisted++,
				tell: (told) => heard.filter(({ of }) => of !== own).forEach(({ listener }) => listener(told)),
				listen: (listener) => void heard.push({ of: own, listener }),
				clearRest: async () => undefined,
				shelf,
			});
		},
	};
}

const file = (text: string, name = 'a.csv'): InputFile => ({ name, blob: new Blob([text]) });

async function load(workspaces: Workspaces, files: readonly InputFile[], into?: string): Promise<string> {
	const print = await workspaces.print(files, null);
	workspaces.hold(print, { files, recipe: null });
	workspaces.opened(print);
	await workspaces.keep(print, { pack: 'any', files, recipe: null, state: `?data=files-${print}`, rows: files.length, ...(into === undefined ? {} : { into }) });
	return print;
}

describe('workspaces of a device', () => {
	test('are found by their print at the next visit, and the one that was open last is known until demo data is opened', async () => {
		const { window, persisted } = device();
		const print = await load(window(), [file('x'), file('y', 'b.csv')]);
		const next = window();
		expect((await next.last())?.print).toBe(print);
		expect(next.knows(print)).toBe(true);
		expect(await Promise.all((await next.files(print))?.files.map(async ({ name, blob }) => [name, await blob.text()]) ?? [])).toEqual([['a.csv', 'x'], ['b.csv', 'y']]);
		next.opened(null);
		expect(await window().last()).toBeNull();
		await load(next, [file('z')]);
		expect(persisted(), 'asked for once').toBe(1);
	});

	test('the same files loaded again are the same workspace', async () => {
		const { window } = device();
		const one = window();
		await load(one, [file('x')]);
		await load(one, [file('x')]);
		expect(one.list.length).toBe(1);
	});

	test('one that is changed in another window is said to be, and what the other has open is not written over by what is looked at here', async () => {
		const { window } = device();
		const [one, other] = [window(), window()];
		const print = await load(one, [file('x')]);
		await other.begin();
		other.opened(print);
		const id = one.here ?? '';
		const newer = await load(one, [file('x'), file('more', 'b.csv')], id);
		await expect.poll(() => other.overtaken).toBe('changed');
		expect(one.overtaken).toBeNull();
		other.looked('?looked=here');
		await other.settle();
		const [kept] = (await window().begin().then((store) => store?.list())) ?? [];
		expect([kept?.id, kept?.print, kept?.state, kept?.version]).toEqual([id, newer, `?data=files-${newer}`, 2]);
	});

	test('one that is renamed or looked at in another window is not overtaken; one that is forgotten there is', async () => {
		const { window } = device();
		const [one, other] = [window(), window()];
		await load(one, [file('x')]);
		await other.begin();
		await other.rename(one.here ?? '', 'New name');
		await expect.poll(() => one.list[0]?.name).toBe('New name');
		expect(one.overtaken).toBeNull();
		await other.forget(one.here ?? '');
		await expect.poll(() => one.overtaken).toBe('forgotten');
		expect(other.overtaken).toBeNull();
	});

	test('files for which there is no room stay in memory, and everything forgotten leaves neither bytes nor memory', async () => {
		const { window, boxes } = device(2000);
		const one = window();
		await load(one, [file('x')]);
		const big = [file('y'.repeat(3000))];
		await expect(load(one, big)).rejects.toMatchObject({ code: 'kept.no-room', detail: { size: expect.stringMatching(/^3\skB$/) as string } });
		const print = await one.print(big, null);
		expect((await one.files(print))?.files[0]?.blob.size).toBe(3000);
		expect(one.writing).toBe(false);
		await one.forgetAll();
		expect(boxes.size).toBe(0);
		expect([one.knows(print), one.list, one.here]).toEqual([false, [], null]);
	});

	test('without a device they stay in memory while the page is open', async () => {
		const none = new Workspaces(null);
		await expect(load(none, [file('x')])).rejects.toMatchObject({ code: 'kept.refused' });
		expect(none.knows(await none.print([file('x')], null))).toBe(true);
		expect([none.kind, await none.last()]).toEqual(['nothing', null]);
	});
});

test.each([
	[['cases.csv'], 'cases'],
	[['a.csv.gz', 'b.csv'], 'a and b'],
	[['p.csv', 'q.csv', 'r.csv', 's.csv'], 'p, q and 2 more'],
	[['export/cases.csv', 'export/deep/people.csv'], 'export'],
	[['taken.csv'], 'taken (3)'],
])('files %j are called “%s”', (files, name) => {
	expect(freeNameFor(files.map((each) => ({ name: each })), [{ name: 'taken' }, { name: 'taken (2)' }])).toBe(name);
});
