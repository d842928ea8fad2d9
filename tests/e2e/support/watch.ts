import type { Page } from '@playwright/test';

export interface Watched {
	page: Page;
	/** Console errors, uncaught errors, failed requests and requests to other origins, in order. */
	problems: string[];
	/** What the progress line said while the page was loading. */
	progress: () => Promise<string[]>;
}

/** Listens to a page that has not been opened yet. */
export function watch(page: Page): Watched {
	const problems: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) problems.push(`console: ${message.text()}`);
	});
	page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
	page.on('response', (response) => {
		if (response.status() >= 400) problems.push(`${String(response.status())}: ${response.url()}`);
	});
	const context = page.context();
	context.on('requestfailed', (request) => problems.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
	context.on('request', (request) => {
		const url = new URL(request.url());
		const own = new URL(page.url() === 'about:blank' ? request.url() : page.url());
		if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== own.origin) problems.push(`left the origin: ${request.url()}`);
	});
	const said = page.addInitScript(() => {
		const lines: string[] = [];
		(window as unknown as { progressLines: string[] }).progressLines = lines;
		new MutationObserver(() => {
			const text = document.querySelector('.progress')?.textContent.trim();
			if (text && lines.at(-1) !== text) lines.push(text);
		}).observe(document, { subtree: true, childList: true, characterData: true });
	});
	return {
		page,
		problems,
		progress: async () => {
			await said;
			return page.evaluate(() => (window as unknown as { progressLines: string[] }).progressLines);
		},
	};
}
