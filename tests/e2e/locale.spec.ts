import { expect, settled, test } from './support/app.ts';
import { cards, finding, plain, tile } from './support/screen.ts';

test('numbers and dates follow the locale that is chosen, on cards, in sentences and in charts; the numbers themselves and the address stay', async ({ app }) => {
	const choice = app.getByLabel('Numbers and dates as in');
	const [shown, address] = [await cards(app), app.url()];
	await choice.selectOption('de-DE');
	await settled(app);
	expect(await cards(app)).toEqual(shown);
	expect(app.url()).toBe(address);
	await expect(app.locator('[data-kpi="csat_mean"] .number')).toHaveText(Number(shown['csat_mean']).toFixed(2).replace('.', ','));
	expect(plain(await tile(app, 'kpis-by-type').innerText())).toMatch(/\d,\d+ to \d+,\d/);
	await expect(app.getByRole('button', { name: /^as of/ })).toHaveText(/\d+\. Juni 2026, \d\d:\d\d/);
	expect(plain((await finding(app, 'drivers').textContent()) ?? '')).toMatch(/\d,\d days each/);
	await choice.selectOption('en-US');
	await settled(app);
	await expect(app.getByRole('button', { name: /^as of/ })).toHaveText(/Jun \d+, 2026, \d+:\d\d [AP]M/);
	await app.reload();
	await app.evaluate(async () => {
		await window.throughline.ready;
	});
	await settled(app);
	await expect(choice).toHaveValue('en-US');
	await choice.selectOption('en-GB');
	await settled(app);
	await expect(app.getByRole('button', { name: /^as of/ })).toHaveText(/\d+ Jun 2026, \d\d:\d\d/);
});
