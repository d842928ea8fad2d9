import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { expect, follow, home, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { onShelf, shelve } from './support/kept.ts';
import { cards, tile } from './support/screen.ts';

async function openMenu(page: Page): Promise<Locator> {
	await page.getByRole('button', { name: 'Bookmarks and notes' }).press('Enter');
	const menu = page.getByRole('dialog', { name: 'Bookmarks and notes' });
	await expect(menu.getByRole('heading', { name: 'Bookmarks', exact: true })).toBeVisible();
	return menu;
}

const named = (menu: Locator): Promise<string[]> => menu.locator('[data-bookmark]').evaluateAll((all) => all.map((each) => each.getAttribute('data-bookmark') ?? ''));

async function type(field: Locator, text: string): Promise<void> {
	await field.focus();
	await field.page().keyboard.press('Control+a');
	await field.page().keyboard.type(text);
}

test.afterEach(async ({ app }) => {
	await app.keyboard.press('Escape');
	await shelve(app);
});

test('a view is saved under the name it has in words, opened as one step, renamed with a note, moved, deleted and put back', async ({ app }) => {
	await follow(app, `${home}&from=2026-04-01&f.case_type=claim_denial`);
	const [address, before] = [app.url(), await cards(app)];
	let menu = await openMenu(app);
	await expect(menu.getByLabel('Name')).toHaveValue('Executive · Claim denials · 1 Apr 2026 – now');
	await menu.getByLabel('Name').press('Enter');
	await expect(menu.getByText('Saved as “Executive · Claim denials · 1 Apr 2026 – now”.')).toBeVisible();
	await type(menu.getByLabel('Name'), 'Twice');
	await app.keyboard.press('Enter');
	await type(menu.getByLabel('Name'), 'Twice');
	await app.keyboard.press('Enter');
	expect(await named(menu)).toEqual(['Executive · Claim denials · 1 Apr 2026 – now', 'Twice', 'Twice (2)']);
	await app.keyboard.press('Escape');

	await follow(app, `${home}&view=operations`);
	menu = await openMenu(app);
	await menu.getByRole('button', { name: 'Executive · Claim denials · 1 Apr 2026 – now', exact: true }).press('Enter');
	await settled(app);
	expect(app.url()).toBe(address);
	expect(await cards(app)).toEqual(before);
	await app.keyboard.press('Control+z');
	await settled(app);
	await expect(app).toHaveURL(/view=operations/);

	menu = await openMenu(app);
	await menu.getByRole('button', { name: 'Edit Executive' }).press('Enter');
	await expect(menu.locator('[data-bookmark] input')).toBeFocused();
	await type(menu.locator('[data-bookmark] input'), 'Denials since April');
	await app.keyboard.press('Tab');
	await app.keyboard.type('The appeals desk lost two people.');
	await app.keyboard.press('Tab');
	await app.keyboard.press('Enter');
	await expect(menu.getByText('The appeals desk lost two people.')).toBeVisible();
	const down = menu.getByRole('button', { name: 'Move Denials since April down' });
	await down.press('Enter');
	expect(await named(menu)).toEqual(['Twice', 'Denials since April', 'Twice (2)']);
	await expect(down).toBeFocused();
	await menu.getByRole('button', { name: 'Delete Twice', exact: true }).press('Enter');
	expect(await named(menu)).toEqual(['Denials since April', 'Twice (2)']);
	await expect(menu.getByRole('button', { name: 'Put it back' })).toBeFocused();
	await app.keyboard.press('Enter');
	expect(await named(menu)).toEqual(['Twice', 'Denials since April', 'Twice (2)']);
	expect(app.url()).not.toContain('Denials');
});

test('a bookmark whose link is no longer understood says so, and one of files that are not open says that', async ({ app }) => {
	await shelve(app, { bookmarks: [{ name: 'Old', query: '?v=1&size=small&view=gone&f.colour=red', note: '' }, { name: 'Files', query: '?v=1&data=files-abc', note: '' }] });
	const menu = await openMenu(app);
	await expect(menu.getByText('Not understood any more: f.colour=red, view=gone.')).toBeVisible();
	await expect(menu.getByText('Of files that are not open.')).toBeVisible();
	await menu.getByRole('button', { name: 'Old', exact: true }).press('Enter');
	await settled(app);
	await expect(app.locator('[data-kpi]').first()).toBeVisible();
});

test('a note stands at its day on the flow and on every trend, is changed and deleted, and is never in the address', async ({ app }) => {
	const address = app.url();
	const flow = tile(app, 'flow');
	const trends = await app.locator('[data-kpi] svg.chart').count();
	expect(trends).toBeGreaterThan(0);
	await flow.getByRole('button', { name: 'Note a date' }).press('Enter');
	const panel = app.getByRole('dialog', { name: 'Note a date' });
	await panel.getByLabel('Day').fill('2026-04-15');
	await type(panel.getByLabel('What happened'), 'new intake form live');
	await app.keyboard.press('Enter');
	await expect(flow.locator('g.note text')).toHaveText('new intake form live');
	await expect(app.locator('[data-kpi] g.note title')).toHaveText(Array.from({ length: trends }, () => '2026-04-15: new intake form live'));
	await expect(flow.locator('svg.chart')).toHaveAttribute('aria-label', /Notes: 15 Apr 2026 new intake form live/);
	const [note, before, after] = [await flow.locator('g.note line').boundingBox(), await flow.locator('g.bucket[data-key="2026-04-13"]').boundingBox(), await flow.locator('g.bucket[data-key="2026-04-20"]').boundingBox()];
	if (!note || !before || !after) throw new Error('the chart has no such weeks');
	// Buckets reach from half a week before their day to half a week after it; the note is two sevenths of a week after one.
	const [monday, week] = [before.x + before.width / 2, after.x - before.x];
	expect(Math.abs(note.x + note.width / 2 - (monday + (week * 2) / 7))).toBeLessThan(1.5);
	await panel.getByRole('button', { name: /^Edit the note of 15 Apr 2026/ }).press('Enter');
	await type(panel.getByLabel('What happened'), 'form live at last');
	await app.keyboard.press('Enter');
	await expect(flow.locator('g.note text')).toHaveText('form live at last');
	expect(await onShelf(app, 'notes')).toEqual([{ pack: 'advocacy', day: '2026-04-15', text: 'form live at last' }]);
	await panel.getByRole('button', { name: /^Delete the note of 15 Apr 2026/ }).press('Enter');
	await expect(app.locator('g.note')).toHaveCount(0);
	expect(app.url()).toBe(address);
});

test('a note of the last, unfinished week is drawn too, one after the as-of is not', async ({ app }) => {
	await shelve(app, { notes: [{ pack: 'advocacy', day: '2026-06-30', text: 'today' }, { pack: 'advocacy', day: '2026-07-01', text: 'tomorrow' }, { pack: 'elsewhere', day: '2026-05-01', text: 'of another pack' }] });
	await expect(tile(app, 'flow').locator('g.note text')).toHaveText(['today']);
});

test('bookmarks and notes leave as one file and come back from it; a file that is none is refused and changes nothing', async ({ app }) => {
	const shelves = { bookmarks: [{ name: 'One', query: '?v=1&size=small&view=operations', note: 'say this' }], notes: [{ pack: 'advocacy', day: '2026-05-01', text: 'moved office' }] };
	await shelve(app, shelves);
	let menu = await openMenu(app);
	const saved = app.waitForEvent('download');
	await menu.getByRole('button', { name: 'Save as a file' }).press('Enter');
	const file = readFileSync(await (await saved).path(), 'utf8');
	await app.keyboard.press('Escape');
	await shelve(app);
	menu = await openMenu(app);
	expect(await named(menu)).toEqual([]);
	const field = menu.getByLabel('Add from a file');
	await field.setInputFiles({ name: 'kept.json', mimeType: 'application/json', buffer: Buffer.from(file) });
	await expect(menu.getByText('1 bookmark and 1 note are here now')).toBeVisible();
	expect(await onShelf(app, 'bookmarks')).toEqual(shelves.bookmarks);
	expect(await onShelf(app, 'notes')).toEqual(shelves.notes);
	await field.setInputFiles({ name: 'kept.json', mimeType: 'application/json', buffer: Buffer.from(file.replace('"One"', '" "')) });
	await expect(menu.getByRole('alert')).toContainText('bookmarks');
	expect(await named(menu)).toEqual(['One']);
});

test('axe finds nothing in the menu, with a bookmark being edited, in both themes', async ({ app }) => {
	await shelve(app, { bookmarks: [{ name: 'One', query: '?v=1&size=small&view=gone', note: 'say this' }, { name: 'Two', query: '?v=1&data=files-a', note: '' }], notes: [{ pack: 'advocacy', day: '2026-05-01', text: 'moved office' }] });
	const found: string[] = [];
	for (const theme of ['Dark', 'Light']) {
		await app.getByRole('button', { name: `${theme} theme` }).press('Enter');
		const menu = await openMenu(app);
		found.push(...(await violations(app)).map((line) => `${theme}: ${line}`));
		await menu.getByRole('button', { name: 'Edit Two' }).press('Enter');
		found.push(...(await violations(app)).map((line) => `${theme}, editing: ${line}`));
		await app.keyboard.press('Escape');
	}
	expect(found).toEqual([]);
});
