import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { build } from 'vite';
import { dist } from './build.mjs';

const script = 'sw.js';
const source = fileURLToPath(new URL('../workers/offline.ts', import.meta.url));

const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** What hosts read or answer with themselves, and what nobody needs to run the app. */
const left = /^(?:[_.][^/]*|404\.html|sw\.js)$|\.map$/;

async function described(folder, path) {
	const bytes = await readFile(join(folder, path));
	return {
		path,
		bytes: bytes.length,
		sum: sum(bytes),
		...(path.endsWith('.gz') && { inner: sum(gunzipSync(bytes)) }),
	};
}

/** Every file of a built folder that the app can come to ask for, with the sum of its content, and a version that is the same for the same files. */
export async function listBuild(folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.filter((path) => !left.test(path))
		.sort();
	const files = [];
	for (const path of paths) files.push(await described(folder, path));
	return { version: sum(files.map((file) => `${file.path} ${file.sum}\n`).join('')).slice(0, 16), files };
}

async function bundled() {
	const [{ output }] = await build({
		configFile: false,
		logLevel: 'error',
		build: { write: false, target: 'es2022', lib: { entry: source, formats: ['iife'], name: 'offline', fileName: 'sw' } },
	});
	return output[0].code;
}

/** Writes the service worker of a built folder; to be called again when a file in it was changed afterwards. */
export async function writeWorker(folder) {
	const [{ version, files }, code] = [await listBuild(folder), await bundled()];
	await writeFile(join(folder, script), `const BUILD = ${JSON.stringify({ version, files })};\n${code}`);
	return { version, files };
}

/** The service worker stands at the root of the app, so that the app's folder is its scope, and knows every file beside it. */
export function offline() {
	let folder = dist;
	return {
		name: 'offline',
		apply: 'build',
		enforce: 'post',
		configResolved: ({ root, build: { outDir } }) => void (folder = resolve(root, outDir)),
		closeBundle: { sequential: true, order: 'post', handler: (error) => (error ? undefined : writeWorker(folder).then(() => undefined)) },
	};
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { version, files } = await writeWorker(process.argv[2] ?? dist);
	console.log(`${version}: ${String(files.length)} files`);
}
