import type { Page } from '@playwright/test';
import { securityHeaders } from '../../scripts/policy.mjs';
import { expect, openContext, settled, test } from './support/app.ts';
import { host } from './support/host.ts';
import { listen } from './support/listener.ts';
import { show, value } from './support/screen.ts';

const byStatement = (url: string): string[] => [
	`select * from read_csv('${url}/x')`,
	`select * from read_csv(['${url}/x', '${url}/y'])`,
	`from '${url}/x.csv'`,
	`select * from sniff_csv('${url}/x')`,
	`select * from read_text('${url}/x')`,
	`select * from read_blob('${url}/x')`,
	`select * from glob('${url}/*')`,
	`select * from read_parquet('${url}/x.parquet')`,
	`select * from read_json('${url}/x.json')`,
	`attach '${url}/x.db'`,
	`attach '${url}/x.db' as x (type sqlite)`,
	`copy (select 1) to '${url}/x'`,
	`copy marts.fct_case_lifecycle from '${url}/x'`,
	`export database '${url}/x'`,
	`import database '${url}/x'`,
	`install httpfs`,
	`load httpfs`,
	`install x from '${url}'`,
	`force install json from '${url}'`,
	`load '${url}/x.duckdb_extension.wasm'`,
	`set custom_extension_repository = '${url}'`,
	`set autoinstall_extension_repository = '${url}'`,
	`set autoload_known_extensions = true`,
	`set enable_external_access = true`,
	`create secret (type http, extra_http_headers map {'x': 'y'})`,
	`pragma enable_external_access`,
	`select current_date`,
	`select '{"a":1}'::json ->> 'a'`,
	`select timezone('UTC', now())`,
	`select * from sql_auto_complete('sel')`,
	`select getvariable('x') from read_csv('${url.replace('http://', 'https://')}/x')`,
	`select * from read_csv('s3://bucket/x')`,
	`select * from read_csv('${url.replace('http://127.0.0.1', 'hf://datasets')}/x')`,
];

/** Everything a page can do to reach an address, each with the word of how it ended. */
function tryAll(url: string): Promise<Record<string, string>> {
	const outcome = (begin: (done: (word: string) => void) => void): Promise<string> =>
		new Promise((resolve) => {
			setTimeout(() => resolve('nothing'), 1500);
			try {
				begin(resolve);
			} catch {
				resolve('refused');
			}
		});
	const element = (name: string, attributes: Record<string, string>): Promise<string> =>
		outcome((done) => {
			const made = document.createElement(name);
			made.onload = () => done('loaded');
			made.onerror = () => done('refused');
			for (const [key, each] of Object.entries(attributes)) made.setAttribute(key, each);
			document.body.append(made);
		});
	const inWorker = (source: string): Promise<string> =>
		outcome((done) => {
			const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
			worker.onmessage = ({ data }) => done(String(data));
			worker.onerror = () => done('refused');
		});
	const tries: Record<string, Promise<string>> = {
		fetch: outcome((done) => void fetch(`${url}/fetch`).then(() => done('loaded'), () => done('refused'))),
		'fetch without cors': outcome((done) => void fetch(`${url}/no-cors`, { mode: 'no-cors', method: 'POST', body: 'x' }).then(() => done('loaded'), () => done('refused'))),
		'fetch that is kept alive': outcome((done) => void fetch(`${url}/alive`, { keepalive: true, mode: 'no-cors' }).then(() => done('loaded'), () => done('refused'))),
		request: outcome((done) => {
			const request = new XMLHttpRequest();
			request.open('GET', `${url}/xhr`);
			request.onload = () => done('loaded');
			request.onerror = () => done('refused');
			request.send();
		}),
		beacon: outcome((done) => done(navigator.sendBeacon(`${url}/beacon`, 'x') ? 'queued' : 'refused')),
		socket: outcome((done) => {
			const socket = new WebSocket(url.replace('http', 'ws'));
			socket.onopen = () => done('loaded');
			socket.onerror = () => done('refused');
		}),
		'event source': outcome((done) => {
			const source = new EventSource(`${url}/events`);
			source.onopen = () => done('loaded');
			source.onerror = () => {
				source.close();
				done('refused');
			};
		}),
		import: outcome((done) => void import(/* @vite-ignore */ `${url}/import.js`).then(() => done('loaded'), () => done('refused'))),
		worker: outcome((done) => {
			const worker = new Worker(`${url}/worker.js`);
			worker.onerror = () => done('refused');
		}),
		'worker from a blob that imports': inWorker(`try { importScripts('${url}/import-scripts.js'); postMessage('loaded') } catch { postMessage('refused') }`),
		'worker from a blob that fetches': inWorker(`fetch('${url}/from-worker', { mode: 'no-cors' }).then(() => postMessage('loaded'), () => postMessage('refused'))`),
		'worker from a blob that asks at once': inWorker(`try { const r = new XMLHttpRequest(); r.open('GET', '${url}/sync', false); r.send(); postMessage('loaded') } catch { postMessage('refused') }`),
		'worker from a blob that opens a socket': inWorker(`try { const s = new WebSocket('${url.replace('http', 'ws')}'); s.onopen = () => postMessage('loaded'); s.onerror = () => postMessage('refused') } catch { postMessage('refused') }`),
		image: element('img', { src: `${url}/image.png` }),
		'image set': element('img', { srcset: `${url}/set.png 2x` }),
		script: element('script', { src: `${url}/script.js` }),
		'style sheet': element('link', { rel: 'stylesheet', href: `${url}/style.css` }),
		preload: element('link', { rel: 'preload', as: 'image', href: `${url}/preload.png` }),
		'module preload': element('link', { rel: 'modulepreload', href: `${url}/module.js` }),
		prefetch: element('link', { rel: 'prefetch', href: `${url}/prefetch` }),
		icon: element('link', { rel: 'icon', href: `${url}/icon.png` }),
		manifest: element('link', { rel: 'manifest', href: `${url}/manifest.json` }),
		frame: element('iframe', { src: `${url}/frame` }),
		object: element('object', { data: `${url}/object` }),
		embed: element('embed', { src: `${url}/embed` }),
		video: element('video', { src: `${url}/video.mp4`, autoplay: '' }),
		sound: element('audio', { src: `${url}/sound.mp3`, autoplay: '' }),
		'picture in a style': element('div', { style: `width:9px;height:9px;background:url(${url}/background.png)` }),
		'letters in a style': outcome((done) => void new FontFace('other', `url(${url}/font.woff2)`).load().then(() => done('loaded'), () => done('refused'))),
		'import in a style': outcome((done) => {
			const style = document.createElement('style');
			style.textContent = `@import url(${url}/imported.css);`;
			document.body.append(style);
			setTimeout(() => done('nothing'), 500);
		}),
		form: outcome((done) => {
			const form = document.createElement('form');
			form.action = `${url}/form`;
			form.method = 'post';
			form.target = 'nowhere';
			document.body.append(form);
			form.submit();
			setTimeout(() => done('nothing'), 500);
		}),
		base: outcome((done) => {
			const base = document.createElement('base');
			base.href = `${url}/`;
			document.head.append(base);
			const image = new Image();
			image.src = 'relative.png';
			setTimeout(() => {
				base.remove();
				done('nothing');
			}, 500);
		}),
		ping: outcome((done) => {
			const link = document.createElement('a');
			link.ping = `${url}/ping`;
			link.href = '#main';
			document.body.append(link);
			link.click();
			setTimeout(() => done('nothing'), 500);
		}),
	};
	return Promise.all(Object.entries(tries).map(async ([name, each]) => [name, await each] as const)).then(Object.fromEntries<string>);
}

async function throughConsole(page: Page, url: string): Promise<void> {
	await show(page, 'Data');
	const box = page.getByRole('textbox', { name: 'SQL console' });
	await box.fill(byStatement(url)[0] ?? '');
	await box.press('Control+Enter');
	await expect(page.getByRole('alert')).toContainText('disabled by configuration');
	for (const text of byStatement(url)) await page.evaluate((query) => window.throughline.sql(query).then(() => null, () => null), text);
}

for (const [how, settings] of [
	['by the page alone, on a host that sends no headers', {}],
	['by headers alone, in a page that says nothing', { headers: securityHeaders, bare: true }],
] as const)
	test(`no other origin sees a request, whatever is tried: held ${how}`, async ({ browser }, { project }) => {
		const other = await listen();
		const own = await host(settings);
		const context = await openContext(browser, project.use);
		try {
			const page = await context.newPage();
			await page.goto(`${own.url}?v=1&size=small`);
			await page.evaluate(async () => void (await window.throughline.ready));
			await settled(page);
			await throughConsole(page, other.url);
			const outcomes = await page.evaluate(tryAll, other.url);
			// A frame that was refused says that it loaded, and a beacon that it is on its way.
			expect(Object.entries(outcomes).filter(([name, word]) => word === 'loaded' && name !== 'frame')).toEqual([]);
			await page.waitForTimeout(500);
			expect(other.visits).toEqual([]);
			await show(page, 'Executive');
			expect(await value(page, 'active_cases')).toBeGreaterThan(0);
			expect(own.asked.filter((path) => /extension/.test(path)), 'nor is the own host asked for extensions').toEqual([]);
		} finally {
			await context.close();
			await own.close();
			await other.close();
		}
	});

test('the listener would have seen each of them: without the policy they come', async ({ browser }, { project }) => {
	const other = await listen();
	const own = await host({ bare: true });
	const context = await openContext(browser, project.use);
	try {
		const page = await context.newPage();
		await page.goto(`${own.url}?v=1&size=small`);
		await page.evaluate(async () => void (await window.throughline.ready));
		await page.evaluate(tryAll, other.url);
		await expect.poll(() => other.visits.length).toBeGreaterThan(25);
		const seen = other.visits.join('\n');
		await page.evaluate((url) => window.throughline.sql(`select * from read_csv('${url}/statement')`).then(() => null, () => null), other.url);
		expect(seen).toContain('/from-worker');
		expect(other.visits.join('\n'), 'the database refuses by itself').not.toContain('/statement');
	} finally {
		await context.close();
		await own.close();
		await other.close();
	}
});
