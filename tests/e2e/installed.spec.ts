import { readFileSync } from 'node:fs';
import { expect, home, settled } from './support/app.ts';
import { test } from './support/device.ts';
import { smallFiles } from './support/files.ts';
import { again, keptVersion, visit } from './support/kept-host.ts';
import { listen } from './support/listener.ts';
import { value } from './support/screen.ts';

test.describe.configure({ timeout: 120_000 });

const plainFiles = smallFiles().map(({ name, buffer }) => ({ name: name === 'cases.csv' ? 'cases – März.csv' : name, text: buffer.toString('utf8') }));

test('the browser finds nothing that keeps the app from being installed, and every icon has the size that is said', async ({ page, site }) => {
	await visit(page, `${site.url}${home}`);
	await keptVersion(page);
	const browser = await page.context().newCDPSession(page);
	const { errors, data } = await browser.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	// A context of Playwright's is a private window, in which nothing can be installed.
	expect((await browser.send('Page.getInstallabilityErrors')).installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
	const { icons } = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string; type: string }[] };
	expect(icons.length).toBe(4);
	for (const { src, sizes, type } of icons) {
		const size = await page.evaluate(async (url) => {
			const image = new Image();
			image.src = url;
			await image.decode();
			return `${String(image.naturalWidth)}x${String(image.naturalHeight)}`;
		}, src);
		if (type === 'image/png') expect(size, src).toBe(sizes);
	}
});

test('files that are shared with the app are asked about and open nothing by themselves, whoever shares; with the host gone as well, and once only', async ({ page, site }) => {
	await visit(page, `${site.url}${home}`);
	await keptVersion(page);
	const before = await value(page, 'active_cases');
	await site.stop();
	const elsewhere = await listen(`<meta charset="utf-8"><form method="post" enctype="multipart/form-data" action="${site.url}share"><input type="file" name="files" multiple></form>`);
	await page.goto(elsewhere.url);
	await page.evaluate((files) => {
		const carried = new DataTransfer();
		for (const { name, text } of files) carried.items.add(new File([text], name, { type: 'text/csv' }));
		const input = document.querySelector('input');
		if (input) input.files = carried.files;
		document.querySelector('form')?.submit();
	}, plainFiles);
	await page.waitForURL((url) => url.href.startsWith(site.url));
	expect(new URL(page.url()).pathname).toBe('/');
	await expect(page.locator('[data-intake]')).toContainText('cases – März.csv', { timeout: 60_000 });
	await settled(page);
	expect(await value(page, 'cases_opened')).toBeGreaterThan(20_000);
	await page.locator('[data-intake]').getByRole('button', { name: /^Open/ }).first().click();
	await expect(page.locator('[data-account]')).toBeVisible();
	await settled(page);
	expect(await value(page, 'active_cases')).toBe(4);
	await page.goto(`${site.url}${home}`);
	await again(page);
	expect(await value(page, 'active_cases')).toBe(before);
	await expect(page.locator('[data-intake]')).toHaveCount(0);
	expect(await page.evaluate(() => caches.keys())).toHaveLength(1);
	await elsewhere.close();
	await page.evaluate(() => fetch('share', { method: 'POST', body: new FormData(), redirect: 'manual' }));
	await again(page);
	await expect(page.getByText('it held no file that can be read')).toBeVisible();
});

test('files that are opened with the installed app open as if they were dropped', async ({ page, site }) => {
	await page.addInitScript(() => Object.defineProperty(window, 'launchQueue', { value: { setConsumer: (take: unknown) => Object.assign(window, { take }) } }));
	await visit(page, `${site.url}${home}`);
	await page.evaluate(async (files) => {
		const folder = await navigator.storage.getDirectory();
		const handles = await Promise.all(
			files.map(async ({ name, text }) => {
				const handle = await folder.getFileHandle(name, { create: true });
				const writing = await handle.createWritable();
				await writing.write(text);
				await writing.close();
				return handle;
			}),
		);
		(window as unknown as { take: (launch: { files: FileSystemFileHandle[] }) => void }).take({ files: handles });
	}, smallFiles().map(({ name, buffer }) => ({ name, text: buffer.toString('utf8') })));
	await expect(page.locator('[data-account]')).toBeVisible();
	await settled(page);
	expect(await value(page, 'active_cases')).toBe(4);
});

test('the manifest takes the same kinds of files from the share sheet as from a double click', () => {
	const manifest = JSON.parse(readFileSync(new URL('../../public/manifest.webmanifest', import.meta.url), 'utf8')) as { share_target: { params: { files: { accept: string[] }[] } }; file_handlers: { accept: Record<string, string[]> }[] };
	const opened = manifest.file_handlers.flatMap(({ accept }) => Object.values(accept).flat());
	const shared = manifest.share_target.params.files.flatMap(({ accept }) => accept);
	expect(opened.length).toBeGreaterThan(8);
	expect(opened.filter((each) => !shared.includes(each))).toEqual([]);
});
