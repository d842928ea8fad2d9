import { expect, test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { watch, type Watched } from './watch.ts';

export { expect };

/** The address of the small demo data on which most tests run. */
export const home = '?v=1&size=small';

interface ContextSettings {
	baseURL?: string | undefined;
	locale?: string | undefined;
	timezoneId?: string | undefined;
}

/** `worker`: whether the page may keep itself by a service worker, which fetches every file of the app on its own. */
export async function openContext(browser: Browser, { baseURL, locale, timezoneId }: ContextSettings, worker: 'allow' | 'block' = 'allow'): Promise<BrowserContext> {
	return browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: worker, ...(baseURL ? { baseURL } : {}), ...(locale ? { locale } : {}), ...(timezoneId ? { timezoneId } : {}) });
}

/** Opens an address and waits until the view in front is complete. */
export async function load(page: Page, query: string): Promise<void> {
	await page.goto(`./${query}`);
	await page.evaluate(async () => {
		await window.throughline.ready;
	});
	await settled(page);
}

/** Nothing is being built, asked or waited for. */
export async function settled(page: Page): Promise<void> {
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
	await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .progress, .reaching, .body > .waiting') && !document.getAnimations().some(({ playState }) => playState === 'running'));
}

/** Follows an address inside the open page, as Back and Forward do: the engine stays, the state is that of the address. */
export async function follow(page: Page, query: string): Promise<void> {
	await page.evaluate((address) => {
		history.pushState(null, '', `./${address}`);
		window.dispatchEvent(new PopStateEvent('popstate'));
	}, query);
	await settled(page);
}

async function tidy(page: Page): Promise<void> {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.evaluate(() => {
		for (const dialog of document.querySelectorAll('dialog')) dialog.close();
		for (const panel of document.querySelectorAll<HTMLElement>('[popover]:popover-open')) panel.hidePopover();
		for (const button of document.querySelectorAll<HTMLButtonElement>('.alert button, [data-account] button')) button.click();
		document.body.tabIndex = -1;
		document.body.focus();
		document.body.removeAttribute('tabindex');
		window.scrollTo(0, 0);
	});
	if ((await page.locator('html').getAttribute('data-theme')) === 'dark') await page.getByRole('button', { name: 'Light theme' }).click();
}

/**
 * `app` is one page for all tests of a run, brought back to the home address before each; the law that no test makes it
 * complain, fail a request or leave its origin is checked after each.
 */
export const test = base.extend<{ app: Page }, { shared: Watched }>({
	shared: [
		async ({ browser }, use, { project }) => {
			const context = await openContext(browser, project.use);
			const page = await context.newPage();
			const watched = watch(page);
			await load(page, home);
			await use(watched);
			await context.close();
		},
		{ scope: 'worker', timeout: 120_000 },
	],
	app: async ({ shared }, use) => {
		await tidy(shared.page);
		const { search } = new URL(shared.page.url());
		if (search !== home) await follow(shared.page, home);
		await use(shared.page);
		expect(shared.problems.splice(0), 'what the page complained about').toEqual([]);
	},
});
