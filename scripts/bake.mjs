import { createServer } from 'vite';

/** Prints the first sight of the app as JSON; the only argument is the build that it belongs to. */
const vite = await createServer({
	server: { middlewareMode: true, watch: null, ws: false },
	appType: 'custom',
	logLevel: 'error',
	optimizeDeps: { noDiscovery: true },
});
const { bakeFirstSight } = await vite.ssrLoadModule('/src/bake/first-sight.ts');
const text = await bakeFirstSight(process.argv[2] ?? 'none');
await vite.close();
process.stdout.write(text, () => process.exit(0));
