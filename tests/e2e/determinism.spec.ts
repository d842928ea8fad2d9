import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from './support/app.ts';
import { tableNames } from './support/files.ts';
import { sql } from './support/screen.ts';

const query = `select ${tableNames.map((name) => `(select md5(string_agg(t::varchar, chr(10) order by _row)) from raw.${name} as t) as ${name}`).join(', ')}, (select md5(string_agg(t::varchar, chr(10) order by case_id)) from marts.fct_case_lifecycle as t) as lifecycle`;
const requests = ['planted', 'null'].map((scenario) => ({ seed: 1, size: 'small', scenario }));

test('[S0-F21] [S1-F17] the same seed gives the same bytes in Chromium as in Node, planted and null, up to the marts', async ({ app }) => {
	const script = fileURLToPath(new URL('./support/node-digest.mjs', import.meta.url));
	const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify({ pack: 'advocacy', requests, query })], { cwd: fileURLToPath(new URL('../../', import.meta.url)) });
	const inNode = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Record<string, string>[];
	for (const [i, request] of requests.entries()) {
		await app.evaluate((what) => window.throughline.open(what), request);
		const [inBrowser] = await sql(app, query);
		expect(Object.values(inNode[i] ?? {}).filter((hash) => /^[0-9a-f]{32}$/.test(hash)).length).toBe(7);
		expect(inBrowser, request.scenario).toEqual(inNode[i]);
	}
	expect(inNode[0]).not.toEqual(inNode[1]);
});

for (const sizes of [['small', 'standard'], ['large']]) {
	test(`the fingerprint of the marts is the same in Chromium as in Node, planted and null: ${sizes.join(', ')}`, async ({ app }) => {
		test.setTimeout(600_000);
		const asked = sizes.flatMap((size) => ['planted', 'null'].map((scenario) => ({ seed: 7, size, scenario })));
		const script = fileURLToPath(new URL('./support/node-digest.mjs', import.meta.url));
		const { stdout } = await promisify(execFile)(process.execPath, [script, JSON.stringify({ pack: 'advocacy', requests: asked })], { cwd: fileURLToPath(new URL('../../', import.meta.url)) });
		const inNode = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as { code: string; models: { rows: number }[] }[];
		for (const [i, request] of asked.entries()) {
			await app.evaluate((what) => window.throughline.open(what), request);
			expect(await app.evaluate(() => window.throughline.fingerprint()), JSON.stringify(request)).toEqual(inNode[i]);
			expect(inNode[i]?.models.filter(({ rows }) => rows > 0).length).toBeGreaterThan(6);
		}
		expect(new Set(inNode.map(({ code }) => code)).size).toBe(asked.length);
	});
}
