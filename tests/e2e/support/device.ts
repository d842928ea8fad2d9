import { rmSync } from 'node:fs';
import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { openContext } from './app.ts';
import { built, host, laterBuild, type Host } from './kept-host.ts';

/** Each test has a device and a host of its own; `later` is a second build, made once. */
export const test = base.extend<{ device: BrowserContext; page: Page; site: Host }, { later: string }>({
	later: [
		async ({ browser: _ }, use) => {
			const folder = await laterBuild();
			await use(folder);
			rmSync(folder, { recursive: true });
		},
		{ scope: 'worker', timeout: 180_000 },
	],
	site: async ({ browser: _ }, use) => {
		const site = await host(built);
		await use(site);
		await site.close().catch(() => undefined);
	},
	device: async ({ browser }, use, { project }) => {
		const context = await openContext(browser, { ...project.use, baseURL: undefined });
		await use(context);
		await context.close();
	},
	page: async ({ device }, use) => use(await device.newPage()),
});
