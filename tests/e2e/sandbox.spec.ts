import type { Locator, Page } from '@playwright/test';
import { expect, follow, home, load, openContext, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { marks, plain, sql, tile } from './support/screen.ts';

const address = (page: Page): URLSearchParams => new URL(page.url()).searchParams;

async function press(page: Page, what: Locator, key = 'Enter'): Promise<void> {
	await what.focus();
	await page.keyboard.press(key);
	await settled(page);
}

const toPage = (page: Page, name: string) => press(page, page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true }));

async function type(page: Page, field: Locator, text: string): Promise<void> {
	await field.focus();
	await page.keyboard.press('Control+a');
	await page.keyboard.type(text);
}

const expression = (page: Page): Locator => page.getByRole('textbox', { name: 'Expression' });
const outcome = (page: Page, how: 'right' | 'wrong'): Locator => page.locator(`[data-tried="${how}"]`);

/** Opens the switch of a tile, types into its search, and takes the first that is left beside the tile's own. */
async function choose(page: Page, id: string, name: string): Promise<void> {
	await press(page, tile(page, id).getByRole('button', { name: /^Measure ▾ shown in/ }));
	const panel = page.locator('[popover]:popover-open');
	await expect(panel.getByRole('searchbox')).toBeFocused();
	await page.keyboard.type(name);
	const found = panel.getByRole('button', { name });
	await expect(found).toHaveCount(1);
	for (let i = 0; i < 3 && !(await found.evaluate((each) => each === document.activeElement)); i++) await page.keyboard.press('Tab');
	await expect(found).toBeFocused();
	await page.keyboard.press('Enter');
	await settled(page);
	await expect(panel).toHaveCount(0);
}

async function make(page: Page, name: string, text: string): Promise<void> {
	await toPage(page, 'Measures');
	await press(page, page.getByRole('button', { name: 'New measure' }));
	await type(page, page.getByRole('textbox', { name: 'Name' }), name);
	await type(page, expression(page), text);
	await expect(outcome(page, 'right')).toBeVisible();
	await press(page, page.getByRole('button', { name: 'Save measure' }));
	await expect(page.getByRole('heading', { level: 2, name })).toBeVisible();
}

test.afterEach(async ({ app }) => {
	await app.evaluate(() => localStorage.removeItem('throughline.measures'));
	await load(app, home);
});

test('[S2-F16] a measure is written, told where it is wrong, corrected, shown in a tile, and the address shows the same numbers on another device, which may keep it', async ({ app, browser }, { project }) => {
	await toPage(app, 'Measures');
	await press(app, app.getByRole('button', { name: 'New measure' }));
	await expect(app.getByRole('textbox', { name: 'Name' })).toBeFocused();
	await app.keyboard.type('Touches a day');
	await type(app, expression(app), 'sum(interaction_count) / sum(age_dayz)');
	await expect(outcome(app, 'wrong')).toContainText('Referenced column "age_dayz" not found');
	await expect(outcome(app, 'wrong')).toContainText('line 1, column 30');
	expect((await outcome(app, 'wrong').locator('pre').innerText()).split('\n')[1]?.indexOf('^')).toBe(29);
	await press(app, app.getByRole('button', { name: 'Save measure' }));
	await expect(expression(app), 'what is wrong is not saved').toBeFocused();
	await app.keyboard.press('ArrowLeft');
	await app.keyboard.press('Backspace');
	await app.keyboard.type('s');
	await expect(outcome(app, 'right')).toContainText(/\d now · 95 % interval [\d.]+ to [\d.]+ · n 1,488/);
	const [wanted] = await sql(app, 'select sum(interaction_count) / sum(age_days) as v from marts.fct_case_lifecycle');
	await press(app, app.getByRole('button', { name: 'Save measure' }));
	const entry = app.locator('[data-entry="own_touches_a_day"]');
	await expect(entry).toBeVisible();
	expect(Number(await entry.locator('.number').getAttribute('data-value'))).toBeCloseTo(Number(wanted?.['v']), 10);
	await expect(app.getByRole('navigation', { name: 'Measures' }).getByRole('link').first()).toHaveText('Touches a day');

	await toPage(app, 'Operations');
	expect([...address(app).keys()], 'kept and unused it is in no address').toEqual(['v', 'view', 'size']);
	const before = await marks(app, 'interactions-by-type');
	await choose(app, 'interactions-by-type', 'Touches');
	expect(address(app).get('m.interactions-by-type')).toBe('own_touches_a_day');
	await expect(tile(app, 'interactions-by-type').getByRole('heading', { level: 2 })).toHaveText('Touches a day, by case type');
	const shown = await marks(app, 'interactions-by-type');
	expect(Object.keys(shown).sort()).toEqual(Object.keys(before).sort());
	expect(shown).not.toEqual(before);
	expect(await violations(app)).toEqual([]);

	const context = await openContext(browser, project.use);
	const elsewhere = await context.newPage();
	await load(elsewhere, new URL(app.url()).search);
	expect(await marks(elsewhere, 'interactions-by-type')).toEqual(shown);
	await press(elsewhere, tile(elsewhere, 'interactions-by-type').getByRole('button', { name: 'Keep this measure' }));
	await expect(tile(elsewhere, 'interactions-by-type').getByRole('button', { name: 'Keep this measure' })).toHaveCount(0);
	await load(elsewhere, `${home}&view=measures`);
	await expect(elsewhere.getByRole('navigation', { name: 'Measures' }).getByRole('link').first()).toHaveText('Touches a day');
	await context.close();

	await app.goBack();
	await settled(app);
	expect(await marks(app, 'interactions-by-type')).toEqual(before);
});

test('columns and measures put themselves in where the caret stands; a measure is changed, copied and deleted, and tiles that showed it fall back to their own', async ({ app }) => {
	await toPage(app, 'Measures');
	await press(app, app.getByRole('button', { name: 'New measure' }));
	await type(app, app.getByRole('textbox', { name: 'Name' }), 'Half');
	await type(app, expression(app), '+ 0 * avg()');
	await app.keyboard.press('ArrowLeft');
	await press(app, app.getByRole('button', { name: 'Insert age_days' }));
	await expect(expression(app)).toBeFocused();
	await app.keyboard.press('Home');
	await press(app, app.getByRole('button', { name: 'Insert Cases opened' }));
	await expect(expression(app)).toHaveValue('{cases_opened}+ 0 * avg(age_days)');
	await expect(outcome(app, 'right')).toContainText('n 1,488');
	await press(app, app.getByRole('button', { name: 'Save measure' }));
	await expect(app.locator('[data-entry="own_half"]')).toBeVisible();

	await press(app, app.getByRole('button', { name: 'Edit' }));
	await type(app, expression(app), '{cases_opened} / 2');
	await expect(outcome(app, 'right')).toContainText('744');
	await press(app, app.getByRole('button', { name: 'Save measure' }));
	await expect(app.locator('[data-entry="own_half"] .number')).toHaveAttribute('data-value', '744');

	await press(app, app.getByRole('button', { name: 'Make one like it' }));
	await expect(expression(app)).toHaveValue('{cases_opened} / 2');
	await press(app, app.getByRole('button', { name: 'Cancel' }));

	await toPage(app, 'Executive');
	const own = await marks(app, 'backlog-by-type');
	await choose(app, 'backlog-by-type', 'Half');
	expect(await marks(app, 'backlog-by-type')).not.toEqual(own);
	await press(app, tile(app, 'backlog-by-type').locator('a[data-about]'));
	await expect(app.locator('[data-entry="own_half"] [data-use="backlog-by-type"]')).toBeVisible();
	await press(app, app.getByRole('button', { name: 'Delete' }));
	await toPage(app, 'Executive');
	expect(await marks(app, 'backlog-by-type')).toEqual(own);
	await expect(tile(app, 'backlog-by-type').getByRole('heading', { level: 2 })).toHaveText('Active cases by case type');
	expect(address(app).get('m.backlog-by-type')).toBeNull();
	expect(await app.evaluate(() => localStorage.getItem('throughline.measures'))).toBe('{}');
});

test('a copy of a measure of the pack says the same number', async ({ app }) => {
	await follow(app, `${home}&view=measures&measure=sla_breach_rate`);
	const number = await app.locator('[data-now] .number').innerText();
	await press(app, app.getByRole('button', { name: 'Make one like it' }));
	await expect(outcome(app, 'right')).toBeVisible();
	expect(plain(await outcome(app, 'right').innerText())).toMatch(new RegExp(`^${number} % now`));
});

test('what another expression than one aggregate says in a link is refused in its tile alone, and the data stands', async ({ app }) => {
	const count = 'select count(*) as n from marts.fct_case_lifecycle';
	const before = await sql(app, count);
	const evil = encodeURIComponent('Evil|fct_case_lifecycle|decimal|lower|count(*)); drop table marts.fct_case_lifecycle; select (1');
	await follow(app, `${home}&view=operations&m.interactions-by-type=own_evil&o.own_evil=${evil}`);
	await expect(tile(app, 'interactions-by-type').getByRole('alert')).toHaveText('Evil cannot be computed: one expression only: “;” would begin another statement');
	await expect(app.locator('[data-tile] [role="alert"]')).toHaveCount(1);
	expect(await sql(app, count)).toEqual(before);
	await follow(app, `${home}&view=operations&m.interactions-by-type=own_odd&o.own_odd=${encodeURIComponent('Odd|fct_case_lifecycle|decimal|lower|avg(no_such_column)')}`);
	await expect(tile(app, 'interactions-by-type').getByRole('alert')).toHaveText('Odd cannot be computed: Binder Error: Referenced column "no_such_column" not found in FROM clause!');
	await choose(app, 'interactions-by-type', 'Interactions per case');
	await expect(tile(app, 'interactions-by-type').locator('g.mark').first()).toBeVisible();
});

test('a measure made here stands after a reload', async ({ app }) => {
	await make(app, 'Days a case', 'avg(age_days)');
	await load(app, `${home}&view=measures`);
	await expect(app.getByRole('navigation', { name: 'Measures' }).getByRole('link').first()).toHaveText('Days a case');
});
