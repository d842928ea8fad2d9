import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { launchArgs, provideChromium } from './browser.mjs';
import { build, dist, stale } from './build.mjs';
import { install } from './install.mjs';
import { serve } from './serve.mjs';

const { values } = parseArgs({
	options: {
		size: { type: 'string', multiple: true, default: ['standard', 'large'] },
		changes: { type: 'string', default: '30' },
		root: { type: 'string', default: dist },
		/** Also against native DuckDB, Mosaic, Perspective and crossfilter. */
		against: { type: 'boolean', default: false },
		/** Writes bench/RESULTS.md. */
		write: { type: 'boolean', default: false },
	},
});

/** A browser of its own, and the id of the process that all of its processes descend from. */
async function launch(chromium, executablePath) {
	const host = await chromium.launchServer({ executablePath, args: launchArgs });
	const browser = await chromium.connect(host.wsEndpoint());
	const close = async () => {
		await browser.close();
		await host.close();
	};
	return { browser: { newContext: (options) => browser.newContext(options), close }, pid: host.process().pid };
}

async function bench() {
	install();
	// What these need is there only now.
	const [{ chromium }, { measureNative }, { measurePage }, { linesFor, print }] = await Promise.all([import('@playwright/test'), import('./bench/native.mjs'), import('./bench/page.mjs'), import('./bench/report.mjs')]);
	const load = loadavg()[0].toFixed(1);
	if (values.root === dist && stale() && build() !== 0) throw new Error('The build failed: see its message above.');
	const executablePath = await provideChromium();
	if (!executablePath) throw new Error('There is no Chromium to measure with.');
	const server = await serve({ root: values.root, port: 4273, tries: 100, zip: true });
	const browser = await chromium.launch({ executablePath, args: launchArgs });
	try {
		// The server compresses each file once, on the first request for it.
		await measurePage({ browser, url: server.url, size: 'small', changes: 1 });
		const own = [];
		for (const size of values.size) {
			console.log(`Measuring ${size} …`);
			const page = await measurePage({ browser, url: server.url, size, changes: Number(values.changes) });
			own.push(linesFor(size, page, await measureNative(size)));
			print(own.at(-1));
		}
		const { raceRivals } = values.against ? await import('./bench/rivals.mjs') : {};
		const race = (await raceRivals?.({ launch: () => launch(chromium, executablePath), changes: Number(values.changes) })) ?? null;
		if (values.write) {
			const { writeResults } = await import('./bench/results.mjs');
			const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
			console.log(`Written: ${writeResults({ date: new Date().toISOString().slice(0, 10), machine, load, browser: `Chromium ${browser.version()}`, own, race })}`);
		}
	} finally {
		await browser.close();
		await server.close();
	}
}

await bench().catch((error) => console.error(error));
process.exit(0);
