import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { namedIn, slimWasm } from './slim-wasm.mjs';

const suffix = '?packed';

export const isPackedWasm = (name) => name.endsWith('.wasm.gz');

/**
 * `import url from '….wasm?packed'` gives the address of the file, gzipped at build: hosts that do not compress wasm, or
 * take no file over 25 MiB, can serve it. The page fetches it ahead of the scripts that ask for it. `glue` is the JavaScript
 * that runs it: what that does not name, the wasm no longer exports. In development it is the file as it is.
 */
export function packedWasm({ glue }) {
	let building = false;
	return {
		name: 'packed-wasm',
		enforce: 'pre',
		configResolved(config) {
			building = config.command === 'build';
		},
		async resolveId(source, importer) {
			if (!source.endsWith(`.wasm${suffix}`)) return null;
			const found = await this.resolve(source.slice(0, -suffix.length), importer, { skipSelf: true });
			return found && `${found.id}${suffix}`;
		},
		async load(id) {
			if (!id.endsWith(`.wasm${suffix}`)) return null;
			const path = id.slice(0, -suffix.length);
			if (!building) return `export default ${JSON.stringify(posix.join('/@fs/', path))};`;
			const bytes = slimWasm(await readFile(path), namedIn(await readFile(glue, 'utf8')));
			const name = /([^/\\]+)\.wasm$/.exec(path)[1];
			const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 8);
			const reference = this.emitFile({
				type: 'asset',
				fileName: `assets/${name}-${hash}.wasm.gz`,
				source: gzipSync(bytes, { level: 9 }),
			});
			return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
		},
		transformIndexHtml: {
			order: 'post',
			handler: (_, { bundle = {} }) =>
				Object.keys(bundle)
					.filter(isPackedWasm)
					.map((file) => ({
						tag: 'link',
						attrs: { rel: 'preload', as: 'fetch', crossorigin: true, fetchpriority: 'low', href: `./${file}` },
						injectTo: 'head',
					})),
		},
	};
}
