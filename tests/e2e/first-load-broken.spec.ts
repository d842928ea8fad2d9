import type { Page } from '@playwright/test';
import { expect, openContext, settled, test } from './support/app.ts';
import { host, type Fault, type Host } from './support/host.ts';
import { cards } from './support/screen.ts';

async function visit(broken: Host, run: (page: Page) => Promise<void>, browser: Parameters<typeof openContext>[0], use: Parameters<typeof openContext>[1]): Promise<void> {
	const context = await openContext(browser, use);
	try {
		await run(await context.newPage());
	} finally {
		await context.close();
		await broken.close();
	}
}

async function complete(page: Page): Promise<void> {
	await expect(page.locator('[data-kpi] .number[data-value]').first()).toBeVisible();
	await settled(page);
	expect(Object.keys(await cards(page)).length).toBe(8);
	await expect(page.getByRole('alert')).toHaveCount(0);
}

const failing: { what: string; matches: RegExp; fault: Fault; says: RegExp }[] = [
	{ what: 'the engine breaks off half-way', matches: /\.wasm\.gz$/, fault: 'half', says: /The engine could not be loaded: the connection ended after [0-3]\.\d MB\. Check the connection/ },
	{ what: 'the engine is refused', matches: /\.wasm\.gz$/, fault: 'refused', says: /The engine could not be loaded: the connection failed\. Check the connection/ },
	{ what: 'the host sends a page of its own for the engine', matches: /\.wasm\.gz$/, fault: 'another page', says: /The engine could not be loaded: the host sent something else in its place/ },
	{ what: 'the script of the engine does not come', matches: /engine\.worker-/, fault: 'refused', says: /A part of the app could not be loaded: the engine\. Check the connection/ },
	{ what: 'the script of the demo data does not come', matches: /generator\.worker-/, fault: 'refused', says: /A part of the app could not be loaded: the maker of demo data\. Check the connection/ },
	{ what: 'what that script loads breaks off', matches: /assets\/generate-/, fault: 'half', says: /A part of the app could not be loaded: generate-[\w-]+\.js\. Check the connection/ },
];

for (const { what, matches, fault, says } of failing)
	test(`when ${what} in the first load, the page says so and trying again makes it whole`, async ({ browser }, { project }) => {
		const broken = await host();
		broken.fault = (path) => (matches.test(path) ? fault : null);
		await visit(broken, async (page) => {
			await page.goto(`${broken.url}?v=1&size=small`);
			await expect(page.getByRole('alert')).toContainText(says);
			const again = page.getByRole('button', { name: 'Try again' });
			await again.click();
			await expect(page.getByRole('alert'), 'still broken: it says so again').toContainText(says);
			broken.fault = () => null;
			await again.focus();
			await page.keyboard.press('Enter');
			await complete(page);
		}, browser, project.use);
	});

for (const [what, matches] of [['the page', /assets\/index-.*\.js$/], ['what the page imports', /assets\/format-.*\.js$/]] as const)
	test(`when the script of ${what} breaks off, a notice says so and its link loads the page again`, async ({ browser }, { project }) => {
		const broken = await host();
		broken.fault = (path) => (matches.test(path) ? 'half' : null);
		await visit(broken, async (page) => {
			await page.goto(`${broken.url}?v=1&size=small`);
			const notice = page.getByText('Part of this page has not arrived.');
			await expect(notice).toBeVisible({ timeout: 10_000 });
			broken.fault = () => null;
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
			await complete(page);
			await expect(notice).toHaveCount(0);
		}, browser, project.use);
	});

test('when nothing but the document comes, the notice needs no script', async ({ browser }, { project }) => {
	const broken = await host();
	broken.fault = (path) => (path === '/' ? null : 'refused');
	await visit(broken, async (page) => {
		await page.goto(broken.url);
		await expect(page.getByText('Part of this page has not arrived.')).toBeVisible({ timeout: 25_000 });
	}, browser, project.use);
});

test('a page of the app that does not come when it is opened says so, and comes when it is opened again', async ({ browser }, { project }) => {
	const broken = await host();
	broken.fault = (path) => (/assets\/(DataView|Catalogue)-.*\.js$/.test(path) ? 'refused' : null);
	await visit(broken, async (page) => {
		await page.goto(`${broken.url}?v=1&size=small`);
		await complete(page);
		await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Data', exact: true }).click();
		await expect(page.getByText('This part of the app could not be loaded.')).toBeVisible();
		broken.fault = () => null;
		await page.getByRole('button', { name: 'Try again' }).click();
		await expect(page.getByRole('textbox', { name: 'SQL console' })).toBeVisible();
	}, browser, project.use);
});
