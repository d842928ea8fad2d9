import type { Page } from '@playwright/test';
import { expect, follow, home, settled, test } from './support/app.ts';
import { cards, cardText, finding, marks, popover, show, sql, tile, value } from './support/screen.ts';

const query = (page: Page): URLSearchParams => new URL(page.url()).searchParams;

async function tick(page: Page, slicer: string, option: string): Promise<void> {
	const panel = await popover(page, new RegExp(`^${slicer}`));
	await panel.getByLabel(option).click();
	await settled(page);
	await page.keyboard.press('Escape');
}

test('[S1-F6] [S1-F7] [S1-F8] [S1-F9] what is chosen in one view changes all three alike, survives switching and stands in the address', async ({ app }) => {
	const all = await value(app, 'active_cases');
	await tick(app, 'Case type', 'Claim denials');
	await tick(app, 'Urgency', 'Medium');
	expect(query(app).get('f.case_type')).toBe('claim_denial');
	expect(query(app).get('f.urgency')).toBe('medium');
	const active = await value(app, 'active_cases');
	expect(active).toBeLessThan(all);
	const [truth] = await sql(app, "select count(*) as cases, count(*) filter (where is_active) as active, count(*) filter (where is_stale) as stale from marts.fct_case_lifecycle where case_type = 'claim_denial' and urgency = 'medium'");
	expect(Number((await cards(app))['active_cases'])).toBe(truth?.['active']);
	expect(active).toBe(truth?.['active']);
	await show(app, 'Operations');
	await expect(tile(app, 'stale-list').locator('.count')).toHaveText(new RegExp(`^${String(truth?.['stale'])} rows?$`));
	await expect(finding(app, 'cases')).toHaveText(`${String(truth?.['cases'])} cases under these filters`);
	expect(Object.keys(await marks(app, 'open-by-urgency'))).toEqual(['medium']);
	await show(app, 'Root cause');
	expect((await marks(app, 'funnel'))['opened']?.text).toContain(`${String(truth?.['cases'])} reached`);
	await show(app, 'Data');
	await show(app, 'Executive');
	expect(Number((await cards(app))['active_cases'])).toBe(active);
	await app.getByRole('button', { name: 'Reset' }).click();
	await settled(app);
	expect([...query(app).keys()]).toEqual(['v', 'size']);
	expect(Number((await cards(app))['active_cases'])).toBe(all);
});

test('every preset of the date slicer opens the days it names, and free dates do too', async ({ app }) => {
	const last = String((await sql(app, 'select strftime(max(created_at), \'%Y-%m-%d\') as day from marts.fct_case_lifecycle'))[0]?.['day']);
	const opened = async (from: string, to: string) => Number((await sql(app, `select count(*) as n from marts.fct_case_lifecycle where created_at >= timestamp '${from}' and created_at < timestamp '${to}' + interval 1 day`))[0]?.['n']);
	const panel = await popover(app, /^Opened/);
	for (const preset of ['Last 7 days', 'This month', 'Previous month']) {
		await panel.getByRole('button', { name: preset }).click();
		await settled(app);
		const [from, to] = [query(app).get('from') ?? '', query(app).get('to') ?? ''];
		expect(to <= last && from <= to, `${preset}: ${from} to ${to}`).toBe(true);
		expect(await value(app, 'cases_opened'), preset).toBe(await opened(from, to));
	}
	expect(query(app).get('to')?.slice(0, 8)).not.toBe(last.slice(0, 8));
	await panel.getByLabel('from').fill('2026-05-01');
	await panel.getByLabel('to').fill('2026-05-10');
	await panel.getByLabel('from').press('Tab');
	await settled(app);
	expect(await value(app, 'cases_opened')).toBe(await opened('2026-05-01', '2026-05-10'));
	await panel.getByRole('button', { name: 'All dates' }).click();
	await settled(app);
	expect(query(app).has('from')).toBe(false);
});

test('a card says its change against the period before, colours it only beyond noise, and says nothing when asked to compare with nothing', async ({ app }) => {
	await follow(app, `${home}&from=2026-05-16&to=2026-06-15`);
	const changes = await app.locator('[data-kpi] .change').evaluateAll((all) => all.map((each) => ({ text: each.textContent, coloured: each.classList.contains('better') || each.classList.contains('worse') })));
	expect(changes.length).toBe(8);
	for (const { text, coloured } of changes) if (text.includes('within noise')) expect(coloured, text).toBe(false);
	expect(changes.some(({ text }) => /^[+−±]/.test(text)), JSON.stringify(changes)).toBe(true);
	await (await popover(app, /^Change:/)).getByRole('button', { name: 'against nothing' }).click();
	await settled(app);
	expect(query(app).get('compare')).toBe('none');
	expect((await app.locator('[data-kpi] .change').allTextContents()).some((text) => /^[+−±]\d/.test(text))).toBe(false);
});

test('Back and Forward walk through the slicers and views that were chosen', async ({ app }) => {
	const all = await cards(app);
	await app.evaluate(() => window.throughline.filter({ team: ['intake'] }));
	const intake = await cards(app);
	expect(intake).not.toEqual(all);
	await show(app, 'Operations');
	await app.goBack();
	await settled(app);
	expect(await cards(app)).toEqual(intake);
	await app.goBack();
	await settled(app);
	expect(await cards(app)).toEqual(all);
	await app.goForward();
	await app.goForward();
	await settled(app);
	await expect(app).toHaveURL(/view=operations.*f\.team=intake/);
	await expect(tile(app, 'stale-list')).toBeVisible();
});

test('the as-of steps back and forward and returns to the latest; what is later is not known at it', async ({ app }) => {
	const latest = await cards(app);
	const panel = await popover(app, /^as of/);
	await panel.getByRole('button', { name: '− week' }).click();
	await settled(app);
	const back = query(app).get('asof') ?? '';
	expect(back).toMatch(/^2026-06-23T/);
	expect(await cards(app)).not.toEqual(latest);
	const [known] = await sql(app, `select count(*) as n, count(*) filter (where created_at > timestamp '${back}' or resolved_at > timestamp '${back}' or last_touch_at > timestamp '${back}') as later from marts.fct_case_lifecycle`);
	expect(known?.['later']).toBe(0);
	expect(await value(app, 'cases_opened')).toBe(known?.['n']);
	await panel.getByRole('button', { name: '+ day' }).click();
	await settled(app);
	expect(query(app).get('asof')).toMatch(/^2026-06-24T/);
	await panel.getByRole('button', { name: 'Latest in the data' }).click();
	await settled(app);
	expect(query(app).has('asof')).toBe(false);
	expect(await cardText(app, 'active_cases')).toContain(String(latest['active_cases']));
});

test('a choice that no row has shows an empty view that says so, without a rate or a broken word', async ({ app }) => {
	await follow(app, `${home}&f.case_type=no_such_type`);
	expect(Number((await cards(app))['active_cases'] ?? 0)).toBe(0);
	await expect(finding(app, 'resolved-by-day')).toContainText('No rows under these filters');
	expect(await app.locator('main').innerText()).not.toMatch(/NaN|undefined|[{}]/);
});
