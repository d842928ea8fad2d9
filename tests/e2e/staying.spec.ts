import { test as base, type BrowserContext, type Page } from '@playwright/test';
import { expect, home, load, openContext, settled } from './support/app.ts';
import { violations } from './support/axe.ts';
import { smallFiles, type Upload } from './support/files.ts';
import { account, databases, folders, inFolder, kept, loadFiles, manifests, menu, rows, shutMenu } from './support/kept-data.ts';
import { cards, show, sql, value } from './support/screen.ts';

/** Each test has a device of its own. */
const test = base.extend<{ device: BrowserContext; app: Page }>({
	device: async ({ browser }, use, { project }) => {
		const context = await openContext(browser, project.use);
		await use(context);
		await context.close();
	},
	app: async ({ device }, use) => {
		const page = await device.newPage();
		await load(page, home);
		await use(page);
	},
});

test.describe.configure({ timeout: 180_000 });

const first = smallFiles();
const second = smallFiles({ cases: (lines) => [...lines, '6,2,2,billing_dispute,low,in_progress,2025-03-03T08:00:00,2025-03-03T09:00:00,,,0,0,'].join('\n') });

/** A table of `mb` megabytes of interactions over the small files. */
function large(mb: number): Upload[] {
	const line = (i: number): string => `${String(i)},1,call,2025-03-0${String((i % 4) + 1)}T1${String(i % 10)}:00:00,12,1`;
	return smallFiles({ interactions: (lines) => [...lines, ...Array.from({ length: Math.round((mb * 1e6) / 38) }, (_, i) => line(i + 10))].join('\n') });
}

const print = (page: Page): string | null => new URL(page.url()).searchParams.get('data');

async function revisit(page: Page, query = ''): Promise<void> {
	await load(page, query);
}

test('files are there at the next visit with their view, and a link to them opens them; demo data stays demo data', async ({ app, device }) => {
	await loadFiles(app, first);
	await kept(app, 1);
	await shutMenu(app);
	await app.evaluate(() => window.throughline.asOf('2025-03-05T12:00:00'));
	await show(app, 'Operations');
	const [link, before] = [new URL(app.url()).search, await cards(app)];
	expect(print(app)).toMatch(/^files-[0-9a-f]{20}$/);
	await expect.poll(async () => Object.keys(await inFolder(app)).length).toBe(7);
	await expect.poll(() => manifests(app)).toContain(JSON.stringify(link).slice(1, -1));
	await app.close();

	const next = await device.newPage();
	await revisit(next);
	expect(new URL(next.url()).search).toBe(link);
	expect(await cards(next)).toEqual(before);
	expect(await value(next, 'active_cases')).toBe(4);

	await revisit(next, `?v=1&data=${print(next) ?? ''}&view=executive`);
	expect(await value(next, 'active_cases')).toBe(4);
	await expect(next.getByText('files stay on the device')).toHaveCount(0);

	await load(next, home);
	await revisit(next);
	await expect(next.getByRole('button', { name: /demo data/ })).toBeVisible();
});

test('undo walks back to files that were loaded before a reload', async ({ app }) => {
	await loadFiles(app, first);
	await kept(app, 1);
	await loadFiles(app, second);
	await kept(app, 2);
	await app.reload();
	await app.evaluate(async () => void (await window.throughline.ready));
	expect(await value(app, 'cases_opened')).toBe(6);
	await app.goBack();
	await expect.poll(() => value(app, 'cases_opened')).toBe(5);
	await settled(app);
});

test('several sets of files are listed with rows and size, opened, renamed and forgotten, all by keyboard, with nothing that axe minds; forgotten bytes are gone', async ({ app }) => {
	await loadFiles(app, first);
	await kept(app, 1);
	await loadFiles(app, second);
	await kept(app, 2);
	expect(await violations(app)).toEqual([]);
	await expect(rows(app).first()).toContainText(/open now · 17 rows · [12]\skB/);
	await expect(app.locator('[data-kept-data]')).toContainText(/2 sets of files, \d\skB in all/);
	await expect(app.locator('[data-kept-data]')).toContainText('On this device only');

	await rows(app).last().getByRole('button', { name: /^Rename/ }).focus();
	await app.keyboard.press('Enter');
	await expect(app.getByRole('textbox', { name: 'Name' })).toBeFocused();
	await app.keyboard.press('Control+a');
	await app.keyboard.type('Five cases');
	await app.keyboard.press('Enter');
	const renamed = app.locator('[data-workspace]', { hasText: 'Five cases' });
	await expect(renamed).toHaveCount(1);
	await renamed.getByRole('button', { name: 'Five cases', exact: true }).focus();
	await app.keyboard.press('Enter');
	await expect.poll(() => value(app, 'cases_opened')).toBe(5);
	await settled(app);

	await menu(app);
	const files = await inFolder(app);
	await app.locator('[data-workspace]', { hasNotText: 'Five cases' }).getByRole('button', { name: /^Forget/ }).focus();
	await app.keyboard.press('Enter');
	await expect(app.getByRole('button', { name: 'Cancel' })).toBeFocused();
	await app.keyboard.press('Escape');
	await expect(rows(app)).toHaveCount(2);
	await expect(app.locator('[data-workspace]', { hasNotText: 'Five cases' }).getByRole('button', { name: /^Forget/ })).toBeFocused();
	await app.keyboard.press('Enter');
	await app.keyboard.press('Shift+Tab');
	await app.keyboard.press('Enter');
	await expect(rows(app)).toHaveCount(1);
	expect(Object.keys(await inFolder(app)).length).toBe(Object.keys(files).length / 2);
	expect(await value(app, 'cases_opened')).toBe(5);
});

test('“Forget everything” asks first and then leaves no byte of ours: no folder, no database, no shelf, no cache; the page shows demo data', async ({ app }) => {
	await loadFiles(app, first);
	await app.evaluate(() => localStorage.setItem('throughline.bookmarks', '[]'));
	await kept(app, 1);
	await (await menu(app)).getByRole('button', { name: 'Forget everything' }).focus();
	await app.keyboard.press('Enter');
	await expect(app.locator('[data-kept-data]')).toContainText('bookmarks, notes, targets');
	await app.keyboard.press('Shift+Tab');
	await app.keyboard.press('Enter');
	await expect(app.locator('[data-kept-data]')).toContainText('Nothing of this app is kept');
	await settled(app);
	expect(await folders(app)).toEqual([]);
	expect(await databases(app)).toEqual([]);
	expect(await app.evaluate(async () => [Object.keys(localStorage).filter((key) => localStorage.getItem(key) !== ''), await caches.keys()])).toEqual([[], []]);
	await expect(app.getByRole('button', { name: /demo data/ })).toBeVisible();
	await app.goBack();
	await expect(app.getByText('files stay on the device')).toBeVisible();
});

test('where there are no private files they are kept in the browser’s database, and forgotten there; where both are refused the app goes on and says so', async ({ device }) => {
	await device.addInitScript(() => {
		StorageManager.prototype.getDirectory = () => Promise.reject(new DOMException('', 'SecurityError'));
		Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
	});
	const page = await device.newPage();
	await load(page, home);
	await loadFiles(page, first);
	await kept(page, 1);
	await expect(page.locator('[data-kept-data]')).toContainText('in this browser’s database');
	await revisit(page);
	expect(await value(page, 'active_cases')).toBe(4);
	await kept(page, 1);
	await page.getByRole('button', { name: 'Forget everything' }).click();
	await page.getByRole('button', { name: 'Yes, forget everything' }).click();
	await expect(page.locator('[data-kept-data]')).toContainText('Nothing of this app is kept');
	expect(await databases(page)).toEqual([]);

	const bare = await device.newPage();
	await bare.addInitScript(() => {
		IDBFactory.prototype.open = () => {
			throw new DOMException('', 'SecurityError');
		};
	});
	await load(bare, home);
	await loadFiles(bare, first);
	await expect(bare.getByText('These files are open, but not kept: this browser lets the page keep nothing')).toBeVisible();
	expect(await value(bare, 'active_cases')).toBe(4);
	await expect(await menu(bare)).toContainText('lets the page keep nothing');
	await shutMenu(bare);
	await bare.evaluate(() => window.throughline.open({ seed: 7 }));
	await bare.goBack();
	await expect.poll(() => value(bare, 'active_cases')).toBe(4);
});

test('a full device: the import opens and is said not to be kept, with the room that is missing, and what was kept before is there at the next visit', async ({ app, device }) => {
	await loadFiles(app, first);
	await kept(app, 1);
	await shutMenu(app);
	// The room ends while the bytes are written.
	const cdp = await device.newCDPSession(app);
	const { usage } = await app.evaluate(() => navigator.storage.estimate());
	await cdp.send('Storage.overrideQuotaForOrigin', { origin: new URL(app.url()).origin, quotaSize: (usage ?? 0) + 500_000 });
	await loadFiles(app, large(3));
	await expect(app.getByText(/not kept on this device: there is not enough room\. They take 3\.0\sMB\./)).toBeVisible();
	expect(await value(app, 'interactions_per_case')).toBeGreaterThan(1000);
	await kept(app, 1);
	expect(Object.keys(await inFolder(app)).length).toBe(7);

	// The browser says beforehand that it ends.
	await app.evaluate(() => {
		navigator.storage.estimate = () => Promise.resolve({ usage: 1e9, quota: 1.001e9 });
	});
	await loadFiles(app, large(4));
	await expect(app.getByText(/They take 4\.0\sMB, 3\.1\sMB more than there is\./)).toBeVisible();
	await kept(app, 1);
	expect(Object.keys(await inFolder(app)).length).toBe(7);
	await load(app, home);
	await kept(app, 1);
	await rows(app).first().locator('.open').click();
	await expect.poll(() => value(app, 'active_cases')).toBe(4);
});

test('two windows: each keeps its own files, both see both; what one forgets the other goes on showing, and says so', async ({ app, device }) => {
	const other = await device.newPage();
	await load(other, home);
	await Promise.all([loadFiles(app, first), loadFiles(other, second)]);
	await Promise.all([kept(app, 2), kept(other, 2)]);
	expect([await value(app, 'cases_opened'), await value(other, 'cases_opened')]).toEqual([5, 6]);
	const mine = other.locator('[data-workspace]', { hasNotText: 'open now' });
	await mine.getByRole('button', { name: /^Forget/ }).click();
	await other.getByRole('button', { name: 'Forget it' }).click();
	await expect(rows(other)).toHaveCount(1);
	await expect(app.getByText('removed from this device in another window')).toBeVisible();
	await expect(rows(app)).toHaveCount(1);
	expect(await value(app, 'cases_opened')).toBe(5);
	expect(await value(other, 'cases_opened')).toBe(6);
});

test.describe('a page that dies', () => {
	for (const when of ['while an import is read', 'while a view is built', 'while bytes are written'] as const) {
		test(`${when} loses nothing that was kept before, and every row is accounted for at the next visit`, async ({ app, device }) => {
			await loadFiles(app, first);
			await kept(app, 1);
			await shutMenu(app);
			const [link, before] = [new URL(app.url()).search, await account(app)];
			const files = await inFolder(app);
			const cdp = await device.newCDPSession(app);
			const begun = app.evaluate(
				async ([given, late]) => {
					const loading = window.throughline.load(given.map(([name = '', text = '']) => new File([text], name)));
					loading.catch(() => undefined);
					if (late === 'while a view is built') await new Promise<void>((done) => new MutationObserver(() => /Building|Working out/.test(document.querySelector('.progress')?.textContent ?? '') && done()).observe(document, { subtree: true, childList: true, characterData: true }));
					if (late === 'while bytes are written') {
						const proto = FileSystemWritableFileStream.prototype as unknown as { write: (this: unknown, data: unknown) => Promise<void> };
						const { write } = proto;
						await new Promise<void>((done) => {
							proto.write = function (data) {
								done();
								return write.call(this, data);
							};
						});
					}
				},
				[large(8).map(({ name, buffer }) => [name, buffer.toString('utf8')]), when] as const,
			);
			await begun;
			await Promise.race([cdp.send('Page.crash').catch(() => undefined), new Promise((done) => app.once('crash', done))]);
			await app.close({ runBeforeUnload: false }).catch(() => undefined);

			const next = await device.newPage();
			await load(next, link);
			const after = await account(next);
			expect(after).toEqual(before);
			expect(after.loaded + after.quarantined + after.skipped).toBe(after.read);
			expect(await value(next, 'active_cases')).toBe(4);
			await kept(next, 1);
			await expect.poll(async () => Object.keys(await inFolder(next)).filter((path) => !path.endsWith('.crswap')).length).toBe(Object.keys(files).length);
		});
	}
});

test.describe('an engine that ends', () => {
	test('under files is replaced with one quiet notice, with the same data, as-of and view; a second end by the same statement is not followed by a third', async ({ app }) => {
		await loadFiles(app, first);
		await kept(app, 1);
		await shutMenu(app);
		await app.evaluate(() => window.throughline.asOf('2025-03-05T12:00:00'));
		await show(app, 'Data');
		const box = app.getByRole('textbox', { name: 'SQL console' });
		const engines = (): Promise<string[]> => Promise.all(app.workers().map((worker) => worker.evaluate(() => self.name))).then((names) => names.filter((name) => name.startsWith('engine')));
		const query = new URL(app.url()).search;
		let last = await engines();
		for (const [alert, notice, replaced] of [
			[/stopped inside this query/, 'The engine had stopped and was started again', true],
			[/stopped inside this query/, 'a second time on the same question', true],
			[/stopped the engine twice/, 'a second time on the same question', false],
		] as const) {
			await box.fill("select length(repeat('x', 3500000000))");
			await box.press('Control+Enter');
			await expect(app.locator('section', { has: box }).getByRole('alert')).toContainText(alert);
			await expect(app.locator('.alert.calm')).toHaveCount(1);
			await expect(app.locator('.alert.calm')).toContainText(notice);
			await settled(app);
			const now = await engines();
			expect(now.length).toBe(1);
			expect(now[0] !== last[0]).toBe(replaced);
			last = now;
		}
		expect(new URL(app.url()).search).toBe(query);
		expect(await sql(app, 'select count(*)::integer as n from marts.fct_case_lifecycle')).toEqual([{ n: 5 }]);
		expect(await app.evaluate(() => window.throughline.quality().length)).toBeGreaterThan(0);
		await show(app, 'Executive');
		expect(await value(app, 'active_cases')).toBe(4);
	});

	test('without a word, or out of memory, is replaced as well', async ({ app }) => {
		const before = await cards(app);
		const notice = app.locator('.alert.calm');
		for (const worker of app.workers()) if ((await worker.evaluate(() => self.name)).startsWith('engine')) await worker.evaluate(() => self.close()).catch(() => undefined);
		await expect(notice).toContainText('started again');
		await settled(app);
		await notice.getByRole('button').click();
		expect(await app.evaluate(() => window.throughline.sql("select len(list(repeat('x', 100000000) || i::varchar)) from range(60) t(i)").catch((error: { code: string }) => error.code))).toMatch(/engine\.(memory|trap)/);
		await expect(notice).toContainText('started again');
		await settled(app);
		await expect.poll(() => cards(app)).toEqual(before);
	});
});
