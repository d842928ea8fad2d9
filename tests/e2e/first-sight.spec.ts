import type { Browser, Page } from '@playwright/test';
import { expect, home, openContext, settled, test } from './support/app.ts';
import { cards, measure, popover, show, tile } from './support/screen.ts';
import { watch } from './support/watch.ts';

interface Seen {
	svgs: SVGElement[];
	moved: number;
}

/** A page whose engine does not start before it is let: its wasm is held back. */
async function begin(browser: Browser, use: Parameters<typeof openContext>[1], address: string, change?: (page: string) => string) {
	const context = await openContext(browser, use);
	const page = await context.newPage();
	const { problems } = watch(page);
	let letGo: () => void = () => undefined;
	const held = new Promise<void>((done) => (letGo = done));
	await context.route(/\.wasm/, async (route) => held.then(() => route.continue()));
	if (change) {
		await page.route((url) => url.pathname === '/', async (route) => {
			const response = await route.fetch();
			await route.fulfill({ response, body: change(await response.text()) });
		});
	}
	await page.goto(`./${address}`);
	const live = async (): Promise<void> => {
		letGo();
		await page.evaluate(async () => {
			await window.throughline.ready;
		});
		await settled(page);
	};
	return { page, problems, live, close: () => context.close() };
}

const outcome = (page: Page) => page.evaluate(() => window.throughline.firstSight());
const mark = (page: Page) => page.locator('[data-first-sight]');

test('the bare address shows its numbers and pictures before the engine is there; the engine finds the same to the last digit, and nothing on the page moves or is drawn again', async ({ browser }, { project }) => {
	const { page, problems, live, close } = await begin(browser, project.use, '');
	await expect(page.locator('[data-kpi] .number[data-value]')).toHaveCount(8);
	await expect(mark(page)).toHaveText(/^Made at build; checking it live…/);
	await expect(page.locator('.status')).toBeHidden();
	await expect(tile(page, 'flow').locator('svg')).toBeVisible();
	const early = await cards(page);
	await page.waitForFunction(() => !document.querySelector('.reaching'));
	await page.evaluate(async () => {
		await document.fonts.ready;
		const seen: Seen = { svgs: [...document.querySelectorAll<SVGElement>('[data-tile] svg')], moved: 0 };
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) seen.moved += entry.value;
		}).observe({ type: 'layout-shift', buffered: false });
		Object.assign(window, { seen });
	});
	await live();
	expect(await outcome(page)).toMatchObject({ kind: 'same' });
	await expect(mark(page).getByText('Verified live')).toBeVisible();
	await expect(mark(page).locator('[title]')).toHaveAttribute('title', /^This view was made at build and has been computed again on this device: [\d,]{5,} numbers and [\d,]{5,} texts of \d+ tiles are the same, to the last digit\.$/);
	const { same, count, moved } = await page.evaluate(() => {
		const { seen } = window as unknown as { seen: Seen };
		const now = [...document.querySelectorAll<SVGElement>('[data-tile] svg')];
		return { same: now.every((svg, i) => svg === seen.svgs[i]), count: now.length, moved: seen.moved };
	});
	expect({ same, moved }).toEqual({ same: true, moved: 0 });
	expect(count).toBeGreaterThan(10);
	expect(await cards(page)).toEqual(early);
	expect(Number(early['active_cases'])).toBe((await measure(page, 'active_cases'))[0]?.['value']);
	expect(problems).toEqual([]);
	await close();
});

test('a picture with one wrong number is told: which tile, what the page said and what this device computes; the computed number is shown', async ({ browser }, { project }) => {
	const { page, live, close } = await begin(browser, project.use, '', (html) => html.replace(/"value":(\d+),"n":\1\b/, (_, value: string) => `"value":${String(Number(value) + 1)},"n":${value}`));
	const wrong = Number((await cards(page))['active_cases']);
	await live();
	expect(await outcome(page)).toMatchObject({ kind: 'different', parts: ['Key numbers'], first: `Key numbers, kpis[0].row.value: ${String(wrong)} at build, ${String(wrong - 1)} here` });
	await expect(page.getByRole('alert')).toContainText(`differed from what this device computes, in: Key numbers`);
	expect(Number((await cards(page))['active_cases'])).toBe(wrong - 1);
	await expect(mark(page)).toHaveText('Computed live; the picture made at build differed');
	await close();
});

test('a link that asks for other data begins without the picture', async ({ browser }, { project }) => {
	const { page, live, close } = await begin(browser, project.use, home);
	await expect(page.locator('.progress')).toBeVisible();
	await expect(page.locator('[data-kpi]')).toHaveCount(0);
	expect(await outcome(page)).toBeNull();
	await live();
	await expect(page.locator('[data-kpi]')).toHaveCount(8);
	await expect(mark(page)).toHaveCount(0);
	await close();
});

test('a slicer chosen while the engine starts is not lost: the page says that it waits, then shows it; the picture is checked all the same', async ({ browser }, { project }) => {
	const { page, problems, live, close } = await begin(browser, project.use, '');
	const all = Number((await cards(page))['active_cases']);
	await (await popover(page, /^Case type/)).getByRole('checkbox', { name: /Claim denials/ }).check();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: /Remove.*Claim denials/i })).toBeVisible();
	await expect(mark(page)).toHaveText(/^Waiting for the engine…/);
	expect(new URL(page.url()).searchParams.get('f.case_type')).toBe('claim_denial');
	await live();
	const chosen = Number((await cards(page))['active_cases']);
	expect(chosen).toBe((await measure(page, 'active_cases'))[0]?.['value']);
	expect(chosen).toBeLessThan(all);
	expect(await outcome(page)).toMatchObject({ kind: 'same' });
	await page.goBack();
	await settled(page);
	expect(Number((await cards(page))['active_cases'])).toBe(all);
	await expect(mark(page).getByText('Verified live')).toBeVisible();
	expect(problems).toEqual([]);
	await close();
});

test('a number opened, and the Data page, wait for the engine and come when it runs', async ({ browser }, { project }) => {
	const { page, problems, live, close } = await begin(browser, project.use, '');
	await page.locator('[data-kpi="active_cases"] button.open').click();
	await expect(page.getByRole('dialog')).toBeVisible();
	await live();
	await expect(page.getByRole('dialog').locator('tbody tr').first()).toBeVisible();
	await page.keyboard.press('Escape');
	await close();
	const second = await begin(browser, project.use, '');
	await second.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Data', exact: true }).click();
	await expect(second.page.locator('.status .progress')).toBeVisible();
	await second.live();
	await expect(second.page.getByRole('main')).toContainText('fct_case_lifecycle');
	await show(second.page, 'Executive');
	await expect(mark(second.page).getByText('Verified live')).toBeVisible();
	expect([...problems, ...second.problems]).toEqual([]);
	await second.close();
});
