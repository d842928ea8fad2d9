import { expect, test } from './support/app.ts';
import { choose, drop, realFiles, smallFiles, upload } from './support/files.ts';
import { cards, cardText, finding, measure, popover, show, sql, value } from './support/screen.ts';
import { settled } from './support/app.ts';

const real = realFiles();

test('[S0-F22] [S0-F1] [S0-F2] [S0-F3] [S0-F5] the real files come in through the chooser, account for every row, and at their as-of show the true numbers', async ({ app }) => {
	test.skip(real === null, 'the real files (../shared/data/solace) are missing');
	const demo = await cards(app);
	await choose(app, real ?? []);
	const read = await app.locator('[data-account] tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
	expect(read.map(([table, file, count]) => [table, file, count])).toEqual([
		['patients', 'patients.csv', '1,200'],
		['advocates', 'advocates.csv', '30'],
		['cases', 'cases.csv', '1,500'],
		['interactions', 'interactions.csv', '8,171'],
		['case_events', 'case_events.csv', '7,085'],
		['patient_feedback', 'patient_feedback.csv', '1,258'],
	]);
	for (const [table, , ...counts] of read) {
		const [all = 0, loaded = 0, aside = 0, skipped = 0] = counts.map((text) => Number(text.replaceAll(',', '')));
		expect(loaded + aside + skipped, table).toBe(all);
	}
	expect(read[2]?.[4]).toBe('4');
	await app.locator('[data-account] button').click();
	await app.evaluate(() => window.throughline.asOf('2026-03-08T13:18:00'));
	await settled(app);
	expect(new URL(app.url()).search).toMatch(/^\?v=1&data=files-[0-9a-z]+&asof=2026-03-08T13:18:00$/);
	expect(await cardText(app, 'active_cases')).toMatch(/^330 cases/);
	expect(await cardText(app, 'resolution_days')).toMatch(/^9\.6 days/);
	expect(await cardText(app, 'sla_breach_rate')).toMatch(/^72 % .* n 1,492/);
	expect(await cardText(app, 'stale_cases')).toMatch(/^325 cases/);
	expect(await cardText(app, 'reopen_rate')).toMatch(/^7\.0 % .* n 1,254/);
	expect(await value(app, 'active_cases')).toBe(330);
	expect(await value(app, 'resolution_days')).toBeCloseTo(9.5574, 4);
	expect(await value(app, 'sla_breach_rate')).toBeCloseTo(1076 / 1492, 12);
	expect(await value(app, 'open_at_sla')).toBeCloseTo(0.72139, 5);
	expect((await measure(app, 'resolution_days_mean'))[0]).toMatchObject({ n: 1254 });
	expect(await value(app, 'stale_cases')).toBe(325);
	const types = await measure(app, 'active_cases', { by: ['case_type'] });
	expect(Object.fromEntries(types.map((row) => [row['case_type'], row['value']]))).toEqual({ billing_dispute: 69, care_coordination: 46, claim_denial: 84, prior_authorization: 78, provider_search: 53 });
	await show(app, 'Operations');
	await expect(finding(app, 'stale-list')).toContainText('Untouched for more than two days: 325 cases');
	await show(app, 'Executive');
	await (await popover(app, 'your files')).getByRole('button', { name: 'Back to demo data' }).click();
	await expect(app.getByRole('button', { name: /demo data/ })).toBeVisible();
	await settled(app);
	await app.evaluate(() => window.throughline.open({ seed: 42, size: 'small', scenario: 'planted' }));
	await settled(app);
	expect(await cards(app)).toEqual(demo);
});

test('small files dropped on the page replace the demo data and say what came in', async ({ app }) => {
	await drop(app, smallFiles());
	await expect(app.locator('[data-account] .headline')).toHaveText('16 rows and lines of 6 files = 16 loaded + 0 set aside + 0 skipped');
	expect(await value(app, 'active_cases')).toBe(4);
	expect(await value(app, 'csat_mean')).toBe(4);
	await show(app, 'Operations');
	await expect(app.locator('[data-tile="caseload"] tr[data-key="Ada Stone"]')).toContainText('400 %');
	expect(new URL(app.url()).searchParams.get('data')).toMatch(/^files-[0-9a-z]+$/);
});

test('a row that breaks a rule is set aside with its rule, with all that hangs on it, and an identical copy is skipped', async ({ app }) => {
	await choose(app, smallFiles({ cases: (lines) => [...lines, lines.at(-1)?.replace('5,2,2', '6,2,2').replace('2025-03-03', '2025-02-03') ?? '', lines.at(-1) ?? ''].join('\n'), interactions: (lines) => [...lines, '4,6,call,2025-03-02T10:00:00,5,2'].join('\n') }));
	await expect(app.locator('[data-account] .headline')).toHaveText('19 rows and lines of 6 files = 16 loaded + 2 set aside + 1 skipped');
	const rules = await app.evaluate(() => window.throughline.quality().filter(({ count }) => count > 0).map(({ model, rule, count }) => `${model} ${rule} ${String(count)}`));
	expect(rules).toContain('stg_cases resolved_before_created 1');
	expect(await sql(app, 'select case_id::varchar as id, rule from quarantine.stg_cases')).toEqual([{ id: '6', rule: 'resolved_before_created' }]);
	expect(await value(app, 'interactions_per_case')).toBe(3 / 5);
});

test('a few cells of the wrong type come in as set aside, named by file, column and row', async ({ app }) => {
	await choose(app, smallFiles({ cases: (lines) => lines.map((line, i) => (i === 2 ? line.replace('2025-03-02T08:00:00', 'soon') : line)).join('\n') }));
	await expect(app.locator('[data-account] .bad')).toHaveText(/^cases\.csv, column created_at: 1 value cannot be read, for example “soon”; row 2\./);
	expect(await value(app, 'cases_opened')).toBe(4);
});

const refused: { says: string; files: ReturnType<typeof smallFiles>; message: RegExp }[] = [
	{ says: 'a file has no bytes', files: [upload('interactions.csv', '')], message: /interactions\.csv has no rows: the file has no bytes/ },
	{ says: 'a file has a header only', files: [upload('interactions.csv', 'id,case_id,type\n')], message: /interactions\.csv holds no rows that could be read: there is no row under the header/ },
	{ says: 'a file is a picture', files: [upload('cases.csv', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]))], message: /cases\.csv is a picture \(PNG\), which cannot be read as a table/ },
	{ says: 'a file is a web page', files: [upload('cases.csv', '<!doctype html><html><head><title>Sign in</title></head></html>')], message: /cases\.csv is a web page/ },
	{ says: 'an archive is damaged', files: [upload('all.zip', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 1, 2, 3]))], message: /all\.zip cannot be unpacked/ },
];

test('files that cannot be read are refused with the file and the reason, and the numbers from before stay', async ({ app }) => {
	const before = await cards(app);
	for (const { says, files, message } of refused) {
		await choose(app, files);
		await expect(app.getByRole('alert'), says).toHaveText(message);
		expect(await cards(app), says).toEqual(before);
		expect(await value(app, 'active_cases'), says).toBe(Number(before['active_cases']));
	}
	await expect(app.getByRole('button', { name: /demo data, seed 42/ })).toBeVisible();
});
