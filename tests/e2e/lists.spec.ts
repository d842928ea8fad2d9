import { expect, settled, test } from './support/app.ts';
import { show, sql, tile, value } from './support/screen.ts';

test('[S0-F10] [S0-F5] [S1-F21] the stale list holds every stale case, longest first, with all that daily follow-up needs', async ({ app }) => {
	await app.evaluate(() => window.throughline.asOf('2026-06-01T08:00:00'));
	await show(app, 'Operations');
	const stale = await value(app, 'stale_cases');
	const list = tile(app, 'stale-list');
	await expect(list.locator('.count')).toHaveText(`${stale.toLocaleString('en-US')} rows`);
	for (const name of ['Case', 'Type', 'Urgency', 'Status', 'Advocate', 'State', 'Opened', 'Last touch', 'Untouched']) await expect(list.getByRole('columnheader', { name, exact: true })).toHaveCount(1);
	const expected = await sql(app, 'select case_id::varchar as id from marts.fct_case_lifecycle where is_stale order by idle_hours desc, case_id');
	const seen = new Set<string>();
	const scroller = list.locator('.scroll');
	for (let more = true; more; ) {
		for (const key of await list.locator('tr[data-key]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-key') ?? ''))) seen.add(key);
		more = await scroller.evaluate(async (box) => {
			const before = box.scrollTop;
			box.scrollTop += box.clientHeight;
			await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
			return box.scrollTop > before;
		});
	}
	expect(seen.size).toBe(stale);
	expect([...seen].sort()).toEqual(expected.map((row) => String(row['id'])).sort());
	const due = await sql(app, 'select count(*) as n from marts.fct_case_lifecycle where is_active and sla_hours_left between 0 and 48');
	await expect(tile(app, 'about-to-breach').locator('.count')).toHaveText(new RegExp(`^${String(due[0]?.['n'])} row`));
});

test('[S1-F3] [S1-F13] [S1-F20] the case list has response, resolution, contacts, handoffs and reopens, sorts by its headers and finds words', async ({ app }) => {
	await show(app, 'Operations');
	const list = tile(app, 'cases');
	await expect(list.locator('.count')).toHaveText(`${(await value(app, 'cases_opened')).toLocaleString('en-US')} rows`);
	for (const name of ['Case', 'Type', 'Urgency', 'Advocate', 'First response', 'Resolved after', 'Contacts', 'Handoffs', 'Changed hands', 'Reopens']) await expect(list.getByRole('columnheader', { name, exact: true })).toHaveCount(1);
	const top = async (column: number) => list.locator('tr[data-key]').first().locator('td').nth(column).innerText();
	await list.getByRole('button', { name: 'Reopens' }).click();
	await expect(list.getByRole('columnheader', { name: /Reopens/ })).toHaveAttribute('aria-sort', 'descending');
	const [most] = await sql(app, 'select max(reopen_count)::integer as reopens, max(reassignment_count)::integer as hands from marts.fct_case_lifecycle');
	expect(Number(await top(11))).toBe(most?.['reopens']);
	await list.getByRole('button', { name: 'Changed hands' }).click();
	expect(Number(await top(10))).toBe(most?.['hands']);
	await list.getByRole('button', { name: 'Changed hands' }).click();
	expect(await top(10)).toBe('0');
	await list.getByRole('searchbox').fill('provider search');
	const [searches] = await sql(app, "select count(*) as n from marts.fct_case_lifecycle where case_type = 'provider_search'");
	await expect(list.locator('.count')).toHaveText(`${String(searches?.['n'])} rows`);
	await list.getByRole('searchbox').fill('no case says this');
	await expect(list.locator('.count')).toHaveText('0 rows');
	await list.getByRole('searchbox').fill('');
});

test('[S1-F19] [S1-F20] a row opens all that happened to its case, by mouse and by Enter; Esc closes it, and the address follows', async ({ app }) => {
	const [found] = await sql(app, 'select case_id::varchar as id, count(*)::integer as n from marts.fct_case_timeline where case_id in (select case_id from marts.fct_case_lifecycle where reopen_count > 0 and handoff_count > 1 and length(case_id::varchar) = 4) group by 1 order by n desc, id limit 1');
	const id = String(found?.['id']);
	await show(app, 'Operations');
	const list = tile(app, 'cases');
	await list.getByRole('searchbox').fill(id);
	const row = list.locator(`tr[data-key="${id}"]`);
	const dialog = app.getByRole('dialog', { name: `Case ${id}` });
	await row.locator('td').nth(2).click();
	await expect(dialog).toBeVisible();
	await expect(app).toHaveURL(new RegExp(`case=${id}`));
	await expect(dialog.locator('li:not(.promise, .now)')).toHaveCount(Number(found?.['n']));
	await expect(dialog).toContainText('reopened');
	await expect(dialog).toContainText('handed to');
	await expect(dialog).toContainText('the promise of 7 days ends');
	const times = await dialog.locator('li time').allTextContents();
	expect(times.length).toBeGreaterThan(3);
	await app.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
	expect(new URL(app.url()).searchParams.has('case')).toBe(false);
	await row.getByRole('button').focus();
	await app.keyboard.press('Enter');
	await expect(dialog).toBeVisible();
	await dialog.getByRole('button', { name: 'Close' }).press('Enter');
	await expect(dialog).toHaveCount(0);
	await expect(row.getByRole('button')).toBeFocused();
	await app.goBack();
	await expect(dialog).toBeVisible();
	await app.goBack();
	await settled(app);
	await expect(dialog).toHaveCount(0);
	await list.getByRole('searchbox').fill('');
});

test('[S0-F11] [S0-F12] [S0-F27] [S0-F39] [S1-F4] [S1-F5] [S1-F14] [S1-F22] caseload shows each advocate with capacity, utilisation, weight, urgency mix and room, and names the overloaded that were planted', async ({ app }) => {
	await show(app, 'Operations');
	const mart = await sql(app, 'select advocate, active_cases::integer as active, capacity::integer as capacity, weighted_active::double as weighted, room::integer as room, is_overloaded as over, high_urgency::integer as high, medium_urgency::integer as medium, low_urgency::integer as low from marts.mart_advocate_caseload');
	const rows = tile(app, 'caseload').locator('tr[data-key]');
	await expect(rows).toHaveCount(mart.length);
	for (const load of mart) {
		const row = rows.and(app.locator(`[data-key="${String(load['advocate'])}"]`));
		const cells = await row.locator('td').allTextContents();
		expect(Number(cells[2]), String(load['advocate'])).toBe(load['active']);
		expect(Number(cells[3])).toBe(load['capacity']);
		expect(cells[4]).toBe(`${((100 * Number(load['active'])) / Number(load['capacity'])).toFixed(0)} %`);
		expect(parseFloat(cells[5] ?? '')).toBeCloseTo((100 * Number(load['weighted'])) / Number(load['capacity']), -0.5);
		expect(Number(cells[7]?.replace('−', '-'))).toBe(load['room']);
		await expect(row.locator('td.bar')).toHaveAttribute('title', `high ${String(load['high'])}, medium ${String(load['medium'])}, low ${String(load['low'])}`);
	}
	const planted = await app.evaluate(() => (window.throughline.manifest() as { planted: { id: string; advocates?: string[] }[] }).planted.find(({ id }) => id === 'overloaded_advocates')?.advocates ?? []);
	expect(mart.filter((load) => load['over'] === true).map((load) => load['advocate']).sort()).toEqual([...planted].sort());
	const said = (await tile(app, 'caseload').locator('[data-finding]').textContent()) ?? '';
	expect(planted.length).toBeGreaterThan(0);
	for (const name of planted) expect(said).toContain(name);
	const room = mart.filter((load) => Number(load['room']) > 0);
	expect(said).toContain(`${String(room.length)} have room for ${String(room.reduce((sum, load) => sum + Number(load['room']), 0))} more`);
	expect(await value(app, 'overloaded_advocates')).toBe(planted.length);
	const utilisation = await value(app, 'utilisation');
	expect(utilisation).toBeCloseTo(mart.reduce((sum, load) => sum + Number(load['active']), 0) / mart.reduce((sum, load) => sum + Number(load['capacity']), 0), 10);
});
