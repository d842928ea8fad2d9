import { beforeAll, describe, expect, test } from 'vitest';
import { bakeFirstSight } from '../../src/bake/first-sight.ts';
import type { EngineApi, OpenRequest } from '../../src/engine/api.ts';
import { chosen } from '../../src/lib/locale.svelte.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { readFirstSight, type FirstSight } from '../../src/state/first-sight.svelte.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { Session } from '../../src/state/session.svelte.ts';
import { nodeEngine, packNamed } from '../support/engine.ts';
import { forgetful } from '../support/forgetful.ts';

let text = '';
beforeAll(async () => {
	text = await bakeFirstSight('this build', nodeEngine(), 'small');
}, 120_000);

const sight = (of = text): FirstSight => {
	const first = readFirstSight(of, 'this build');
	if (!first) throw new Error('no first sight');
	return first;
};

/** A session whose demo data is small whatever is asked, like what was baked, in an engine that opens when it is let. */
function begun(query: string, first: FirstSight | null, size = 'small') {
	const engine = nodeEngine();
	let letGo: () => void = () => undefined;
	const held = new Promise<void>((done) => (letGo = done));
	const slow = { ...engine, open: async (request: OpenRequest) => held.then(() => engine.open(request)) } as unknown as Remote<EngineApi>;
	const address = { read: () => query, write: (next: string) => void (query = next) };
	const session = new Session({ engine: slow, generator: { generate: (pack, request) => generate(pack, { ...request, size }) }, packs, address, kept: new Kept(forgetful()), first });
	return { session, letGo, ready: session.start() };
}

describe('the first sight', () => {
	test('numbers stand before the engine has opened anything; what a fresh engine computes equals them to the last digit, and no answer is replaced', async () => {
		const { session, letGo, ready } = begun('', sight());
		const { byId } = session.answers;
		expect(Object.keys(byId)).toContain('kpis');
		expect([session.phase, session.first?.outcome.kind, session.answers.loading]).toEqual(['starting', 'waiting', false]);
		letGo();
		const live = await ready;
		expect(session.first?.outcome).toMatchObject({ kind: 'same', tiles: Object.keys(byId).length });
		expect(session.first?.outcome.kind === 'same' && session.first.outcome.numbers).toBeGreaterThan(4000);
		expect(session.answers.byId).toBe(byId);
		expect(session.dataset?.timings).toBe(live.timings);
		expect(session.error).toBeNull();
		await session.refresh();
		expect(session.answers.byId).toEqual(byId);
	}, 120_000);

	test('it reads as the live answers do, in another locale and with a target of the reader’s own too', async () => {
		const before = chosen.id;
		try {
			const pack = packNamed('advocacy');
			const english = sight().results(pack);
			chosen.id = 'de-DE';
			expect(sight().results(pack)).not.toEqual(english);
			const { session, letGo, ready } = begun('', sight());
			await session.setTarget('sla_breach_rate', 0.123);
			const shown = session.answers.byId['kpis'];
			expect(shown?.kind === 'kpis' && shown.kpis.find(({ id }) => id === 'sla_breach_rate')?.measure.target).toBe(0.123);
			letGo();
			await ready;
			expect(session.first?.outcome.kind).toBe('same');
		} finally {
			chosen.id = before;
		}
	}, 120_000);

	test('other data than was baked is found different: named by tile, the live numbers shown', async () => {
		const { session, letGo, ready } = begun('', sight(text.replace(/("value","[^\]]*?\],\[+)(\d+)/, '$1$29')));
		const baked = session.answers.byId;
		letGo();
		await ready;
		expect(session.first?.outcome.kind).toBe('different');
		expect(session.error?.code).toBe('first-sight.differs');
		expect(session.answers.byId).not.toBe(baked);
	}, 120_000);

	test('a slicer that is chosen before the engine runs is answered as soon as it does, and the picture is checked all the same', async () => {
		const { session, letGo, ready } = begun('', sight());
		const all = session.answers.byId;
		const asked = session.setFilter('case_type', ['claim_denial']);
		expect([session.answers.loading, session.answers.byId]).toEqual([true, all]);
		letGo();
		await ready;
		await asked;
		expect(session.first?.outcome.kind).toBe('same');
		expect([session.answers.loading, session.state.filters]).toEqual([false, { case_type: ['claim_denial'] }]);
		const count = (of: typeof all): number => (of['kpis']?.kind === 'kpis' ? (of['kpis'].kpis[0]?.row.n ?? 0) : 0);
		expect(count(session.answers.byId)).toBeGreaterThan(0);
		expect(count(session.answers.byId)).toBeLessThan(count(all));
	}, 120_000);

	test('a slicer that is chosen and taken back before the engine runs leaves the picture as it was', async () => {
		const { session, letGo, ready } = begun('', sight());
		void session.setFilter('case_type', ['claim_denial']);
		await session.reset();
		expect(session.answers.loading).toBe(false);
		letGo();
		await ready;
		expect([session.first?.outcome.kind, session.answers.loading, session.answers.fresh.length]).toEqual(['same', false, Object.keys(session.answers.byId).length]);
	}, 120_000);

	test('an address that asks for anything else does not begin with it, and neither does another build', () => {
		for (const query of ['?v=1&size=small', '?v=1&view=operations', '?v=1&f.case_type=claim_denial', '?v=1&seed=7', '?v=1&asof=2026-03-01T00:00:00', '?v=1&data=files-abc']) {
			const { session } = begun(query, sight());
			expect([session.first, session.dataset, session.answers.byId], query).toEqual([null, null, {}]);
		}
		expect(begun('?v=1&size=standard', sight()).session.first).not.toBeNull();
		expect(readFirstSight(text, 'another build')).toBeNull();
		expect(readFirstSight(null, 'this build')).toBeNull();
	});

	test('where the engine fails, the picture stays and says that it was not checked', async () => {
		const { session, letGo, ready } = begun('', sight(), 'unheard of');
		letGo();
		await expect(ready).rejects.toThrow();
		expect([session.phase, session.first?.outcome.kind, Object.keys(session.answers.byId).length > 0]).toEqual(['failed', 'unchecked', true]);
	}, 60_000);
});
