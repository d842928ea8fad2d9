import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { listBuild } from '../../../scripts/offline.mjs';
import { answerTo } from '../../../src/offline/answer.ts';
import { cacheName, pageLock, type Build } from '../../../src/offline/build.ts';
import { keep, sweep } from '../../../src/offline/keep.ts';
import { memoryPlace, type Served } from '../../support/memory-caches.ts';

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');
const text = (body: Served['body']): string => String(body);
const buildOf = (version: string, files: Record<string, Served>): Build => ({ version, files: Object.entries(files).map(([path, { body }]) => ({ path, bytes: body.length, sum: sum(text(body)) })) });
const locked = (...scripts: string[]): Pick<LockManager, 'query'> => ({ query: async () => ({ held: scripts.map((script) => ({ name: pageLock('/app/', `https://host.test/app/${script}`) })), pending: [] }) });
const never = (): boolean => false;

const one = { 'index.html': { body: 'page 1', headers: { 'content-security-policy': "default-src 'none'", 'content-encoding': 'gzip', 'content-length': '4' } }, 'assets/main-1.js': { body: 'main 1' }, 'assets/same.js': { body: 'same' } };
const two = { 'index.html': { body: 'page 2' }, 'assets/main-2.js': { body: 'main 2' }, 'assets/same.js': { body: 'same' } };

describe('keeping', () => {
	test('a build is kept with the headers that its host sent, but for those about the wire', async () => {
		const place = memoryPlace(one);
		await keep(place, buildOf('1', one), never);
		const page = await place.caches.match('https://host.test/app/index.html', { cacheName: cacheName('/app/', '1') });
		expect(await page?.text()).toBe('page 1');
		expect([...(page?.headers.keys() ?? [])]).toEqual(['content-security-policy', 'content-type']);
	});

	test('what an earlier build has is not asked for again; a file that came wrong is asked for once more, past the browser’s own store', async () => {
		const files: Record<string, Served> = { ...one };
		const place = memoryPlace(files);
		await keep(place, buildOf('1', one), never);
		for (const name of Object.keys(files)) delete files[name];
		Object.assign(files, { ...two, 'assets/same.js': { body: 'another' } });
		place.asked.length = 0;
		await keep(place, buildOf('2', two), never);
		expect(place.asked.sort()).toEqual(['assets/main-2.js default', 'index.html default']);
		expect(await place.caches.keys()).toEqual([cacheName('/app/', '1'), cacheName('/app/', '2')]);
		files['assets/main-2.js'] = { body: 'another' };
		await place.caches.delete(cacheName('/app/', '2'));
		place.asked.length = 0;
		await expect(keep(place, buildOf('2', two), never)).rejects.toThrow('assets/main-2.js');
		expect(place.asked.filter((each) => each.startsWith('assets/main-2'))).toEqual(['assets/main-2.js default', 'assets/main-2.js reload']);
		expect(await place.caches.keys()).toEqual([cacheName('/app/', '1')]);
	});

	test('a packed file may come packed or unpacked by the host, and nothing else', async () => {
		const packed = new Uint8Array(gzipSync('wasm'));
		const build: Build = { version: '1', files: [{ path: 'a.wasm.gz', bytes: packed.length, sum: createHash('sha256').update(packed).digest('hex'), inner: sum('wasm') }] };
		for (const body of [packed, 'wasm']) await keep(memoryPlace({ 'a.wasm.gz': { body } }), build, never);
		await expect(keep(memoryPlace({ 'a.wasm.gz': { body: 'wasn' } }), build, never)).rejects.toThrow('a.wasm.gz');
	});

	test('stopped in the middle, nothing is left', async () => {
		const place = memoryPlace(one);
		await expect(keep(place, buildOf('1', one), () => place.asked.length >= 2)).rejects.toThrow();
		expect(await place.caches.keys()).toEqual([]);
	});

	test('a build that is in use and comes back broken is left as it is', async () => {
		const files: Record<string, Served> = { ...one };
		const place = memoryPlace(files);
		await keep(place, buildOf('1', one), never);
		const longer = { ...one, 'assets/more.js': { body: 'more' } };
		await expect(keep(place, buildOf('1', longer), never)).rejects.toThrow('assets/more.js');
		expect(await place.caches.has(cacheName('/app/', '1'))).toBe(true);
	});

});

describe('sweeping', () => {
	const both = async () => {
		const files: Record<string, Served> = { ...one };
		const place = memoryPlace(files);
		await keep(place, buildOf('1', one), never);
		Object.assign(files, two);
		await keep(place, buildOf('2', two), never);
		await place.caches.open('throughline-app /other/ 1');
		await place.caches.open('somebody else');
		return place;
	};
	const others = ['throughline-app /other/ 1', 'somebody else'];

	test('an older build goes when no page uses it, and only caches of this folder go', async () => {
		const place = await both();
		await sweep(place, buildOf('2', two), locked('assets/main-2.js'), never);
		expect(await place.caches.keys()).toEqual([cacheName('/app/', '2'), ...others]);
	});

	test('it stays while a page that it started is open, and while another build is being kept', async () => {
		const place = await both();
		await sweep(place, buildOf('2', two), locked('assets/main-1.js', 'assets/main-2.js'), never);
		await sweep(place, buildOf('2', two), locked(), () => true);
		expect(await place.caches.keys()).toHaveLength(4);
	});
});

describe('answering', () => {
	const asked = (path: string, init: RequestInit = {}, base = 'https://host.test/app/') => new Request(new URL(path, base), init);

	test('only what is read in the app’s own folder is answered', () => {
		const [place, build] = [memoryPlace(one), buildOf('1', one)];
		for (const request of [asked('/'), asked('/apple'), asked('https://elsewhere.test/app/index.html'), asked('./', { method: 'POST' }), asked('notes.txt')]) expect(answerTo(place, build, request), `${request.method} ${request.url}`).toBeNull();
		for (const request of [asked('./'), asked('?v=1&size=small'), asked('index.html'), asked('assets/main-1.js')]) expect(answerTo(place, build, request), request.url).not.toBeNull();
	});

	test('a page gets the page of this build whatever its address says, and a script of the build before the script of that build', async () => {
		const files: Record<string, Served> = { ...one };
		const place = memoryPlace(files);
		await keep(place, buildOf('1', one), never);
		for (const name of Object.keys(files)) delete files[name];
		Object.assign(files, two);
		await keep(place, buildOf('2', two), never);
		const [build1, build2] = [buildOf('1', one), buildOf('2', two)];
		expect(await (await answerTo(place, build1, asked('?v=1&view=data'))?.())?.text()).toBe('page 1');
		expect(await (await answerTo(place, build2, asked('?v=1&view=data'))?.())?.text()).toBe('page 2');
		expect(await (await answerTo(place, build2, asked('assets/main-1.js'))?.())?.text()).toBe('main 1');
	});
});

test('the list of a build holds all that the app can ask for, with a version that follows its content alone', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'built-'));
	mkdirSync(join(folder, 'assets'));
	const write = (path: string, body: string | Uint8Array): void => writeFileSync(join(folder, path), body);
	for (const path of ['index.html', 'icon.svg', 'sw.js', '_headers', '.nojekyll', '404.html', 'assets/a.js', 'assets/a.js.map']) write(path, path);
	write('assets/duckdb-eh-X.wasm.gz', gzipSync('eh'));
	const { files, version } = await listBuild(folder);
	expect(files.map(({ path, inner }) => [path, inner])).toEqual([
		['assets/a.js', undefined],
		['assets/duckdb-eh-X.wasm.gz', sum('eh')],
		['icon.svg', undefined],
		['index.html', undefined],
	]);
	write('sw.js', 'anything');
	expect((await listBuild(folder)).version).toBe(version);
	write('index.html', 'changed');
	expect((await listBuild(folder)).version).not.toBe(version);
	rmSync(folder, { recursive: true });
});
