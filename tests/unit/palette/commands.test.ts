import { beforeAll, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../../src/engine/api.ts';
import type { Remote } from '../../../src/lib/rpc.ts';
import { presetsAt } from '../../../src/metrics/presets.ts';
import { generate } from '../../../src/packs/generators.ts';
import { packs } from '../../../src/packs/index.ts';
import { Kept } from '../../../src/state/kept.svelte.ts';
import { Session } from '../../../src/state/session.svelte.ts';
import { commandsOf, type Command, type Doors } from '../../../src/ui/palette/commands.ts';
import { formatsOf } from '../../../src/ui/export/formats.ts';
import { found } from '../../../src/ui/palette/found.ts';
import { nodeEngine } from '../../support/engine.ts';
import { forgetful } from '../../support/forgetful.ts';

let session: Session;
let address = '?v=1&size=small';
const opened: string[] = [];
const doors: Doors = {
	reveal: (view, tile) => opened.push(`${view}/${tile}`),
	take: (tile, format) => opened.push(`${tile}.${format}`),
	keep: () => opened.push('keep'),
	saveKept: () => opened.push('saveKept'),
	print: () => opened.push('print'),
	theme: () => opened.push('theme'),
	shortcuts: () => opened.push('shortcuts'),
	link: () => opened.push('link'),
	present: () => opened.push('present'),
	undo: () => opened.push('undo'),
	redo: () => opened.push('redo'),
};
const commands = (): Command[] => commandsOf(session, doors);
const called = (id: string): Command => {
	const [one, ...more] = commands().filter((each) => each.id === id);
	if (!one || more.length > 0) throw new Error(`${String(more.length + (one ? 1 : 0))} commands are called ${id}`);
	return one;
};

beforeAll(async () => {
	session = new Session({ engine: nodeEngine() as unknown as Remote<EngineApi>, generator: { generate }, packs, address: { read: () => address, write: (query) => void (address = query) }, kept: new Kept(forgetful()) });
	await session.start();
});

describe('the command palette', () => {
	test('no two commands are the same, and each says what it does', () => {
		const ids = commands().map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
		expect(commands().filter(({ label }) => label.trim() === '' || /undefined|\[object/.test(label))).toEqual([]);
	});

	test('every view, the measures and the data page are reached by exactly one command each', async () => {
		for (const view of [...session.pack.views.map(({ id }) => id), 'measures', 'data']) {
			await called(`view:${view}`).run();
			expect(session.state.view).toBe(view);
		}
		await called(`view:${session.pack.views[0]?.id ?? ''}`).run();
	});

	test('every tile is reached by exactly one command', () => {
		opened.length = 0;
		for (const each of commands()) if (each.group === 'tile') each.run();
		expect(opened).toEqual(session.pack.views.flatMap((view) => view.tiles.map((tile) => `${view.id}/${tile.id}`)));
	});

	test('every tile of the view in front is taken along by one command for each of its formats', () => {
		opened.length = 0;
		const { view, answers } = session;
		const expected = (view?.tiles ?? []).flatMap((tile) => {
			const result = answers.byId[tile.id];
			return result ? formatsOf(tile, result).map((format) => `${tile.id}.${format}`) : [];
		});
		expect(expected.length).toBeGreaterThan(10);
		for (const id of expected) called(`export:${id}`).run();
		expect(opened).toEqual(expected);
	});

	test('every measure is reached by exactly one command', async () => {
		const reached: (string | null)[] = [];
		for (const each of commands().filter(({ group }) => group === 'measure')) {
			await each.run();
			expect(session.state.view).toBe('measures');
			reached.push(session.state.measure);
		}
		expect(reached).toEqual(Object.keys(session.pack.measures));
		await session.setView(session.pack.views[0]?.id ?? '');
	});

	test('every value of every slicer is set by exactly one command, beside what is set already, and the same command lets it go', async () => {
		await session.filter({});
		// A page without tiles asks nothing while filters change.
		await session.setView('data');
		const slicers = Object.entries(session.pack.dimensions).flatMap(([id, dimension]) => (dimension.slicer ? [id] : []));
		expect(slicers.length).toBeGreaterThan(0);
		for (const slicer of slicers) {
			const values = (session.dataset?.values[slicer] ?? []).map(({ value }) => value);
			expect(values.length).toBeGreaterThan(0);
			const own = commands().filter(({ id }) => id.startsWith(`filter:${slicer}=`));
			expect(own.length).toBe(values.length);
			for (const { id } of own.slice(0, 2)) await called(id).run();
			expect(session.state.filters[slicer]?.length).toBe(Math.min(2, own.length));
			for (const { id } of own.slice(2)) await called(id).run();
			expect([...(session.state.filters[slicer] ?? [])].map(String).sort()).toEqual(values.map(String).sort());
			for (const { id } of own) await called(id).run();
			expect(session.state.filters).toEqual({});
		}
		await session.setView(session.pack.views[0]?.id ?? '');
	});

	test('dates, comparison, steps of time charts and the as-of are reached too, and Reset lets filters and dates go', async () => {
		for (const [id, range] of presetsAt(session.lastDay)) {
			await called(`date:${id}`).run();
			expect(session.state.range).toEqual(range);
		}
		for (const compare of ['year', 'none', 'previous']) {
			await called(`compare:${compare}`).run();
			expect(session.state.compare).toBe(compare);
		}
		for (const grain of ['day', 'week', 'month', 'quarter']) {
			await called(`grain:${grain}`).run();
			expect(session.state.grain).toBe(grain);
		}
		await called('grain:auto').run();
		const latest = session.dataset?.latest ?? '';
		await called('asof:week-back').run();
		expect(Date.parse(latest.slice(0, 10)) - Date.parse(session.dataset?.asOf.slice(0, 10) ?? '')).toBe(7 * 86_400_000);
		await called('asof:latest').run();
		expect(session.dataset?.asOf).toBe(latest);
		await called('filter:reset').run();
		expect(session.state.range).toEqual({});
	});

	test('a bookmark is found by its name and by what is said about it, and brings its view back', async () => {
		session.kept.put('bookmarks', [{ name: 'Before the board', query: '?v=1&size=small&view=operations&f.urgency=high', note: 'talk about overload' }]);
		expect(found('overload', commands()).shown.map(({ id }) => id)).toContain('bookmark:Before the board');
		await called('bookmark:Before the board').run();
		expect(session.state.view).toBe('operations');
		expect(session.state.filters).toEqual({ urgency: ['high'] });
		expect(address).toBe('?v=1&size=small&view=operations&f.urgency=high');
		await called('view:executive').run();
		await session.filter({});
		session.kept.put('bookmarks', []);
	});

	test('what is typed leads to the thing of that name first, and at most fifty are shown of how many there are', () => {
		for (const [query, id] of [['oper', 'view:operations'], ['claim den', 'filter:case_type="claim_denial"'], ['sla breach', 'measure:sla_breach_rate'], ['last 30', 'date:days30'], ['pdf', 'export:print'], ['theme', 'page:theme'], ['presenter', 'page:present']] as const) {
			expect(found(query, commands()).shown[0]?.id, query).toBe(id);
		}
		const many = Array.from({ length: 700 }, (_, i): Command => ({ id: `filter:${String(i)}`, group: 'filter', label: `Advocate: Number ${String(i)}`, keywords: '', run: () => undefined }));
		const all = found('advocate', many);
		expect(all.shown.length).toBe(50);
		expect(all.all).toBe(700);
		expect(found('zzzz', many)).toEqual({ groups: [], shown: [], all: 0 });
	});
});
