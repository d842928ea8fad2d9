import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { parseCsv } from '../support/csv.ts';
import { expect, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { choose, smallFiles } from './support/files.ts';
import { cards, show, sql, value } from './support/screen.ts';

const endless = 'select count(*) from range(1000000000000) as r(i) where i % 7 = 3';

const editor = (page: Page): Locator => page.getByRole('textbox', { name: 'SQL console' });
const section = (page: Page): Locator => page.locator('section', { has: editor(page) });
const result = (page: Page): Locator => page.getByRole('region', { name: 'Result of the query' });

/** The editor itself, not the plain field that holds its place. */
async function openConsole(page: Page): Promise<Locator> {
	await show(page, 'Data');
	await expect(page.locator('.cm-content')).toBeVisible();
	await editor(page).focus();
	return editor(page);
}

async function write(page: Page, text: string): Promise<void> {
	await editor(page).focus();
	await page.keyboard.press('Control+A');
	await page.keyboard.press('Delete');
	if (text !== '') await page.keyboard.insertText(text);
}

async function run(page: Page, text: string): Promise<void> {
	await write(page, text);
	await page.keyboard.press('Control+Enter');
	await expect(section(page).getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
}

async function saved(page: Page, press: () => Promise<void>): Promise<string[][]> {
	const [file] = await Promise.all([page.waitForEvent('download'), press()]);
	return parseCsv(readFileSync(await file.path(), 'utf8'));
}

test('the console offers the columns of the table that the statement reads, and takes one with Enter', async ({ app }) => {
	await openConsole(app);
	await write(app, 'select  from staging.stg_patients');
	for (let i = 0; i < ' from staging.stg_patients'.length; i++) await app.keyboard.press('ArrowLeft');
	await app.keyboard.type('insur');
	const list = app.getByRole('listbox');
	await expect(list.getByRole('option').first()).toContainText('insurance_type');
	await app.keyboard.type('ance', { delay: 30 });
	await expect(list.getByRole('option', { selected: true })).toContainText('insurance_type');
	await app.keyboard.press('Enter');
	await expect(editor(app)).toHaveText('select insurance_type from staging.stg_patients');
	await app.keyboard.press('Control+Enter');
	await expect(result(app).locator('thead th')).toHaveText(['insurance_type']);
});

test('Esc and then Tab leaves the editor, and the page says so; Tab alone indents', async ({ app }) => {
	await openConsole(app);
	await write(app, 'select 1');
	await app.keyboard.press('Tab');
	await expect(editor(app)).toBeFocused();
	await app.keyboard.press('Escape');
	await app.keyboard.press('Tab');
	await expect(section(app).getByRole('button', { name: 'Run', exact: true })).toBeFocused();
	const described = await editor(app).getAttribute('aria-describedby');
	await expect(app.locator(`#${described ?? ''}`)).toContainText('press Esc, then Tab, to leave');
});

test('Alt and the arrows go through earlier statements, the list gives them too, and all can be forgotten', async ({ app }) => {
	await openConsole(app);
	await run(app, "select 'first' as a");
	await run(app, "select 'second' as a");
	await run(app, "select 'first' as a");
	await write(app, 'select 3');
	await app.keyboard.press('Alt+ArrowUp');
	await expect(editor(app)).toHaveText("select 'first' as a");
	await app.keyboard.press('Alt+ArrowUp');
	await expect(editor(app)).toHaveText("select 'second' as a");
	await app.keyboard.press('Alt+ArrowDown');
	await app.keyboard.press('Alt+ArrowDown');
	await expect(editor(app), 'what was being written comes back').toHaveText('select 3');
	await section(app).getByText(/^Earlier statements/).press('Enter');
	const list = section(app).locator('details li button');
	expect((await list.allInnerTexts()).slice(0, 2)).toEqual(["select 'first' as a", "select 'second' as a"]);
	await list.nth(1).press('Enter');
	await expect(editor(app)).toHaveText("select 'second' as a");
	await expect(editor(app)).toBeFocused();
	expect(await app.evaluate(() => localStorage.getItem('throughline.statements'))).toContain('second');
	await section(app).getByText(/^Earlier statements/).press('Enter');
	await section(app).getByRole('button', { name: 'Forget them' }).press('Enter');
	await expect(section(app).getByText(/^Earlier statements/)).toHaveCount(0);
	expect(await app.evaluate(() => localStorage.getItem('throughline.statements'))).toBe('[]');
});

test('a statement that fails shows its place: line and column, the word underlined, the cursor there on demand', async ({ app }) => {
	await openConsole(app);
	await run(app, 'select case_type,\n  wrong_name\nfrom fct_case_lifecycle');
	await expect(section(app).getByRole('alert')).toContainText('Line 2, column 3');
	await expect(section(app).getByRole('alert')).toContainText('wrong_name');
	await expect(app.locator('.cm-place')).toHaveText('wrong_name');
	await section(app).getByRole('button', { name: 'Go to it' }).press('Enter');
	await expect(editor(app)).toBeFocused();
	await app.keyboard.press('Control+Shift+ArrowRight');
	await app.keyboard.insertText('urgency');
	await expect(app.locator('.cm-place'), 'the mark goes when the text changes').toHaveCount(0);
	await expect(section(app).getByRole('alert')).toHaveCount(0);
	await app.keyboard.press('Control+Enter');
	await expect(result(app).locator('thead th')).toHaveText(['case_type', 'urgency']);
});

test('an endless query is stopped with Esc or with its button, and the next one answers', async ({ app }) => {
	await openConsole(app);
	const stopped = section(app).getByRole('alert').filter({ hasText: 'The query was stopped' });
	for (const stop of ['Escape', 'Cancel'] as const) {
		await write(app, endless);
		await app.keyboard.press('Control+Enter');
		await expect(section(app).getByText(/^Running for [1-9]/)).toBeVisible();
		const begun = performance.now();
		if (stop === 'Escape') await app.keyboard.press('Escape');
		else await section(app).getByRole('button', { name: 'Cancel' }).press('Enter');
		await expect(stopped).toBeVisible();
		expect(performance.now() - begun, 'far less than the query would take').toBeLessThan(10_000);
		await run(app, 'select 42 as answer');
		await expect(result(app).locator('tbody td')).toHaveText('42');
	}
});

test('while an endless query runs the numbers of the page still come, and leaving the page stops it', async ({ app }) => {
	const before = await cards(app);
	await openConsole(app);
	await write(app, endless);
	await app.keyboard.press('Control+Enter');
	await expect(section(app).getByRole('button', { name: 'Cancel' })).toBeVisible();
	expect(await value(app, 'cases_opened')).toBeGreaterThan(0);
	await show(app, 'Executive');
	expect(await cards(app)).toEqual(before);
	expect(await sql(app, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a result of many rows scrolls, sorts and is searched, and its file has all of them', async ({ app }) => {
	await openConsole(app);
	await run(app, "select i::integer as i, 'row ' || i as name, case when i % 2 = 0 then '' end as odd from range(20000) as r(i)");
	await expect(section(app).getByText('there are more rows, the first 10,000 came')).toBeVisible();
	const grid = result(app);
	await expect(grid.getByRole('table')).toHaveAttribute('aria-rowcount', '10001');
	expect(await grid.locator('tbody tr').count(), 'only what is in view is drawn').toBeLessThan(100);
	await expect(grid.locator('tbody tr').first().locator('td').nth(2), 'no value is told apart from empty text').toHaveText('');
	await expect(grid.locator('tbody tr').nth(1).locator('td').nth(2)).toContainText('no value');
	await grid.focus();
	await app.keyboard.press('End');
	await expect(grid.locator('tr[aria-rowindex="10001"]')).toContainText('row 9999');
	await grid.getByRole('button', { name: 'i', exact: true }).press('Enter');
	await expect(grid.getByRole('columnheader', { name: 'i', exact: true })).toHaveAttribute('aria-sort', 'ascending');
	await grid.getByRole('button', { name: 'i', exact: true }).press('Enter');
	await expect(grid.locator('tr[aria-rowindex="2"] td').first()).toHaveText('9999');
	await section(app).getByRole('searchbox').focus();
	await app.keyboard.type('row 123');
	await expect(section(app).getByText('11 of 10,000 rows')).toBeVisible();
	await expect(grid.locator('tr[aria-rowindex="2"] td').nth(1)).toHaveText('row 1239');
	const rows = await saved(app, () => section(app).getByRole('button', { name: 'Save as CSV' }).press('Enter'));
	expect([rows.length, rows[0], rows[1], rows[10_000]]).toEqual([10_001, ['i', 'name', 'odd'], ['0', 'row 0', ''], ['9999', 'row 9999', '']]);
});

test('a result is drawn as bars, and along a time as a line; other columns and kinds are chosen by keyboard', async ({ app }) => {
	await openConsole(app);
	await run(app, 'select case_type, count(*) as cases, avg(handoff_count) as handoffs from fct_case_lifecycle group by all order by cases desc');
	await section(app).getByRole('button', { name: 'Picture' }).press('Enter');
	const picture = section(app).locator('svg.chart');
	await expect(picture).toHaveClass(/chart-bars/);
	const [most] = await sql(app, 'select case_type::varchar as t, count(*)::integer as n from fct_case_lifecycle group by all order by n desc limit 1');
	await expect(picture.locator('g.mark > title').first()).toHaveText(`${String(most?.['t'])}: ${String(most?.['n'])}`);
	await expect(section(app).getByText('5 rows drawn, as the query returned them; no interval is known.')).toBeVisible();
	await section(app).getByLabel('Value').selectOption('handoffs');
	await expect(picture).toHaveAttribute('aria-label', 'handoffs by case_type, bars');
	await section(app).getByLabel('Kind').focus();
	await app.keyboard.press('ArrowDown');
	await expect(picture).toHaveClass(/chart-dots/);
	await run(app, "select date_trunc('week', created_at) as week, count(*) as cases from fct_case_lifecycle group by all");
	await expect(picture).toHaveClass(/chart-line/);
	const weeks = await sql(app, "select count(distinct date_trunc('week', created_at))::integer as n from fct_case_lifecycle");
	await expect(picture.locator('g.mark')).toHaveCount(Number(weeks[0]?.['n']));
	await run(app, 'select 1 as one');
	await expect(section(app).getByText('A picture needs a column of numbers and one more column.')).toBeVisible();
	await section(app).getByRole('button', { name: 'Rows', exact: true }).press('Enter');
});

test('the lineage is one stop, arrows follow its lines, Enter lights what a model rests on and shows its SQL, and its rows open in the console', async ({ app }) => {
	await show(app, 'Data');
	const graph = app.getByRole('group', { name: /^Raw tables, models/ });
	const stops = graph.locator('[tabindex="0"]');
	await expect(stops).toHaveCount(1);
	await graph.locator('[data-model="raw.cases"]').focus();
	await app.keyboard.press('ArrowRight');
	await expect(graph.locator('[data-model="staging.stg_cases"]')).toBeFocused();
	await expect(stops).toHaveCount(1);
	await app.keyboard.press('Enter');
	await expect(graph.locator('[data-model="staging.stg_cases"]')).toHaveAttribute('aria-pressed', 'true');
	await expect(graph.locator('[data-model="raw.cases"]')).not.toHaveClass(/dim/);
	await expect(graph.locator('[data-model="marts.mart_ops_kpis"]')).not.toHaveClass(/dim/);
	await expect(graph.locator('[data-model="raw.patients"]')).toHaveClass(/dim/);
	const details = app.getByRole('region', { name: 'stg_cases', exact: true });
	await expect(details).toContainText('One row is one case.');
	await expect(details).toContainText('It reads raw.cases.');
	await details.getByText('SQL', { exact: true }).press('Enter');
	await expect(details.locator('pre')).toContainText('raw."cases"');
	await details.getByRole('button', { name: 'Look at its rows in the console' }).press('Enter');
	await expect(editor(app)).toHaveText('select * from staging.stg_cases limit 100');
	await expect(editor(app)).toBeFocused();
	await app.keyboard.press('Control+Enter');
	await expect(section(app).getByText('100 rows', { exact: true })).toBeVisible();
	await graph.locator('[data-model="staging.stg_cases"]').focus();
	await app.keyboard.press('Escape');
	await expect(details).toHaveCount(0);
	const timings = await app.evaluate(() => window.throughline.timings().map(({ name, layer, rows }) => ({ name, layer, rows })));
	for (const { name, layer, rows } of timings) await expect(graph.locator(`[data-model="${layer}.${name}"]`)).toHaveAccessibleName(new RegExp(`^${name}, ${layer}: ${rows.toLocaleString('en-US')} rows?, \\d+ ms$`));
});

test('a rule leads to the rows it set aside, each with its row number, reason and culprit, and the file has all of the table', async ({ app }) => {
	await show(app, 'Data');
	const rules = app.getByRole('region', { name: 'Quality rules with their counts' });
	await rules.getByRole('button', { name: /^Show .* set aside by “unreadable interaction value”/ }).press('Enter');
	await expect(app.locator('#set-aside')).toBeFocused();
	const aside = app.locator('section', { has: app.locator('#set-aside') });
	const [counted] = await sql(app, "select count(*)::integer as n from quarantine.stg_interactions where rule = 'unreadable_interaction_value'");
	const grid = aside.getByRole('region', { name: /^Rows set aside from stg_interactions by/ });
	await expect(grid.locator('tbody tr')).toHaveCount(Number(counted?.['n']));
	await expect(grid.locator('thead th').first()).toHaveText('row');
	const cells = await grid.locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 4).map((cell) => cell.textContent)));
	for (const [row, found, reason, rule] of cells) {
		expect(Number(row)).toBeGreaterThan(0);
		expect(found).toMatch(/^\w+ = ./);
		expect(reason).toMatch(/cannot be read/);
		expect(rule).toBe('unreadable_interaction_value');
	}
	await aside.getByLabel('Rule').selectOption('');
	const all = await sql(app, 'select count(*)::integer as n from quarantine.stg_interactions');
	await expect(aside.getByRole('status')).toHaveText(`${String(all[0]?.['n'])} rows`);
	const file = await saved(app, () => aside.getByRole('button', { name: /^Save all/ }).press('Enter'));
	expect(file[0]?.slice(0, 4)).toEqual(['row', 'found', 'reason', 'rule']);
	expect(file.length).toBe(Number(all[0]?.['n']) + 1);
});

test('rows of files name their file, and data without faults has nothing to show', async ({ app }) => {
	await show(app, 'Data');
	await choose(app, smallFiles({ cases: (lines) => [...lines, '9,1,1,claim_denial,high,open,2025-02-30T09:00:00,,,,0,0,'].join('\n') }));
	await settled(app);
	const aside = app.locator('section', { has: app.locator('#set-aside') });
	await expect(aside.locator('tbody tr').first()).toContainText('created_at = 2025-02-30T09:00:00');
	await expect(aside.locator('tbody tr').first()).toContainText('cases.csv');
	await choose(app, smallFiles());
	await expect(aside).toContainText('No row breaks a rule');
	await expect(aside.locator('table')).toHaveCount(0);
});

test('axe finds nothing on the data page with an error, a picture, a chosen model and open lists, in light and in dark', async ({ app }) => {
	await openConsole(app);
	const found: string[] = [];
	const look = async (state: string): Promise<void> => {
		found.push(...(await violations(app)).map((line) => `${state}: ${line}`));
		await app.getByRole('button', { name: 'Dark theme' }).click();
		found.push(...(await violations(app, ['color-contrast'])).map((line) => `${state}, dark: ${line}`));
		await app.getByRole('button', { name: 'Light theme' }).click();
	};
	await run(app, 'select wrong from fct_case_lifecycle');
	await app.locator('[data-model="marts.fct_case_lifecycle"]').press('Enter');
	await section(app).getByText(/^Earlier statements/).press('Enter');
	await look('error and a chosen model');
	await run(app, 'select case_type, count(*) as n from fct_case_lifecycle group by all');
	await section(app).getByRole('button', { name: 'Picture' }).press('Enter');
	await look('picture');
	await section(app).getByRole('button', { name: 'Rows', exact: true }).press('Enter');
	await run(app, 'select * from staging.stg_interactions');
	await write(app, 'select case');
	await app.keyboard.press('Control+Space');
	await expect(app.getByRole('listbox')).toBeVisible();
	await look('many rows and offers');
	await app.locator('[data-model="marts.fct_case_lifecycle"]').press('Escape');
	expect(found).toEqual([]);
});
