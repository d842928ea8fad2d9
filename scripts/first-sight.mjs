import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const made = [
	'src',
	'workers',
	'sql',
	'scripts',
	'index.html',
	'package-lock.json',
	'vite.config.ts',
	'svelte.config.js',
];

function filesIn(path) {
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path))
		.sort()
		.flatMap((name) => filesIn(`${path}/${name}`));
}

/** What the first text is set in: there before it is painted, nothing moves when it comes. */
const firstFonts = /(inter|source-serif-4)-latin-wght-normal-[^/]*\.woff2$/;

/** Says what a build is made from: the same sources, the same id. */
export function buildId() {
	const hash = createHash('sha256');
	for (const path of made.flatMap(filesIn))
		hash
			.update(`${path}\0`)
			.update(readFileSync(join(root, path)))
			.update('\0');
	return hash.digest('hex').slice(0, 16);
}

/** In a process of its own: DuckDB's memory goes with it, and it works while the bundle is made. */
async function bake(id) {
	const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'scripts/bake.mjs'), id], {
		cwd: root,
		maxBuffer: 2 ** 26,
	});
	return stdout;
}

/** What the bare address opens stands in the page as data, made by the real engine during the build; the dev server has none. */
export function firstSight() {
	const id = buildId();
	let baking;
	return [
		{
			name: 'build-id',
			config: (_, { command }) => ({ define: { __BUILD__: JSON.stringify(command === 'build' ? id : 'dev') } }),
		},
		{
			name: 'first-sight',
			apply: 'build',
			buildStart() {
				baking ??= bake(id);
				baking.catch(() => undefined);
			},
			transformIndexHtml: {
				order: 'post',
				handler: async (_, { bundle = {} }) => [
					...Object.keys(bundle)
						.filter((file) => firstFonts.test(file))
						.map((file) => ({
							tag: 'link',
							attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `./${file}` },
							injectTo: 'head',
						})),
					{
						tag: 'script',
						attrs: { type: 'application/json', id: 'first-sight' },
						// A data block is not run, so the policy has nothing to forbid; it must only not end early.
						children: (await baking).replaceAll('<', '\\u003c'),
						injectTo: 'body',
					},
				],
			},
		},
	];
}
