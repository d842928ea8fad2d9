import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';

/** Dependencies are taken as they are: a cache of bundled ones is shared with other servers, and one of them may replace it meanwhile. */
const unbundled = {
	name: 'unbundled-dependencies',
	enforce: 'post',
	configEnvironment: (_, options) => {
		options.optimizeDeps = { noDiscovery: true, include: [] };
	},
};

/** Prints the first sight of the app as JSON; the only argument is the build that it belongs to. */
const cacheDir = mkdtempSync(join(tmpdir(), 'throughline-bake-'));
const vite = await createServer({
	server: { middlewareMode: true, watch: null, ws: false },
	appType: 'custom',
	cacheDir,
	logLevel: 'error',
	plugins: [unbundled],
});
const { bakeFirstSight } = await vite.ssrLoadModule('/src/bake/first-sight.ts');
const text = await bakeFirstSight(process.argv[2] ?? 'none');
await vite.close();
rmSync(cacheDir, { recursive: true, force: true });
process.stdout.write(text, () => process.exit(0));
