import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = { '.css': 'text/css', '.gz': 'application/gzip', '.html': 'text/html', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.webmanifest': 'application/manifest+json', '.woff2': 'font/woff2' };

export type Fault = 'half' | 'refused' | 'another page' | null;

export interface Host {
	url: string;
	/** Every path that was asked for. */
	asked: string[];
	/** What goes wrong with a path; none at first. */
	fault: (path: string) => Fault;
	close: () => Promise<void>;
}

interface Settings {
	/** The folder that the app stands in, with slashes at both ends. */
	base?: string;
	/** Says of `.gz` files that they are a gzipped encoding of what they hold, as some hosts do. */
	encodes?: boolean;
	/** Headers that the host was told to send. */
	headers?: Readonly<Record<string, string>>;
	/** Serves the document without the policy that it carries. */
	bare?: boolean;
}

function breakOff(response: ServerResponse, body: Buffer): void {
	response.write(body.subarray(0, body.length / 2), () => setTimeout(() => response.destroy(), 500));
}

/** A plain static host of the built app, which sends no header that nobody told it to and can be made to fail. */
export async function host({ base = '/', encodes = false, headers = {}, bare = false }: Settings = {}): Promise<Host> {
	const folder = process.env.E2E_ROOT ?? 'dist';
	const asked: string[] = [];
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://host');
		asked.push(pathname);
		const inside = pathname.startsWith(base) ? normalize(pathname.slice(base.length) || 'index.html') : null;
		const fault = self.fault(pathname);
		const answer = async (): Promise<void> => {
			if (fault === 'refused') return void response.destroy();
			const body = inside === null || inside.startsWith(`..${sep}`) ? null : await readFile(join(folder, inside)).catch(() => null);
			if (!body || fault === 'another page') return void response.writeHead(fault ? 200 : 404, { 'Content-Type': 'text/html' }).end('<!doctype html><p>Not here.</p>');
			const extension = extname(inside ?? '');
			const sent = bare && extension === '.html' ? Buffer.from(body.toString().replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')) : body;
			response.writeHead(200, { 'Content-Type': types[extension] ?? 'application/octet-stream', 'Content-Length': sent.length, 'Cache-Control': 'max-age=600', ...(encodes && extension === '.gz' ? { 'Content-Encoding': 'gzip', 'Content-Type': 'application/wasm' } : {}), ...headers });
			if (fault === 'half') breakOff(response, sent);
			else response.end(sent);
		};
		void answer();
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const self: Host = {
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${base}`,
		asked,
		fault: () => null,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
	return self;
}
