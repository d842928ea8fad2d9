import type { Page } from '@playwright/test';
import { expect, settled, test } from './support/app.ts';
import { pageNames, tile } from './support/screen.ts';

const focused = (page: Page) =>
	page.evaluate(() => {
		const element = document.activeElement;
		if (!(element instanceof HTMLElement)) return { name: '', seen: false };
		const style = getComputedStyle(element);
		const around = element.closest('label');
		const outlined = (each: Element): boolean => getComputedStyle(each).outlineStyle !== 'none' && parseFloat(getComputedStyle(each).outlineWidth) > 0;
		const box = element.getBoundingClientRect();
		return { name: (element.getAttribute('aria-label') ?? (element.closest('label') ?? element).textContent).trim().replace(/\s+/g, ' '), seen: (outlined(element) || (around !== null && outlined(around)) || style.boxShadow !== 'none') && box.right > 0 };
	});

/** Tabs on until the focus stands on something so called; every stop on the way must show where it is. */
async function tabTo(page: Page, name: RegExp, most = 40): Promise<void> {
	const stops: string[] = [];
	for (let i = 0; i < most; i++) {
		await page.keyboard.press('Tab');
		const at = await focused(page);
		stops.push(at.name);
		expect(at.seen, `the focus on “${at.name}” can be seen`).toBe(true);
		if (name.test(at.name)) return;
	}
	throw new Error(`no stop called ${String(name)} among: ${stops.join(' | ')}`);
}

test('[S1-F23] every page, the slicers and a case are reached with Tab, Enter, Space and Esc alone, and the focus can be seen at every stop', async ({ app }) => {
	await app.keyboard.press('Tab');
	const skip = app.getByRole('link', { name: 'Skip to the numbers' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await app.keyboard.press('Enter');
	await expect(app.locator('main')).toBeFocused();
	const headings: string[] = [];
	for (const name of pageNames.slice(1)) {
		await app.evaluate(() => {
			document.body.tabIndex = -1;
			document.body.focus();
			document.body.removeAttribute('tabindex');
		});
		await tabTo(app, new RegExp(`^${name}$`));
		await app.keyboard.press('Enter');
		await settled(app);
		await expect(app.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
		headings.push(await app.getByRole('heading', { level: 1 }).innerText());
	}
	expect(new Set(headings).size).toBe(pageNames.length - 1);
});

test('a popover opens with Enter, chooses with Space, closes with Esc and gives the focus back to its button', async ({ app }) => {
	await tabTo(app, /^Case type/);
	await app.keyboard.press('Enter');
	await expect(app.locator('[popover]:popover-open')).toBeVisible();
	await tabTo(app, /^Claim denials/, 5);
	await app.keyboard.press('Space');
	await settled(app);
	await expect(app).toHaveURL(/f\.case_type=claim_denial/);
	await app.keyboard.press('Escape');
	await expect(app.locator('[popover]:popover-open')).toHaveCount(0);
	expect((await focused(app)).name).toMatch(/^Case type claim denials/);
	await tabTo(app, /^Reset$/);
	await app.keyboard.press('Enter');
	await settled(app);
	await expect(app).not.toHaveURL(/f\.case_type/);
});

test('a list is scrolled, sorted and opened from the keyboard', async ({ app }) => {
	await app.getByRole('link', { name: 'Operations' }).press('Enter');
	await settled(app);
	await tile(app, 'stale-list').locator('.scroll').focus();
	await tabTo(app, /^Case$/, 3);
	await tabTo(app, /^Open case /, 20);
	const opener = app.locator(':focus');
	const name = (await focused(app)).name.replace('Open case', 'Case');
	await app.keyboard.press('Enter');
	await expect(app.getByRole('dialog', { name })).toBeVisible();
	await app.keyboard.press('Escape');
	await expect(app.getByRole('dialog')).toHaveCount(0);
	await expect(opener).toHaveAttribute('aria-label', /Open case/);
});
