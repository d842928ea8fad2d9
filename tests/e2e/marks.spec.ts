import type { Page } from '@playwright/test';
import { expect, settled, test } from './support/app.ts';
import { cards, finding, measure, popover, show, sql, tile, value } from './support/screen.ts';

const address = (page: Page): URLSearchParams => new URL(page.url()).searchParams;

/** Puts the focus on a mark as Tab would: the one stop of its chart. */
async function enter(page: Page, id: string): Promise<void> {
	await tile(page, id).locator('svg g[tabindex="0"]').first().focus();
}

for (const [view, ids] of [
	['Executive', ['flow', 'resolved-by-day', 'backlog-by-type', 'drivers']],
	['Operations', ['response-grid', 'open-by-urgency', 'escalations-by-type']],
	['Root cause', ['funnel', 'steps', 'missing-docs', 'handoffs-csat', 'escalation-breach', 'teams', 'advocates']],
] as const) {
	test(`in ${view} every chart has one tab stop, arrows read its marks, O opens the rows of the one read, and Esc comes back to it`, async ({ app }) => {
		await show(app, view);
		for (const id of ids) {
			await expect(tile(app, id).locator('svg.readable g[tabindex="0"]'), id).toHaveCount(1);
			await enter(app, id);
			await app.keyboard.press('Home');
			const first = (await tile(app, id).locator('.reading .said').textContent()) ?? '';
			expect(first, id).not.toBe('');
			await app.keyboard.press('ArrowRight');
			const second = (await tile(app, id).locator('.reading .said').textContent()) ?? '';
			expect(second, id).not.toBe(first);
			await app.keyboard.press('o');
			const panel = app.getByRole('dialog');
			await expect(panel.locator('[data-counted]'), id).toBeVisible();
			expect(Number(await panel.locator('[data-counted]').getAttribute('data-counted')), id).toBeGreaterThan(0);
			await app.keyboard.press('Escape');
			await expect(panel).toHaveCount(0);
			await expect(tile(app, id).locator('g:focus'), id).toHaveCount(1);
		}
	});
}

test('Enter on a mark of a funnel, a step, a driver, a person and a change filters everything else, and the strip lets it go', async ({ app }) => {
	await show(app, 'Root cause');
	const all = await value(app, 'cases_opened');
	for (const id of ['funnel', 'steps', 'escalation-breach']) {
		await enter(app, id);
		if (id === 'funnel') for (let i = 0; i < 4; i++) await app.keyboard.press('ArrowDown');
		await app.keyboard.press('Enter');
		await settled(app);
		const some = await value(app, 'cases_opened');
		expect(some, id).toBeGreaterThan(0);
		expect(some, id).toBeLessThan(all);
		expect(await value(app, 'active_cases'), id).toBeLessThanOrEqual(some);
		await app.getByRole('navigation', { name: 'Filters' }).getByRole('button', { name: /^Remove/ }).focus();
		await app.keyboard.press('Enter');
		await settled(app);
		expect(await value(app, 'cases_opened'), id).toBe(all);
	}
	await tile(app, 'what-changed').locator('tbody button[aria-pressed]').first().focus();
	await app.keyboard.press('Enter');
	await settled(app);
	expect([...address(app).keys()].filter((key) => key.startsWith('f.'))).toHaveLength(1);
	await app.keyboard.press('Escape');
	await settled(app);
	await show(app, 'Operations');
	await tile(app, 'caseload').locator('th[scope="row"] button').first().focus();
	await app.keyboard.press('Enter');
	await settled(app);
	const person = address(app).get('f.advocate') ?? '';
	const [held] = await sql(app, `select count(*) as n from marts.fct_case_lifecycle where advocate = '${person}'`);
	expect(await value(app, 'cases_opened')).toBe(held?.['n']);
	await expect(tile(app, 'caseload').locator('tbody tr.dimmed')).not.toHaveCount(0);
});

test('a stretch of weeks is chosen by keyboard: Shift with the arrows, Enter; the same again lets it go', async ({ app }) => {
	const buckets = await tile(app, 'flow').locator('g.bucket').evaluateAll((all) => all.map((each) => each.getAttribute('data-key') ?? ''));
	await enter(app, 'flow');
	for (let i = 0; i < 6; i++) await app.keyboard.press('ArrowLeft');
	for (let i = 0; i < 3; i++) await app.keyboard.press('Shift+ArrowLeft');
	await expect(tile(app, 'flow').locator('g.brushed')).toHaveCount(4);
	await app.keyboard.press('Enter');
	await settled(app);
	expect(address(app).get('from')).toBe(buckets.at(-10));
	await app.keyboard.press('Control+z');
	await settled(app);
	expect(address(app).has('from')).toBe(false);
});

test('the grain of time charts is chosen, stands in the address, and the period that is not over is never compared', async ({ app }) => {
	const panel = await popover(app, /^Periods/);
	await panel.getByRole('button', { name: 'by month', exact: true }).press('Enter');
	await settled(app);
	expect(address(app).get('grain')).toBe('month');
	const days = await tile(app, 'flow').locator('g.bucket').evaluateAll((all) => all.map((each) => each.getAttribute('data-key') ?? ''));
	expect(days.every((day) => day.endsWith('-01'))).toBe(true);
	const months = await measure(app, 'cases_opened', { grain: 'month' });
	await enter(app, 'flow');
	await app.keyboard.press('End');
	await expect(tile(app, 'flow').locator('.reading .said')).toContainText('(not over)');
	await expect(tile(app, 'flow').locator('.reading .said')).toContainText(`${String(months.at(-1)?.['value'])} opened`);
});

test('a part set against all the rest: each rate carries its difference and interval, counts are not compared', async ({ app }) => {
	const panel = await popover(app, /^Change/);
	await panel.getByLabel('Claim denials').press('Space');
	await settled(app);
	expect(address(app).get('compare')).toBe('segment');
	expect(address(app).get('c.case_type')).toBe('claim_denial');
	const [truth] = await sql(app, "select avg(csat_score) filter (where case_type = 'claim_denial') - avg(csat_score) filter (where case_type <> 'claim_denial') as d from marts.fct_case_lifecycle");
	const text = (await app.locator('[data-kpi="csat_mean"] .change').innerText()).replace('−', '-');
	expect(Number.parseFloat(text)).toBeCloseTo(Number(truth?.['d']), 2);
	await expect(app.locator('[data-kpi="csat_mean"] .interval')).toHaveText(/ to /);
	await expect(app.locator('[data-kpi="active_cases"] .change')).toHaveText('a count grows with the part');
});

test('a list is sorted from its head by keyboard; the order stands in the address and is undone', async ({ app }) => {
	await show(app, 'Operations');
	const head = tile(app, 'cases').locator('thead button').filter({ hasText: 'Contacts' });
	await head.focus();
	await app.keyboard.press('Enter');
	await settled(app);
	expect(address(app).get('s.cases')).toBe('-interaction_count');
	const [most] = await sql(app, 'select max(interaction_count) as n from marts.fct_case_lifecycle');
	const column = await tile(app, 'cases').locator('thead th').evaluateAll((all) => all.findIndex((each) => each.textContent?.includes('Contacts')));
	await expect(tile(app, 'cases').locator('tbody tr:not(.space)').first().locator('td').nth(column)).toHaveText(String(most?.['n']));
	await app.keyboard.press('Control+z');
	await settled(app);
	expect(address(app).has('s.cases')).toBe(false);
	await expect(finding(app, 'cases')).toBeVisible();
});

test('what a card says and what its rows add up to are one number', async ({ app }) => {
	const shown = await cards(app);
	await app.locator('[data-kpi="reopen_rate"] button').first().focus();
	await app.keyboard.press('Enter');
	await expect(app.getByRole('dialog').locator('[data-value]')).toHaveAttribute('data-value', shown['reopen_rate'] ?? '');
	await app.keyboard.press('Escape');
});
