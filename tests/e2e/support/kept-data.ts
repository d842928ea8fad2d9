import type { Locator, Page } from '@playwright/test';
import { expect } from './app.ts';
import type { Upload } from './files.ts';
import { popover } from './screen.ts';

/** Everything that this origin has in its private file system, as paths with sizes. */
export async function inFolder(page: Page): Promise<Record<string, number>> {
	return page.evaluate(async () => {
		const found: Record<string, number> = {};
		const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
			for await (const [name, handle] of folder.entries()) {
				if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${path}${name}/`);
				else found[`${path}${name}`] = (await (handle).getFile()).size;
			}
		};
		await walk(await navigator.storage.getDirectory(), '');
		return found;
	});
}

/** What the manifests say. */
export async function manifests(page: Page): Promise<string> {
	return page.evaluate(async () => {
		let text = '';
		const walk = async (folder: FileSystemDirectoryHandle): Promise<void> => {
			for await (const [name, handle] of folder.entries()) {
				if (handle instanceof FileSystemDirectoryHandle) await walk(handle);
				else if (name.startsWith('m-')) text += await (await (handle).getFile()).text();
			}
		};
		await walk(await navigator.storage.getDirectory());
		return text;
	});
}

export const folders = async (page: Page): Promise<string[]> =>
	page.evaluate(async () => {
		const names: string[] = [];
		for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
		return names;
	});

export const databases = async (page: Page): Promise<(string | undefined)[]> => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** Loads files as a script does, which is done when the view stands. */
export async function loadFiles(page: Page, files: readonly Upload[]): Promise<void> {
	await page.evaluate(
		async (given) => {
			await window.throughline.load(given.map(({ name, text }) => new File([text], name)));
		},
		files.map(({ name, buffer }) => ({ name, text: buffer.toString('utf8') })),
	);
}

export async function menu(page: Page): Promise<Locator> {
	if ((await page.locator('[data-kept-data]').count()) === 0) await popover(page, /demo data|your files/);
	return page.locator('[data-kept-data]');
}

export const rows = (page: Page): Locator => page.locator('[data-workspace]');

/** How many workspaces the menu lists, when nothing is being written any more. */
export async function kept(page: Page, count: number): Promise<void> {
	await expect(await menu(page)).not.toContainText('Keeping what is open');
	await expect(rows(page)).toHaveCount(count);
}

export const shutMenu = (page: Page): Promise<void> => page.evaluate(() => document.querySelectorAll<HTMLElement>('[popover]:popover-open').forEach((each) => each.hidePopover()));

/** Rows read and what became of them, from the page. */
export async function account(page: Page): Promise<{ read: number; loaded: number; quarantined: number; skipped: number }> {
	return page.evaluate(async () => {
		const { tables } = await window.throughline.asOf(null);
		const sum = (of: (table: (typeof tables)[number]) => number): number => tables.reduce((all, table) => all + of(table), 0);
		return { read: sum(({ read }) => read), loaded: sum(({ loaded }) => loaded), quarantined: sum(({ quarantined }) => quarantined), skipped: sum(({ skipped }) => skipped) };
	});
}
