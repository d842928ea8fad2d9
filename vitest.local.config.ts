import { defineConfig, mergeConfig } from 'vitest/config';
import viteConfig from './vite.config.ts';

process.env.TZ = 'America/New_York';

const drawn = ['tests/charts/**/*.test.ts', 'tests/components/**/*.test.ts'];

export default mergeConfig(
	viteConfig,
	defineConfig({
		test: {
			testTimeout: 60_000,
			hookTimeout: 60_000,
			projects: [
				{
					extends: true,
					test: {
						name: 'node',
						environment: 'node',
						include: ['tests/**/*.test.ts'],
						exclude: ['tests/e2e/**', 'tests/bench/**', ...drawn],
					},
				},
				{
					extends: true,
					test: { name: 'dom', environment: 'jsdom', include: drawn },
				},
			],
		},
	}),
);
