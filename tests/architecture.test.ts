import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesUnder, importsOf, read, root, type Import } from './sources.ts';

/** Who may import whom. `own pack` and `own sql` stand for the folders of the importing pack's name. */
const mayImport: Record<string, { values: string[]; types?: string[] }> = {
	lib: { values: [] },
	pack: { values: ['lib'] },
	metrics: { values: ['pack', 'lib'] },
	engine: { values: ['pack', 'packs', 'lib', 'sql', 'import', 'metrics/statistics'] },
	charts: { values: ['lib'] },
	import: { values: ['pack', 'lib'] },
	offline: { values: [] },
	state: { values: ['engine/api', 'offline', 'import', 'metrics', 'pack', 'lib'] },
	ui: { values: ['charts', 'state', 'metrics', 'pack', 'lib'], types: ['engine/api'] },
	panels: { values: ['ui', 'charts', 'state', 'lib', 'pack', 'metrics'], types: ['engine/api'] },
	views: { values: ['ui', 'panels', 'charts', 'state', 'pack', 'metrics', 'import', 'lib'], types: ['engine/api'] },
	packs: { values: ['pack', 'any pack', 'lib'] },
	'one pack': { values: ['pack', 'lib', 'own pack', 'own sql'] },
	bake: { values: ['engine', 'packs', 'state', 'metrics', 'lib'] },
	workers: { values: ['engine', 'offline', 'import', 'packs', 'lib'], types: ['pack'] },
	styles: { values: [] },
};

const anything = ['src/main.ts', 'src/starting.ts', 'src/App.svelte'];

interface Place {
	zone: string;
	pack?: string;
}

function placeOf(path: string): Place | null {
	const [top = '', second = '', third = '', fourth] = path.split('/');
	if (top === 'workers') return { zone: 'workers' };
	if (top === 'sql') return { zone: 'sql', pack: second };
	if (top !== 'src') return null;
	if (second === 'packs' && third !== '*' && fourth !== undefined) return { zone: 'one pack', pack: third };
	return { zone: second };
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
	const source = placeOf(from);
	const target = placeOf(to);
	if (anything.includes(from) || !source || !target) return true;
	const { values = [], types = [] } = mayImport[source.zone] ?? {};
	const names = [...values, ...(typeOnly ? types : [])];
	if (target.zone === source.zone && target.zone !== 'one pack') return true;
	if (target.zone === 'one pack') {
		return names.includes('any pack') || (names.includes('own pack') && target.pack === source.pack);
	}
	if (target.zone === 'sql') return names.includes('sql') || (names.includes('own sql') && target.pack === source.pack);
	if (to.startsWith('src/metrics/statistics/') && names.includes('metrics/statistics')) return true;
	return names.includes(target.zone) || (names.includes('engine/api') && to === 'src/engine/api.ts');
}

const sources = [...filesUnder('src'), ...filesUnder('workers')].filter((path) => /\.(ts|svelte)$/.test(path));
const imports = sources.flatMap(importsOf);
const foldersOf = (folder: string) => [
	...new Set(
		filesUnder(folder)
			.map((path) => path.slice(folder.length + 1))
			.filter((path) => path.includes('/'))
			.map((path) => path.split('/')[0] ?? ''),
	),
];

describe('who may import whom', () => {
	test('every folder of src has its place', () => {
		expect(foldersOf('src').filter((folder) => !(folder in mayImport))).toEqual([]);
	});

	test('no file imports what its place forbids', () => {
		expect(imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
	});

	test.each([
		['src/lib/dates.ts', 'src/pack/types.ts', false],
		['src/packs/access/pack.ts', 'src/packs/advocacy/metrics.ts', false],
		['src/packs/access/pack.ts', 'src/packs/access/metrics.ts', true],
		['src/state/session.svelte.ts', 'src/engine/engine.ts', false],
		['src/state/session.svelte.ts', 'src/engine/api.ts', true],
		['src/engine/models.ts', 'src/packs/advocacy/pack.ts', false],
		['src/engine/models.ts', 'src/packs/index.ts', true],
		['src/engine/kernels.ts', 'src/metrics/statistics/kernels.ts', true],
		['src/engine/engine.ts', 'src/metrics/compile.ts', false],
		['src/charts/bars.ts', 'src/state/filters.svelte.ts', false],
		['src/charts/bars.ts', 'src/metrics/compile.ts', false],
		['workers/engine.worker.ts', 'src/views/PackView.svelte', false],
	])('%s → %s: %s', (from, to, allowed) => {
		expect(isAllowed({ from, to, typeOnly: false })).toBe(allowed);
	});

	test('charts know no Svelte', () => {
		expect(imports.filter(({ from, to }) => from.startsWith('src/charts/') && /^svelte(\/|$)/.test(to))).toEqual([]);
	});
});

describe('packs', () => {
	const packs = foldersOf('src/packs');

	test('a pack is two folders of one name', () => {
		expect(foldersOf('sql')).toEqual(packs);
	});

	test('no code outside src/packs asks which pack it has', () => {
		const named = packs.map(
			(pack) => `[!=]==?\\s*['"\`]${pack}['"\`]|['"\`]${pack}['"\`]\\s*[!=]==?|case\\s+['"\`]${pack}['"\`]`,
		);
		const asks = new RegExp(
			[String.raw`\bpack\.id\s*[!=]==?`, String.raw`switch\s*\([^)]*\bpack\.id\s*\)`, ...named].join('|'),
		);
		expect(sources.filter((path) => !path.startsWith('src/packs/') && asks.test(read(path)))).toEqual([]);
	});

	const declarations = import.meta.glob<Record<string, object | undefined>>('../src/packs/*/models.ts');
	const layers = { staging: 'staging', models: 'intermediate', marts: 'marts' };

	test.each(packs)('every SQL model of %s is declared, and every declared model has its SQL', async (pack) => {
		const declared = await declarations[`../src/packs/${pack}/models.ts`]?.();
		expect(declared, `src/packs/${pack}/models.ts`).toBeDefined();
		const models = Object.entries(layers).flatMap(([name, layer]) =>
			Object.keys(declared?.[name] ?? {}).map((model) => `sql/${pack}/${layer}/${model}.sql`),
		);
		expect(models.sort()).toEqual(filesUnder(`sql/${pack}`).filter((path) => path.endsWith('.sql')));
	});
});

test.skipIf(!existsSync(join(root, '.git')))('no file in version control is larger than 1 MB', () => {
	const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
		cwd: root,
		encoding: 'utf8',
	});
	const kept = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
	expect(kept.filter((path) => statSync(join(root, path)).size > 1024 * 1024)).toEqual([]);
});

describe('what a worker loads', () => {
	test('uses no runes: they are compiled for the page only', () => {
		const loaded = new Set<string>(sources.filter((path) => path.startsWith('workers/')));
		for (const path of loaded) for (const { from, to, typeOnly } of imports) if (from === path && !typeOnly) loaded.add(to);
		expect(loaded.size).toBeGreaterThan(50);
		expect([...loaded].filter((path) => path.includes('.svelte'))).toEqual([]);
	});
});
