import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EngineApi, InputFile } from '../../src/engine/api.ts';
import { addDays } from '../../src/lib/dates.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { swappable } from '../../src/metrics/tiles/swap.ts';
import { tilesNeeded } from '../../src/metrics/tiles/index.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { grains, toQuery } from '../../src/state/location.ts';
import { Session } from '../../src/state/session.svelte.ts';
import { forgetful } from '../support/forgetful.ts';
import { csvFiles, rawTables } from '../support/generated-tables.ts';
import { nodeEngine } from '../support/engine.ts';
import { replayable } from '../support/property.ts';

/** The browser's own history: a pushed entry cuts off what lay ahead. */
function historyOf(first: string) {
	const entries = [first];
	let at = 0;
	return {
		read: () => entries[at] ?? '',
		write: (query: string, replace: boolean) => {
			if (query === entries[at]) return;
			if (replace) entries[at] = query;
			else {
				at++;
				entries.splice(at, Infinity, query);
			}
		},
		back: () => void (at = Math.max(0, at - 1)),
		forward: () => void (at = Math.min(entries.length - 1, at + 1)),
		get steps() {
			return at;
		},
	};
}

async function opened(query: string) {
	const address = historyOf(query);
	const session = new Session({ engine: nodeEngine() as unknown as Remote<EngineApi>, generator: { generate }, packs, address, kept: new Kept(forgetful()) });
	await session.start();
	return { session, address };
}

/** What the view in front rests on: state, data, and the answer of each of its tiles as text, numbers to the last digit. */
function seen(session: Session): Record<string, string> {
	const text = (value: unknown): string => JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
	const needed = session.view ? tilesNeeded(session.pack, session.view) : [];
	return { state: toQuery(session.state, packs), data: text([session.dataset?.asOf, session.dataset?.rows]), ...Object.fromEntries(needed.map(({ id }) => [id, text(session.answers.byId[id] ?? session.answers.failed[id]?.message ?? null)])) };
}

type Action = (session: Session) => Promise<unknown>;

function actionsFor(session: Session, files: InputFile[]): fc.Arbitrary<Action> {
	const { pack } = session;
	const tiles = pack.views.flatMap((view) => view.tiles);
	const lists = tiles.flatMap((tile) => (tile.kind === 'list' ? tile.columns.map(({ column }) => ({ tile: tile.id, column })) : []));
	const swaps = tiles.flatMap((tile) => swappable(pack, tile).map((measure) => ({ tile: tile.id, measure })));
	const values = Object.entries(session.dataset?.values ?? {}).flatMap(([dimension, all]) => all.slice(0, 6).map(({ value }) => ({ dimension, value })));
	const day = fc.integer({ min: 0, max: 100 }).map((after) => addDays(session.firstDay, after));
	const change = <T>(from: fc.Arbitrary<T>, act: (session: Session, given: T) => Promise<unknown>): fc.Arbitrary<Action> => from.map((given) => (open) => act(open, given));
	const quick = fc.oneof(
		change(fc.constantFrom(...values), (open, { dimension, value }) => open.setFilter(dimension, [value])),
		change(fc.tuple(fc.constantFrom(...values), fc.constantFrom(...tiles), fc.boolean()), (open, [{ dimension, value }, tile, add]) => open.pick(tile.id, { [dimension]: value }, add)),
		change(fc.tuple(day, day), (open, [a, b]) => open.setRange(a < b ? { from: a, to: b } : { from: b })),
		change(fc.constantFrom(...pack.views.map((view) => view.id), 'data', 'measures'), (open, view) => open.setView(view)),
		change(fc.constantFrom('previous' as const, 'year' as const, 'none' as const), (open, compare) => open.setCompare(compare)),
		change(fc.constantFrom(...values), (open, { dimension, value }) => open.setCompare('segment', { [dimension]: [value] })),
		change(fc.constantFrom(null, ...grains), (open, grain) => open.setGrain(grain)),
		change(fc.tuple(fc.constantFrom(...lists), fc.boolean()), (open, [{ tile, column }, down]) => open.setSort(tile, { column, down })),
		change(fc.constantFrom(...swaps), (open, { tile, measure }) => open.setMeasure(tile, measure)),
		change(fc.constant(null), (open) => open.reset()),
		change(fc.constantFrom('1', '2', null), async (open, id) => open.openCase(id)),
	);
	const slow = fc.oneof(
		change(day, (open, at) => open.asOf(`${at}T12:00:00`)),
		change(fc.constant(null), (open) => open.asOf(null)),
		change(fc.constantFrom(42, 7), (open, seed) => open.open({ seed })),
		change(fc.constant(null), (open) => open.load(files)),
	);
	return fc.oneof({ weight: 9, arbitrary: quick }, { weight: 1, arbitrary: slow });
}

describe('undo', () => {
	test('fifty random changes of view, slicer, dates, as-of, comparison, grain, sorting, measure, case, demo data and files, undone one by one, give back the first address and the same numbers; redone, the last', async () => {
		const generated = await generate('advocacy', { seed: 3, size: 'small', scenario: 'planted' });
		const files = csvFiles(rawTables(generated));
		const { session, address } = await opened('?v=1&size=small');
		await fc.assert(
			fc.asyncProperty(fc.array(actionsFor(session, files), { minLength: 50, maxLength: 50 }), async (actions) => {
				const [first, before, begun] = [address.read(), seen(session), address.steps];
				for (const act of actions) await act(session);
				const [last, after] = [address.read(), seen(session)];
				const steps = address.steps - begun;
				expect(steps).toBeGreaterThan(20);
				for (let i = 0; i < steps; i++) {
					address.back();
					await session.follow();
				}
				expect(address.read()).toBe(first);
				expect(seen(session)).toEqual(before);
				for (let i = 0; i < steps; i++) {
					address.forward();
					await session.follow();
				}
				expect(address.read()).toBe(last);
				expect(seen(session)).toEqual(after);
			}),
			replayable(2),
		);
	}, 600_000);
});
