import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds, as "rule: element" lines; `rules` limits it to some. */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
	// The page's policy forbids inline scripts; the debugger's evaluate is not bound by it.
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source);
	const options: RunOptions = { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: [...rules] } } : {}) };
	const results = await page.evaluate((how) => (window as unknown as { axe: { run: (on: Document, how: unknown) => Promise<AxeResults> } }).axe.run(document, how), options);
	return results.violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
}
