import { quantile } from './page.mjs';

const seconds = (ms) => (ms === null ? '–' : `${(ms / 1000).toFixed(2)} s`);
const milliseconds = (ms) => (ms === null ? '–' : `${Math.round(ms)} ms`);
const total = (layers, names = ['staging', 'intermediate', 'marts']) =>
	names.reduce((sum, name) => sum + (layers[name] ?? 0), 0);

const percentiles = (what, times, budget) => [
	[`${what}, p50 of ${times.length}`, milliseconds(quantile(times, 0.5)), ''],
	[`${what}, p95`, milliseconds(quantile(times, 0.95)), budget],
];

/** Rows of [what, value, budget] for one size. */
export function linesFor(size, page, native) {
	return [
		[`${size}: rows`, page.rows.toLocaleString('en-US'), ''],
		['navigation → first card with its number', seconds(page.firstCard), '0.5 s'],
		['navigation → complete Executive view', seconds(page.complete), size === 'standard' ? '2.5 s' : ''],
		['generation, until the first table is in', seconds(page.generated), ''],
		['generation in Node', seconds(native.generated), ''],
		...['raw', 'staging', 'intermediate', 'marts'].map((layer) => [
			`build: ${layer}`,
			seconds(page.layers[layer] ?? 0),
			'',
		]),
		['build: staging → marts', seconds(total(page.layers)), ''],
		['build: staging → marts, again in the warm tab', seconds(total(page.warm)), size === 'large' ? '4 s' : ''],
		['the same statements, native, 1 thread', seconds(total(native.layers)), ''],
		...['staging', 'intermediate', 'marts'].map((layer) => [
			`warm tab ÷ native: ${layer}`,
			((page.warm[layer] ?? 0) / (native.layers[layer] ?? 1)).toFixed(2),
			'',
		]),
		['first build in the tab ÷ native', (total(page.layers) / total(native.layers)).toFixed(2), ''],
		['warm tab ÷ native', (total(page.warm) / total(native.layers)).toFixed(2), '1.4'],
		[`tiles in the window: ${page.slicers.tiles.join(', ')}`, String(page.slicers.tiles.length), ''],
		...percentiles('slicer change → all visible tiles painted', page.slicers.visible, '100 ms'),
		...percentiles('slicer change → the whole view and its evidence', page.slicers.complete, ''),
		...percentiles('click on a number → its rows painted', page.drilled.times, '100 ms'),
		['longest main-thread task, loading', milliseconds(page.longest), '50 ms'],
		['longest main-thread task, slicing', milliseconds(page.slicers.longest), '50 ms'],
		['longest main-thread task, opening numbers', milliseconds(page.drilled.longest), '50 ms'],
		['transfer, cold, gzip', `${(page.transfer / 1e6).toFixed(2)} MB`, '8.5 MB'],
		['JavaScript of the page, gzip', `${Math.round(page.scripts.page / 1000)} KB`, '300 KB'],
		['JavaScript of the workers, gzip', `${Math.round(page.scripts.workers / 1000)} KB`, ''],
		['', '', ''],
	];
}

export function print(rows) {
	const [wide, middle] = [0, 1].map((i) => Math.max(...rows.map((row) => row[i].length)));
	for (const [what, value, budget] of [['', 'measured', 'budget'], ...rows])
		console.log(`${what.padEnd(wide)}  ${value.padStart(Math.max(middle, 8))}  ${budget.padStart(7)}`.trimEnd());
}
