import { expect, test } from 'vitest';
import { bootInNode } from '../../../src/engine/duckdb-node.ts';
import { arrowOf } from '../../../src/import/read/arrow.ts';
import { readDelimited } from '../../../src/import/read/delimited.ts';
import { fileOf } from './support.ts';

test('batches go into DuckDB as they were read: missing, empty, long and foreign texts, line by line', async () => {
	const duck = await bootInNode();
	const rows = Array.from({ length: 150_000 }, (_, i) => `C-${String(i)},${i % 3 === 0 ? '' : i % 3 === 1 ? '""' : `"Zoë, ""${'é'.repeat(i % 60)}"""`},${String(i)}`);
	let columns: readonly string[] = [];
	let batches = 0;
	duck.run('begin transaction');
	await readDelimited(
		fileOf(`case,note,days\n${rows.join('\n')}\n`),
		{ begin: (source) => (columns = source.columns), rows: (_, batch) => duck.insertArrow(arrowOf(columns, batch), 'main', 'read', batches++ === 0) },
		{},
	);
	duck.run('commit');
	expect(batches).toBeGreaterThan(1);
	expect(duck.rows(`select count(*)::int as n, count(note)::int as filled, count(*) filter (where note = '')::int as empty,
		count(*) filter (where "case" = 'C-' || days and _line = days::int + 2)::int as ordered,
		count(*) filter (where note = 'Zoë, "' || repeat('é', days::int % 60) || '"')::int as long from main.read`)).toEqual([{ n: 150_000, filled: 100_000, empty: 50_000, ordered: 150_000, long: 50_000 }]);
	expect(duck.rows('describe main.read').map((row) => [row.column_name, row.column_type])).toEqual([['case', 'VARCHAR'], ['note', 'VARCHAR'], ['days', 'VARCHAR'], ['_line', 'INTEGER']]);
});
