import { describe, expect, test } from 'vitest';
import { toCsv } from '../../src/lib/csv.ts';
import { planTile } from '../../src/metrics/tiles/index.ts';
import { packs } from '../../src/packs/index.ts';
import { twinOf } from '../../src/ui/twins.ts';
import { parseCsv } from '../support/csv.ts';
import { contextOf, nodeEngine, openDemo, run } from '../support/engine.ts';

describe.each(Object.values(packs))('the tables behind the tiles of $id', (pack) => {
	test('every tile that draws has its numbers as a table, and its file read back equals that table', async () => {
		const engine = nodeEngine();
		const { dataset } = await openDemo(engine, pack.id, { seed: 5, size: pack.sizes[0] ?? '', scenario: Object.keys(pack.scenarios)[0] ?? '' });
		const context = contextOf(pack, dataset);
		for (const tile of pack.views.flatMap((view) => view.tiles)) {
			const plan = planTile(context, tile, { compare: 'previous', segment: {}, grain: null });
			if (!plan) continue;
			const { columns, rows } = twinOf(pack, tile, await run(engine, plan));
			expect(rows.length, tile.id).toBeGreaterThan(0);
			const back = parseCsv(toCsv(columns, rows));
			expect(back[0], tile.id).toEqual(columns);
			expect(back.slice(1), tile.id).toEqual(rows.map((row) => columns.map((column) => { const cell = row[column]; return cell === null || cell === undefined ? '' : typeof cell === 'string' && /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : String(cell); })));
			for (const row of rows) for (const cell of Object.values(row)) expect(Number.isNaN(cell), `${tile.id} ${JSON.stringify(row)}`).toBe(false);
		}
	}, 60_000);
});
