import type { Page } from '@playwright/test';
import { expect, home, load, openContext, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { watch } from './support/watch.ts';

const verdict = (page: Page) => page.locator('[data-same]');
const copied = (page: Page): Promise<string> => page.evaluate(() => navigator.clipboard.readText());

test('a copied link carries the fingerprint of the numbers; who opens it elsewhere is told that they are identical, or where they differ first', async ({ app, browser }, { project }) => {
	test.setTimeout(180_000);
	await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await app.evaluate(() => window.throughline.asOf('2026-06-01T00:00:00'));
	await settled(app);
	await app.getByRole('button', { name: 'Bookmarks and notes' }).focus();
	await app.keyboard.press('Enter');
	await app.getByRole('button', { name: 'Copy a link to this view' }).focus();
	await app.keyboard.press('Enter');
	await expect(app.getByText('The link is copied.')).toBeVisible();
	expect(await violations(app)).toEqual([]);
	const link = new URL(await copied(app));
	const own = new URL(app.url());
	expect(link.origin + link.pathname).toBe(own.origin + own.pathname);
	expect(link.search.startsWith(`${own.search}&same=1-`)).toBe(true);
	expect(link.search.length).toBeLessThan(300);
	await app.keyboard.press('Escape');

	const context = await openContext(browser, project.use);
	const watched = watch(await context.newPage());
	const { page } = watched;
	await load(page, link.search);
	await expect(verdict(page)).toHaveText(/^Identical numbers: the 9 tables behind this page are the same/);
	expect(await violations(page)).toEqual([]);
	await verdict(page).getByRole('button', { name: 'Close' }).click();
	await expect(verdict(page)).toHaveCount(0);

	await load(page, link.search.replace('?v=1', '?v=1&seed=43'));
	const rows = Number((await page.evaluate(() => window.throughline.fingerprint())).models[0]?.rows);
	const sent = Number((await app.evaluate(() => window.throughline.fingerprint())).models[0]?.rows);
	expect(rows).not.toBe(sent);
	const { models } = await page.evaluate(() => window.throughline.fingerprint());
	await expect(verdict(page)).toContainText(`The numbers differ from the sender’s: first in ${models[0]?.model ?? ''} (${rows.toLocaleString('en-GB')} rows here, ${sent.toLocaleString('en-GB')} there).`);

	await load(page, `${home}&same=0-abc`);
	await expect(verdict(page)).toContainText('another version of the app');
	await load(page, home);
	await page.evaluate(() => window.throughline.fingerprint());
	await expect(verdict(page)).toHaveCount(0);
	expect(watched.problems).toEqual([]);
	await context.close();
});

test('the palette copies the link as well; where the browser does not let it, the page shows the link; a link to files says nothing of other data', async ({ app, browser }, { project }) => {
	test.setTimeout(120_000);
	const context = await openContext(browser, project.use);
	const page = await context.newPage();
	await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'clipboard', { value: { writeText: () => Promise.reject(new DOMException('', 'NotAllowedError')) } }));
	await load(page, home);
	await page.keyboard.press('Control+k');
	await page.keyboard.type('copy a link');
	await page.keyboard.press('Enter');
	const said = page.getByRole('status').filter({ hasText: 'The link is:' });
	await expect(said).toBeVisible();
	const link = /http\S+/.exec(await said.innerText())?.[0] ?? '';
	await load(app, new URL(link).search);
	await expect(verdict(app)).toHaveAttribute('data-same', 'identical');
	await load(page, `?v=1&data=files-0123456789abcdef0123&same=${new URL(link).searchParams.get('same') ?? ''}`);
	await page.evaluate(() => window.throughline.fingerprint());
	await expect(page.getByText('files stay on the device')).toBeVisible();
	await expect(verdict(page)).toHaveCount(0);
	await context.close();
});
