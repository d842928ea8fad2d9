import type { Page } from '@playwright/test';
import { expect, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { rounded, shelve } from './support/kept.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Find and do anything' });

async function find(page: Page, words: string): Promise<void> {
	await page.keyboard.press('Control+k');
	await expect(palette(page).getByRole('combobox')).toBeFocused();
	await page.keyboard.type(words);
}

/** Types the words and takes what stands first. */
async function go(page: Page, words: string): Promise<void> {
	await find(page, words);
	await page.keyboard.press('Enter');
	await expect(palette(page)).toHaveCount(0);
	await settled(page);
}

test.afterEach(async ({ app }) => {
	await shelve(app);
});

test('Ctrl+K reaches a view, a tile of another view, a measure, a filter, dates, the as-of and back, from the keyboard alone', async ({ app }) => {
	const [first, before] = [app.url(), await rounded(app)];
	await go(app, 'root cause');
	await expect(app).toHaveURL(/view=root-cause/);
	await go(app, 'open cases by hours left');
	await expect(app).toHaveURL(/view=operations/);
	await expect(app.locator('[data-tile="about-to-breach"]')).toBeFocused();
	await expect(app.locator('[data-tile="about-to-breach"]')).toBeInViewport();
	await go(app, 'sla breach');
	await expect(app).toHaveURL(/view=measures&.*measure=sla_breach_rate/);
	await go(app, 'claim denials');
	await expect(app).toHaveURL(/f\.case_type=claim_denial/);
	await go(app, 'urgency high');
	await expect(app).toHaveURL(/f\.urgency=high/);
	await go(app, 'last 30 days');
	await expect(app).toHaveURL(/from=2026-06-01&.*to=2026-06-30/);
	await go(app, 'one week back');
	await expect(app).toHaveURL(/asof=2026-06-23T/);
	await go(app, 'latest in the data');
	await expect(app).not.toHaveURL(/asof=/);
	await go(app, 'reset');
	await expect(app).not.toHaveURL(/f\.|from=/);
	await go(app, 'executive');
	expect(app.url()).toBe(first);
	expect(await rounded(app)).toEqual(before);
});

test('what is found is said with its number; arrows walk the list and its ends meet; Esc closes and gives the focus back', async ({ app }) => {
	const opener = app.getByRole('button', { name: 'Search views' });
	await opener.press('Enter');
	await expect(palette(app).getByRole('status')).toHaveText(/^\d+ things can be reached from here/);
	await app.keyboard.type('case type');
	await expect(palette(app).getByRole('status')).toHaveText(/^\d+ found/);
	const options = palette(app).getByRole('option');
	const count = await options.count();
	expect(count).toBeGreaterThan(3);
	const active = () => palette(app).getByRole('combobox').evaluate((field) => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent.trim());
	const order: (string | undefined)[] = [];
	for (let i = 0; i <= count; i++) {
		order.push(await active());
		await app.keyboard.press('ArrowDown');
	}
	expect(order.slice(0, count)).toEqual((await options.allTextContents()).map((text) => text.trim()));
	expect(order[count]).toBe(order[0]);
	await app.keyboard.type('zzzz');
	await expect(palette(app).getByRole('status')).toHaveText('Nothing found');
	await app.keyboard.press('Escape');
	await expect(palette(app)).toHaveCount(0);
	await expect(opener).toBeFocused();
});

test('at most fifty of what is found are on the page after each key, and their number is said truly', async ({ app }) => {
	await find(app, '');
	for (const key of ['a', 's', 'e', 'Backspace', 'Backspace', 'Backspace', 'e']) {
		await app.keyboard.press(key);
		const said = await palette(app).getByRole('status').innerText();
		const shown = await palette(app).getByRole('option').count();
		expect(shown, said).toBeLessThanOrEqual(50);
		if (said.includes('found')) expect(said).toBe(shown < 50 ? `${String(shown)} found` : said.replace(/best \d+/, 'best 50'));
	}
	await app.keyboard.press('Escape');
});

test('? shows every shortcut; single letters can be turned off, and then neither ? nor a digit does anything', async ({ app }) => {
	await app.keyboard.press('?');
	const dialog = app.getByRole('dialog', { name: 'Keyboard shortcuts' });
	for (const group of ['Page', 'Charts and tables', 'Lists', 'One row’s history', 'Presentation']) await expect(dialog.getByRole('heading', { name: group, exact: true })).toBeVisible();
	await expect(dialog.getByText('Undo the last step')).toBeVisible();
	await app.keyboard.press('Tab');
	await expect(dialog.getByLabel('Single letters and digits act')).toBeFocused();
	await app.keyboard.press('Space');
	await app.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	const address = app.url();
	await app.keyboard.press('?');
	await app.keyboard.press('2');
	await app.keyboard.press('p');
	await app.keyboard.press('Control+k');
	await expect(palette(app)).toBeVisible();
	expect(app.url()).toBe(address);
	await expect(dialog).toHaveCount(0);
	await app.keyboard.type('keyboard shortcuts');
	await app.keyboard.press('Enter');
	await expect(dialog).toBeVisible();
	await dialog.getByLabel('Single letters and digits act').press('Space');
	await app.keyboard.press('Escape');
	await app.keyboard.press('2');
	await settled(app);
	await expect(app).toHaveURL(/view=operations/);
});

test('letters typed into a field are text and no shortcuts', async ({ app }) => {
	await app.keyboard.press('2');
	await settled(app);
	const search = app.locator('[data-tile="cases"] input[type="search"], [data-tile="cases"] input[type="text"]').first();
	await search.focus();
	const address = app.url();
	await app.keyboard.type('p1?');
	await expect(search).toHaveValue('p1?');
	expect(app.url()).toBe(address);
	await expect(app.getByRole('dialog')).toHaveCount(0);
	await app.keyboard.press('Control+a');
	await app.keyboard.press('Delete');
});

test('axe finds nothing in the palette, empty, with results and without, and in the shortcuts, in both themes', async ({ app }) => {
	const found: string[] = [];
	for (const theme of ['Dark', 'Light']) {
		await app.getByRole('button', { name: `${theme} theme` }).press('Enter');
		for (const words of ['', 'case', 'zzzz']) {
			await find(app, words);
			found.push(...(await violations(app)).map((line) => `${theme}, “${words}”: ${line}`));
			await app.keyboard.press('Escape');
			await expect(palette(app)).toHaveCount(0);
		}
		await app.keyboard.press('?');
		await expect(app.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
		found.push(...(await violations(app)).map((line) => `${theme}, shortcuts: ${line}`));
		await app.keyboard.press('Escape');
	}
	expect(found).toEqual([]);
});
