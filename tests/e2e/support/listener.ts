import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A second origin that answers everything, with a table or with a page, and remembers who came. */
export async function listen(page?: string): Promise<{ url: string; visits: string[]; close: () => Promise<void> }> {
	const visits: string[] = [];
	const server = createServer((request, response) => {
		visits.push(`${request.method ?? ''} ${request.url ?? ''}`);
		response.writeHead(200, { 'Content-Type': page === undefined ? 'text/csv' : 'text/html', 'Access-Control-Allow-Origin': '*' });
		response.end(page ?? 'a,b\n1,2\n');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}`,
		visits,
		close: () =>
			new Promise((done) => {
				server.closeAllConnections();
				server.close(() => done());
			}),
	};
}
