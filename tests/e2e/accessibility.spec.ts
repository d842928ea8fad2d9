import type { Page } from '@playwright/test';
import { expect, follow, home, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { choose, smallFiles } from './support/files.ts';
import { pageNames, popover, show, sql } from './support/screen.ts';

async function turn(page: Page, theme: 'Dark' | 'Light'): Promise<void> {
	await page.getByRole('button', { name: `${theme} theme` }).click();
	await expect(page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase());
}

/** All rules in light; what a theme can change, the contrast, in dark too. */
async function flawless(page: Page, state: string): Promise<void> {
	const found: string[] = [];
	for (const name of pageNames) {
		await show(page, name);
		found.push(...(await violations(page)).map((line) => `${name}, ${state}: ${line}`));
		await turn(page, 'Dark');
		found.push(...(await violations(page, ['color-contrast'])).map((line) => `${name}, ${state}, dark: ${line}`));
		await turn(page, 'Light');
	}
	expect(found).toEqual([]);
}

test('axe finds nothing on every page with data, in light and in dark', async ({ app }) => {
	await flawless(app, 'data');
});

test('axe finds nothing on every page with an empty selection and an error on screen, in light and in dark', async ({ app }) => {
	await follow(app, `${home}&f.case_type=none_such`);
	await choose(app, smallFiles({ cases: () => null }));
	await expect(app.getByRole('alert')).toBeVisible();
	await flawless(app, 'empty and error');
});

test('axe finds nothing in open popovers and in the timeline of a case', async ({ app }) => {
	const found: string[] = [];
	for (const button of [/^Opened/, /^State/, /^as of/, /demo data/, /^Change:/]) {
		await popover(app, button);
		found.push(...(await violations(app)).map((line) => `${String(button)}: ${line}`));
		await app.keyboard.press('Escape');
	}
	const [one] = await sql(app, 'select case_id::varchar as id from marts.fct_case_lifecycle where is_reopened order by case_id limit 1');
	await follow(app, `${home}&case=${String(one?.['id'])}`);
	await expect(app.getByRole('dialog').locator('li').first()).toBeVisible();
	found.push(...(await violations(app)).map((line) => `timeline: ${line}`));
	expect(found).toEqual([]);
});

test('no page scrolls sideways at 1440, 1024 and 390 px', async ({ app }) => {
	for (const name of pageNames) {
		await show(app, name);
		for (const width of [1440, 1024, 390]) {
			await app.setViewportSize({ width, height: 844 });
			const box = await app.evaluate(() => {
				const limit = document.documentElement.clientWidth;
				const wide = [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > limit + 1 && !element.closest('.scroll, .chart-box, pre'));
				return { over: Math.max(0, document.documentElement.scrollWidth - limit), culprit: wide ? `${wide.tagName} ${wide.className.toString()} in ${wide.closest('[data-tile]')?.getAttribute('data-tile') ?? ''}` : '' };
			});
			expect(box, `${name} at ${String(width)} px`).toEqual({ over: 0, culprit: '' });
		}
		await app.setViewportSize({ width: 1440, height: 900 });
	}
});

test('both themes differ in paper and ink, and the browser keeps the choice', async ({ app }) => {
	const look = () => app.evaluate(() => [getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.body).color]);
	const light = await look();
	await turn(app, 'Dark');
	const dark = await look();
	expect(dark[0]).not.toBe(light[0]);
	expect(dark[1]).not.toBe(light[1]);
	expect(await app.evaluate(() => localStorage.getItem('theme'))).toBe('dark');
	await turn(app, 'Light');
});
