import { expect, test } from 'vitest';
import type { Dataset, EngineApi, QueryAnswer } from '../../src/engine/api.ts';
import type { Remote } from '../../src/lib/rpc.ts';
import { untilOpen } from '../../src/state/until-open.ts';

const dataset = { pack: 'p' } as Dataset;
const answer: QueryAnswer = { tables: [], milliseconds: [] };

/** An engine whose first `open` ends when it is told to. */
function engineThatOpens(): { engine: Remote<EngineApi>; asked: string[]; end: (error?: Error) => void } {
	const asked: string[] = [];
	let end: (error?: Error) => void = () => undefined;
	const opened = new Promise<void>((resolve, reject) => (end = (error) => (error ? reject(error) : resolve())));
	const engine = {
		open: async () => {
			asked.push('open');
			await opened;
			return dataset;
		},
		load: async () => dataset,
		query: async () => {
			asked.push('query');
			return answer;
		},
		sql: async () => Promise.reject(new Error('not asked')),
		models: async () => [],
	} as unknown as Remote<EngineApi>;
	return { engine, asked, end: (error) => end(error) };
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done));
const nothing = { selections: [], statements: [] };

test('a question before anything is open waits for it, and is then asked once', async () => {
	const { engine, asked, end } = engineThatOpens();
	const patient = untilOpen(engine);
	const early = patient.query(nothing);
	const opening = patient.open({ pack: 'p', tables: {}, asOf: null });
	await turn();
	expect(asked).toEqual(['open']);
	end();
	expect(await opening).toBe(dataset);
	expect(await early).toBe(answer);
	expect(asked).toEqual(['open', 'query']);
});

test('where opening fails, what waits fails as it did, and what is asked later is asked as it is', async () => {
	const { engine, asked, end } = engineThatOpens();
	const patient = untilOpen(engine);
	const early = patient.query(nothing);
	const opening = patient.open({ pack: 'p', tables: {}, asOf: null });
	end(new Error('no wasm'));
	await expect(opening).rejects.toThrow('no wasm');
	await expect(early).rejects.toThrow('no wasm');
	expect(asked).toEqual(['open']);
	expect(await patient.query(nothing)).toBe(answer);
});
