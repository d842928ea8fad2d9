import { build } from 'vite';

const named = (name) => `assets/later-${name}-[hash].js`;
await build({
	logLevel: 'error',
	build: { outDir: process.argv[2], emptyOutDir: true, rolldownOptions: { output: { entryFileNames: named('[name]'), chunkFileNames: named('[name]') } } },
});
