import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium, launchArgs } from './browser.mjs';
import { root } from './install.mjs';

/** Pictures for systems that take no SVG, drawn from public/icon.svg: `inset` leaves room for a system's own mask, which needs paper up to the edge. */
const pictures = [
	{ name: 'icon-192.png', size: 192, inset: 0 },
	{ name: 'icon-512.png', size: 512, inset: 0 },
	{ name: 'icon-maskable-512.png', size: 512, inset: 0.12 },
	{ name: 'icon-apple-180.png', size: 180, inset: 0.06 },
];

const svg = await readFile(join(root, 'public/icon.svg'), 'utf8');
const executablePath = findChromium();
const browser = await chromium.launch({ args: launchArgs, ...(executablePath && { executablePath }) });
const page = await browser.newPage({ colorScheme: 'light' });
for (const { name, size, inset } of pictures) {
	await page.setViewportSize({ width: size, height: size });
	await page.setContent(`<style>html,body{margin:0;background:${inset > 0 ? '#faf8f4' : 'transparent'}}svg{display:block;width:${size * (1 - 2 * inset)}px;margin:${size * inset}px}</style>${svg}`);
	const picture = await page.screenshot({ omitBackground: inset === 0 });
	await writeFile(join(root, 'public', name), picture);
	console.log(`${name} ${String(picture.length)} bytes`);
}
await browser.close();
