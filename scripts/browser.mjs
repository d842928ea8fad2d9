import { chromium } from '@playwright/test';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, tool } from './install.mjs';

/** Flags for every launch: no sandbox (containers), no GPU, and no request of the browser's own. */
export const launchArgs = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const wellKnown = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function executable(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function candidates() {
	const named = process.env.CHROMIUM_PATH;
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const system = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...(named ? [named] : []), ...system, ...wellKnown, chromium.executablePath()].filter(executable);
}

/** The Chromium to test with: CHROMIUM_PATH, then a system one, then Playwright's own; null when there is none. */
export function findChromium() {
	return candidates()[0] ?? null;
}

async function firstThatStarts() {
	for (const executablePath of new Set(candidates())) {
		try {
			const browser = await chromium.launch({ executablePath, args: launchArgs });
			await browser.close();
			return executablePath;
		} catch (error) {
			console.log(`${executablePath} does not start: ${String(error.message).split('\n')[0]}`);
		}
	}
	return null;
}

function aptInstall() {
	if (!existsSync('/usr/bin/apt-get')) return;
	const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
	const apt = (...args) => {
		const [command, ...rest] = [...prefix, 'apt-get', ...args];
		return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' });
	};
	if (apt('update') === 0) apt('install', '-y', 'chromium');
}

/** Like findChromium, but proves that it starts and, where none does, says how to get one and tries. */
export async function provideChromium() {
	const found = await firstThatStarts();
	if (found) return found;
	console.log(
		'No Chromium starts here. To get one: `apt-get install chromium` or `npx playwright install chromium`, ' +
			'or name yours in CHROMIUM_PATH. Trying both …',
	);
	tool('playwright', ['install', 'chromium']);
	const own = await firstThatStarts();
	if (own) return own;
	aptInstall();
	return firstThatStarts();
}
