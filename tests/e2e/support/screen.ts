import type { Locator, Page } from '@playwright/test';
import type { ConsoleApi } from '../../../src/state/console.ts';
import { settled } from './app.ts';

export const viewNames = ['Executive', 'Operations', 'Root cause'] as const;
export const pageNames = [...viewNames, 'Measures', 'Data'] as const;

export async function show(page: Page, view: (typeof pageNames)[number]): Promise<void> {
	await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();
	await settled(page);
}

export const tile = (page: Page, id: string): Locator => page.locator(`[data-tile="${id}"]`);
export const finding = (page: Page, id: string): Locator => tile(page, id).locator('[data-finding]');

/** The numbers of the KPI row as they are known to the page, by measure. */
export async function cards(page: Page): Promise<Record<string, string | null>> {
	return page.locator('[data-kpi]').evaluateAll((all) => Object.fromEntries(all.map((card) => [card.getAttribute('data-kpi') ?? '', card.querySelector('.number')?.getAttribute('data-value') ?? null])));
}

/** Narrow and unbreakable spaces as plain ones. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ');

/** The text of a card with its spaces as they are read. */
export async function cardText(page: Page, id: string): Promise<string> {
	return (await page.locator(`[data-kpi="${id}"] dd`).innerText()).replace(/\s+/g, ' ').trim();
}

export interface Sight {
	cards: Record<string, string | null>;
	findings: Record<string, string>;
	marks: Record<string, string[]>;
}

/** Every KPI, finding and labelled mark of the view in front. */
export async function sight(page: Page): Promise<Sight> {
	const tiles = await page.locator('[data-tile]').evaluateAll((all) =>
		all.map((each) => ({
			id: each.getAttribute('data-tile') ?? '',
			finding: each.querySelector('[data-finding]')?.textContent ?? '',
			marks: [...each.querySelectorAll('g.mark[data-key]')].map((mark) => `${mark.getAttribute('data-key') ?? ''} ${mark.querySelector('title')?.textContent ?? ''}`),
		})),
	);
	return { cards: await cards(page), findings: Object.fromEntries(tiles.map(({ id, finding: text }) => [id, text])), marks: Object.fromEntries(tiles.map(({ id, marks }) => [id, marks])) };
}

/** What all three views show. */
export async function everything(page: Page): Promise<Record<string, Sight>> {
	const seen: Record<string, Sight> = {};
	for (const view of viewNames) {
		await show(page, view);
		seen[view] = await sight(page);
	}
	return seen;
}

/** The keys of the marks in a tile's picture with the numbers beside them, read from their descriptions ("Name: 12 (10–14), n 30"). */
export async function marks(page: Page, id: string): Promise<Record<string, { text: string; n: number }>> {
	const all = await tile(page, id).locator('g.mark[data-key]').evaluateAll((found) => found.map((mark) => [mark.getAttribute('data-key') ?? '', (mark.querySelector('title')?.textContent ?? '').replace(/\s+/g, ' ')] as const));
	return Object.fromEntries(all.map(([key, text]) => [key, { text, n: Number(/\bn ([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? Number.NaN) }]));
}

export async function measure(page: Page, id: string, options: NonNullable<Parameters<ConsoleApi['measure']>[1]> = {}): Promise<Awaited<ReturnType<ConsoleApi['measure']>>> {
	return page.evaluate(([name, how]) => window.throughline.measure(name, how), [id, options] as const);
}

export async function value(page: Page, id: string): Promise<number> {
	return Number((await measure(page, id))[0]?.['value']);
}

export async function sql(page: Page, text: string): Promise<Record<string, unknown>[]> {
	return page.evaluate((query) => window.throughline.sql(query), text);
}

/** Opens the popover behind a button of the header or the filter bar. */
export async function popover(page: Page, button: string | RegExp): Promise<Locator> {
	await page.getByRole('button', { name: button }).first().click();
	return page.locator('[popover]:popover-open');
}
