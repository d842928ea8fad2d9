import { defineConfig } from '@playwright/test';
import { findChromium, launchArgs } from './scripts/browser.mjs';

const port = Number(process.env.E2E_PORT ?? 4317);
const folder = process.env.E2E_ROOT ?? 'dist';
const executablePath = findChromium();

process.env.TZ = 'America/New_York';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	workers: 1,
	retries: 0,
	timeout: 60_000,
	expect: { timeout: 20_000 },
	forbidOnly: Boolean(process.env.CI),
	reporter: 'list',
	outputDir: 'test-results',
	use: {
		baseURL: `http://127.0.0.1:${port}/`,
		viewport: { width: 1440, height: 900 },
		locale: 'en-GB',
		timezoneId: 'America/New_York',
		trace: 'retain-on-failure',
		launchOptions: { args: launchArgs, ...(executablePath && { executablePath }) },
	},
	webServer: {
		command: `node scripts/serve.mjs ${folder} --port ${port}`,
		url: `http://127.0.0.1:${port}/`,
		reuseExistingServer: false,
	},
});
