import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const bans = (message, ...selectors) => selectors.map((selector) => ({ selector, message }));

const html = bans(
	'Data is never HTML: set textContent or build elements.',
	'MemberExpression[property.name="innerHTML"]',
	'AssignmentExpression > MemberExpression.left[property.name="outerHTML"]',
	'CallExpression[callee.property.name=/^(insertAdjacentHTML|setHTMLUnsafe|createContextualFragment)$/]',
	'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
);

const network = bans(
	'Only src/engine and the service worker reach for files of the own origin; nothing else uses the network.',
	'CallExpression[callee.name="fetch"]',
	'CallExpression[callee.object.name=/^(window|self|globalThis)$/][callee.property.name="fetch"]',
	'CallExpression[callee.property.name="sendBeacon"]',
	'NewExpression[callee.name=/^(XMLHttpRequest|WebSocket|EventSource|WebTransport|RTCPeerConnection)$/]',
);

const clock = bans(
	'Nothing depends on the wall clock or on chance: time and seed are arguments.',
	'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
	'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
	'NewExpression[callee.name="Date"][arguments.length=0]',
	'CallExpression[callee.name="Date"]',
	'CallExpression[callee.object.name="crypto"][callee.property.name=/^(randomUUID|getRandomValues)$/]',
);

const unequalMaths = bans(
	'Engines differ in the last bit here: data and numbers are made with + − × ÷, Math.sqrt and @stdlib.',
	'MemberExpression[object.name="Math"][property.name=/^(a?(sin|cos|tan)h?|atan2|cbrt|exp|expm1|hypot|log|log10|log1p|log2|pow)$/]',
	'BinaryExpression[operator="**"]',
	'AssignmentExpression[operator="**="]',
);

const localTime = bans(
	'Generated data is the same in every zone and language.',
	'MemberExpression[property.name=/^(get|set)(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|TimezoneOffset)$/]',
	'MemberExpression[property.name=/^(toLocale\\w+|localeCompare)$/]',
	'MemberExpression[object.name="Intl"]',
);

const restricted = (...groups) => ({ 'no-restricted-syntax': ['error', ...groups.flat()] });

export default defineConfig(
	globalIgnores(['dist/', 'bench/dist/', 'node_modules/', 'test-results/', 'playwright-report/', 'public/', '.svelte-kit/']),
	ts.configs.recommendedTypeChecked,
	svelte.configs.recommended,
	{
		languageOptions: {
			parserOptions: {
				projectService: true,
				tsconfigRootDir: import.meta.dirname,
				extraFileExtensions: ['.svelte'],
			},
		},
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-cond-assign': 'error',
			'no-constant-condition': ['error', { checkLoops: false }],
			'no-debugger': 'error',
			'no-empty': 'error',
			'no-eval': 'error',
			'no-irregular-whitespace': 'error',
			'no-loss-of-precision': 'error',
			'no-self-compare': 'error',
			'no-unsafe-finally': 'error',
			'no-useless-escape': 'error',
			'prefer-const': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			// Cells of query results are unknown until they are shown as text.
			'@typescript-eslint/no-base-to-string': 'off',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/require-await': 'off',
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
	},
	{
		files: ['**/*.svelte'],
		rules: {
			'prefer-const': 'off',
			'svelte/no-at-html-tags': 'error',
			'svelte/prefer-const': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-navigation-without-resolve': 'off',
			// svelte-check knows the types of handlers and snippets; the parser here sees any.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
		},
	},
	{ files: ['src/**', 'workers/**'], rules: restricted(html, network, clock) },
	{ files: ['src/metrics/**'], rules: restricted(html, network, clock, unequalMaths) },
	{ files: ['src/engine/**'], rules: restricted(html, clock, unequalMaths) },
	{ files: ['src/offline/**', 'workers/offline.ts'], rules: restricted(html, clock) },
	{ files: ['src/main.ts', 'src/starting.ts', 'workers/engine.worker.ts'], rules: restricted(html, network) },
	{
		files: ['src/packs/**/generat*', 'src/packs/**/generat*/**', 'src/lib/random.ts'],
		rules: restricted(html, network, clock, unequalMaths, localTime),
	},
	{
		files: ['tests/**'],
		rules: {
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
		},
	},
	{ files: ['**/*.js', '**/*.mjs'], extends: [ts.configs.disableTypeChecked] },
);
