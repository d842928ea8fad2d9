import { beforeEach, describe, expect, test } from 'vitest';
import type { EngineApi } from '../../src/engine/api.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { generate } from '../../src/packs/generators.ts';
import { packs } from '../../src/packs/index.ts';
import { Kept } from '../../src/state/kept.svelte.ts';
import type { OwnMeasure } from '../../src/state/location.ts';
import { freeId } from '../../src/state/own-measures.ts';
import { Session } from '../../src/state/session.svelte.ts';
import { forgetful } from '../support/forgetful.ts';
import { packNamed } from '../support/engine.ts';

const pack = packNamed('advocacy');
const late: OwnMeasure = { label: 'Late', mart: 'fct_case_lifecycle', expr: 'count(*) filter (where age_days > 7) / count(*)', format: 'percent', better: 'lower' };
const later: OwnMeasure = { ...late, expr: 'count(*) filter (where age_days > 14) / count(*)' };
const link = `?v=1&m.backlog-by-type=own_late&o.own_late=${encodeURIComponent('Late|fct_case_lifecycle|percent|lower|count(*) filter (where age_days > 14) / count(*)')}`;

let address: string;
let kept: Kept;

function session(query = ''): Session {
	address = query;
	return new Session({ engine: {} as Remote<EngineApi>, generator: { generate }, packs, address: { read: () => address, write: (written) => void (address = written) }, kept });
}

const own = (): string[] => [...new URLSearchParams(address).keys()].filter((name) => name.startsWith('o.'));

beforeEach(() => {
	kept = new Kept(forgetful());
});

describe('measures that the reader made', () => {
	test('one that is kept is a measure of the pack, and is in the address only while a tile or the entry in front uses it', async () => {
		const open = session();
		await open.keepMeasure('own_late', late);
		expect(open.pack.measures['own_late']).toMatchObject({ kind: 'expression', label: 'Late' });
		expect(own()).toEqual([]);
		await open.setMeasure('backlog-by-type', 'own_late');
		expect(own()).toEqual(['o.own_late']);
		await open.setMeasure('backlog-by-type', null);
		expect(own()).toEqual([]);
		await open.showMeasure('own_late');
		expect(own()).toEqual(['o.own_late']);
		await open.setView('executive');
		expect(own()).toEqual([]);
	});

	test('one that only the address holds stays in it until it is kept, and then stands on the device', async () => {
		const open = session(link);
		await open.setMeasure('backlog-by-type', null);
		expect(own()).toEqual(['o.own_late']);
		await open.adoptMeasure('own_late');
		expect(own()).toEqual([]);
		expect(kept.measures).toEqual({ 'advocacy.own_late': later });
		expect(session().pack.measures['own_late']).toBeDefined();
	});

	test('one of the same id as another that is kept shows as the link says, and is kept beside it', async () => {
		kept.put('measures', { 'advocacy.own_late': late });
		const open = session(link);
		expect(open.own['own_late']).toEqual(later);
		await open.adoptMeasure('own_late');
		expect(kept.measures).toEqual({ 'advocacy.own_late': late, 'advocacy.own_late_2': later });
		expect(open.state.swaps).toEqual({ 'backlog-by-type': 'own_late_2' });
		expect(open.own['own_late']).toEqual(late);
	});

	test('one that is changed is shown changed wherever it stands', async () => {
		const open = session(link);
		await open.adoptMeasure('own_late');
		await open.keepMeasure('own_late', late);
		expect(open.own['own_late']).toEqual(late);
		expect(open.state.own['own_late']).toEqual(late);
	});

	test('one that is deleted is gone with its target, and its tiles show their own measure', async () => {
		const open = session(link);
		await open.adoptMeasure('own_late');
		await open.setTarget('own_late', 0.1);
		await open.dropMeasure('own_late');
		expect(kept.measures).toEqual({});
		expect(kept.targets).toEqual({});
		expect(open.state.swaps).toEqual({});
		expect(open.pack.measures['own_late']).toBeUndefined();
		const tile = pack.views[0]?.tiles.find(({ id }) => id === 'backlog-by-type');
		expect(tile && open.tileAs(tile)).toBe(tile);
	});

	test.each([
		['Über-Fälle 2', 'own_uber_falle_2'],
		['  %  ', 'own_measure'],
		['Late', 'own_late_3'],
	])('the id of “%s” is %s', (label, id) => {
		expect(freeId(label, { own_late: 1, own_late_2: 1 })).toBe(id);
	});
});

describe('targets', () => {
	test('are kept for their pack, hold in place of the pack’s own, are in no address, and clearing brings the pack’s back', async () => {
		const open = session();
		await open.setTarget('utilisation', 0.9);
		await open.setTarget('csat_mean', 4.5);
		expect(kept.targets).toEqual({ 'advocacy.utilisation': 0.9, 'advocacy.csat_mean': 4.5 });
		expect([open.pack.measures['utilisation']?.target, open.pack.measures['csat_mean']?.target]).toEqual([0.9, 4.5]);
		expect(address).toBe('');
		await open.setTarget('utilisation', null);
		await open.setTarget('csat_mean', null);
		expect([open.pack.measures['utilisation']?.target, open.pack.measures['csat_mean']?.target]).toEqual([1, undefined]);
	});
});
