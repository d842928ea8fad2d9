import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, follow, home, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { plain, show, sql, tile } from './support/screen.ts';
import { choose, smallFiles } from './support/files.ts';

const openCase = (page: Page): string | null => new URL(page.url()).searchParams.get('case');
const dialogOf = (page: Page, id: string): Locator => page.getByRole('dialog', { name: `Case ${id}` });
const current = (dialog: Locator): Locator => dialog.locator('li:has([aria-current])');
const known = (dialog: Locator): Locator => dialog.locator('.known');

/** What the panel says was known, by its labels. */
async function facts(dialog: Locator): Promise<Record<string, string>> {
	const pairs = await known(dialog).locator('dl > div').evaluateAll((all) => all.map((pair) => [pair.querySelector('dt')?.textContent ?? '', pair.querySelector('dd')?.textContent ?? ''] as const));
	return Object.fromEntries(pairs.map(([label, value]) => [label, plain(value)]));
}

async function idWhere(page: Page, condition: string): Promise<string> {
	const [row] = await sql(page, `select case_id::varchar as id from marts.fct_case_lifecycle where ${condition}, interaction_count desc, case_id limit 1`);
	return String(row?.['id']);
}

test('[S1-F19] by keyboard alone: Enter opens a case from a list, arrows step through what happened, Esc gives the focus back to its row', async ({ app }) => {
	await show(app, 'Operations');
	const list = tile(app, 'stale-list');
	const ids = await list.locator('tr[data-key]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key') ?? ''));
	const opener = list.locator(`tr[data-key="${ids[1] ?? ''}"]`).getByRole('button');
	await opener.focus();
	await app.keyboard.press('Enter');
	const dialog = dialogOf(app, ids[1] ?? '');
	await expect(dialog.locator('svg.chart-timeline')).toBeVisible();
	expect(openCase(app)).toBe(ids[1]);
	const entries = await dialog.locator('li').evaluateAll((all) => all.map((entry) => entry.getAttribute('data-entry') ?? ''));
	await expect(current(dialog)).toHaveAttribute('data-entry', 'now');
	const moment = await known(dialog).locator('.moment').innerText();
	await app.keyboard.press('ArrowLeft');
	await expect(current(dialog)).toHaveAttribute('data-entry', entries.at(-2) ?? '');
	await expect(known(dialog).locator('.moment')).not.toHaveText(moment);
	await app.keyboard.press('Home');
	await expect(current(dialog)).toHaveAttribute('data-entry', entries[0] ?? '');
	await expect(dialog.locator('[aria-live="polite"].sr-only')).toContainText(/opened\. Status: New\. Open for: 0 min\. Held by: nobody recorded yet\. Promise: 7\.0 days left\. Contacts so far: 0\. Documents: not asked for\./);
	await app.keyboard.press('ArrowLeft');
	await expect(current(dialog)).toHaveAttribute('data-entry', entries[0] ?? '');
	await app.keyboard.press('ArrowRight');
	await app.keyboard.press('ArrowRight');
	await expect(current(dialog)).toHaveAttribute('data-entry', entries[2] ?? '');
	await expect(dialog.locator('.mark.current')).toHaveAttribute('data-key', entries[2] ?? '');
	await current(dialog).getByRole('button').focus();
	await app.keyboard.press('ArrowDown');
	await expect(dialog.locator(`li[data-entry="${entries[3] ?? ''}"] button`)).toBeFocused();
	await app.keyboard.press('ArrowUp');
	await app.keyboard.press('ArrowUp');
	await expect(dialog.locator(`li[data-entry="${entries[1] ?? ''}"] button`)).toBeFocused();
	await app.keyboard.press('End');
	await expect(current(dialog)).toHaveAttribute('data-entry', 'now');
	await app.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	await expect(opener).toBeFocused();
	expect(openCase(app)).toBeNull();
	await app.keyboard.press('Enter');
	await expect(dialog).toBeVisible();
	await app.goBack();
	await expect(dialog).toHaveCount(0);
	await expect(opener).toBeFocused();
});

test('previous and next go through the list it was opened from, in its shown order, and through all cases where it was opened by its address', async ({ app }) => {
	await show(app, 'Operations');
	const list = tile(app, 'stale-list');
	await list.getByRole('button', { name: 'Opened', exact: true }).press('Enter');
	const ids = await list.locator('tr[data-key]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key') ?? ''));
	const total = ((await list.locator('.count').innerText()).split(' ')[0] ?? '').trim();
	await list.locator(`tr[data-key="${ids[0] ?? ''}"]`).getByRole('button').press('Enter');
	await expect(dialogOf(app, ids[0] ?? '')).toContainText(`1 of ${total} in Nobody has touched these for 48 hours`);
	await app.keyboard.press('[');
	expect(openCase(app)).toBe(ids[0]);
	await app.keyboard.press(']');
	await expect(dialogOf(app, ids[1] ?? '')).toContainText(`2 of ${total} in Nobody`);
	expect(openCase(app)).toBe(ids[1]);
	await dialogOf(app, ids[1] ?? '').getByRole('button', { name: 'Next', exact: true }).press('Enter');
	await expect(dialogOf(app, ids[2] ?? '')).toContainText(`3 of ${total} in Nobody`);
	await expect(app.getByRole('button', { name: 'Next', exact: true })).toBeFocused();
	await app.keyboard.press('[');
	await expect(dialogOf(app, ids[1] ?? '')).toBeVisible();
	await app.keyboard.press('Control+z');
	await expect(dialogOf(app, ids[2] ?? '')).toContainText(`3 of ${total} in Nobody`);
	await app.keyboard.press('Escape');

	await follow(app, `${home}&case=9`);
	const all = (await sql(app, 'select case_id::varchar as id from marts.fct_case_lifecycle order by try_cast(case_id as integer)')).map((row) => String(row['id']));
	const place = all.indexOf('9');
	await expect(dialogOf(app, '9')).toContainText(`${String(place + 1)} of all ${all.length.toLocaleString('en-US')} cases`);
	await app.keyboard.press(']');
	await expect(dialogOf(app, all[place + 1] ?? '')).toContainText(`${String(place + 2)} of all`);
	expect(openCase(app)).toBe(all[place + 1]);
	await app.goBack();
	await expect(dialogOf(app, '9')).toBeVisible();
	await app.keyboard.press('Escape');
});

test('what the panel says of a case is what SQL says of it', async ({ app }) => {
	const id = await idWhere(app, 'is_active and assigned_at is not null and docs_requested_at is not null and not is_resolved and handoff_count > 0 order by age_days > 9 desc');
	const [mart] = await sql(app, `select (age_days)::double as days, status, (-sla_hours_left / 24)::double as past, interaction_count::integer as contacts, docs_received_at is not null as received from marts.fct_case_lifecycle where case_id = '${id}'`);
	const [last] = await sql(app, `select advocates.name from raw.interactions join raw.advocates on advocates.id = interactions.advocate_id where case_id = '${id}' order by interactions.created_at desc limit 1`);
	const [raw] = await sql(app, `select (select count(*)::integer from raw.interactions where case_id = '${id}') as contacts, (select count(*)::integer from raw.case_events where case_id = '${id}') as events`);
	await follow(app, `${home}&case=${id}`);
	const dialog = dialogOf(app, id);
	await expect(dialog.locator('li').first()).toBeVisible();
	const said = await facts(dialog);
	const labels: Record<string, string> = { in_progress: 'In progress', waiting_for_documents: 'Waiting for documents', escalated: 'Escalated' };
	expect(said['Status']).toBe(labels[String(mart?.['status'])]);
	expect(said['Open for']).toBe(`${Number(mart?.['days']).toFixed(1)} days`);
	expect(said['Promise']).toBe(`${Number(mart?.['past']).toFixed(1)} days past`);
	expect(said['Held by']).toBe(String(last?.['name']).trim());
	expect(Number(said['Contacts so far'])).toBe(mart?.['contacts']);
	expect(mart?.['contacts']).toBe(raw?.['contacts']);
	expect(said['Documents']).toBe(mart?.['received'] === true && mart['status'] !== 'waiting_for_documents' ? 'received' : 'asked for, not received');
	await expect(dialog.locator('li.interaction')).toHaveCount(Number(raw?.['contacts']));
	await expect(dialog.locator('li.event')).toHaveCount(Number(raw?.['events']));
	await expect(dialog.locator('svg .mark[data-key]:not([data-key^="wait"], [data-key^="holder"])')).toHaveCount(Number(raw?.['contacts']) + Number(raw?.['events']));
	await app.keyboard.press('Escape');
});

test('the page can be seen as of an entry, the drawer stays, and undo brings the page back', async ({ app }) => {
	const id = await idWhere(app, 'is_resolved and not is_reopened and resolution_days > 8 order by resolution_days < 12 desc');
	await follow(app, `${home}&case=${id}`);
	const dialog = dialogOf(app, id);
	await expect(dialog.locator('li').first()).toBeVisible();
	const whole = await dialog.locator('li').count();
	await app.keyboard.press('Home');
	const [fifth] = await sql(app, `select max(seq)::integer as seq from marts.fct_case_timeline where case_id = '${id}' and occurred_at = (select occurred_at from marts.fct_case_timeline where case_id = '${id}' and seq = 5)`);
	const touches = Number(fifth?.['seq']);
	for (let i = 1; i < touches; i++) await app.keyboard.press('ArrowRight');
	const then = await facts(dialog);
	const time = await current(dialog).locator('time').innerText();
	const button = dialog.getByRole('button', { name: 'See the page as of this moment' });
	await button.press('Enter');
	await expect(dialog).toContainText(`The page is as of ${time}.`);
	await settled(app);
	expect(new URL(app.url()).searchParams.get('asof')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
	await expect(dialog.locator('li:not(.promise, .now)')).toHaveCount(touches);
	await expect(current(dialog)).toHaveAttribute('data-entry', 'now');
	expect(await facts(dialog)).toEqual(then);
	const [mart] = await sql(app, `select is_active, interaction_count::integer as contacts from marts.fct_case_lifecycle where case_id = '${id}'`);
	expect(mart?.['is_active']).toBe(true);
	expect(Number(then['Contacts so far'])).toBe(mart?.['contacts']);
	await app.keyboard.press('Control+z');
	await expect(dialog.locator('li')).toHaveCount(whole);
	expect(new URL(app.url()).searchParams.has('asof')).toBe(false);
	expect(openCase(app)).toBe(id);

	await follow(app, `${home}&asof=2025-08-01T00:00:00&case=${id}`);
	await expect(dialog).toContainText(`No case ${id} is known at 1 Aug 2025, 00:00: it had not been opened yet, or it is not in the data.`);
	await dialog.getByRole('button', { name: /^Back to the latest/ }).press('Enter');
	await expect(dialog.locator('li')).toHaveCount(whole);
	await app.keyboard.press('Escape');
});

test('axe finds nothing in the open drawer, in light and in dark, and at 390 px nothing scrolls sideways', async ({ app }) => {
	const conditions = { reopened: 'is_reopened order by reassignment_count desc', open: 'is_active order by age_days desc', fresh: 'assigned_at is null order by age_days', short: 'is_resolved order by resolution_days' };
	const found: string[] = [];
	for (const [name, condition] of Object.entries(conditions)) {
		const id = await idWhere(app, condition);
		await follow(app, `${home}&case=${id}`);
		const dialog = dialogOf(app, id);
		await expect(dialog.locator('li').first()).toBeVisible();
		await app.keyboard.press('Home');
		for (const theme of ['light', 'dark']) {
			await app.evaluate((wanted) => { document.documentElement.dataset['theme'] = wanted; }, theme);
			found.push(...(await violations(app)).map((line) => `${name}, ${theme}: ${line}`));
		}
		await app.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
		for (const width of [390, 360]) {
			await app.setViewportSize({ width, height: 844 });
			const over = (): Promise<unknown> => dialog.evaluate((element) => {
				const edge = element.getBoundingClientRect();
				const wide = [...element.querySelectorAll('*')].filter((each) => !each.closest('.sr-only') && each.getBoundingClientRect().right > edge.right + 1).map((each) => `${each.tagName} ${each.textContent.slice(0, 40)}`);
				return { sideways: element.scrollWidth - element.clientWidth, left: Math.min(0, edge.left), wide };
			});
			await expect.poll(over, { message: `${name} at ${String(width)} px` }).toEqual({ sideways: 0, left: 0, wide: [] });
		}
		await app.setViewportSize({ width: 1440, height: 900 });
		await app.keyboard.press('Escape');
		await expect(dialog).toHaveCount(0);
	}
	expect(found).toEqual([]);
});

test('prints the case alone: picture, facts and the full list, on white, with as-of and source', async ({ app }) => {
	const id = await idWhere(app, 'is_reopened order by reassignment_count desc');
	await follow(app, `${home}&case=${id}`);
	const dialog = dialogOf(app, id);
	await expect(dialog.locator('li').first()).toBeVisible();
	await app.evaluate(() => { document.documentElement.dataset['theme'] = 'dark'; });
	const folder = mkdtempSync(join(tmpdir(), 'timeline-'));
	try {
		writeFileSync(join(folder, 'case.pdf'), await app.pdf({ format: 'A4', printBackground: true }));
		const text = plain(execFileSync('pdftotext', ['-layout', join(folder, 'case.pdf'), '-'], { encoding: 'utf8' }));
		expect(text).toContain(`Case ${id}`);
		expect(text).toContain('promise: 7 days');
		expect(text).toContain('Held by');
		expect(text).toContain('Data: Advocacy cases, demo data, seed 42, size small; no person in it exists.');
		expect(text).toMatch(/As known at \d+ Jun 2026, \d\d:\d\d\./);
		for (const time of await dialog.locator('li time').allTextContents()) expect(text).toContain(plain(time));
		for (const behind of ['Are we keeping our promises?', 'Who does what next?', 'Everything is computed on this device', 'See the page as of']) expect(text).not.toContain(behind);
		await app.emulateMedia({ media: 'print' });
		expect(await dialog.evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color])).toEqual(['rgb(255, 255, 255)', 'rgb(27, 26, 23)']);
	} finally {
		await app.emulateMedia({ media: null });
		await app.evaluate(() => { document.documentElement.dataset['theme'] = 'light'; });
		rmSync(folder, { recursive: true });
	}
	await app.keyboard.press('Escape');
});

test('the print button prints, by keyboard', async ({ app }) => {
	await follow(app, `${home}&case=13`);
	const dialog = dialogOf(app, '13');
	await expect(dialog.locator('li').first()).toBeVisible();
	await app.evaluate(() => {
		window.print = () => { document.documentElement.dataset['printed'] = 'once'; };
	});
	await dialog.getByRole('button', { name: 'Print' }).press('Enter');
	await expect(app.locator('html')).toHaveAttribute('data-printed', 'once');
	await app.keyboard.press('Escape');
});

test('names and kinds from a file are shown as they are written and never run', async ({ app }) => {
	const hostile = '<img src=x onerror=alert(1)>';
	await choose(app, smallFiles({ advocates: (lines) => [lines[0] ?? '', `1,${hostile},billing,intake,1,2024-01-01`, ...lines.slice(2)].join('\n'), interactions: (lines) => [...lines, `9,1,<script>boo</script>,2025-03-02T10:00:00,7,1`].join('\n') }));
	await follow(app, `${new URL(app.url()).search}&case=1`);
	const dialog = dialogOf(app, '1');
	await expect(known(dialog)).toContainText(hostile);
	await expect(dialog.locator('svg.chart-timeline')).toContainText('<script>boo</script>');
	expect(await dialog.locator('img, script').count()).toBe(0);
	await expect(dialog).toContainText('from the files');
	await app.keyboard.press('Escape');
});
