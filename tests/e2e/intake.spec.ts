import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from '@playwright/test';
import { expect, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import type { Upload } from './support/files.ts';
import { upload } from './support/files.ts';
import { messyTickets, shopSales } from './support/messy.ts';
import { popover, sql, tile, value, viewNames, show } from './support/screen.ts';

/** Files come in by the chooser of the data menu; everything else here is done with keys. */
async function give(page: Page, files: readonly Upload[]): Promise<void> {
	await popover(page, /demo data|your files/);
	await page.getByLabel('Choose files').setInputFiles([...files]);
	await expect(page.locator('[data-intake]')).toBeVisible();
	await settled(page);
}

const focused = (page: Page): Locator => page.locator(':focus');

/** Tab until a control has the focus, as a hand does that knows where it wants to go. */
async function tabTo(page: Page, control: Locator, most = 160): Promise<void> {
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

/** Opens what is folded, then goes on by Tab. */
async function unfold(page: Page, summary: Locator): Promise<void> {
	if (!(await summary.evaluate((element) => element.parentElement?.hasAttribute('open') ?? false))) await press(page, summary);
}

/** Chooses an option by typing its first letters. */
async function pick(page: Page, select: Locator, option: string): Promise<void> {
	await tabTo(page, select);
	await page.keyboard.type(option);
	await expect(select.locator('option:checked')).toHaveText(option);
}

const bar = (page: Page): Locator => page.locator('[data-account-before]');
const openButton = (page: Page): Locator => bar(page).getByRole('button', { name: 'Open these files' });
const identity = (page: Page): Promise<string> => bar(page).locator('[data-identity]').innerText();
const question = (page: Page, about: string): Locator => page.locator(`[data-question*="${about}"]`);

async function saved(page: Page, button: Locator): Promise<{ download: Download; text: string }> {
	const waiting = page.waitForEvent('download');
	await press(page, button);
	const download = await waiting;
	return { download, text: readFileSync(await download.path(), 'utf8') };
}

/** read = loaded + set aside + skipped, from the sentence on the page. */
async function accounted(page: Page): Promise<number[]> {
	const numbers = (await page.locator('[data-account] .headline').innerText()).match(/[\d,]+/g)?.map((text) => Number(text.replaceAll(',', ''))) ?? [];
	const [all = -1, ...parts] = numbers;
	expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all);
	return numbers;
}

/** Answers the dates as day first and the zeros as nothing, from where the focus stands when the page opens. */
async function answer(page: Page): Promise<void> {
	await expect(focused(page)).toHaveAttribute('type', 'radio');
	await tabTo(page, question(page, 'day-or-month:Opened At').getByLabel('Day first'));
	await page.keyboard.press('Space');
	await press(page, page.getByRole('button', { name: /^The same for the other column/ }));
	await tabTo(page, question(page, 'missing-value:Score').getByLabel('Nothing was entered'));
	await page.keyboard.press('Space');
	await expect(page.getByRole('heading', { name: 'Questions' }).locator('..')).toContainText('Nothing is left to ask');
}

test.afterEach(async ({ app }) => {
	const leave = app.getByRole('button', { name: 'Leave them' });
	if (await leave.isVisible()) await leave.click();
});

test('a messy export is asked about, answered and opened with keys alone, and every row is accounted for', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch A' })]);
	await expect(app.getByRole('heading', { level: 1 })).toHaveText('These files fit Advocacy cases, which is open.');
	expect(await identity(app)).toBe('12 rows and lines in = 12 to be loaded + 0 skipped');
	await expect(openButton(app)).toBeDisabled();
	await expect(bar(app)).toContainText('3 questions to answer');
	await expect(question(app, 'day-or-month:Opened At')).toContainText('Is “01/03/2025 08:00” 1 Mar 2025 08:00 or 3 Jan 2025 08:00?');
	await expect(question(app, 'day-or-month:Opened At')).toContainText('No row decides.');
	await answer(app);
	const status = app.locator('[data-column="cases.status"]');
	await expect(status).toContainText('Parked');
	await pick(app, status.getByLabel('Parked in status becomes'), 'pending_docs');
	await expect(openButton(app)).toBeEnabled();
	await app.getByRole('heading', { level: 1 }).focus();
	await pick(app, app.getByLabel('patients.risk_score comes from'), 'not in these files');
	await press(app, openButton(app));
	await expect(app.locator('[data-account]')).toBeVisible();
	await settled(app);
	expect(await accounted(app)).toEqual([12, 12, 0, 0]);
	expect(await value(app, 'cases_opened')).toBe(12);
	expect(await value(app, 'active_cases')).toBe(4);
	expect(await sql(app, 'select min(created_at) as first, max(created_at) as last from raw.cases')).toEqual([{ first: '2025-03-01 08:00:00', last: '2025-03-12 08:00:00' }]);
	expect(await sql(app, 'select status, count(*)::integer as n from raw.cases group by all order by all')).toEqual([{ status: 'in_progress', n: 3 }, { status: 'pending_docs', n: 1 }, { status: 'resolved', n: 8 }]);
	expect(await sql(app, 'select count("Score")::integer as n, avg("Score"::double) as mean from raw.cases__extra')).toEqual([{ n: 7, mean: 22 / 7 }]);
});

test('what was decided is filled in for the next file with the same columns, can be forgotten, and can be looked at again', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch B' })]);
	await answer(app);
	await press(app, openButton(app));
	await expect(app.locator('[data-account]')).toBeVisible();
	await settled(app);
	await give(app, [messyTickets({ mark: 'Batch B', name: 'next-week.csv' })]);
	await expect(app.locator('[data-intake] header')).toContainText('Files with the same columns were opened before');
	await expect(openButton(app)).toBeEnabled();
	await expect(question(app, 'day-or-month:Opened At').getByLabel('Day first')).toBeChecked();
	await press(app, app.getByRole('button', { name: 'Start afresh' }));
	await expect(bar(app)).toContainText('3 questions to answer');
	await press(app, app.getByRole('button', { name: 'Leave them' }));
	await expect(app.locator('[data-intake]')).toHaveCount(0);
	expect(await value(app, 'cases_opened')).toBe(12);
	await press(app, app.getByRole('button', { name: /your files/ }).first());
	await press(app, app.getByRole('button', { name: 'How these files were read' }).last());
	await expect(app.locator('[data-intake] header')).toContainText('What was decided about these files when they were opened');
	await expect(openButton(app)).toBeEnabled();
});

test('who looks at a view before the files are opened finds the answers as they were', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch C' })]);
	await tabTo(app, question(app, 'day-or-month:Opened At').getByLabel('Day first'));
	await app.keyboard.press('Space');
	await app.getByRole('link', { name: 'Operations', exact: true }).focus();
	await app.keyboard.press('Enter');
	await expect(app.locator('[data-intake]')).toHaveCount(0);
	await press(app, app.getByRole('button', { name: 'Back to them' }));
	await expect(question(app, 'day-or-month:Opened At').getByLabel('Day first')).toBeChecked();
	await expect(bar(app)).toContainText('2 questions to answer');
});

test('lines that are no row and cells that cannot be read are listed, saved as CSV, and mended in place', async ({ app }) => {
	const more = [...Array.from({ length: 8 }, (_, i) => `T-12${String(i)};M-2${String(i)};Agent A;Billing dispute;Low;WIP;11/03/2025 08:00;;;x1`), 'T-113;M-13;Agent A;Billing dispute;Low;WIP;soon;;;x1', 'T-114;M-14;Agent B;Billing dispute;Low;WIP;14/3;;;x1', 'T-115;M-15;Agent B;Billing dispute;Low;WIP;12/03/2025 09:00;;5;x1;too;many;cells'];
	await give(app, [messyTickets({ mark: 'Batch D', more })]);
	expect(await identity(app)).toBe('23 rows and lines in = 22 to be loaded + 1 skipped');
	await answer(app);
	await unfold(app, app.locator('summary', { hasText: /^tickets\.csv: 22 rows, 1 line skipped/ }));
	const lines = await saved(app, app.getByRole('button', { name: 'Save the skipped lines as CSV' }));
	expect(lines.text.split('\r\n').slice(0, 2)).toEqual(['file,line,reason,text', expect.stringMatching(/^tickets\.csv,24,has more cells than the header has names,.*too;many;cells/)]);
	const reading = app.locator('[data-reading="tickets.csv.Opened At"]');
	await app.getByRole('heading', { level: 1 }).focus();
	await press(app, reading.locator('summary'));
	await expect(reading.locator('tbody tr')).toHaveCount(2);
	const cells = await saved(app, reading.getByRole('button', { name: 'Save these cells as CSV' }));
	expect(cells.text.split('\r\n').slice(0, 3)).toEqual(['file,line,column,value,reason', 'tickets.csv,22,Opened At,soon,cannot be read as dates like 31/12/2025 14:05', 'tickets.csv,23,Opened At,14/3,cannot be read as dates like 31/12/2025 14:05']);
	await app.getByRole('heading', { level: 1 }).focus();
	await tabTo(app, reading.getByLabel('soon becomes'));
	await app.keyboard.type('13 March');
	await app.keyboard.press('Tab');
	await expect(reading.getByRole('alert')).toContainText('Write a date, as 2025-03-31 14:05.');
	await app.keyboard.press('Shift+Tab');
	await app.keyboard.press('ControlOrMeta+a');
	await app.keyboard.type('2025-03-13 10:00');
	await app.keyboard.press('Tab');
	await expect(reading.locator('summary')).toContainText('2 cells not read, 1 of them mended');
	await press(app, openButton(app));
	await expect(app.locator('[data-account]')).toBeVisible();
	await settled(app);
	await accounted(app);
	expect(await value(app, 'cases_opened')).toBe(21);
	expect(await sql(app, "select created_at from raw.cases where id in ('T-113', 'T-114') order by id")).toEqual([{ created_at: '2025-03-13 10:00:00' }, { created_at: '14/3' }]);
});

test('a table that belongs to no pack opens as three views of its own, as it was inferred and then changed', async ({ app }) => {
	await give(app, [shopSales()]);
	await expect(app.getByRole('heading', { level: 1 })).toHaveText('“sales.csv” is taken as a table of its own.');
	const plan = app.locator('#intake-quick').locator('..');
	await expect(plan).toContainText('Three views of “Sales”');
	await expect(plan.getByLabel('A row happened at')).toHaveValue('sold_on');
	const name = plan.getByLabel('Several are');
	await tabTo(app, name);
	await app.keyboard.press('ControlOrMeta+a');
	await app.keyboard.type('sales');
	await press(app, plan.getByRole('button', { name: 'Leave out Product' }));
	await press(app, openButton(app));
	await expect(app.locator('[data-account]')).toBeVisible();
	await settled(app);
	expect(await accounted(app)).toEqual([40, 40, 0, 0]);
	for (const view of viewNames) {
		await show(app, view);
		expect(await app.locator('[data-tile]').count(), view).toBeGreaterThan(0);
		await expect(app.locator('[data-tile] [role="alert"]'), view).toHaveCount(0);
	}
	expect(await sql(app, 'select count(*)::integer as n, sum(units_sold)::integer as units, min(sold_on)::varchar as first from marts.fct_records')).toEqual([{ n: 40, units: 155, first: '2025-01-01 00:00:00' }]);
	await expect(app.getByRole('button', { name: /^Shop/ }).first()).toBeVisible();
	await expect(app.getByRole('button', { name: /^Product/ })).toHaveCount(0);
	await (await popover(app, 'your files')).getByRole('button', { name: 'Back to demo data' }).click();
	await expect(app.getByRole('button', { name: /demo data/ })).toBeVisible();
	await settled(app);
	expect(await tile(app, 'open-now').or(app.locator('[data-tile]')).count()).toBeGreaterThan(0);
});

test('a mapping is saved as a file and loaded again; what is no mapping is refused with the reason', async ({ app }) => {
	await give(app, [messyTickets({ mark: 'Batch E' })]);
	await answer(app);
	const { download, text } = await saved(app, app.getByRole('button', { name: 'Save as a file' }));
	expect(download.suggestedFilename()).toBe('throughline-mapping.json');
	expect(JSON.parse(text)).toMatchObject({ version: 1, pack: 'advocacy', sources: { 'tickets.csv': { left: false } } });
	await press(app, app.getByRole('button', { name: 'Leave them' }));
	await give(app, [messyTickets({ mark: 'Batch E', name: 'tickets-of-april.csv' })]);
	await expect(bar(app)).toContainText('3 questions to answer');
	const input = app.getByLabel('Load a mapping file');
	await input.setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from(text.replace('"advocacy"', '"nothing"')) });
	await expect(app.getByText(/The mapping cannot be taken in: there is no pack called nothing/)).toBeVisible();
	await expect(bar(app)).toContainText('3 questions to answer');
	await input.setInputFiles({ name: 'mapping.json', mimeType: 'application/json', buffer: Buffer.from(text) });
	await expect(app.getByText('The mapping was loaded.')).toBeVisible();
	await expect(openButton(app)).toBeEnabled();
});

test('a file read in another way is read again, and what was decided about it stays', async ({ app }) => {
	const { buffer } = messyTickets({ mark: 'Batch F' });
	await give(app, [upload('tickets.csv', `Printed by hand;;;;;;;;;\n${buffer.toString()}`)]);
	await tabTo(app, question(app, 'day-or-month:Opened At').getByLabel('Day first'));
	await app.keyboard.press('Space');
	await unfold(app, app.locator('#intake-files').locator('..').locator('summary').first());
	const footer = app.getByLabel('Lines after the table, tickets.csv');
	await pick(app, footer, '1');
	await expect.poll(() => identity(app)).toBe('13 rows and lines in = 11 to be loaded + 2 skipped');
	await expect(question(app, 'day-or-month:Opened At').getByLabel('Day first')).toBeChecked();
	await expect(app.getByRole('region', { name: /^First 5 rows of tickets\.csv/ })).toContainText('T-101');
});

test('text that is pasted on the page is taken for a file', async ({ app }) => {
	const { buffer } = messyTickets({ mark: 'Batch G' });
	await app.evaluate((text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
	}, buffer.toString());
	await expect(app.locator('[data-intake]')).toBeVisible();
	await expect(app.locator('[data-question]').first()).toContainText('pasted.csv');
});

test('axe finds nothing on the page, folded and unfolded, in light and in dark, and nothing scrolls sideways at 390 px', async ({ app }) => {
	const more = ['T-113;M-13;Agent A;Billing dispute;Low;WIP;soon;;;x1', 'T-115;M-15;Agent B;Billing dispute;Low;WIP;12/03/2025 09:00;;5;x1;too;many;cells'];
	for (const files of [[messyTickets({ mark: 'Batch H', more })], [shopSales()]]) {
		await give(app, files);
		const found = [...(await violations(app))];
		await app.evaluate(() => document.querySelectorAll<HTMLDetailsElement>('[data-intake] details').forEach((details) => (details.open = true)));
		await settled(app);
		found.push(...(await violations(app)));
		await app.getByRole('button', { name: 'Dark theme' }).click();
		found.push(...(await violations(app, ['color-contrast'])));
		await app.getByRole('button', { name: 'Light theme' }).click();
		expect(found).toEqual([]);
		for (const width of [390, 1024]) {
			await app.setViewportSize({ width, height: 844 });
			const wide = await app.evaluate(() => {
				const limit = document.documentElement.clientWidth;
				const out = [...document.querySelectorAll('main *')].find((element) => element.getBoundingClientRect().right > limit + 1 && !element.closest('.scroll'));
				return { over: Math.max(0, document.documentElement.scrollWidth - limit), out: out?.outerHTML.slice(0, 120) ?? '' };
			});
			expect(wide, `at ${String(width)} px`).toEqual({ over: 0, out: '' });
		}
		await app.setViewportSize({ width: 1440, height: 900 });
		await app.getByRole('button', { name: 'Leave them' }).click();
	}
});
