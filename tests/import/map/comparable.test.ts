import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Duck } from '../../../src/engine/duckdb.ts';
import { comparable } from '../../../src/import/map/comparable.ts';
import { summaryOf } from '../../../src/import/map/summary.ts';
import { tableSql } from '../../../src/import/map/table-sql.ts';
import { packNamed, sharedData } from '../../support/engine.ts';
import { importDuck, land, landCsv, sqlName, type Landed } from '../../support/landed.ts';

const pack = packNamed('advocacy');
let duck: Duck;
beforeAll(async () => {
	duck = await importDuck();
});

function mapCases(landed: Landed, from: Readonly<Record<string, string>>): void {
	const columns = Object.fromEntries(Object.entries(from).map(([column, name]) => [column, { from: [name] }]));
	const contract = pack.raw.cases;
	if (!contract) throw new Error('cases');
	for (const sql of tableSql('cases', contract, [{ source: landed.source.id, from: landed.landed, cell: sqlName, recipe: { source: landed.source.id, columns, extra: [], once: [] } }])) duck.run(sql);
}

test.skipIf(!existsSync(sharedData))('the backlog file claims 21 open cases, and the case table has 10 (skipped where ../shared/data is missing)', () => {
	mapCases(landCsv(duck, 'tracker', 'cases_analysis_ready.csv'), { id: 'case_id', advocate_id: 'advocate_id', resolved_at: 'closed_at' });
	const [found, ...others] = comparable(duck, pack, [landCsv(duck, 'tracker', 'backlog_by_advocate_raw.csv')]);
	expect(others).toEqual([]);
	expect(found).toMatchObject({ key: 'advocate_id', count: 'open_case_count', column: 'advocate_id', meaning: 'open', claim: 21, here: 10 });
	expect(found?.differences).toEqual([
		{ key: 'A-006', claim: 4, here: 0 },
		{ key: 'A-015', claim: 3, here: 0 },
		{ key: 'A-002', claim: 2, here: 0 },
		{ key: 'A-003', claim: 2, here: 0 },
	]);
	expect(found?.says).toBe('backlog_by_advocate_raw.csv claims 21 in open_case_count; the rows here give 10. 4 groups differ.');
});

describe('summaries', () => {
	const cases = (): void => mapCases(land(duck, 'c.csv', ['id', 'kind', 'end'], [['1', 'a', ''], ['2', 'a', '2025-01-01'], ['3', 'b', null]]), { id: 'id', case_type: 'kind', resolved_at: 'end' });

	test('one that agrees is said to agree, each of its counts by what it counts', () => {
		cases();
		const summary = land(duck, 's.csv', ['Category', 'Total', 'Open', 'Closed'], [['a', '2', '1', '1'], ['b', '1', '1', '0']]);
		expect(comparable(duck, pack, [summary]).map(({ count, meaning, claim, here, differences }) => [count, meaning, claim, here, differences.length])).toEqual([
			['Total', 'all', 3, 3, 0],
			['Open', 'open', 2, 2, 0],
			['Closed', 'ended', 1, 1, 0],
		]);
	});

	test('groups that only one side has are differences', () => {
		cases();
		expect(comparable(duck, pack, [land(duck, 's2.csv', ['case_type', 'cases'], [['a', '2'], ['z', '5']])])[0]?.differences).toEqual([{ key: 'z', claim: 5, here: 0 }, { key: 'b', claim: 0, here: 1 }]);
	});

	test.each([
		['rows with a key that stands twice', ['team', 'total'], [['a', '1'], ['a', '2']]],
		['a file with words beside its numbers', ['id', 'name', 'total'], [['1', 'x', '2'], ['2', 'y', '3']]],
		['numbers that are called nothing like a count', ['id', 'risk_score'], [['1', '2'], ['2', '3']]],
		['a single row', ['id', 'total'], [['1', '2']]],
	])('%s: no summary', (_, columns, rows) => {
		expect(summaryOf(land(duck, 'none.csv', columns, rows))).toBe(null);
	});

	test('a summary of something the cases do not have is not compared', () => {
		cases();
		expect(comparable(duck, pack, [land(duck, 's3.csv', ['warehouse', 'total'], [['a', '2'], ['b', '5']])])).toEqual([]);
	});
});
