import { expect, home, openContext, test } from './support/app.ts';

for (const [width, height, view] of [[1440, 900, 'executive'], [1440, 900, 'operations'], [1440, 900, 'root-cause'], [360, 740, 'executive']] as const) {
	test(`nothing jumps while ${view} loads at ${String(width)} px: what moves stays under a tenth of the window`, async ({ browser }, { project }) => {
		const context = await openContext(browser, project.use);
		const page = await context.newPage();
		await page.setViewportSize({ width, height });
		await page.addInitScript(() => {
			const moved = { sum: 0 };
			Object.assign(window, { moved });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) if (!entry.hadRecentInput) moved.sum += entry.value;
			}).observe({ type: 'layout-shift', buffered: true });
		});
		await page.goto(`./${home}&view=${view}`);
		await page.evaluate(async () => {
			await window.throughline.ready;
		});
		await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], .progress'));
		expect(await page.evaluate(() => (window as unknown as { moved: { sum: number } }).moved.sum)).toBeLessThan(0.1);
		await context.close();
	});
}
