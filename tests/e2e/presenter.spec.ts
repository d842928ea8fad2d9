import type { Page } from '@playwright/test';
import { expect, follow, home, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { rounded, shelve } from './support/kept.ts';

const bookmarks = [
	{ name: 'Denials since April', query: '?v=1&size=small&from=2026-04-01&f.case_type=claim_denial', note: 'The appeals desk lost two people.' },
	{ name: 'Who is overloaded', query: '?v=1&size=small&view=operations', note: '' },
	{ name: 'A week earlier', query: '?v=1&size=small&asof=2026-06-23T12:00:00', note: 'As it was known then.' },
];

const bar = (page: Page) => page.getByRole('region', { name: 'Presentation' });
const isPresenting = (page: Page): Promise<boolean> => page.evaluate(() => 'presenting' in document.documentElement.dataset);

async function present(page: Page): Promise<void> {
	await page.keyboard.press('p');
	await expect(bar(page)).toBeVisible();
	await settled(page);
}

async function press(page: Page, key: string): Promise<void> {
	await page.keyboard.press(key);
	await settled(page);
}

test.afterEach(async ({ app }) => {
	if (await isPresenting(app)) await press(app, 'Escape');
	await shelve(app);
});

test('P steps through the bookmarks with the page keys of a remote, each with its name, note and numbers, and Esc brings back what was there', async ({ app }) => {
	await app.evaluate(() => window.throughline.filter({ team: ['intake'] }));
	await settled(app);
	const [address, before] = [app.url(), await rounded(app)];
	await shelve(app, { bookmarks });
	await present(app);
	await expect(bar(app)).toContainText('1 of 3 · Denials since April');
	await expect(bar(app)).toContainText('The appeals desk lost two people.');
	const denials = await rounded(app);
	expect(denials).not.toEqual(before);
	await expect(app.locator('header')).toContainText('Claim denials · opened 1 Apr 2026 – now · as of 30 Jun 2026');
	await press(app, 'PageDown');
	await expect(bar(app)).toContainText('2 of 3 · Who is overloaded');
	await expect(app.locator('[data-tile="stale-list"]')).toBeVisible();
	await press(app, 'ArrowRight');
	await expect(bar(app)).toContainText('3 of 3 · A week earlier');
	await expect(app.locator('header')).toContainText('as of 23 Jun 2026, 12:00');
	await press(app, 'Space');
	await expect(bar(app)).toContainText('3 of 3');
	await press(app, 'PageUp');
	await press(app, 'ArrowLeft');
	await expect(bar(app)).toContainText('1 of 3');
	expect(await rounded(app)).toEqual(denials);
	await press(app, 'End');
	await expect(bar(app)).toContainText('3 of 3');
	await press(app, 'Home');
	await expect(bar(app)).toContainText('1 of 3');
	await press(app, 'n');
	await expect(bar(app)).not.toContainText('The appeals desk');
	await press(app, 'n');
	await expect(bar(app)).toContainText('The appeals desk');
	await press(app, 'Escape');
	await expect(bar(app)).toHaveCount(0);
	expect(app.url()).toBe(address);
	expect(await rounded(app)).toEqual(before);
	await press(app, 'Control+z');
	expect(new URL(app.url()).search).toBe(home);
});

test('type is larger while presenting and nothing is there to fiddle with; afterwards all is as before', async ({ app }) => {
	const number = () => app.locator('[data-kpi] .number').first().evaluate((each) => each.getBoundingClientRect().height);
	const before = await number();
	await present(app);
	expect(await number()).toBeGreaterThan(before * 1.3);
	await expect(app.getByRole('navigation', { name: 'Filters' })).toHaveCount(0);
	await expect(app.locator('footer')).toBeHidden();
	for (const tools of await app.locator('.tile .tools').all()) await expect(tools).toBeHidden();
	const wide = await app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(wide).toBeLessThanOrEqual(0);
	await press(app, 'p');
	expect(await isPresenting(app)).toBe(false);
	expect(await number()).toBe(before);
});

test('without bookmarks the views of the pack follow each other, under the filters in force', async ({ app }) => {
	await follow(app, `${home}&f.urgency=high`);
	await present(app);
	for (const [i, view] of ['Executive', 'Operations', 'Root cause'].entries()) {
		await expect(bar(app)).toContainText(`${String(i + 1)} of 3 · ${view}`);
		await expect(app.locator('header')).toContainText('Urgency: High');
		await press(app, 'PageDown');
	}
	await expect(bar(app)).toContainText('3 of 3');
});

test('keys pressed faster than the numbers come lead to the step pressed last, with its numbers', async ({ app }) => {
	await shelve(app, { bookmarks: [...bookmarks, ...bookmarks.map((each) => ({ ...each, name: `${each.name} again` }))] });
	await follow(app, `${home}&asof=2026-06-23T12:00:00`);
	const earlier = await rounded(app);
	await follow(app, home);
	await present(app);
	for (const key of ['PageDown', 'PageDown', 'PageDown', 'PageUp', 'PageDown', 'PageDown', 'PageDown']) await app.keyboard.press(key);
	await settled(app);
	await expect(bar(app)).toContainText('6 of 6 · A week earlier again');
	expect(await rounded(app)).toEqual(earlier);
});

test('with the network cut the presentation goes on', async ({ app }) => {
	await shelve(app, { bookmarks });
	await app.context().setOffline(true);
	try {
		await present(app);
		const seen = [];
		for (let step = 0; step < bookmarks.length; step++) {
			seen.push(await app.getByRole('heading', { level: 1 }).innerText());
			await expect(bar(app)).toContainText(bookmarks[step]?.name ?? '');
			await press(app, 'PageDown');
		}
		expect(new Set(seen).size).toBe(2);
		await press(app, 'Escape');
		await press(app, '?');
		await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
		await app.keyboard.press('Escape');
	} finally {
		await app.context().setOffline(false);
	}
});

test('a mark chosen for a question from the room does not change what comes back at the end; Back ends the presentation', async ({ app }) => {
	await follow(app, `${home}&f.team=intake`);
	const address = app.url();
	await present(app);
	await app.locator('[data-tile="backlog-by-type"] g.mark').first().focus();
	await press(app, 'Enter');
	await expect(app.locator('header')).toContainText(/Claim denials|Prior authorisations/);
	await press(app, 'Escape');
	expect(app.url()).toBe(address);
	await present(app);
	await app.goBack();
	await settled(app);
	expect(await isPresenting(app)).toBe(false);
});

test('axe finds nothing while presenting, in both themes', async ({ app }) => {
	await shelve(app, { bookmarks });
	const found: string[] = [];
	for (const theme of ['Dark', 'Light']) {
		await app.getByRole('button', { name: `${theme} theme` }).press('Enter');
		await present(app);
		found.push(...(await violations(app)).map((line) => `${theme}: ${line}`));
		await press(app, 'PageDown');
		found.push(...(await violations(app)).map((line) => `${theme}, second step: ${line}`));
		await press(app, 'Escape');
	}
	expect(found).toEqual([]);
});
