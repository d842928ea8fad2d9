import type { Page } from '@playwright/test';
import { expect, follow, home, load, settled, test } from './support/app.ts';
import { violations } from './support/axe.ts';
import { cards, plain, value } from './support/screen.ts';

const address = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const entry = (page: Page, id: string) => page.locator(`[data-entry="${id}"]`);

async function press(page: Page, what: ReturnType<Page['locator']>, key = 'Enter'): Promise<void> {
	await what.focus();
	await page.keyboard.press(key);
	await settled(page);
}

const toPage = (page: Page, name: string) => press(page, page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true }));

test('[S0-F30] [S2-F52] every card leads to its entry with the same number, and the entry says definition, owner, SQL, tests and where it is used, and leads there', async ({ app }) => {
	const shown = await cards(app);
	const links = app.locator('[data-kpi] a[data-about]');
	expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute('data-about')))).toEqual(Object.keys(shown));
	for (const id of ['sla_breach_rate', 'active_cases']) {
		const link = app.locator(`[data-kpi="${id}"] a[data-about]`);
		await expect(link).toHaveAccessibleName(/^About .+: definition, SQL and tests$/);
		await press(app, link);
		expect(address(app).get('view')).toBe('measures');
		expect(address(app).get('measure')).toBe(id);
		await expect(entry(app, id).getByRole('heading', { level: 2 })).toBeFocused();
		await expect(app.locator(`[data-now="${id}"] .number`)).toHaveAttribute('data-value', shown[id] ?? '');
		await app.goBack();
		await settled(app);
		expect(await cards(app)).toEqual(shown);
	}
	await press(app, app.locator('[data-kpi="sla_breach_rate"] a[data-about]'));
	const about = entry(app, 'sla_breach_rate');
	await expect(about).toContainText('Operations lead, patient advocacy');
	await expect(about).toContainText('Wilson’s interval');
	await expect(about).toContainText('One row is one case');
	await expect(about).toContainText('1,076 of 1,492');
	await press(app, about.locator('summary'));
	await expect(about.locator('pre')).toContainText('count(*) filter (where');
	await press(app, about.locator('[data-use="teams"]'));
	expect(address(app).get('view')).toBe('root-cause');
	await expect(app.locator('[data-tile="teams"]')).toBeFocused();
	await expect(app.locator('[data-tile="teams"]')).toBeInViewport();
});

test('every column of a table of measures and every tile of one measure leads to its entry', async ({ app }) => {
	test.slow();
	const columns = app.locator('[data-tile="kpis-by-type"] thead a[data-about]');
	expect(await columns.count()).toBe(12);
	await press(app, columns.nth(3));
	await expect(entry(app, 'open_at_sla')).toBeVisible();
	await toPage(app, 'Operations');
	await press(app, app.locator('[data-tile="escalations-by-type"] a[data-about]'));
	await expect(entry(app, 'escalation_rate')).toBeVisible();
	await toPage(app, 'Executive');
	await press(app, app.locator('[data-kpi="csat_mean"] .open'));
	await press(app, app.locator('[data-proof="csat_mean"] a[data-about]'));
	await expect(entry(app, 'csat_mean')).toBeVisible();
	await expect(app.getByRole('dialog')).toHaveCount(0);
});

test('the catalogue is searched by name, id and meaning, and an entry has an address of its own', async ({ app }) => {
	await toPage(app, 'Measures');
	const list = app.getByRole('navigation', { name: 'Measures' }).getByRole('link');
	const all = await list.count();
	expect(all).toBeGreaterThan(25);
	await app.getByRole('searchbox').focus();
	await app.keyboard.type('seven-day');
	await expect(list).toHaveCount(2);
	await expect(app.getByText(`2 of ${String(all)} measures`)).toBeVisible();
	await press(app, list.first());
	await expect(app).toHaveURL(/measure=open_at_sla/);
	await app.getByRole('searchbox').focus();
	await app.keyboard.press('Control+a');
	await app.keyboard.type('nothing of the kind');
	await expect(app.getByText('No measure is called so.')).toBeVisible();
	await follow(app, `${home}&view=measures&measure=stale_cases&f.case_type=claim_denial`);
	await expect(app.locator('[data-now="stale_cases"]')).toContainText('Case type: Claim denials');
	await expect(app.locator('[data-now="stale_cases"] .number')).toHaveAttribute('data-value', String(await value(app, 'stale_cases')));
});

test('a target set in the catalogue bands its card beyond noise, survives a reload, is in no address, and is cleared where the number is opened', async ({ app }) => {
	const line = app.locator('[data-kpi="sla_breach_rate"] [data-band]');
	await expect(line).toHaveCount(0);
	await follow(app, `${home}&view=measures&measure=sla_breach_rate`);
	const form = app.locator('[data-target="sla_breach_rate"]');
	const field = form.getByRole('textbox', { name: 'Your target (%)' });
	await field.focus();
	await app.keyboard.type('often');
	await app.keyboard.press('Enter');
	await expect(form.getByRole('alert')).toHaveText('Type a percentage from 0 to 100, such as 40.');
	await app.keyboard.press('Control+a');
	await app.keyboard.type('50');
	await app.keyboard.press('Enter');
	await expect(form.getByRole('alert')).toHaveCount(0);
	await expect(app.locator('[data-now="sla_breach_rate"] [data-band]')).toHaveAttribute('data-band', 'missed');
	await toPage(app, 'Executive');
	expect(plain(await line.innerText())).toBe('target ≤ 50 %: ✗ missed');
	expect([...address(app).keys()]).toEqual(['v', 'size']);
	await load(app, home);
	await expect(line).toHaveAttribute('data-band', 'missed');
	await press(app, app.locator('[data-kpi="sla_breach_rate"] .open'));
	const inProof = app.locator('[data-proof="sla_breach_rate"] [data-target]');
	await expect(inProof.getByRole('textbox')).toHaveValue('50');
	await inProof.getByRole('textbox').focus();
	await app.keyboard.press('Control+a');
	await app.keyboard.type('70');
	await app.keyboard.press('Enter');
	await expect(line).toHaveAttribute('data-band', 'unsure');
	await press(app, inProof.getByRole('button', { name: 'Clear yours' }));
	await expect(line).toHaveCount(0);
	await app.keyboard.press('Escape');
	expect(await app.evaluate(() => localStorage.getItem('throughline.targets'))).toBe('{}');
});

test('a target is drawn across the groups of its measure', async ({ app }) => {
	await follow(app, `${home}&view=measures&measure=escalation_rate`);
	await app.locator('[data-target="escalation_rate"] input').focus();
	await app.keyboard.type('12.5');
	await app.keyboard.press('Enter');
	await toPage(app, 'Operations');
	await expect(app.locator('[data-tile="escalations-by-type"] svg')).toContainText('target ≤ 12.5');
	await follow(app, `${home}&view=measures&measure=escalation_rate`);
	await press(app, app.locator('[data-target="escalation_rate"]').getByRole('button', { name: 'Clear yours' }));
	await toPage(app, 'Operations');
	await expect(app.locator('[data-tile="escalations-by-type"] svg')).not.toContainText('target');
});

test('axe finds nothing on the catalogue, with a banded target and while a measure is being written, in light and in dark', async ({ app }) => {
	const found: string[] = [];
	await follow(app, `${home}&view=measures&measure=csat_mean`);
	await app.locator('[data-target="csat_mean"] input').focus();
	await app.keyboard.type('4.5');
	await app.keyboard.press('Enter');
	await expect(app.locator('[data-now="csat_mean"] [data-band]')).toHaveAttribute('data-band', 'missed');
	for (const theme of ['Dark', 'Light']) {
		found.push(...(await violations(app)).map((line) => `entry, before ${theme}: ${line}`));
		await press(app, app.getByRole('button', { name: `${theme} theme` }));
	}
	await press(app, app.getByRole('button', { name: 'New measure' }));
	await app.getByRole('textbox', { name: 'Expression' }).focus();
	await app.keyboard.type('avg(foo');
	await expect(app.locator('[data-tried="wrong"]')).toBeVisible();
	for (const theme of ['Dark', 'Light']) {
		found.push(...(await violations(app)).map((line) => `editor, before ${theme}: ${line}`));
		await press(app, app.getByRole('button', { name: `${theme} theme` }));
	}
	await press(app, app.getByRole('button', { name: 'Cancel' }));
	await press(app, app.locator('[data-target="csat_mean"]').getByRole('button', { name: 'Clear yours' }));
	expect(found).toEqual([]);
});

test('the catalogue and the form for a measure never scroll sideways, and on a phone the list and the entry stand by themselves', async ({ app }) => {
	const over = () => app.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	await follow(app, `${home}&view=measures`);
	for (const width of [1440, 1024, 390, 360]) {
		await app.setViewportSize({ width, height: 844 });
		expect(await over(), `list at ${String(width)}`).toBeLessThanOrEqual(0);
	}
	const list = app.getByRole('navigation', { name: 'Measures' });
	await expect(app.locator('[data-entry]')).toBeHidden();
	await press(app, list.getByRole('link', { name: 'Time to resolution' }));
	await expect(entry(app, 'resolution_days').getByRole('heading', { level: 2 })).toBeFocused();
	await expect(list).toBeHidden();
	await press(app, entry(app, 'resolution_days').locator('summary'));
	expect(await over(), 'entry').toBeLessThanOrEqual(0);
	await press(app, app.getByRole('link', { name: 'All measures' }));
	await expect(list).toBeVisible();
	await press(app, app.getByRole('button', { name: 'New measure' }));
	await app.getByRole('textbox', { name: 'Expression' }).focus();
	await app.keyboard.type(`count(*) + ${'1'.repeat(80)}x`);
	await expect(app.locator('[data-tried="wrong"]')).toBeVisible();
	expect(await over(), 'form').toBeLessThanOrEqual(0);
});
