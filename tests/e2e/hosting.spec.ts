import type { Page } from '@playwright/test';
import { expect, openContext, settled, test } from './support/app.ts';
import { choose, smallFiles } from './support/files.ts';
import { host } from './support/host.ts';
import { cards, pageNames, show, sql, value } from './support/screen.ts';
import { watch } from './support/watch.ts';

async function opened(page: Page, url: string): Promise<void> {
	await page.goto(`${url}?v=1&size=small`);
	await page.evaluate(async () => void (await window.throughline.ready));
	await settled(page);
}

test('in a folder under a folder the whole app works, and asks for nothing outside it', async ({ browser }, { project }) => {
	const plain = await host({ base: '/a/b/' });
	const context = await openContext(browser, project.use);
	try {
		const watched = watch(await context.newPage());
		const { page } = watched;
		await opened(page, plain.url);
		const first = await cards(page);
		expect(Object.keys(first).length).toBe(8);
		for (const name of pageNames) await show(page, name);
		await expect(page.getByRole('textbox', { name: 'SQL console' })).toBeVisible();
		expect(await sql(page, 'select 1 as one')).toEqual([{ one: 1 }]);
		await show(page, 'Executive');
		await page.reload();
		await settled(page);
		await page.evaluate(async () => void (await window.throughline.ready));
		await settled(page);
		expect(await cards(page)).toEqual(first);
		expect(new URL(page.url()).pathname).toBe('/a/b/');
		await choose(page, smallFiles());
		expect(await value(page, 'active_cases')).toBe(4);
		// Chromium asks the root of an origin for an icon by itself.
		expect(plain.asked.filter((path) => !path.startsWith('/a/b/') && path !== '/favicon.ico')).toEqual([]);
		expect(watched.problems).toEqual([]);
	} finally {
		await context.close();
		await plain.close();
	}
});

test('a host that says of the packed engine that it is encoded is understood like one that does not, and the numbers are the same', async ({ browser }, { project }) => {
	const seen: unknown[] = [];
	for (const encodes of [false, true]) {
		const plain = await host({ encodes });
		const context = await openContext(browser, project.use);
		try {
			const watched = watch(await context.newPage());
			const answer = watched.page.waitForResponse(/\.wasm\.gz$/);
			await opened(watched.page, plain.url);
			expect((await answer).headers()['content-encoding']).toBe(encodes ? 'gzip' : undefined);
			expect(plain.asked.filter((path) => path.endsWith('.wasm.gz')).length, 'fetched once').toBe(1);
			expect(watched.problems).toEqual([]);
			seen.push(await cards(watched.page));
		} finally {
			await context.close();
			await plain.close();
		}
	}
	expect(seen[0]).toEqual(seen[1]);
});

test('an engine that was killed is replaced without asking the host for it again', async ({ browser }, { project }) => {
	const plain = await host();
	const context = await openContext(browser, project.use, 'block');
	try {
		const page = await context.newPage();
		await opened(page, plain.url);
		const before = await cards(page);
		const wasm = plain.asked.filter((path) => path.endsWith('.wasm.gz')).length;
		plain.fault = (path) => (path.endsWith('.wasm.gz') ? 'refused' : null);
		await page.evaluate(() => window.throughline.sql("select length(repeat('x', 3500000000))").catch(() => null));
		await settled(page);
		await expect(page.locator('.alert.calm')).toContainText('The engine had stopped and was started again');
		expect(await cards(page)).toEqual(before);
		expect(plain.asked.filter((path) => path.endsWith('.wasm.gz')).length, 'the next worker was given the compiled engine').toBe(wasm);
	} finally {
		await context.close();
		await plain.close();
	}
});
