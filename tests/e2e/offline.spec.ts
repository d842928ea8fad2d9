import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { readXlsx } from '../support/xlsx.ts';
import { expect, home, settled } from './support/app.ts';
import { violations } from './support/axe.ts';
import { test } from './support/device.ts';
import { choose, smallFiles, upload } from './support/files.ts';
import { again, built, cachesOf, copyOf, host, keptVersion, loaded, visit } from './support/kept-host.ts';
import { kept, loadFiles, menu, shutMenu } from './support/kept-data.ts';
import { listen } from './support/listener.ts';
import { parquetOf, xesOf } from './support/other-formats.ts';
import { everything, popover, show, sql, tile, value } from './support/screen.ts';
import { watch } from './support/watch.ts';

test.describe.configure({ timeout: 240_000 });

const name = (version: string, folder = '/'): string => `throughline-app ${folder} ${version}`;
const newer = (page: Page) => page.getByText('A new version is ready');
const updated = (page: Page): Promise<unknown> => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update().catch(() => null));

async function imported(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
	await popover(page, /demo data|your files/);
	await page.getByLabel('Choose files').setInputFiles([file]);
	await expect(page.locator('[data-intake]')).toBeVisible();
	await expect(page.locator('[data-intake]')).toContainText(file.name);
	await settled(page);
}

test('after one visit everything works with the server gone: views, slicers, imports of every format, exports, the console, kept files', async ({ page, site }) => {
	await visit(page, `${site.url}${home}`);
	await keptVersion(page);
	expect(await violations(page)).toEqual([]);
	const before = await everything(page);
	await site.stop();

	await test.step('the page that is open goes on, with parts that it has not needed yet', async () => {
		await show(page, 'Data');
		await expect(page.locator('.cm-editor')).toBeVisible();
	});
	await page.goto(`${site.url}${home}`);
	await again(page);
	expect(await everything(page)).toEqual(before);

	await show(page, 'Executive');
	const arriving = page.waitForEvent('download');
	await tile(page, 'kpis').getByRole('button', { name: /^Export of/ }).click();
	await tile(page, 'kpis').getByRole('menuitem', { name: 'Excel', exact: true }).click();
	const { sheets } = readXlsx(readFileSync(await (await arriving).path()));
	expect(sheets['Table']?.length).toBe(9);

	for (const file of [upload('log.xes', xesOf(12)), upload('sales.parquet', await parquetOf(40))]) await imported(page, file);
	await page.getByRole('button', { name: 'Leave them' }).click();

	await show(page, 'Executive');
	await choose(page, smallFiles());
	expect(await value(page, 'active_cases')).toBe(4);
	await kept(page, 1);
	await shutMenu(page);
	await again(page);
	expect(await value(page, 'active_cases')).toBe(4);
	await show(page, 'Data');
	await page.locator('.cm-content').fill('select count(*) as cases from marts.fct_case_lifecycle');
	await page.keyboard.press('Control+Enter');
	await expect(page.locator('tbody td').filter({ hasText: /^5$/ }).first()).toBeVisible();
	expect(await sql(page, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a newer build is kept beside the old one and asked about; the page never mixes the two, takes it when told to, and the old one is removed', async ({ page, site, later }) => {
	const watched = watch(page);
	await visit(page, `${site.url}${home}`);
	const first = await keptVersion(page);
	expect(await cachesOf(page)).toEqual([name(first)]);
	const other = await page.context().newPage();
	await visit(other, `${site.url}${home}`);

	site.deploy(later);
	await updated(page);
	await expect(newer(page)).toBeVisible({ timeout: 60_000 });
	expect(await violations(page)).toEqual([]);
	expect(await cachesOf(page)).toHaveLength(2);
	await page.reload();
	await settled(page);
	expect(await keptVersion(page)).toBe(first);
	expect((await loaded(page)).filter((each) => each.startsWith('later-'))).toEqual([]);
	await expect(newer(page)).toBeVisible();
	await page.getByRole('button', { name: 'Later' }).click();
	await expect(newer(page)).toHaveCount(0);

	await expect(newer(other)).toBeVisible();
	await page.reload();
	await settled(page);
	await expect(newer(page)).toBeVisible({ timeout: 60_000 });
	await page.evaluate(() => ((window as unknown as { old: boolean }).old = true));
	await page.getByRole('button', { name: 'Reload', exact: true }).click();
	await page.waitForFunction(() => !('old' in window) && 'throughline' in window);
	await page.evaluate(async () => void (await window.throughline.ready));
	const second = await keptVersion(page);
	expect(second).not.toBe(first);
	expect((await loaded(page)).filter((each) => /^(later-)?index-.*\.js$/.test(each))).toEqual([expect.stringMatching(/^later-/)]);

	await site.stop();
	await test.step('a page that was open before goes on with its own files, and its cache stays as long as it does', async () => {
		expect(await cachesOf(other)).toEqual([name(first), name(second)].sort());
		await other.evaluate(() => ((window as unknown as { old: boolean }).old = true));
		await other.keyboard.press('Control+k');
		await expect(other.getByRole('dialog')).toBeVisible();
		await other.keyboard.press('Escape');
		await show(other, 'Data');
		await expect(other.locator('.cm-editor')).toBeVisible();
		expect((await loaded(other)).filter((each) => each.startsWith('later-'))).toEqual([]);
		expect(await other.evaluate(() => 'old' in window), 'nothing reloads by itself').toBe(true);
	});
	await other.close();
	await again(page);
	await expect.poll(() => cachesOf(page), { timeout: 30_000 }).toEqual([name(second)]);
	expect(watched.problems.filter((problem) => /mixed|dynamically imported|404/.test(problem))).toEqual([]);
});

test('a build that cannot be kept whole (a file is missing, cut off, or of another build) leaves the old one working, and nothing of itself', async ({ page, site, later }) => {
	const part = join('assets', readdirSync(join(later, 'assets')).find((file) => file.startsWith('later-Palette')) ?? '');
	const text = (file: string): string => readFileSync(join(later, file), 'utf8');
	const spoilt = copyOf(later);
	const spoil = [
		() => rmSync(join(spoilt, part)),
		() => writeFileSync(join(spoilt, part), text(part).slice(0, 200)),
		() => {
			writeFileSync(join(spoilt, part), text(part));
			writeFileSync(join(spoilt, 'index.html'), text('index.html').replace('lang="en"', 'lang="fr"'));
		},
	];
	await visit(page, `${site.url}${home}`);
	const first = await keptVersion(page);
	site.deploy(spoilt);
	for (const change of spoil) {
		change();
		const end = await page.evaluate(async () => {
			const registration = await navigator.serviceWorker.getRegistration();
			const ended = new Promise((done) => registration?.addEventListener('updatefound', () => {
				const worker = registration.installing;
				worker?.addEventListener('statechange', () => done(worker.state));
			}));
			await registration?.update().catch(() => null);
			return ended;
		});
		expect(end).toBe('redundant');
		expect(await cachesOf(page)).toEqual([name(first)]);
	}
	await expect(newer(page)).toHaveCount(0);
	await site.stop();
	await again(page);
	expect(await keptVersion(page)).toBe(first);
	rmSync(spoilt, { recursive: true });
});

test('in a subfolder the app keeps its own folder and nothing beside it; another copy on the same origin is not touched', async ({ page }) => {
	const site = await host(built, 'org/repo');
	await page.goto(`${site.url}icon.svg`);
	await page.evaluate(async () => void (await caches.open('throughline-app /org/ 1')));
	await visit(page, `${site.url}${home}`);
	const version = await keptVersion(page);
	expect(await cachesOf(page)).toEqual(['throughline-app /org/ 1', name(version, '/org/repo/')]);
	expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.scope)).toBe(site.url);
	expect(await page.evaluate(() => fetch('/').then(({ status }) => status))).toBe(404);
	await site.stop();
	await again(page);
	expect(await value(page, 'active_cases')).toBeGreaterThan(0);
	expect(await page.evaluate(() => fetch('/').then(() => 'answered', () => 'no answer'))).toBe('no answer');
	await site.close().catch(() => undefined);
});

test('“Forget everything” removes the kept app as well, also while it is being kept, and keeps nothing again in this visit', async ({ page, site }) => {
	await visit(page, `${site.url}${home}`);
	await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.installing, null, { polling: 20 });
	await (await menu(page)).getByRole('button', { name: 'Forget everything' }).click();
	await page.getByRole('button', { name: 'Yes, forget everything' }).click();
	await expect(page.locator('[data-kept-data]')).toContainText('Nothing of this app is kept');
	expect(await cachesOf(page)).toEqual([]);
	expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
	await expect(page.locator('[data-offline]')).toHaveCount(0);

	await again(page);
	await keptVersion(page);
	await loadFiles(page, smallFiles());
	await kept(page, 1);
	await page.getByRole('button', { name: 'Forget everything' }).click();
	await page.getByRole('button', { name: 'Yes, forget everything' }).click();
	await expect(page.locator('[data-kept-data]')).toContainText('Nothing of this app is kept');
	await settled(page);
	await show(page, 'Data');
	expect(await cachesOf(page)).toEqual([]);
	await expect(page.locator('[data-offline]')).toHaveCount(0);
	await site.stop();
	await expect(page.reload()).rejects.toThrow(/ERR_CONNECTION_REFUSED/);
});

test('the worker answers for no other origin, and what it answers carries the policy that the host sent', async ({ page, site }) => {
	const other = await listen();
	await visit(page, `${site.url}${home}`);
	await keptVersion(page);
	const [policy, live] = [(await page.request.get(site.url)).headers()['content-security-policy'], await page.evaluate(() => fetch('./').then(({ headers }) => headers.get('content-security-policy')))];
	expect(live).toBe(policy);
	await site.stop();
	await again(page);
	expect(await page.evaluate(() => fetch('./').then(({ headers }) => headers.get('content-security-policy')))).toBe(policy);
	expect(await page.evaluate((url) => fetch(url).then(() => 'answered', () => 'refused'), `${other.url}/leak.csv`)).toBe('refused');
	expect(await page.evaluate(() => fetch('assets/nothing.js').then(() => 'answered', () => 'no answer'))).toBe('no answer');
	expect(other.visits).toEqual([]);
	await other.close();
});
