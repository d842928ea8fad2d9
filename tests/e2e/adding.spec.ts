import { test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { expect, home, load, openContext, settled } from './support/app.ts';
import { violations } from './support/axe.ts';
import { upload, type Upload } from './support/files.ts';
import { kept, menu, shutMenu } from './support/kept-data.ts';
import { popover, show, sql, value } from './support/screen.ts';

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

const head = 'Ticket ID,Member ID,Issue Type,Priority,Opened At,Closed At,Desk';
const daily = (name: string, ...rows: string[]): Upload => upload(name, [head, ...rows, ''].join('\n'));
const monday = daily('daily.csv', 'T1,M1,claim_denial,high,05/03/2025 08:00,,north', 'T2,M2,claim_denial,low,05/03/2025 09:00,,south', 'T3,M3,billing_dispute,low,05/03/2025 10:00,,north');
const tuesday = daily('daily.csv', 'T2,M2,claim_denial,low,05/03/2025 09:00,06/03/2025 09:00,south', 'T3,M3,billing_dispute,low,05/03/2025 10:00,,north', 'T4,M4,billing_dispute,low,06/03/2025 08:00,,north');

async function tabTo(page: Page, control: Locator, most = 200): Promise<void> {
	for (let i = 0; i < most; i++) {
		if (await control.evaluate((element) => element === document.activeElement).catch(() => false)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error(`${String(control)} is not reached by Tab`);
}

async function press(page: Page, control: Locator, key = 'Enter'): Promise<void> {
	await tabTo(page, control);
	await page.keyboard.press(key);
}

const openButton = (page: Page): Locator => page.locator('[data-account-before]').getByRole('button', { name: 'Open these files' });
const cases = (page: Page): Promise<unknown> => sql(page, 'select case_id, resolved_at is not null as ended from staging.stg_cases order by 1');
const afterMonday = [{ case_id: 'T1', ended: false }, { case_id: 'T2', ended: false }, { case_id: 'T3', ended: false }];
const afterTuesday = [{ case_id: 'T1', ended: false }, { case_id: 'T2', ended: true }, { case_id: 'T3', ended: false }, { case_id: 'T4', ended: false }];

async function openMonday(page: Page): Promise<void> {
	await popover(page, /demo data/);
	await page.getByLabel('Choose files').setInputFiles([monday]);
	await expect(page.locator('[data-intake]')).toBeVisible();
	for (const column of ['Opened At']) {
		await tabTo(page, page.locator(`[data-question*="day-or-month:${column}"]`).getByLabel('Day first'));
		await page.keyboard.press('Space');
	}
	await press(page, openButton(page));
	await expect(page.locator('[data-account]')).toBeVisible();
	await settled(page);
	await kept(page, 1);
	await shutMenu(page);
}

/** From the page's own button; files are chosen by the browser's dialog, everything else is done with keys. */
async function addTuesday(page: Page): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await page.locator('main').getByLabel('Add files to this data').focus();
	await page.keyboard.press('Enter');
	await (await chooser).setFiles([tuesday]);
	await expect(page.locator('[data-adds]')).toHaveText('daily (2).csv is added to the 1 file that is open.');
	// On Monday nothing had ended, so this column could not be asked about.
	await expect(page.locator('[data-open]')).toHaveCount(1);
	await tabTo(page, page.locator('[data-question*="day-or-month:Closed At"]').getByLabel('Day first'));
	await page.keyboard.press('Space');
	await expect(openButton(page)).toBeEnabled();
}

test('the next day’s file is added: the rule for rows with one key is said and can be changed, rows are appended, replaced and counted, and the import is undone by a button and brought back by Ctrl+Z', async ({ app }) => {
	await openMonday(app);
	expect(await cases(app)).toEqual(afterMonday);
	await show(app, 'Data');
	await addTuesday(app);
	await expect(app.locator('#intake-repeats').locator('..')).toContainText('the row of the file that was added later stands');
	await expect(app.getByLabel('Of rows with the same key')).toHaveValue('later');
	await expect(app.locator('#intake-repeats').locator('..')).toContainText('id of cases');
	expect(await violations(app)).toEqual([]);
	await press(app, openButton(app));
	await expect(app.locator('[data-account]').first()).toBeVisible();
	await settled(app);
	expect(await cases(app)).toEqual(afterTuesday);
	await expect(app.locator('[data-replaced="cases"]').first()).toHaveText('cases: 1 row was replaced by one with the same key from a file that was added later (counted as skipped).');
	await kept(app, 1);
	await expect(app.locator('[data-workspace]')).toContainText(/open now/);
	await shutMenu(app);

	await app.reload();
	await app.evaluate(async () => void (await window.throughline.ready));
	await settled(app);
	expect(await cases(app)).toEqual(afterTuesday);
	await press(app, app.locator('main').getByRole('button', { name: 'Undo this import' }));
	await expect.poll(() => value(app, 'cases_opened').catch(() => null)).toBe(3);
	await settled(app);
	expect(await cases(app)).toEqual(afterMonday);
	await expect(app.locator('main').getByRole('button', { name: 'Undo this import' })).toHaveCount(0);
	await kept(app, 1);
	await shutMenu(app);
	await app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await app.keyboard.press('ControlOrMeta+z');
	await expect.poll(() => cases(app)).toEqual(afterTuesday);
});

test('Ctrl+Z after an import shows what was open before, and the same file twice adds nothing', async ({ app }) => {
	await openMonday(app);
	await addTuesday(app);
	await press(app, openButton(app));
	await expect.poll(() => value(app, 'cases_opened').catch(() => null)).toBe(4);
	await settled(app);
	await kept(app, 1);
	const file = (await menu(app)).page().locator('[popover]:popover-open').getByLabel('Add files to this data');
	await file.setInputFiles([tuesday]);
	await expect(app.getByRole('status').filter({ hasText: 'already part of this data' })).toBeVisible();
	expect(await cases(app)).toEqual(afterTuesday);
	await app.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
	await app.keyboard.press('ControlOrMeta+z');
	await expect.poll(() => cases(app)).toEqual(afterMonday);
	await app.keyboard.press('ControlOrMeta+y');
	await expect.poll(() => cases(app)).toEqual(afterTuesday);
});

test('with the other rule rows that differ are set aside, and the choice is filled in when the files are looked at again', async ({ app }) => {
	await openMonday(app);
	await addTuesday(app);
	await tabTo(app, app.getByLabel('Of rows with the same key'));
	await app.keyboard.type('all');
	await expect(app.locator('#intake-repeats').locator('..')).toContainText('all of them are set aside');
	await press(app, openButton(app));
	await expect.poll(() => value(app, 'cases_opened').catch(() => null)).toBe(3);
	await settled(app);
	expect(await cases(app)).toEqual(afterTuesday.filter(({ case_id }) => case_id !== 'T2'));
	await press(app, app.locator('main').getByRole('button', { name: 'How these files were read' }));
	await expect(app.getByLabel('Of rows with the same key')).toHaveValue('aside');
	await app.getByRole('button', { name: 'Leave them' }).click();
});
