import { cleanup, render } from '@testing-library/svelte';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { EngineApi } from '../../src/engine/api.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import type { Pack } from '../../src/pack/types.ts';
import { generate } from '../../src/packs/generators.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import { Session } from '../../src/state/session.svelte.ts';
import PackView from '../../src/views/PackView.svelte';
import { forgetful } from '../support/forgetful.ts';
import { nodeEngine, packNamed } from '../support/engine.ts';

const pack = packNamed('advocacy');

/** The pack with one measure whose SQL the engine refuses. */
const broken: Pack = { ...pack, measures: { ...pack.measures, interactions_per_case: { ...(pack.measures['interactions_per_case'] as Extract<Pack['measures'][string], { kind: 'mean' }>), expr: 'no_such_function(1)' } } };

/** jsdom lays nothing out, so it has nothing to observe. */
globalThis.ResizeObserver ??= class {
	observe(): void {}
	unobserve(): void {}
	disconnect(): void {}
};

let session: Session;

beforeAll(async () => {
	session = new Session({ engine: nodeEngine() as unknown as Remote<EngineApi>, generator: { generate }, packs: { advocacy: broken }, address: { read: () => '?v=1&size=small&view=operations', write: () => undefined }, kept: new Kept(forgetful()) });
	await session.start();
});
afterEach(cleanup);

test('a query that the engine refuses shows what it said in its tile, and the page around it stands', () => {
	const view = session.view;
	if (!view) throw new Error('no view');
	const { container } = render(PackView, { session, view });
	const tile = container.querySelector('[data-tile="interactions-by-type"]');
	expect(tile?.querySelector('[role="alert"]')?.textContent).toMatch(/no_such_function/);
	expect(tile?.querySelector('h2')?.textContent).toBe('Contacts a case takes, by type');
	expect(container.querySelector('h1')?.textContent).toBe('Who does what next?');
	expect(container.querySelectorAll('[data-tile]').length).toBe(view.tiles.length);
	expect(container.querySelectorAll('[data-tile] [role="alert"]').length).toBe(1);
	expect(container.querySelector('[data-tile="stale-list"] tbody tr[data-key]')).not.toBeNull();
});
