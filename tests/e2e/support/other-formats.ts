import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './kept-host.ts';

/** An event log of so many cases, each of three activities. */
export function xesOf(cases: number): string {
	const event = (activity: string, day: number, i: number): string =>
		`<event><string key="concept:name" value="${activity}"/><date key="time:timestamp" value="2026-0${String(day)}-${String((i % 27) + 1).padStart(2, '0')}T08:00:00.000Z"/></event>`;
	const traces = Array.from({ length: cases }, (_, i) => `<trace><string key="concept:name" value="case ${String(i)}"/>${['register', 'examine', 'decide'].map((each, k) => event(each, k + 1, i)).join('')}</trace>`);
	return `<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">${traces.join('\n')}</log>`;
}

/** Sales, as native DuckDB writes them. */
export async function parquetOf(rows: number): Promise<Buffer> {
	const folder = mkdtempSync(join(tmpdir(), 'parquet-'));
	const path = join(folder, 'sales.parquet');
	const script = `import { DuckDBInstance } from '@duckdb/node-api';
const duck = await (await DuckDBInstance.create(':memory:')).connect();
await duck.run(\`copy (select i as sale, date '2026-01-01' + i::integer as sold_on, ['north', 'south'][1 + i % 2] as region, i * 1.5 as amount from range(${String(rows)}) t(i)) to '${path}' (format parquet)\`);
process.exit(0);`;
	await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
	const bytes = readFileSync(path);
	rmSync(folder, { recursive: true });
	return bytes;
}
