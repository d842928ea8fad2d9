import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { dist } from './build.mjs';
import { securityHeaders } from './policy.mjs';

const compress = promisify(gzip);

const contentTypes = {
	'.css': 'text/css; charset=utf-8',
	'.csv': 'text/csv; charset=utf-8',
	'.gz': 'application/gzip',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.md': 'text/markdown; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.png': 'image/png',
	'.svg': 'image/svg+xml',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.webmanifest': 'application/manifest+json',
	'.woff2': 'font/woff2',
};

const packed = new Set(['.css', '.html', '.js', '.json', '.map', '.mjs', '.svg', '.wasm']);

async function fileOf(root, pathname) {
	const path = resolve(root, `.${decodeURIComponent(pathname)}`);
	if (path !== root && !path.startsWith(root + sep)) return null;
	const found = await stat(path).catch(() => null);
	if (found?.isDirectory()) return fileOf(root, join(pathname, 'index.html').replaceAll(sep, '/'));
	return found?.isFile()
		? { path, tag: `"${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}"` }
		: null;
}

function answering({ root, zip }) {
	const zipped = new Map();
	const zippedBody = async ({ path, tag }) => {
		const key = `${path} ${tag}`;
		if (!zipped.has(key)) zipped.set(key, readFile(path).then(compress));
		return zipped.get(key);
	};

	return async (request, response) => {
		const reply = (status, headers = {}, body = undefined) => {
			response.writeHead(status, { ...securityHeaders, ...headers });
			response.end(request.method === 'HEAD' ? undefined : body);
		};
		const plain = { 'Content-Type': 'text/plain; charset=utf-8' };
		try {
			if (request.method !== 'GET' && request.method !== 'HEAD')
				return reply(405, { ...plain, Allow: 'GET, HEAD' }, 'Only GET and HEAD.');
			const { pathname } = new URL(request.url, 'http://localhost');
			const file = await fileOf(root, pathname);
			if (!file) return reply(404, plain, 'Not found.');
			const extension = extname(file.path);
			const headers = {
				'Content-Type': contentTypes[extension] ?? 'application/octet-stream',
				// Names under assets/ carry a hash of their content.
				'Cache-Control': pathname.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
				ETag: file.tag,
				Vary: 'Accept-Encoding',
			};
			if (request.headers['if-none-match'] === file.tag) return reply(304, headers);
			const zips = zip && packed.has(extension) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
			const body = zips ? await zippedBody(file) : await readFile(file.path);
			reply(200, { ...headers, 'Content-Length': body.length, ...(zips && { 'Content-Encoding': 'gzip' }) }, body);
		} catch (error) {
			if (error instanceof URIError || error.code === 'ERR_INVALID_URL') return reply(400, plain, 'Not a path.');
			console.error(error);
			if (!response.headersSent) reply(500, plain, 'The file could not be read.');
		}
	};
}

function listen(server, host, port) {
	return new Promise((done, fail) => {
		server.once('error', fail);
		server.listen(port, host, () => {
			server.off('error', fail);
			done();
		});
	});
}

/**
 * Serves a folder on the loopback interface at the first free port from `port`, trying `tries` of them.
 * `zip` compresses on the fly and keeps the result: worth it for measuring, but over loopback slower than not.
 */
export async function serve({ root, port, tries = 1, zip = false, host = '127.0.0.1' }) {
	const handler = answering({ root: resolve(root), zip });
	for (let candidate = port; ; candidate += 1) {
		const server = createServer((request, response) => void handler(request, response));
		try {
			await listen(server, host, candidate);
			const close = () =>
				new Promise((done) => {
					server.close(done);
					server.closeAllConnections();
				});
			return { url: `http://${host}:${server.address().port}/`, close };
		} catch (error) {
			if (!['EADDRINUSE', 'EACCES'].includes(error.code) || candidate + 1 >= port + tries) throw error;
		}
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { port: { type: 'string', default: '4173' }, zip: { type: 'boolean', default: false } },
	});
	const { url } = await serve({ root: positionals[0] ?? dist, port: Number(values.port), zip: values.zip });
	console.log(url);
}
