import { expect, settled, test } from './support/app.ts';
import { finding, marks, measure, plain, show, sql, tile, value, viewNames } from './support/screen.ts';

for (const view of viewNames) {
	test(`[S1-F23] every tile of ${view} shows numbers, a picture or sentences, and no broken text`, async ({ app }) => {
		await show(app, view);
		const tiles = await app.locator('[data-tile]').evaluateAll((all) =>
			all.map((each) => ({
				id: each.getAttribute('data-tile') ?? '',
				text: each.textContent,
				finding: each.querySelector('[data-finding]')?.textContent ?? '',
				content: each.querySelectorAll('svg.chart, tbody tr, ol > li').length,
				labels: [...each.querySelectorAll('svg.chart')].map((svg) => svg.getAttribute('aria-label') ?? ''),
				error: each.querySelector('[role="alert"]')?.textContent ?? '',
			})),
		);
		expect(tiles.length).toBeGreaterThan(6);
		for (const { id, text, finding: sentence, content, labels, error } of tiles) {
			expect(error, id).toBe('');
			expect(text, id).not.toMatch(/[{}]|NaN|undefined|\bnull\b|Infinity|\[object/);
			expect(content, `${id} has something to look at`).toBeGreaterThan(0);
			expect(labels.every((label) => label.length > 10), `${id} says in words what its picture shows`).toBe(true);
			if (!['kpis', 'actions', 'insights'].includes(id)) expect(sentence.length, `${id} has a sentence`).toBeGreaterThan(15);
		}
	});
}

test.describe('Executive', () => {
	test('[S0-F6] backlog by case type is a bar for each type, as long as its measure, longest first', async ({ app }) => {
		const rows = await measure(app, 'active_cases', { by: ['case_type'] });
		const shown = await marks(app, 'backlog-by-type');
		expect(Object.keys(shown)).toEqual([...rows].sort((a, b) => Number(b['value']) - Number(a['value'])).map((row) => row['case_type']));
		for (const row of rows) expect(shown[String(row['case_type'])]?.n).toBe(row['value']);
	});

	test('[S0-F7] [S0-F26] the table by case type has twelve measures, with totals at total grain that the KPI mart agrees with', async ({ app }) => {
		const table = tile(app, 'kpis-by-type');
		await expect(table.locator('tbody tr')).toHaveCount(5);
		await expect(table.locator('thead th')).toHaveCount(13);
		const total = await table.locator('tfoot .value').allTextContents();
		expect(total[0]).toBe((await value(app, 'cases_opened')).toLocaleString('en-US'));
		expect(plain(total[4] ?? '')).toBe(`${(100 * (await value(app, 'sla_breach_rate'))).toFixed(0)} %`);
		const mart = await sql(app, 'select * from marts.mart_ops_kpis order by total_cases desc');
		expect(mart.length).toBe(6);
		expect(mart[0]?.['total_cases']).toBe(await value(app, 'cases_opened'));
		expect(Number(mart[0]?.['sla_breach_rate'])).toBeCloseTo(await value(app, 'sla_breach_rate'), 10);
	});

	test('[S0-F8] [S0-F28] [S0-F32] the drivers of waiting are drawn with their excess case-days, the largest lower bound that claims first', async ({ app }) => {
		await expect(finding(app, 'drivers')).toContainText('case-days a month more than comparable cases');
		const first = Object.keys(await marks(app, 'drivers'))[0];
		expect(first).toBe('missing_docs=missing');
		const mart = await sql(app, 'select distinct driver from marts.mart_bottlenecks order by driver');
		expect(mart.map((row) => row['driver'])).toEqual(expect.arrayContaining(['case_type', 'handoffs', 'missing_docs']));
		expect(mart.some((row) => /overload/.test(String(row['driver'])))).toBe(true);
	});

	test('[S0-F33] [S0-F34] insights and recommendations are computed sentences that open their evidence', async ({ app }) => {
		const sentences = tile(app, 'actions').locator('li');
		expect(await sentences.count()).toBeGreaterThanOrEqual(4);
		await expect(tile(app, 'actions')).toContainText('Ask for documents on the day a case opens');
		await expect(tile(app, 'actions')).toContainText('Keep one advocate per case');
		await expect(tile(app, 'actions')).toContainText(/Move cases from .+ to the \d+ with room/);
		await expect(tile(app, 'actions')).toContainText(/Start .*claim denials/);
		await expect(tile(app, 'actions')).toContainText(`nobody has touched for two days (${String(await value(app, 'stale_cases'))} cases)`);
		const insights = await tile(app, 'insights').locator('li').allTextContents();
		expect(insights.length).toBeGreaterThanOrEqual(5);
		await tile(app, 'insights').getByRole('button', { name: /documents at intake/ }).click();
		await expect(app).toHaveURL(/view=root-cause/);
		await expect(tile(app, 'missing-docs')).toBeInViewport();
		expect(insights.join(' ')).toContain((await finding(app, 'missing-docs').textContent()) ?? '–');
	});
});

test.describe('Operations', () => {
	test('[S0-F9] open cases are counted by urgency and sum to all active cases', async ({ app }) => {
		await show(app, 'Operations');
		const shown = await marks(app, 'open-by-urgency');
		expect(Object.keys(shown)).toEqual(['high', 'medium', 'low']);
		const sum = Object.values(shown).reduce((total, mark) => total + mark.n, 0);
		expect(sum).toBe(await value(app, 'active_cases'));
	});

	test('[S1-F1] [S1-F2] first response is shown for every case type at every urgency, as its measure', async ({ app }) => {
		await show(app, 'Operations');
		const rows = await measure(app, 'first_response_hours', { by: ['case_type', 'urgency'] });
		const shown = await marks(app, 'response-grid');
		expect(rows.length).toBe(15);
		for (const row of rows) expect(shown[`${String(row['case_type'])}|${String(row['urgency'])}`]?.text).toContain(`${Number(row['value']).toFixed(1)} h`);
	});

	test('[S0-F13] [S0-F14] [S1-F12] escalations and contacts by case type are their measures with n', async ({ app }) => {
		await show(app, 'Operations');
		for (const [id, measured] of [['escalations-by-type', 'escalation_rate'], ['interactions-by-type', 'interactions_per_case']] as const) {
			const shown = await marks(app, id);
			for (const row of await measure(app, measured, { by: ['case_type'] })) expect(shown[String(row['case_type'])]?.n, `${id} ${String(row['case_type'])}`).toBe(row['n']);
			expect(Object.keys(shown).length).toBe(5);
		}
	});
});

test.describe('Root cause', () => {
	test('[S0-F31] [S0-F24] the funnel has its eight stages, and at each reached, waiting and lost sum to the cases that needed it', async ({ app }) => {
		await show(app, 'Root cause');
		const shown = await marks(app, 'funnel');
		expect(Object.keys(shown)).toEqual(['opened', 'assigned', 'first_response', 'documents', 'escalated', 'resolved', 'reopened', 'feedback']);
		const opened = await value(app, 'cases_opened');
		const count = (stage: string, word: RegExp) => Number(word.exec(shown[stage]?.text ?? '')?.[1]?.replaceAll(',', ''));
		expect(count('opened', /([\d,]+) reached/)).toBe(opened);
		expect(count('resolved', /([\d,]+) reached/) + count('resolved', /([\d,]+) still waiting/)).toBe(opened);
		expect(count('resolved', /([\d,]+) reached/)).toBe(await value(app, 'cases_resolved'));
		expect(count('escalated', /([\d,]+) reached/)).toBeLessThan(opened / 2);
		await expect(finding(app, 'steps')).toContainText('of all waiting passes between');
	});

	test('[S0-F15] [S0-F16] [S0-F17] [S0-F18] documents, handoffs, escalation and case type are set against time and satisfaction, each with n', async ({ app }) => {
		await show(app, 'Root cause');
		const byDocuments = await measure(app, 'open_at_sla', { by: ['missing_docs'] });
		const documents = await marks(app, 'missing-docs');
		for (const row of byDocuments) expect(documents[String(row['missing_docs'])]?.n).toBe(row['n']);
		const handoffs = await marks(app, 'handoffs-csat');
		const byHandoffs = await measure(app, 'csat_mean', { by: ['handoff_count'] });
		for (const [key, mark] of Object.entries(handoffs)) expect(mark.n, key).toBe(byHandoffs.find((row) => String(row['handoff_count']) === key)?.['n']);
		expect(Object.keys(handoffs).slice(0, 4)).toEqual(['0', '1', '2', '3']);
		expect(Object.keys(await marks(app, 'escalation-breach'))).toEqual(['exposed', 'other']);
		expect(Object.keys(await marks(app, 'type-delay')).length).toBe(5);
	});

	test('[S0-F19] teams and advocates are compared like for like, within limits that respect n', async ({ app }) => {
		await show(app, 'Root cause');
		expect(Object.keys(await marks(app, 'teams')).length).toBeGreaterThan(2);
		expect(Object.keys(await marks(app, 'advocates')).length).toBe(8);
		await expect(tile(app, 'advocates').locator('svg')).toContainText('99.8 %');
		await expect(tile(app, 'advocates')).toContainText('Adjusted: overall rate');
	});

	test('[S0-F20] the bottleneck summary ranks what goes with waiting and says which of it is beyond noise', async ({ app }) => {
		await show(app, 'Root cause');
		const rows = tile(app, 'bottlenecks').locator('tbody tr');
		await expect(rows.first()).toContainText('Documents missing');
		await expect(rows.first()).toContainText('beyond noise');
		expect(await rows.count()).toBeGreaterThan(3);
	});

	test('[S0-F37] satisfaction of escalated cases is shown, and every case carries whether its patient would recommend the service', async ({ app }) => {
		await show(app, 'Root cause');
		expect(Object.keys(await marks(app, 'escalated-csat')).sort()).toEqual(['escalated', 'not escalated']);
		const buckets = await sql(app, 'select nps_bucket, count(*) as n from marts.fct_case_lifecycle where csat_score is not null group by 1 order by 1');
		expect(buckets.map((row) => row['nps_bucket'])).toEqual(['detractor', 'passive', 'promoter']);
	});
});

test('[S0-F22] [S0-F23] [S0-F25] [S0-F29] [S0-F30] the Data page accounts for every row, shows every rule, model and definition, and runs the pipeline again to the same numbers', async ({ app }) => {
	const before = await value(app, 'sla_breach_rate');
	await show(app, 'Data');
	await expect(app.locator('[data-account] .headline')).toHaveText(/rows read = [\d,]+ loaded \+ [\d,]+ set aside \+ [\d,]+ skipped/);
	const sums = await app.locator('[data-account] tbody tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].slice(1).map((cell) => Number(cell.textContent.replaceAll(',', '')))));
	expect(sums.length).toBe(6);
	for (const [read = 0, loaded = 0, aside = 0, skipped = 0] of sums) expect(loaded + aside + skipped).toBe(read);
	await app.locator('summary', { hasText: 'The same as a table' }).click();
	await expect(app.getByRole('table', { name: 'Models with rows and milliseconds' }).getByText('stg_cases', { exact: true }).first()).toBeVisible();
	const sections = await sql(app, 'select count(*) as n, count(intake_source) as sources, count(complexity) as complexities from staging.stg_cases');
	expect(sections[0]?.['sources']).toBe(sections[0]?.['n']);
	await app.getByRole('button', { name: 'Run the pipeline again' }).click();
	await expect(app.locator('.progress')).toHaveCount(0);
	expect(await value(app, 'sla_breach_rate')).toBe(before);
	await app.getByRole('button', { name: 'All measures and their definitions' }).click();
	await settled(app);
	for (const label of ['Time to resolution', 'SLA breach', 'Stale over 48 h']) await expect(app.locator('main').getByRole('link', { name: label, exact: true }).first()).toBeVisible();
});
