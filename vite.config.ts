import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { firstSight } from './scripts/first-sight.mjs';
import { metaPolicy } from './scripts/policy.mjs';

const blockingBuild = fileURLToPath(
	new URL('./node_modules/@duckdb/duckdb-wasm/dist/duckdb-browser-blocking.mjs', import.meta.url),
);

// Hosts that send no headers still fence the page; the dev server needs more than the policy allows.
const metaElement: Plugin = {
	name: 'content-security-policy',
	apply: 'build',
	transformIndexHtml: () => [
		{
			tag: 'meta',
			attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy.join('; ') },
			injectTo: 'head-prepend',
		},
	],
};

// DuckDB's own code names eval in branches that the policy forbids and nothing reaches; lint forbids ours.
const rolldownOptions = { checks: { eval: false } };

export default defineConfig({
	base: './',
	plugins: [svelte(), metaElement, firstSight()],
	resolve: {
		// The package's ./blocking export names a file that it does not ship.
		alias: { '@duckdb/duckdb-wasm/blocking': blockingBuild },
	},
	worker: { format: 'es', rolldownOptions },
	build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000, rolldownOptions },
	server: { host: '127.0.0.1' },
});
