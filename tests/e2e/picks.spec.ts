import { expect, settled, test } from './support/app.ts';
import { cards, finding, marks, measure, show, tile, value } from './support/screen.ts';

const address = (url: string): URLSearchParams => new URL(url).searchParams;

test('a mark chosen by keyboard filters every other tile; its own chart keeps all marks and lights it; Esc lets it go', async ({ app }) => {
	const before = await cards(app);
	const all = Object.keys(await marks(app, 'backlog-by-type'));
	const bars = tile(app, 'backlog-by-type').locator('g.mark');
	await bars.first().focus();
	await app.keyboard.press('ArrowDown');
	await app.keyboard.press('Enter');
	await settled(app);
	const chosen = address(app.url()).get('f.case_type');
	expect(chosen).toBe(all[1]);
	expect(address(app.url()).get('p.case_type')).toBe('backlog-by-type');
	expect(Object.keys(await marks(app, 'backlog-by-type'))).toEqual(all);
	await expect(bars.nth(1)).toHaveAttribute('aria-pressed', 'true');
	await expect(tile(app, 'backlog-by-type').locator('g.mark.dimmed')).toHaveCount(all.length - 1);
	expect(await app.locator('[data-tile="kpis-by-type"] tbody tr').count()).toBe(1);
	expect(Number((await cards(app))['active_cases'])).toBe(await value(app, 'active_cases'));
	expect(Number((await cards(app))['active_cases'])).toBeLessThan(Number(before['active_cases']));
	await app.keyboard.press('Escape');
	await settled(app);
	expect(address(app.url()).get('f.case_type')).toBeNull();
	expect(await cards(app)).toEqual(before);
});

test('Ctrl adds a mark, a second choice of it takes only that one away, and the same is seen elsewhere by the address', async ({ app }) => {
	const bars = tile(app, 'backlog-by-type').locator('g.mark');
	await bars.nth(0).click();
	await settled(app);
	await bars.nth(2).click({ modifiers: ['Control'] });
	await settled(app);
	expect((address(app.url()).get('f.case_type') ?? '').split(',').length).toBe(2);
	await bars.nth(0).click({ modifiers: ['Control'] });
	await settled(app);
	expect((address(app.url()).get('f.case_type') ?? '').split(',').length).toBe(1);
	await app.getByRole('button', { name: 'Reset' }).click();
	await settled(app);
	expect([...address(app.url()).keys()]).toEqual(['v', 'size']);
});

test('Ctrl+Z undoes and Shift+Ctrl+Z redoes every change of slicer and view', async ({ app }) => {
	const first = app.url();
	const before = await cards(app);
	await tile(app, 'backlog-by-type').locator('g.mark').first().click();
	await settled(app);
	const filtered = await cards(app);
	await show(app, 'Operations');
	await app.keyboard.press('Control+z');
	await settled(app);
	expect(await cards(app)).toEqual(filtered);
	await app.keyboard.press('Control+z');
	await settled(app);
	expect(app.url()).toBe(first);
	expect(await cards(app)).toEqual(before);
	await app.keyboard.press('Control+Shift+z');
	await settled(app);
	expect(await cards(app)).toEqual(filtered);
});

test('dragging over the time chart sets the dates to the weeks under it', async ({ app }) => {
	const svg = tile(app, 'flow').locator('svg');
	await svg.scrollIntoViewIfNeeded();
	const columns = svg.locator('g.bucket');
	const days = await columns.evaluateAll((all) => all.map((each) => each.getAttribute('data-key') ?? ''));
	const [a, b] = [await columns.nth(5).boundingBox(), await columns.nth(8).boundingBox()];
	if (!a || !b) throw new Error('the chart has too few weeks');
	await app.mouse.move(a.x + a.width / 2, a.y + 30);
	await app.mouse.down();
	await app.mouse.move(b.x + b.width / 2, b.y + 30, { steps: 4 });
	await app.mouse.up();
	await settled(app);
	expect(address(app.url()).get('from')).toBe(days[5]);
	const to = new Date(`${days[8] ?? ''}T00:00:00Z`);
	to.setUTCDate(to.getUTCDate() + 6);
	expect(address(app.url()).get('to')).toBe(to.toISOString().slice(0, 10));
});

test('every card opens what it is made of: definition, n, filters, rows counted in and left out, SQL; Esc closes it', async ({ app }) => {
	for (const id of ['active_cases', 'sla_breach_rate', 'csat_mean']) {
		await app.locator(`[data-kpi="${id}"] button`).focus();
		await app.keyboard.press('Enter');
		const panel = app.locator(`[data-proof="${id}"]`);
		await expect(panel.locator('tbody tr').first()).toBeVisible();
		const [row] = await measure(app, id);
		expect(Number(await panel.locator('[data-counted]').getAttribute('data-counted'))).toBe(row?.['n']);
		await expect(panel.getByText(/rows? as CSV/)).toBeVisible();
		await app.keyboard.press('Escape');
		await expect(panel).toHaveCount(0);
	}
	await app.locator('[data-tile="kpis-by-type"] tbody tr').first().locator('td button').nth(2).click();
	await expect(app.locator('[data-proof="resolution_days"] tbody tr').first()).toBeVisible();
	await app.keyboard.press('Escape');
	await expect(finding(app, 'flow')).toBeVisible();
});
