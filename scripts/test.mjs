import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { inWords, ofCheck, ofPlaywright, ofVitest, total } from './counts.mjs';
import { install, tool } from './install.mjs';

const reports = mkdtempSync(join(tmpdir(), 'throughline-test-'));

const checks = {
	types: () => [
		ofCheck(tool('svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings'])),
		ofCheck(tool('typescript', ['--noEmit', '-p', '.'], {}, 'tsc')),
	],
	lint: () => [ofCheck(tool('eslint', ['.', '--max-warnings', '0']))],
	unit: () => {
		const file = join(reports, 'vitest.json');
		return [
			ofVitest(file, tool('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])),
		];
	},
	e2e: async () => {
		const built = ofCheck(build());
		if (built.failed > 0) {
			console.error('The browser tests were not run: the build failed.');
			return [built, ofCheck(1)];
		}
		const { provideChromium } = await import('./browser.mjs');
		const chromiumPath = await provideChromium();
		if (!chromiumPath) {
			console.error('The browser tests were not run: there is no Chromium and none could be installed.');
			return [built, ofCheck(1)];
		}
		console.log(`Testing with ${chromiumPath}`);
		const file = join(reports, 'playwright.json');
		const env = { CHROMIUM_PATH: chromiumPath, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
		return [built, ofPlaywright(file, tool('@playwright/test', ['test', '--reporter=list,json'], env, 'playwright'))];
	},
};

async function counted(name) {
	console.log(`\n── ${name}`);
	try {
		return total(await checks[name]());
	} catch (error) {
		console.error(error);
		return ofCheck(1);
	}
}

async function test(names) {
	const unknown = names.filter((name) => !(name in checks));
	if (unknown.length > 0)
		throw new Error(`No step called ${unknown.join(', ')}; there are ${Object.keys(checks).join(', ')}.`);
	install();
	const results = [];
	for (const name of names.length > 0 ? names : Object.keys(checks)) results.push([name, await counted(name)]);
	console.log('');
	for (const [name, counts] of results) console.log(`${name.padEnd(6)} ${inWords(counts)}`);
	return total(results.map(([, counts]) => counts));
}

const sum = await test(process.argv.slice(2)).catch((error) => {
	console.error(error.message);
	return ofCheck(1);
});
rmSync(reports, { recursive: true, force: true });
process.exitCode = sum.failed > 0 ? 1 : 0;
console.log(inWords(sum));
