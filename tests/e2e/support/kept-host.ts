import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { serve } from '../../../scripts/serve.mjs';
import { expect, settled } from './app.ts';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const built = resolve(root, process.env.E2E_ROOT ?? 'dist');

const run = promisify(execFile);

export interface Host {
	/** Of the app, with a slash at its end. */
	url: string;
	/** From now on another built folder stands there. */
	deploy: (folder: string) => void;
	stop: () => Promise<void>;
	start: () => Promise<void>;
	close: () => Promise<void>;
}

/** Serves a built folder, whole or in a subfolder of the origin, until it is stopped. */
export async function host(folder: string, under = ''): Promise<Host> {
	const place = mkdtempSync(join(tmpdir(), 'host-'));
	const link = join(place, 'site', under);
	mkdirSync(dirname(link), { recursive: true });
	const deploy = (to: string): void => {
		rmSync(link, { force: true });
		symlinkSync(to, link);
	};
	deploy(folder);
	const first = Number(process.env.E2E_PORT ?? 4317) + 20;
	let server = await serve({ root: join(place, 'site'), port: first, tries: 50 });
	const { origin, port } = new URL(server.url);
	return {
		url: `${origin}/${under === '' ? '' : `${under}/`}`,
		deploy,
		stop: () => server.close() as Promise<void>,
		start: async () => {
			server = await serve({ root: join(place, 'site'), port: Number(port) });
		},
		close: async () => {
			await (server.close() as Promise<void>);
			rmSync(place, { recursive: true, force: true });
		},
	};
}

/** The same app built again with other names for all its files: what a later release is to one that is kept. */
export async function laterBuild(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'later-'));
	await run(process.execPath, [join(root, 'tests/e2e/support/later-build.mjs'), folder], { cwd: root });
	return folder;
}

/** A copy that can be spoilt. */
export function copyOf(folder: string): string {
	const copy = mkdtempSync(join(tmpdir(), 'spoilt-'));
	cpSync(folder, copy, { recursive: true });
	return copy;
}

export async function visit(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.evaluate(async () => void (await window.throughline.ready));
	await settled(page);
}

export async function again(page: Page): Promise<void> {
	await page.reload();
	await page.evaluate(async () => void (await window.throughline.ready));
	await settled(page);
}

/** Resolves with the version when the page says that the app is kept. */
export async function keptVersion(page: Page): Promise<string> {
	const sign = page.locator('[data-offline]');
	await expect(sign).toContainText('Works offline', { timeout: 60_000 });
	return (await sign.getAttribute('data-offline')) ?? '';
}

export const cachesOf = (page: Page): Promise<string[]> => page.evaluate(async () => (await caches.keys()).sort());

/** The scripts and styles that the page has loaded, by name. */
export const loaded = (page: Page): Promise<string[]> => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name.split('/').at(-1) ?? ''));
