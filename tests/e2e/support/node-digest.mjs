import { createServer } from 'vite';

// Playwright compiles what its own process loads; DuckDB's Node build needs a process that does not.
const { pack, requests, query } = JSON.parse(process.argv[2]);
const vite = await createServer({ server: { middlewareMode: true, watch: null, ws: false }, appType: 'custom', logLevel: 'error', optimizeDeps: { noDiscovery: true } });
const { nodeEngine, openDemo } = await vite.ssrLoadModule('/tests/support/engine.ts');
const { decode } = await vite.ssrLoadModule('/src/engine/duckdb.ts');
const engine = nodeEngine();
const found = [];
for (const request of requests) {
	await openDemo(engine, pack, request);
	found.push(query === undefined ? await engine.fingerprint() : decode((await engine.sql(query, 1)).table)[0]);
}
await vite.close();
process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0));
