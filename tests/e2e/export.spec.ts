import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { parseCsv } from '../support/csv.ts';
import { readXlsx } from '../support/xlsx.ts';
import { expect, follow, home, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { pagesOf } from './support/pdf.ts';
import { cards, finding, show, tile } from './support/screen.ts';

const filtered = `${home}&f.case_type=claim_denial,prior_authorization&from=2026-03-01&to=2026-05-31`;

/** Opens a tile's export menu with Enter and chooses with the arrow keys; the pointer takes no part. */
async function choose(page: Page, id: string, entry: string): Promise<void> {
	const title = await tile(page, id).locator('h2').innerText();
	await tile(page, id).getByRole('button', { name: `Export of ${title}`, exact: true }).focus();
	await page.keyboard.press('Enter');
	const menu = tile(page, id).getByRole('menu', { name: `Export of ${title}` });
	await expect(menu.getByRole('menuitem').first()).toBeFocused();
	const wanted = menu.getByRole('menuitem', { name: entry, exact: true });
	for (let i = 0; i < 5 && !(await wanted.evaluate((item) => item === document.activeElement)); i++) await page.keyboard.press('ArrowDown');
	await expect(wanted).toBeFocused();
	await page.keyboard.press('Enter');
}

async function save(page: Page, id: string, entry: string): Promise<{ name: string; bytes: Buffer }> {
	const arriving = page.waitForEvent('download');
	await choose(page, id, entry);
	const file = await arriving;
	return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test('[S1-F18] the numbers of the cards arrive as CSV and as a workbook, from the keyboard, named by view, tile and as-of, and equal what is shown', async ({ app }) => {
	const shown = await cards(app);
	const csv = await save(app, 'kpis', 'CSV');
	expect(csv.name).toBe('throughline-executive-kpis-2026-06-30.csv');
	const [head = [], ...rows] = parseCsv(csv.bytes.toString('utf8'));
	const at = (name: string): number => head.indexOf(name);
	expect(Object.fromEntries(rows.map((row) => [row[at('measure')], row[at('value')]]))).toEqual(shown);
	for (const name of ['n', 'lo', 'hi', 'change', 'change_lo', 'change_hi', 'compared', 'previous_value', 'beyond_noise']) expect(rows.every((row) => row[at(name)] !== ''), name).toBe(true);
	await expect(tile(app, 'kpis').getByRole('status')).toHaveText(`Saved ${String(rows.length)} rows as ${csv.name}`);
	await expect(tile(app, 'kpis').getByRole('button', { name: /^Export/ })).toBeFocused();

	const book = await save(app, 'kpis', 'Excel');
	expect(book.name).toBe('throughline-executive-kpis-2026-06-30.xlsx');
	const { sheets, formulas } = readXlsx(book.bytes);
	expect(formulas).toBe(0);
	expect(Object.fromEntries((sheets['Table'] ?? []).slice(1).map((row) => [row[at('measure')]?.value, String(row[at('value')]?.value)]))).toEqual(shown);
	const about = Object.fromEntries((sheets['About'] ?? []).map((row) => [row[0]?.value, row[1]?.value]));
	expect(about).toMatchObject({ Title: 'Key numbers', Filters: 'none', Opened: 'all dates', 'As of': '30 Jun 2026, 16:59' });
	expect(about['Data']).toMatch(/^SYNTHETIC demo data, seed 42/);
});

test('[S1-F18] a long list arrives whole, with days as dates', async ({ app }) => {
	await show(app, 'Operations');
	const csv = await save(app, 'cases', 'CSV');
	const book = readXlsx((await save(app, 'cases', 'Excel')).bytes);
	const rows = parseCsv(csv.bytes.toString('utf8'));
	const all = await app.evaluate(async () => Number((await window.throughline.sql('select count(*)::double as n from marts.fct_case_lifecycle'))[0]?.['n']));
	expect(rows.length - 1).toBe(all);
	expect(book.sheets['Table']?.length).toBe(all + 1);
	const opened = rows[0]?.indexOf('created_at') ?? -1;
	expect(rows[1]?.[opened]).toMatch(/^2026-06-\d\dT\d\d:\d\d:\d\d$/);
	expect(book.sheets['Table']?.[1]?.[opened]).toMatchObject({ format: 'yyyy-mm-dd hh:mm' });
	expect(book.sheets['Table']?.[1]?.[opened]?.value).toBeGreaterThan(46_000);
});

test('[S1-F18] a list that the reader sorts is taken along in that order', async ({ app }) => {
	await follow(app, `${home}&view=operations&s.cases=created_at`);
	const [head = [], ...rows] = parseCsv((await save(app, 'cases', 'CSV')).bytes.toString('utf8'));
	const days = rows.map((row) => row[head.indexOf('created_at')] ?? '');
	expect(days).toEqual([...days].sort());
	expect(days[0]).not.toBe(days.at(-1));
});

test('[S1-F18] a picture arrives as SVG with its colours and words in it, and as PNG in twice as many dots', async ({ app }) => {
	await app.getByRole('button', { name: 'Dark theme' }).press('Enter');
	const said = await finding(app, 'resolved-by-day').innerText();
	const svg = await save(app, 'resolved-by-day', 'SVG picture');
	expect(svg.name).toBe('throughline-executive-resolved-by-day-2026-06-30.svg');
	const text = svg.bytes.toString('utf8');
	expect(text).not.toMatch(/var\(|class=|data-key|currentColor/);
	const read = await app.evaluate((source) => {
		const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
		const lines = (element: Element): string => [...element.querySelectorAll('tspan')].map((line) => line.textContent).join(' ');
		return { bad: parsed.querySelector('parsererror') !== null, width: Number(parsed.documentElement.getAttribute('width')), height: Number(parsed.documentElement.getAttribute('height')), paper: parsed.querySelector('svg > rect')?.getAttribute('fill'), texts: [...parsed.querySelectorAll('svg > text')].map(lines), paths: parsed.querySelectorAll('path').length };
	}, text);
	expect(read.bad).toBe(false);
	expect(read.paper).toBe('#faf8f4');
	expect(read.texts.join(' ')).toContain(said.replaceAll(/\s+/g, ' '));
	expect(read.texts.join(' ')).toMatch(/filters: none · opened all dates · as of 30 Jun 2026, 16:59 · demo data, seed 42/);
	expect(read.paths).toBeGreaterThan(4);

	const png = await save(app, 'resolved-by-day', 'PNG picture');
	expect([...png.bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	for (const [dots, px] of [[png.bytes.readUInt32BE(16), read.width], [png.bytes.readUInt32BE(20), read.height]] as const) expect(Math.abs(dots - 2 * px)).toBeLessThanOrEqual(2);
	expect(png.bytes.length).toBeGreaterThan(30_000);
	await expect(tile(app, 'kpis-by-type').locator('[data-format="svg"]')).toHaveCount(0);
});

test('[S1-F18] a table is copied as a table and as text, and it is said how many rows', async ({ app }) => {
	await app.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await choose(app, 'backlog-by-type', 'Copy as table');
	await expect(tile(app, 'backlog-by-type').getByRole('status')).toHaveText(/^Copied \d+ rows$/);
	const clip = await app.evaluate(async () => {
		const [item] = await navigator.clipboard.read();
		const html = (await (await item?.getType('text/html'))?.text()) ?? '';
		const read = new DOMParser().parseFromString(html, 'text/html');
		return { text: (await (await item?.getType('text/plain'))?.text()) ?? '', rows: [...read.querySelectorAll('tr')].map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent)) };
	});
	const lines = clip.text.split('\n').map((line) => line.split('\t'));
	expect(lines).toEqual(clip.rows);
	expect(lines[0]?.slice(0, 5)).toEqual(['group', 'measure', 'unit', 'value', 'n']);
	expect(lines.at(-1)?.[0]).toBe('All');
	await expect(tile(app, 'backlog-by-type').getByRole('status')).toHaveText(`Copied ${String(lines.length - 1)} rows`);
});

test('the menu closes with Esc and gives the focus back, and axe finds nothing in it', async ({ app }) => {
	const button = tile(app, 'flow').getByRole('button', { name: /^Export of Opened/ });
	await button.focus();
	await app.keyboard.press('Enter');
	await expect(tile(app, 'flow').getByRole('menuitem').first()).toBeFocused();
	await app.keyboard.press('End');
	await expect(tile(app, 'flow').getByRole('menuitem').last()).toBeFocused();
	await app.keyboard.press('Tab');
	await app.keyboard.press('Shift+Tab');
	await expect(tile(app, 'flow').getByRole('menuitem').last()).toBeFocused();
	expect(await violations(app)).toEqual([]);
	await app.keyboard.press('Escape');
	await expect(tile(app, 'flow').getByRole('menu')).toBeHidden();
	await expect(button).toBeFocused();
});

test('[S1-F18] on paper every page says the filters, dates, as-of and data, numbers its pages, and leaves the controls out', async ({ app }) => {
	await follow(app, `${filtered}&view=operations`);
	const pages = pagesOf(await app.pdf({ preferCSSPageSize: true }));
	expect(pages.length).toBeGreaterThan(2);
	pages.forEach((text, i) => {
		expect(text, `page ${String(i + 1)}`).toContain('filters:Casetype:ClaimdenialsandPriorauthorisations');
		expect(text).toContain('opened1Mar2026to31May2026');
		expect(text).toContain('asof30Jun2026,16:59');
		expect(text).toContain('demodata,seed42');
		expect(text).toContain(`page${String(i + 1)}of${String(pages.length)}`);
		expect(text).not.toMatch(/Searchtheserows|PrintorsaveasPDF|Export/);
	});
	const whole = pages.join('');
	for (const title of await app.locator('[data-tile] h2').allInnerTexts()) expect(whole).toContain(title.replaceAll(/\s/g, ''));
});

test('[S1-F18] a list on paper has up to 200 rows, says how many there are, and repeats its head on each of its pages', async ({ app }) => {
	await follow(app, `${home}&view=operations`);
	const pages = pagesOf(await app.pdf({ preferCSSPageSize: true }));
	const head = (await tile(app, 'cases').locator('thead th').allInnerTexts()).join('').replaceAll(/\s/g, '');
	const [first, last] = [pages.findIndex((text) => text.includes(head)), pages.findLastIndex((text) => text.includes(head))];
	expect(last - first).toBeGreaterThan(2);
	expect(pages.slice(first, last + 1).filter((text) => !text.includes(head))).toEqual([]);
	const count = await tile(app, 'cases').locator('.count').innerText();
	expect(pages.join('')).toContain(`${count}; the first 200 are printed`.replaceAll(/\s/g, ''));
	expect(await tile(app, 'cases').locator('tbody tr[data-key]').count()).toBeLessThan(60);
});

test('a filter that tries to end the style of the page is printed as its text', async ({ app }) => {
	await follow(app, `${home}&f.case_type=${encodeURIComponent('"}body{display:none}</style><img src=x>')}`);
	const pages = pagesOf(await app.pdf({ preferCSSPageSize: true }));
	expect(pages[0]).toContain('"}body{display:none}</style><imgsrc=x>');
	expect(pages[0]).toContain('Keynumbers');
	await expect(app.locator('img')).toHaveCount(0);
});

test('“Print or save as PDF” asks the browser to print once the page is as wide as paper, and puts the page back', async ({ app }) => {
	await app.evaluate(() => {
		window.print = () => {
			document.body.dataset.printed = String(document.querySelector('.page')?.clientWidth);
			window.dispatchEvent(new Event('beforeprint'));
			window.dispatchEvent(new Event('afterprint'));
		};
	});
	const before = await app.locator('.page').evaluate((page) => page.clientWidth);
	await app.getByRole('button', { name: 'Print or save as PDF' }).focus();
	await app.keyboard.press('Enter');
	await expect(app.locator('body')).toHaveAttribute('data-printed', /^\d+$/);
	expect(Number(await app.locator('body').getAttribute('data-printed'))).toBeLessThan(before);
	await settled(app);
	expect(await app.locator('.page').evaluate((page) => page.clientWidth)).toBe(before);
});
