import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root, tool } from './install.mjs';

export const dist = join(root, 'dist');

const sources = [
	'src',
	'workers',
	'sql',
	'public',
	'scripts/policy.mjs',
	'scripts/vite',
	'scripts/offline.mjs',
	'scripts/first-sight.mjs',
	'scripts/bake.mjs',
	'index.html',
	'package-lock.json',
	'vite.config.ts',
	'svelte.config.js',
	'tsconfig.json',
];

// A folder's own time moves when a file in it is removed or renamed.
function newest(path) {
	if (!existsSync(path)) return 0;
	const { mtimeMs } = statSync(path);
	if (!statSync(path).isDirectory()) return mtimeMs;
	return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

/** Whether dist is missing or older than anything it is made from. */
export function stale() {
	const page = join(dist, 'index.html');
	if (!existsSync(page)) return true;
	const built = statSync(page).mtimeMs;
	return sources.some((source) => newest(join(root, source)) > built);
}

/** Builds dist and returns the exit code. */
export function build() {
	return tool('vite', ['build']);
}
