import { createServer } from 'vite';
import type * as NodeEngine from '../support/engine.ts';
import { decode } from '../../src/engine/duckdb.ts';
import { expect, test } from './support/app.ts';
import { tableNames } from './support/files.ts';
import { sql } from './support/screen.ts';

const digest = `select ${tableNames.map((name) => `(select md5(string_agg(t::varchar, chr(10) order by _row)) from raw.${name} as t) as ${name}`).join(', ')}, (select md5(string_agg(t::varchar, chr(10) order by case_id)) from marts.fct_case_lifecycle as t) as lifecycle`;

test('[S0-F21] [S1-F17] the same seed gives the same bytes in Chromium as in Node, planted and null, up to the marts', async ({ app }) => {
	const vite = await createServer({ server: { middlewareMode: true, watch: null, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
	try {
		const { nodeEngine, openDemo } = (await vite.ssrLoadModule('/tests/support/engine.ts')) as typeof NodeEngine;
		for (const scenario of ['planted', 'null']) {
			const engine = nodeEngine();
			const request = { seed: 1, size: 'small', scenario };
			await openDemo(engine, 'advocacy', request);
			const [inNode] = decode((await engine.sql(digest, 1)).table);
			await app.evaluate((what) => window.throughline.open(what), request);
			const [inBrowser] = await sql(app, digest);
			expect(Object.keys(inNode ?? {}).length).toBe(7);
			expect(inBrowser, scenario).toEqual(inNode);
		}
	} finally {
		await vite.close();
	}
});
