import { securityHeaders } from '../policy.mjs';

const lines = (path, headers) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)];

/** The file that Cloudflare Pages and Netlify read headers from. Names under assets/ carry a hash of their content. */
export const headersFile = [
	...lines('/*', securityHeaders),
	...lines('/assets/*', { 'Cache-Control': 'public, max-age=31536000, immutable' }),
	'',
].join('\n');

export function hostHeaders() {
	return {
		name: 'host-headers',
		apply: 'build',
		generateBundle() {
			this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile });
		},
	};
}
