import type { Page } from '@playwright/test';
import { cards } from './screen.ts';

/** Puts things on the shelves of the device as another window of the app does; what is not named is emptied. */
export async function shelve(page: Page, shelves: Partial<Record<'bookmarks' | 'notes', readonly object[]>> = {}): Promise<void> {
	await page.evaluate((given) => {
		for (const name of ['bookmarks', 'notes', 'letters']) {
			const value = (given as Record<string, unknown>)[name];
			if (value === undefined) localStorage.removeItem(`throughline.${name}`);
			else localStorage.setItem(`throughline.${name}`, JSON.stringify(value));
		}
		window.dispatchEvent(new StorageEvent('storage', { key: null }));
	}, shelves);
}

export const onShelf = async (page: Page, name: string): Promise<unknown> => page.evaluate((key) => JSON.parse(localStorage.getItem(`throughline.${key}`) ?? 'null') as unknown, name);

/** The cards without the last digits, in which sums differ after the as-of has been moved and the rows stand in another order. */
export async function rounded(page: Page): Promise<Record<string, string | null>> {
	return Object.fromEntries(Object.entries(await cards(page)).map(([id, value]) => [id, value === null ? null : Number(value).toPrecision(12)]));
}
