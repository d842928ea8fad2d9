import { chromium } from '@playwright/test';
import { parseArgs } from 'node:util';
import { measureNative } from './bench/native.mjs';
import { measurePage } from './bench/page.mjs';
import { linesFor, print } from './bench/report.mjs';
import { launchArgs, provideChromium } from './browser.mjs';
import { build, dist, stale } from './build.mjs';
import { install } from './install.mjs';
import { serve } from './serve.mjs';

const { values } = parseArgs({
	options: {
		size: { type: 'string', multiple: true, default: ['standard', 'large'] },
		changes: { type: 'string', default: '30' },
		root: { type: 'string', default: dist },
	},
});

async function bench() {
	install();
	if (values.root === dist && stale() && build() !== 0) throw new Error('The build failed: see its message above.');
	const executablePath = await provideChromium();
	if (!executablePath) throw new Error('There is no Chromium to measure with.');
	const server = await serve({ root: values.root, port: 4273, tries: 100, zip: true });
	const browser = await chromium.launch({ executablePath, args: launchArgs });
	try {
		// The server compresses each file once, on the first request for it.
		await measurePage({ browser, url: server.url, size: 'small', changes: 1 });
		for (const size of values.size) {
			console.log(`Measuring ${size} …`);
			const page = await measurePage({ browser, url: server.url, size, changes: Number(values.changes) });
			print(linesFor(size, page, await measureNative(size)));
		}
	} finally {
		await browser.close();
		await server.close();
	}
}

await bench().catch((error) => console.error(error));
process.exit(0);
