import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset, EngineApi } from '../../src/engine/api.ts';
import { harmless, toCsv, type CsvCell } from '../../src/lib/csv.ts';
import { toMs } from '../../src/lib/dates.ts';
import type { Reading } from '../../src/metrics/request.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import { packs } from '../../src/packs/index.ts';
import { cellText, xlsxOf } from '../../src/ui/export/xlsx.ts';
import { cssString, pageMargins } from '../../src/ui/export/page-margins.ts';
import type { Kind, Twin } from '../../src/ui/twin-columns.ts';
import { twinOf } from '../../src/ui/twins.ts';
import { parseCsv } from '../support/csv.ts';
import { contextOf, nodeEngine, openDemo, run } from '../support/engine.ts';
import { replayable } from '../support/property.ts';
import { days, filters, instants } from '../support/slicer-states.ts';
import { readXlsx, serialToMs, type ReadCell } from '../support/xlsx.ts';

/** What a reader must find for a cell: texts with the guard, numbers as the same number, nothing for nothing. */
function expectCsvCell(read: string | undefined, cell: CsvCell, where: string): void {
	if (cell === null || cell === undefined) expect(read, where).toBe('');
	else if (typeof cell === 'number') expect([read, Number(read)], where).toEqual([String(cell), cell]);
	else if (typeof cell === 'string') expect(read, where).toBe(/^[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? `'${cell}` : cell);
	else expect(read, where).toBe(String(cell));
}

function expectXlsxCell(read: ReadCell | undefined, cell: CsvCell, kind: Kind, unit: CsvCell, where: string): void {
	if (cell === null || cell === undefined) expect(read?.value ?? null, where).toBeNull();
	else if (typeof cell === 'string' && (kind === 'day' || kind === 'instant')) {
		expect(typeof read?.value, where).toBe('number');
		expect(read?.format, where).toMatch(/^yyyy-mm-dd/);
		expect(serialToMs(Number(read?.value)), where).toBe(toMs(cell));
	} else if (typeof cell === 'number') {
		expect(read?.value, where).toBe(cell);
		if (kind === 'share' || (kind === 'measured' && unit === 'share (0 to 1)')) expect(read?.format, where).toBe('0.0%');
		else expect(read?.format, where).not.toMatch(/%/);
	} else expect(read?.value ?? '', where).toBe(cell);
}

describe.each(Object.values(packs))('what is taken along from $id', (pack) => {
	let engine: EngineApi;
	let latest: Dataset;
	const tiles = pack.views.flatMap((view) => view.tiles);

	beforeAll(async () => {
		engine = nodeEngine();
		latest = (await openDemo(engine, pack.id, { seed: 7, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' })).dataset;
	});

	async function twins(state: { asOf: string; filters: Record<string, (string | null)[]>; range: { from?: string | undefined; to?: string | undefined }; reading: Omit<Reading, 'segment'> }): Promise<[string, Twin][]> {
		const context = contextOf(pack, await engine.asOf(state.asOf), state.filters, state.range);
		const [dimension, values] = Object.entries(latest.values).find(([, all]) => all.length > 1) ?? ['', []];
		const reading: Reading = { ...state.reading, segment: state.reading.compare === 'segment' ? { [dimension]: [values[0]?.value ?? null] } : {} };
		const found: [string, Twin][] = [];
		for (const tile of tiles) {
			const plan = planTile(context, tile, reading);
			if (plan) found.push([tile.id, twinOf(pack, tile, await run(engine, plan))]);
		}
		return found;
	}

	const states = (): fc.Arbitrary<Parameters<typeof twins>[0]> =>
		fc.record({
			asOf: instants(latest),
			filters: filters(latest, Object.keys(latest.values).filter((dimension) => dimension in pack.dimensions)),
			range: days(latest),
			reading: fc.record({ compare: fc.constantFrom('previous' as const, 'year' as const, 'segment' as const, 'none' as const), grain: fc.constantFrom(null, 'day' as const, 'week' as const, 'month' as const, 'quarter' as const) }),
		});

	test('[S1-F18] a CSV parsed back equals the rows of the tile, for every tile under random slicers, date ranges, as-ofs, comparisons and grains', async () => {
		let cells = 0;
		await fc.assert(
			fc.asyncProperty(states(), async (state) => {
				for (const [id, { columns, rows }] of await twins(state)) {
					const back = parseCsv(toCsv(columns, rows));
					expect(columns.length, id).toBeGreaterThan(1);
					expect(columns.filter((column) => !/^[a-z][a-z0-9_]*$/.test(column)), id).toEqual([]);
					expect(back[0], id).toEqual(columns);
					expect(back.length, id).toBe(rows.length + 1);
					rows.forEach((row, i) => columns.forEach((column, j) => { expectCsvCell(back[i + 1]?.[j], row[column], `${id}, ${column}, row ${String(i)}`); cells++; }));
				}
			}),
			replayable(8),
		);
		expect(cells).toBeGreaterThan(5000);
	}, 300_000);

	test('[S1-F18] a workbook read back by its XML has the same rows, numbers as numbers, days as dates, and nothing to compute', async () => {
		let dates = 0;
		await fc.assert(
			fc.asyncProperty(states(), async (state) => {
				for (const [id, whole] of await twins(state)) {
					const twin = { ...whole, rows: whole.rows.slice(0, 120) };
					const book = readXlsx(new Uint8Array(await (await xlsxOf(twin, [['Title', id], ['Data', '=SYNTHETIC']])).arrayBuffer()));
					expect(book.formulas, id).toBe(0);
					expect(Object.keys(book.sheets)).toEqual(['Table', 'About']);
					expect(book.sheets['About']?.map((row) => row.map(({ value }) => value))).toEqual([['Title', id], ['Data', "'=SYNTHETIC"]]);
					const [head = [], ...rows] = book.sheets['Table'] ?? [];
					expect(head.map(({ value }) => value), id).toEqual(twin.columns);
					expect(rows.length, id).toBe(twin.rows.length);
					twin.rows.forEach((row, i) => twin.columns.forEach((column, j) => {
						const kind = twin.kinds[column] ?? 'text';
						if (kind === 'day' || kind === 'instant') dates++;
						expectXlsxCell(rows[i]?.[j], row[column], kind, row['unit'], `${id}, ${column}, row ${String(i)}`);
					}));
				}
			}),
			replayable(4),
		);
		expect(dates).toBeGreaterThan(100);
	}, 300_000);
});

const hostile = ['=1+1', '+x', '-x', '@x', '\tx', '\rx', '\nx', '＝1+1', '＋x', '－x', '＠x', '<img src=x onerror=alert(1)>', '</t></si><si><t>', '"quoted"', "it's", 'two\r\nlines', ']]>', '&lt;', '_x003D_1+1', '\u0000=1', '\ud800=1', 'x'.repeat(40_000), ' padded ', 'constructor', '__proto__', 'toString'];
const dangerous = /^[=+\-@\t\r＝＋－＠]/u;

describe('a hostile cell', () => {
	test('is a text and no formula in a workbook, whatever it says', async () => {
		const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }), fc.string());
		await fc.assert(
			fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
				const twin: Twin = { columns: ['a', '=b'], kinds: { a: 'text', '=b': 'text' }, rows: texts.map((a) => ({ a, '=b': a })) };
				const book = readXlsx(new Uint8Array(await (await xlsxOf(twin, [['Title', texts[0] ?? '']])).arrayBuffer()));
				expect(book.formulas).toBe(0);
				const [head, ...rows] = book.sheets['Table'] ?? [];
				expect(head?.map(({ value }) => value)).toEqual(['a', "'=b"]);
				texts.forEach((written, i) => {
					const read = rows[i]?.[0]?.value ?? '';
					expect(typeof read).toBe('string');
					expect(read).not.toMatch(dangerous);
					if (/^[\t\r\n\x20-\x7e]*$/.test(written) && written.length < 1000) expect(read).toBe(harmless(written).replaceAll(/\r\n?/g, '\n'));
				});
			}),
			replayable(40),
		);
	});

	test('in a column of numbers a number stays a number, with its sign', async () => {
		const twin: Twin = { columns: ['value'], kinds: { value: 'number' }, rows: [-1.5, 0, 1e-9, 12345678].map((value) => ({ value })) };
		const book = readXlsx(new Uint8Array(await (await xlsxOf(twin, [])).arrayBuffer()));
		expect(book.sheets['Table']?.slice(1).map((row) => row[0]?.value)).toEqual([-1.5, 0, 1e-9, 12345678]);
		expect(parseCsv(toCsv(twin.columns, twin.rows)).slice(1)).toEqual([['-1.5'], ['0'], ['1e-9'], ['12345678']]);
	});

	test('a cell of Excel is never longer than Excel allows, and its own escapes come back as they were', () => {
		expect(cellText('x'.repeat(40_000)).length).toBe(32_767);
		expect(cellText('_x003D_1+1')).toBe('_x005F_x003D_1+1');
	});

	test('in the margin of a page it is a string that says the same and ends nowhere early', () => {
		const unescape = (css: string): string => css.slice(1, -1).replaceAll(/\\([0-9a-f]{1,6}) /g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)));
		fc.assert(
			fc.property(fc.oneof(fc.constantFrom(...hostile.filter((text) => !text.includes('\ud800')), '" } body { display: none', '</style><img src=x>', '\\', '\\22 '), fc.string({ unit: 'grapheme' })), (text) => {
				const css = cssString(text);
				expect(css).toMatch(/^"(?:[A-Za-z0-9 .,:;()%+-]|\\[0-9a-f]{1,6} )*"$/);
				expect(unescape(css)).toBe(text);
				expect(pageMargins(text, 'page', 'of').match(/[{}]/g)?.length).toBe(6);
			}),
			replayable(300),
		);
	});
});
