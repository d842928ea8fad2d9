import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { firstSight } from './scripts/first-sight.mjs';
import { offline } from './scripts/offline.mjs';
import { metaPolicy } from './scripts/policy.mjs';
import { firstScript } from './scripts/vite/first-script.mjs';
import { hostHeaders } from './scripts/vite/headers-file.mjs';
import { packedWasm } from './scripts/vite/packed-wasm.mjs';
import { sizeReport } from './scripts/vite/size-report.mjs';
import { withoutMvp } from './scripts/vite/without-mvp.mjs';

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
	plugins: [svelte(), firstScript('src/starting.ts'), metaElement, packedWasm({ glue: blockingBuild }), hostHeaders(), firstSight(), sizeReport(), offline()],
	resolve: {
		// The package's ./blocking export names a file that it does not ship.
		alias: { '@duckdb/duckdb-wasm/blocking': blockingBuild },
	},
	worker: { format: 'es', plugins: () => [withoutMvp()], rolldownOptions },
	build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000, rolldownOptions },
	server: { host: '127.0.0.1' },
});
