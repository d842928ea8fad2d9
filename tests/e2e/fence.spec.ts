import { expect, settled, test } from './support/app.ts';
import { choose, smallFiles } from './support/files.ts';
import { keptVersion } from './support/kept-host.ts';
import { listen } from './support/listener.ts';
import { cards, popover, show, sql, value, viewNames } from './support/screen.ts';

const writing = ['drop table marts.fct_case_lifecycle', 'rollback; drop table marts.fct_case_lifecycle', 'delete from raw.cases', 'create table x as select 1', 'set lock_configuration = false', "copy (select 1) to 'out.csv'", 'select 1; select 2'];

test('[S1-F23] the SQL console reads every layer, and refuses to change anything', async ({ app }) => {
	await show(app, 'Data');
	const box = app.getByRole('textbox', { name: 'SQL console' });
	const section = app.locator('section', { has: box });
	await box.fill('select case_type, count(*) as cases from marts.fct_case_lifecycle group by all');
	await section.getByRole('button', { name: 'Run' }).click();
	await expect(section.locator('tbody tr')).toHaveCount(5);
	await box.fill('select (select count(*) from raw.cases) as raw, (select count(*) from staging.stg_cases) as staged, (select count(*) from quarantine.stg_cases) as aside');
	await box.press('Control+Enter');
	await expect(section.locator('thead th')).toHaveText(['raw', 'staged', 'aside']);
	for (const text of writing) {
		await box.fill(text);
		await box.press('Control+Enter');
		await expect(section.getByRole('alert'), text).toBeVisible();
		await box.fill('select 42 as answer');
		await box.press('Control+Enter');
		await expect(section.locator('tbody td'), text).toHaveText('42');
	}
	expect(await value(app, 'cases_opened')).toBe(Number((await sql(app, 'select count(*) as n from marts.fct_case_lifecycle'))[0]?.['n']));
});

test('nothing reaches another origin: not the console, not the script, not the page itself', async ({ app, shared }) => {
	const other = await listen();
	const address = `${other.url}/leak.csv`;
	const attempts = [`select * from read_csv('${address}')`, `from '${address}'`, `select * from read_text('${address}')`, `select * from glob('${other.url}/*')`, `attach '${other.url}/leak.db'`, `copy (select 1) to '${address}'`, `load '${other.url}/leak.duckdb_extension.wasm'`, `install leak from '${other.url}'`, 'install httpfs', 'load httpfs', 'load json', 'select current_date', "select '{}'::json"];
	await show(app, 'Data');
	const box = app.getByRole('textbox', { name: 'SQL console' });
	await box.fill(attempts[0] ?? '');
	await box.press('Control+Enter');
	await expect(app.getByRole('alert')).toContainText('disabled by configuration');
	for (const text of attempts) await app.evaluate((query) => window.throughline.sql(query).then(() => null, () => null), text);
	expect(shared.problems, 'a reading statement never even tries').toEqual([]);
	const refused = await app.evaluate(async (url) => {
		const picture = new Promise((done) => {
			const image = new Image();
			image.onload = () => done('loaded');
			image.onerror = () => done('refused');
			image.src = `${url}?image`;
		});
		return [await fetch(`${url}?fetch`).then(() => 'fetched', () => 'refused'), await picture];
	}, address);
	expect(refused).toEqual(['refused', 'refused']);
	expect(shared.problems.splice(0).length, 'the policy refused these two aloud').toBeGreaterThan(0);
	expect(await value(app, 'active_cases')).toBeGreaterThan(0);
	expect(other.visits).toEqual([]);
	await other.close();
});

test('with the network cut after loading everything goes on: slicers, views, as-of, SQL, files and new demo data', async ({ app, shared }) => {
	const before = await cards(app);
	await keptVersion(app);
	await app.context().setOffline(true);
	try {
		await (await popover(app, /^Urgency/)).getByLabel('High').click();
		await settled(app);
		expect(await cards(app)).not.toEqual(before);
		await app.keyboard.press('Escape');
		for (const view of viewNames) {
			await show(app, view);
			await expect(app.locator('[data-tile] [role="alert"]')).toHaveCount(0);
		}
		await app.evaluate(() => window.throughline.asOf('2026-06-01T00:00:00'));
		expect(await sql(app, 'select 1 as one')).toEqual([{ one: 1 }]);
		await choose(app, smallFiles());
		expect(await value(app, 'active_cases')).toBe(4);
		await app.evaluate(() => window.throughline.open({ seed: 42, size: 'small', scenario: 'planted' }));
		await show(app, 'Executive');
		expect(await cards(app)).toEqual(before);
	} finally {
		await app.context().setOffline(false);
	}
	// Chromium asks for a tab's icon again whenever the address changes; nothing else may have been asked for.
	expect(shared.problems.splice(0).filter((problem) => !/icon\.svg|Failed to load resource: net::ERR_INTERNET_DISCONNECTED/.test(problem))).toEqual([]);
});
