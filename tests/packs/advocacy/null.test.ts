import { describe, expect, test } from 'vitest';
import { claimsOf, tileResults } from '../../support/claims.ts';
import { contextOf, nodeEngine, openDemo, packNamed } from '../../support/engine.ts';

const pack = packNamed('advocacy');

/** What is claimed in data without any effect, by seed. */
async function falseClaims(size: string, seeds: number): Promise<string[]> {
	const engine = nodeEngine();
	const found: string[] = [];
	for (let seed = 1; seed <= seeds; seed++) {
		const { dataset } = await openDemo(engine, 'advocacy', { seed, size, scenario: 'null' });
		const claims = [...(await tileResults(engine, contextOf(pack, dataset)))].flatMap(([id, result]) => claimsOf(id, result));
		if (claims.length > 0) found.push(`seed ${String(seed)}: ${claims.join('; ')}`);
	}
	return found;
}

describe('where nothing was planted, at most 5 % of runs claim anything: no finding, change, group, cell, driver or overload', () => {
	test('[S0-F33] over 40 data sets of 1,500 cases', async () => {
		expect((await falseClaims('small', 40)).slice(2), 'runs beyond the two that may').toEqual([]);
	}, 240_000);

	test('[S0-F33] over 6 data sets of 30,000 cases', async () => {
		expect(await falseClaims('standard', 6)).toEqual([]);
	}, 240_000);
});
