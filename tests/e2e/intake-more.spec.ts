import { readFileSync } from 'node:fs';
import { test as base, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { expect, home, load, openContext, settled } from './support/app.ts';
import { violations } from './support/axe.ts';
import { upload, type Upload } from './support/files.ts';
import { kept, shutMenu } from './support/kept-data.ts';
import { messyTickets, shopSales } from './support/messy.ts';
import { finding, popover, show, tile, value } from './support/screen.ts';

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

test.describe.configure({ timeout: 240_000 });

async function give(page: Page, files: readonly Upload[]): Promise<void> {
	await popover(page, /demo data|your files/);
	await page.getByLabel('Choose files').setInputFiles([...files]);
	await expect(page.locator('[data-intake]')).toBeVisible();
	await settled(page);
}

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

const question = (page: Page, about: string): Locator => page.locator(`[data-question*="${about}"]`);

async function answered(page: Page): Promise<void> {
	await tabTo(page, question(page, 'day-or-month:Opened At').getByLabel('Day first'));
	await page.keyboard.press('Space');
	await press(page, page.getByRole('button', { name: /^The same for the other column/ }));
	await tabTo(page, question(page, 'missing-value:Score').getByLabel('Nothing was entered'));
	await page.keyboard.press('Space');
}

async function opened(page: Page): Promise<void> {
	await press(page, page.locator('[data-account-before]').getByRole('button', { name: 'Open these files' }));
	await expect(page.locator('[data-account]')).toBeVisible();
	await settled(page);
}

test('what the files do not have is named before they are opened with the tiles that will lack it, and afterwards those tiles and cards say so instead of a number', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch M1' })]);
	await answered(app);
	const missing = app.locator('#intake-missing').locator('..');
	await expect(missing.locator('[data-missing="patient_feedback (the whole table)"]')).toContainText('Executive: Satisfaction');
	await expect(missing.locator('[data-missing="advocates.capacity"]')).toContainText('Operations: Advocates');
	await expect(missing.locator('[data-missing="cases.urgency"]')).toHaveCount(0);
	expect(await violations(app)).toEqual([]);
	await opened(app);
	const card = app.locator('[data-kpi="csat_mean"]');
	await expect(card).toContainText('Needs patient_feedback (one answer of a patient); there is no file with it.');
	await expect(card.locator('.number')).toHaveCount(0);
	expect(await value(app, 'cases_opened')).toBe(12);
	await expect(app.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^Urgency/ })).toBeVisible();
	await expect(app.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^Insurance/ })).toHaveCount(0);
	await show(app, 'Operations');
	await expect(finding(app, 'caseload')).toHaveText('Needs capacity (active cases the advocate can carry at once); the files have no such column.');
	await expect(tile(app, 'caseload').locator('table, svg')).toHaveCount(0);
	await show(app, 'Root cause');
	await expect(finding(app, 'handoffs-csat')).toHaveText(/^(Needs|Rests on) .*patient_feedback \(one answer of a patient\)/);
	await expect(tile(app, 'funnel')).toContainText('Left out here, because the files do not have it');
	await expect(app.locator('[data-tile] [role="alert"]')).toHaveCount(0);
	expect(await violations(app)).toEqual([]);
});

test('a file that gives rows to three tables is counted once, and by table as well', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch M2' })]);
	await answered(app);
	await opened(app);
	await expect(app.locator('[data-account] .headline')).toHaveText('12 rows and lines of the file = 12 loaded + 0 set aside + 0 skipped');
	await expect(app.locator('[data-account] [data-files] tbody tr')).toHaveText([/^tickets\.csv/]);
	const rows = await app.locator('[data-account] [data-tables] tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].slice(1).map((cell) => Number(cell.textContent.replaceAll(',', '')))));
	expect(rows.length).toBe(3);
	for (const [read = 0, loaded = 0, aside = 0, skipped = 0] of rows) expect(loaded + aside + skipped).toBe(read);
});

test('a filter by a column that only the files have stands at the next visit and in a link', async ({ app, device }) => {
	await give(app, [messyTickets({ mark: 'Desk' })]);
	await answered(app);
	await opened(app);
	await kept(app, 1);
	await shutMenu(app);
	await press(app, app.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^Desk/ }));
	await tabTo(app, app.locator('[popover]:popover-open').getByLabel('x1'));
	await app.keyboard.press('Space');
	await app.keyboard.press('Escape');
	await expect.poll(() => value(app, 'cases_opened').catch(() => null)).toBe(6);
	await settled(app);
	const link = new URL(app.url()).search;
	expect(link).toContain('f.extra_desk=x1');
	await app.waitForTimeout(1500);
	await app.reload();
	await app.evaluate(async () => void (await window.throughline.ready));
	await settled(app);
	expect(await value(app, 'cases_opened')).toBe(6);
	expect(new URL(app.url()).search).toBe(link);
	await expect(app.getByText('not understood')).toHaveCount(0);
	await app.close();
	const next = await device.newPage();
	await load(next, '');
	expect(new URL(next.url()).search).toBe(link);
	expect(await value(next, 'cases_opened')).toBe(6);
});

test('what was changed in a table of its own goes into the mapping file and comes back with it, for a file of another name', async ({ app }) => {
	await give(app, [shopSales()]);
	const plan = app.locator('#intake-quick').locator('..');
	await press(app, plan.getByRole('button', { name: 'Leave out Product' }));
	await expect(plan.getByRole('button', { name: 'Leave out Product' })).toHaveCount(0);
	const many = plan.getByLabel('Several are');
	await tabTo(app, many);
	await app.keyboard.press('ControlOrMeta+a');
	await app.keyboard.type('baskets');
	await app.keyboard.press('Tab');
	const waiting = app.waitForEvent('download');
	await press(app, app.getByRole('button', { name: 'Save as a file' }));
	const text = readFileSync(await (await waiting).path(), 'utf8');
	expect(JSON.parse(text)).toMatchObject({ pack: null, edits: [{ kind: 'not-dimension', column: 'product' }, { kind: 'name' }] });
	await press(app, app.getByRole('button', { name: 'Leave them' }));
	await give(app, [{ ...shopSales(), name: 'april.csv' }]);
	await expect(plan.getByRole('button', { name: 'Leave out Product' })).toHaveCount(1);
	await app.getByLabel('Load a mapping file').setInputFiles({ name: 'mapping.json', mimeType: 'application/json', buffer: Buffer.from(text) });
	await expect(app.getByText('The mapping was loaded.')).toBeVisible();
	await expect(plan.getByRole('button', { name: 'Leave out Product' })).toHaveCount(0);
	await expect(many).toHaveValue('baskets');
	await opened(app);
	await expect(app.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^Product/ })).toHaveCount(0);
	await expect(app.getByRole('button', { name: /^Sold on/ })).toBeVisible();
});

test('a table in which nothing says when has no as-of, no dates and no periods, and is spoken of in its own words', async ({ app }) => {
	const rows = Array.from({ length: 60 }, (_, i) => [`P${String(i)}`, ['Oak', 'Elm', 'Ash'][i % 3], ['north', 'south'][i % 2], String(10 + ((i * 7) % 23))].join(','));
	await give(app, [upload('trees.csv', ['plot,species,side,height', ...rows, ''].join('\n'))]);
	await opened(app);
	await expect(app.locator('header').getByText('as of')).toHaveCount(0);
	const bar = app.getByRole('navigation', { name: 'Filters' });
	await expect(bar.getByText('Opened')).toHaveCount(0);
	await expect(bar.getByText('Periods:')).toHaveCount(0);
	await expect(app.locator('main')).not.toContainText(/\bcases?\b|1970|waiting/i);
	await expect(bar.getByRole('button', { name: /^Species/ })).toBeVisible();
	expect(await violations(app)).toEqual([]);
});
